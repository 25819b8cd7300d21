"""What's on, as everybody in a channel or a group chat may see it."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, CardElement

from cards.parts import Verb, button, card, heading, line, plain, row, whats_on_button
from cards.session import sought_data, spoken_entry
from cards.session_parts import session_row
from cards.shared_session import book_button, places_spoken
from hub.inset_day import InsetDay
from hub.programme import Entry, Sought
from hub.refusals import spoken_roles
from hub.spoken import counted, short_day


def shared_programme_card(
    title: str,
    entries: Sequence[Entry],
    sought: Sought,
    *,
    page: int,
    has_more: bool,
    note: str = "",
) -> AdaptiveCard:
    """One page of the programme with whom each session is for, and nothing of the one who asked."""
    where = sought_data(sought)
    ways = []
    if page:
        ways.append(button("Earlier", Verb.WHATS_ON, page=str(page - 1), **where))
    if has_more:
        ways.append(button("Later", Verb.WHATS_ON, page=str(page + 1), **where))
    nothing = [line(note)] if note else []
    if not entries:
        nothing.append(line("There is nothing coming up of that kind yet."))
        ways.append(whats_on_button("Everything on"))
    spoken = ". ".join(map(spoken_entry, entries)) or "nothing yet"
    return card(
        f"{title}: {spoken}",
        [heading(title), *nothing, *map(shared_row, entries)],
        ways,
        refresh=button("Refresh", Verb.WHATS_ON, page=str(page), **where),
    )


def shared_row(entry: Entry) -> CardElement:
    """One entry in a list for everybody, with its button."""
    if isinstance(entry, InsetDay):
        return _day_row(entry)
    roles = spoken_roles(entry.session.audience)
    standing = f"For {roles}. {places_spoken(entry)}" if roles else places_spoken(entry)
    return session_row(entry.session, standing, book_button(entry))


def _day_row(day: InsetDay) -> CardElement:
    strands = f"{counted(day.strands, 'strand')} in {counted(len(day.slots), 'slot')}"
    return row(
        "INSET day",
        f"{short_day(day.on)} {day.on.year}, {plain(day.venue)}",
        f"{strands}, {counted(day.places_left, 'place')} left",
        button("Choose strands", Verb.INSET_DAY, style="positive", day=day.on.isoformat()),
    )
