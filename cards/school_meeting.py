"""The school meeting of tier 5: how it stands, calling it off, which schools have theirs."""

from collections.abc import Sequence

from microsoft_teams.cards import (
    AdaptiveCard,
    Choice,
    ChoiceSetInput,
    ExecuteAction,
    Fact,
    TextInput,
)

from cards.half_days import SCHOOL_INPUT, names_of, who_comes
from cards.parts import (
    Verb,
    button,
    card,
    form_button,
    heading,
    line,
    my_bookings_button,
    plain,
    whats_on_button,
)
from cards.session_parts import in_a_line, session_facts
from hub.booking import LONGEST_HOPES, Session
from hub.people import School
from hub.refusals import Refusal
from hub.school_meetings import Party, SchoolMeeting
from hub.spoken import short_day, spoken_list

WHY_INPUT = "why"


def meeting_card(
    meeting: SchoolMeeting, title: str = "Your school meeting is arranged", intro: str = ""
) -> AdaptiveCard:
    """A meeting still to come, with who comes and what can be changed."""
    ids = {"session": str(meeting.session.id)}
    names = names_of(meeting.people)
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


def called_off_card(meeting: SchoolMeeting, note: str = "") -> AdaptiveCard:
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
            *([line(note)] if note else []),
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
            *([who_comes(party.people)] if party.people else []),
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
