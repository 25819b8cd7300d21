"""Who could not be reached: person by person, why, what happens next, and another try."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, Container

from cards.parts import Verb, button, card, heading, line, plain, quiet, row
from hub.reach import Stuck, Unreached, what_next, why
from hub.spoken import counted, counted_people, cut_short, short_day, spoken_list

#: Three people, all of them at once and two ways on make six buttons.
PAGE_SIZE = 3
LONGEST_REASON = 160
LONGEST_NAME = 80
_WHAT = {
    "activity-feed": "an activity feed entry",
    "calendar": "a calendar entry",
    "chat": "a card",
    "channel": "a note in a channel",
    "mail": "a mail",
    "meeting": "a Teams meeting",
    "visit": "a calendar entry of a visit",
}


def unreached_card(
    people: Sequence[Unreached], count: int, *, page: int = 0, intro: str = ""
) -> AdaptiveCard:
    """One page of the people to whom something is owed that does not get through."""
    title = "Who we could not reach"
    said = intro or _in_all(count)
    ways = [button("Try all again", Verb.TRY_AGAIN)] if count > 1 else []
    ways += [button("Earlier", Verb.UNREACHED, page=str(page - 1))] if page else []
    if count > (page + 1) * PAGE_SIZE:
        ways.append(button("Later", Verb.UNREACHED, page=str(page + 1)))
    if not page:
        ways.append(button("What went out today", Verb.WENT_OUT))
    if not people:
        ways.append(button("Programme", Verb.LEAD_PROGRAMME))
    aloud = "; ".join(f"{each.name} {_why(each)}" for each in people)
    return card(
        f"{title}. {said} {aloud}",
        [
            heading(title),
            line(said),
            *[_row(each, page) for each in people],
            *([quiet("Nothing goes out outside school hours.")] if people else []),
        ],
        ways,
        refresh=button("Refresh", Verb.UNREACHED, page=str(page)),
    )


def _in_all(count: int) -> str:
    if not count:
        return "Everybody is reached: nothing waits for anybody's help."
    return f"{counted_people(count)} to whom something is owed. Nothing of it is lost."


def _row(person: Unreached, page: int) -> Container:
    name = cut_short(person.name, LONGEST_NAME)
    title = f"{name}, {cut_short(person.school, LONGEST_NAME)}" if person.school else name
    again = button("Try again", Verb.TRY_AGAIN, person=str(person.person_id), page=str(page))
    return row(title, plain(_upper(_why(person))), plain(_next(person)), again)


def _why(person: Unreached) -> str:
    """Each reason once, with how much it holds up."""
    reasons: dict[str, int] = {}
    for each in person.things:
        reasons[_reason(each)] = reasons.get(_reason(each), 0) + 1
    parts = [
        reason if number == 1 else f"{reason} ({counted(number, 'thing')} owed)"
        for reason, number in reasons.items()
    ]
    return f"{cut_short('; '.join(parts), 2 * LONGEST_REASON)}"


def _reason(stuck: Stuck) -> str:
    if stuck.barrier:
        return why(stuck.barrier)
    return f"{_WHAT[stuck.kind]} did not go through: {cut_short(stuck.reason, LONGEST_REASON)}"


def _next(person: Unreached) -> str:
    """What happens by itself, and when."""
    steps = dict.fromkeys(what_next(each.barrier) for each in person.things if each.barrier)
    waits = [each.next_at for each in person.things if each.next_at]
    said = " ".join(steps)
    if waits:
        soonest = min(waits)
        return f"{said} Next try: {short_day(soonest.date())} at {soonest:%H:%M}."
    kinds = spoken_list(list(dict.fromkeys(_WHAT[each.kind] for each in person.things)))
    return f"Given up ({kinds}): it stays here until you try again."


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
