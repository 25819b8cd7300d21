"""Training that goes deeper than a toolkit, with a place to be had on each."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, CardElement, ExecuteAction

from cards.parts import (
    Verb,
    button,
    card,
    heading,
    line,
    plain,
    quiet,
    row,
    suggest_topic_button,
    toolkit_button,
    whats_on_button,
)
from cards.session import MOST_BUTTONS, programme_row, spoken_entry
from cards.shared_programme import shared_row
from cards.toolkit import ask_about_button
from hub.programme import Entry
from hub.services import Service
from hub.toolkits.page import Toolkit

NOTHING = "There is nothing coming up on this yet that you could book."
ORDER = "What is on this very subject comes first, then what goes deeper more generally."


def training_card(
    toolkit: Toolkit, entries: Sequence[Entry], services: Sequence[Service] = ()
) -> AdaptiveCard:
    """What to book or ask for next after reading a page, as it stands for this person."""
    ways = [toolkit_button("Back to the toolkit", toolkit.slug), ask_about_button(toolkit)]
    asked = [service_row(each) for each in services[: MOST_BUTTONS - len(entries) - len(ways)]]
    more = [whats_on_button()] if entries else [suggest_topic_button(), whats_on_button()]
    rows = [*map(programme_row, entries), *asked]
    ways += more[: MOST_BUTTONS - len(rows) - len(ways)]
    return _card(toolkit, entries, rows, ways)


def service_row(service: Service) -> CardElement:
    """A service in a list, with the button that begins to ask for it."""
    ask = button("Ask for it", Verb.START_REQUEST, service=service.key)
    return row(service.name, plain(service.does), "", ask)


def shared_training_card(toolkit: Toolkit, entries: Sequence[Entry]) -> AdaptiveCard:
    """The same as everybody may see it."""
    ways = [toolkit_button("Back to the toolkit", toolkit.slug), whats_on_button("See others")]
    return _card(toolkit, entries, [shared_row(each) for each in entries], ways)


def _card(
    toolkit: Toolkit,
    entries: Sequence[Entry],
    rows: Sequence[CardElement],
    ways: Sequence[ExecuteAction],
) -> AdaptiveCard:
    title = f"Training on {toolkit.title}"
    note = quiet(ORDER) if entries else line(NOTHING)
    spoken = ". ".join(map(spoken_entry, entries)) or NOTHING
    return card(f"{title}. {spoken}", [heading(plain(title)), note, *rows], ways)
