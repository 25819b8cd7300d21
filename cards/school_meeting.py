"""The school meeting of tier 5: choosing a half-day, how it stands, calling it off."""

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
    TextInput,
)

from cards.parts import (
    Verb,
    button,
    card,
    form_button,
    heading,
    in_a_line,
    line,
    my_bookings_button,
    plain,
    quiet,
    session_facts,
    whats_on_button,
)
from hub.booking import LONGEST_HOPES, Session
from hub.half_days import LOOK_AHEAD, spread
from hub.people import Person, School
from hub.refusals import Refusal
from hub.school_meetings import Openings, Party, SchoolMeeting
from hub.spoken import counted, short_day, spoken_list

#: Four half-days and two ways on make six buttons.
SHOWN_HALF_DAYS = 4
HALF_DAY_INPUT = "half_day"
SCHOOL_INPUT = "school"
WHY_INPUT = "why"
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
        told = "These half-days are free for everybody. One tap arranges it, and I tell the others."
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
            _who(people),
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
            _who(people),
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


def _who(people: Sequence[Person]) -> FactSet:
    names = spoken_list([each.name for each in people])
    return FactSet(facts=[Fact(title="Who comes", value=plain(names))])


def _unseen(openings: Openings) -> list[CardElement]:
    if not openings.unseen:
        return []
    names = plain(spoken_list(openings.unseen))
    return [
        quiet(
            f"I couldn't look into the calendar of {names}, so I only know what is booked through "
            "the Hub. Please ask them first."
        )
    ]


def meeting_card(
    meeting: SchoolMeeting, title: str = "Your school meeting is arranged", intro: str = ""
) -> AdaptiveCard:
    """A meeting still to come, with who comes and what can be changed."""
    ids = {"session": str(meeting.session.id)}
    names = spoken_list([each.name for each in meeting.people])
    return card(
        f"{title}: {in_a_line(meeting.session)}, with {names}",
        [
            heading(title),
            *([line(intro)] if intro else []),
            line(plain(meeting.session.title)),
            session_facts(meeting.session, Fact(title="Who comes", value=plain(names))),
            line(
                "It is in everybody's calendar. Afterwards you write down here what you agreed, "
                "and I'll ask some weeks later how it is coming on."
            ),
        ],
        [
            button("Move it", Verb.ASK_MOVE_SCHOOL_MEETING, **ids),
            button("Call it off", Verb.ASK_CANCEL_SCHOOL_MEETING, **ids),
            my_bookings_button(),
        ],
        refresh=button("Refresh", Verb.SCHOOL_MEETING, **ids),
    )


def call_off_question_card(meeting: SchoolMeeting) -> AdaptiveCard:
    """Ask before everybody's calendar is changed, and why."""
    ids = {"session": str(meeting.session.id)}
    return card(
        f"Call off this school meeting? {in_a_line(meeting.session)}",
        [
            heading("Call off this school meeting?"),
            line(plain(meeting.session.title)),
            session_facts(meeting.session),
            line("Everybody is told. You can arrange another one afterwards."),
            TextInput(
                id=WHY_INPUT,
                label="Why? The others will read it (optional)",
                placeholder="A few words, no names of pupils",
                max_length=LONGEST_HOPES,
            ),
        ],
        [
            form_button("Yes, call it off", Verb.CANCEL_SCHOOL_MEETING, style="destructive", **ids),
            button("Move it instead", Verb.ASK_MOVE_SCHOOL_MEETING, **ids),
            button("No, keep it", Verb.SCHOOL_MEETING, **ids),
        ],
    )


def called_off_card(meeting: SchoolMeeting) -> AdaptiveCard:
    """It does not go ahead; and the way to another."""
    session = meeting.session
    why = [line(f"Why: {plain(session.reason)}")] if session.reason else []
    return card(
        f"This school meeting is called off: {in_a_line(session)}",
        [
            heading("This school meeting is called off"),
            line(f"{plain(session.title)}, {short_day(session.starts_at.date())}."),
            *why,
            line("It is out of everybody's calendar, and the others are told."),
        ],
        [
            button("Arrange another", Verb.SCHOOL_MEETING, school=meeting.school.id),
            my_bookings_button(),
        ],
        refresh=button("Refresh", Verb.SCHOOL_MEETING, session=str(session.id)),
    )


def schools_card(
    year: str, found: Sequence[tuple[School, Session | None]], intro: str = ""
) -> AdaptiveCard:
    """Which schools have their meeting of the year, and a choice of one; for leads."""
    without = [school.name for school, session in found if session is None]
    told = (
        f"Still to arrange: {plain(spoken_list(without))}."
        if without
        else "Every school has its meeting."
    )
    choices = [
        Choice(title=f"{school.name} – {_standing(session)}", value=school.id)
        for school, session in found
    ]
    return card(
        f"School meetings {year}. {told}",
        [
            heading(f"School meetings {year}"),
            *([line(intro)] if intro else []),
            line(f"{len(found) - len(without)} of {len(found)} arranged."),
            line(told),
            ChoiceSetInput(
                id=SCHOOL_INPUT,
                label="Show or arrange the meeting of",
                choices=choices,
                style="compact",
                value=next((s.id for s, session in found if session is None), None),
                is_required=True,
                error_message="Please choose a school.",
            ),
        ],
        [form_button("Show this school", Verb.SCHOOL_MEETING, style="positive"), whats_on_button()],
        refresh=button("Refresh", Verb.SCHOOL_MEETING),
    )


def _standing(session: Session | None) -> str:
    if session is None:
        return "none yet"
    return f"{short_day(session.starts_at.date())} {session.starts_at.year}"


def waiting_for_card(refusal: Refusal, party: Party, ways: Sequence[ExecuteAction]) -> AdaptiveCard:
    """Somebody who has to be there is not known yet: who, and how to bring them in."""
    return card(
        refusal.say,
        [
            heading(f"A school meeting for {plain(party.school.name)}"),
            line(refusal.say),
            *([_who(party.people)] if party.people else []),
        ],
        [
            button("Try again", Verb.SCHOOL_MEETING, school=party.school.id),
            *ways,
            whats_on_button(),
        ],
    )


def not_yours_card(refusal: Refusal) -> AdaptiveCard:
    """Whom the school meeting is for, and the way to put a role or a school right."""
    return card(
        refusal.say,
        [heading("School meetings"), line(refusal.say)],
        [
            button("Tell me who you are", Verb.WHO_AM_I),
            button("Next clinics", Verb.WHATS_ON, tier="4"),
            whats_on_button(),
        ],
    )


def about_school_meetings_card(purpose: str) -> AdaptiveCard:
    """What a school meeting is; nothing of any school, so that everybody may read it."""
    told = (
        "Once a school year the Trust SEND Lead spends half a day in each school with its SENCo "
        "and headteacher. They choose the half-day together in their own chat with me."
    )
    return card(
        f"School meetings. {told}",
        [heading("School meetings"), line(told), line(f"What it is for: {plain(purpose)}")],
        [button("Our school meeting", Verb.SCHOOL_MEETING), whats_on_button("Everything on")],
    )
