"""Choosing a half-day for a school meeting: a few, one tap each, or all from a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    ExecuteAction,
    Fact,
    FactSet,
)

from cards.parts import (
    Verb,
    button,
    card,
    form_button,
    heading,
    line,
    my_bookings_button,
    plain,
    quiet,
)
from hub.half_days import LOOK_AHEAD, spread
from hub.people import Person, School
from hub.school_meetings import Openings, SchoolMeeting
from hub.spoken import counted

#: Four half-days and two ways on make six buttons.
SHOWN_HALF_DAYS = 4
HALF_DAY_INPUT = "half_day"
SCHOOL_INPUT = "school"
#: What a card's data says when every half-day is to be listed.
EVERY = "every"
_WEEKS = LOOK_AHEAD.days // 7


@dataclass(frozen=True)
class Choosing:
    """What a chosen half-day is for, and which button leads to others."""

    title: str
    pick: Verb
    more: Verb
    ids: Mapping[str, str]


def holding(school: School) -> Choosing:
    """Choosing when the meeting of a school will be."""
    title = f"A school meeting for {school.name}"
    ids = {SCHOOL_INPUT: school.id}
    return Choosing(title, Verb.HOLD_SCHOOL_MEETING, Verb.SCHOOL_MEETING, ids)


def moving(meeting: SchoolMeeting) -> Choosing:
    """Choosing when a meeting will be instead."""
    title = f"Move the school meeting at {meeting.school.name}"
    ids = {"session": str(meeting.session.id)}
    return Choosing(title, Verb.MOVE_SCHOOL_MEETING, Verb.ASK_MOVE_SCHOOL_MEETING, ids)


def half_days_card(
    choosing: Choosing, people: Sequence[Person], openings: Openings, purpose: str, intro: str = ""
) -> AdaptiveCard:
    """A few half-days on which everybody is free, one tap each, and the way to all of them."""
    offered = spread(openings.half_days, SHOWN_HALF_DAYS)
    picks = [
        button(each.in_short, choosing.pick, half_day=each.name, **choosing.ids) for each in offered
    ]
    if offered:
        free = "look free to me" if openings.unseen else "are free for everybody"
        told = f"These half-days {free}. One tap arranges it, and I tell the others."
        more = button("Other times", choosing.more, times=EVERY, **choosing.ids)
        actions = [*picks, more]
    else:
        told = f"There is no half-day in these {_WEEKS} weeks on which everybody is free."
        actions = _pages(choosing, openings, {})
    return card(
        f"{choosing.title}. {told} " + ". ".join(each.spoken for each in offered),
        [
            heading(plain(choosing.title)),
            *([line(intro)] if intro else []),
            line(f"What it is for: {plain(purpose)}"),
            who_comes(people),
            line(told),
            *_unseen(openings),
        ],
        [*actions, my_bookings_button()],
    )


def every_half_day_card(
    choosing: Choosing, people: Sequence[Person], openings: Openings
) -> AdaptiveCard:
    """All half-days of one look ahead, to choose from a list."""
    paged = {"times": EVERY}
    back = button("Back", choosing.more, **choosing.ids)
    if not openings.half_days:
        told = f"There is no half-day in these {_WEEKS} weeks on which everybody is free."
        return card(
            f"{choosing.title}. {told}",
            [heading(plain(choosing.title)), line(told), *_unseen(openings)],
            [*_pages(choosing, openings, paged), back],
        )
    choices = [Choice(title=each.spoken, value=each.name) for each in openings.half_days]
    told = f"{counted(len(choices), 'half-day')} on which everybody is free"
    return card(
        f"{choosing.title}. {told}",
        [
            heading(plain(choosing.title)),
            who_comes(people),
            ChoiceSetInput(
                id=HALF_DAY_INPUT,
                label=told,
                choices=choices,
                style="compact",
                value=choices[0].value,
                is_required=True,
                error_message="Please choose one.",
            ),
            *_unseen(openings),
        ],
        [
            form_button("Take this half-day", choosing.pick, style="positive", **choosing.ids),
            *_pages(choosing, openings, paged),
            back,
        ],
    )


def _pages(choosing: Choosing, openings: Openings, told: Mapping[str, str]) -> list[ExecuteAction]:
    data = {**choosing.ids, **told}
    earlier = button("Earlier", choosing.more, page=str(openings.page - 1), **data)
    later = button("Later", choosing.more, page=str(openings.page + 1), **data)
    return [*([earlier] if openings.page else []), *([later] if openings.has_more else [])]


def who_comes(people: Sequence[Person]) -> FactSet:
    """The people of a meeting, as one fact."""
    return FactSet(facts=[Fact(title="Who comes", value=plain(names_of(people)))])


def names_of(people: Sequence[Person]) -> str:
    """People by name, parted so that each can be told."""
    # Many directories write "Surname, First name", so a comma cannot part people.
    return "; ".join(each.name for each in people)


def _unseen(openings: Openings) -> list[CardElement]:
    if not openings.unseen:
        return []
    names = plain("; ".join(openings.unseen))
    return [
        quiet(
            f"I couldn't look into these calendars, so I only know what is booked through the Hub: "
            f"{names}. Please ask them first."
        )
    ]
