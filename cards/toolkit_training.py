"""Training that goes deeper than a toolkit, with a place to be had on each."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, CardElement, ExecuteAction

from cards.parts import (
    card,
    heading,
    line,
    plain,
    quiet,
    suggest_topic_button,
    toolkit_button,
    whats_on_button,
)
from cards.session import programme_row, spoken_entry
from cards.shared_programme import shared_row
from cards.toolkit import ask_about_button
from hub.programme import Entry
from hub.toolkits.page import Toolkit

NOTHING = "There is nothing coming up on this yet that you could book."
ORDER = "What is on this very subject comes first, then what goes deeper more generally."


def training_card(toolkit: Toolkit, entries: Sequence[Entry]) -> AdaptiveCard:
    """What to book next after reading a page, as it stands for this person."""
    asking = (
        [ask_about_button(toolkit)]
        if entries
        else [ask_about_button(toolkit), suggest_topic_button()]
    )
    ways = [toolkit_button("Back to the toolkit", toolkit.slug), *asking, whats_on_button()]
    return _card(toolkit, entries, [programme_row(each) for each in entries], ways)


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
