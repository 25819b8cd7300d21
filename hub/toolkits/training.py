"""What goes deeper than a toolkit: sessions on its subject, the next of its tiers, then services."""

from collections.abc import Callable, Iterable, Sequence

from hub.booking import OpenSession, Session
from hub.inset_day import InsetDay
from hub.offer import INSET_TIER
from hub.programme import Entry, entries_of
from hub.services import Service
from hub.toolkits.page import Toolkit

#: What fits on a card, each with its button.
MOST_ENTRIES = 3


def related(
    toolkit: Toolkit, coming: Sequence[OpenSession], is_about_it: Callable[[Session], bool]
) -> list[Entry]:
    """What to book next after reading this page, out of ``coming`` (soonest first).

    Whatever is on the same subject comes first, then the next of each tier it names; an INSET day
    as a whole where none of its strands is on the subject.
    """
    about: list[Entry] = [each for each in coming if is_about_it(each.session)]
    every = entries_of(coming)
    covered = {_tier(each) for each in about}
    following = [
        first
        for tier in toolkit.tier_links
        if tier not in covered
        and (first := next((each for each in every if _tier(each) == tier), None))
    ]
    return [*about, *following][:MOST_ENTRIES]


def services_for(toolkit: Toolkit, open_to_them: Iterable[Service]) -> list[Service]:
    """What to ask for after reading this page, in its order, out of what somebody may ask for."""
    by_key = {each.key: each for each in open_to_them}
    return [by_key[key] for key in toolkit.tier_links if key in by_key]


def _tier(entry: Entry) -> str:
    return INSET_TIER if isinstance(entry, InsetDay) else entry.session.tier
