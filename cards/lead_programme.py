"""The programme as leads see it: what is to come, one session with its people, calling it off."""

from collections.abc import Sequence

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    ExecuteAction,
    Fact,
    TextBlock,
    TextInput,
)

from cards.parts import Verb, button, card, form_button, heading, line, near, plain, quiet
from cards.session_parts import in_a_line, session_facts, session_row
from hub.afterwards import FEWEST_SHOWN, RATINGS
from hub.booking import LONGEST_HOPES, BookingState, SessionState
from hub.guard_rails import Concern
from hub.refusals import spoken_roles
from hub.register import Attendee, Ratings, SessionStanding
from hub.session_draft import LONGEST
from hub.spoken import counted_people, short_day, spoken_list

REASON_INPUT = "reason"
NOTE_INPUT = "note"
#: Three sessions and three ways on make six buttons.
PAGE_SIZE = 3
#: People named on one page of a session's card.
NAMES = 25


def programme_card(
    standings: Sequence[SessionStanding], lines: Sequence[str], *, page: int, has_more: bool
) -> AdaptiveCard:
    """How the year stands against the offer, and the sessions to come with their figures."""
    nothing = [] if standings else [line("Nothing is set yet.")]
    ways = [button("New session", Verb.NEW_SESSION, style="positive")]
    ways += [button("Earlier", Verb.LEAD_PROGRAMME, page=str(page - 1))] if page else []
    ways += [button("Later", Verb.LEAD_PROGRAMME, page=str(page + 1))] if has_more else []
    return card(
        "Programme. " + " ".join([*lines, *[f"{in_a_line(e.session)}." for e in standings]]),
        [
            heading("Programme"),
            *[near(each) for each in lines],
            *nothing,
            *[_row(each) for each in standings],
        ],
        ways,
        refresh=button("Refresh", Verb.LEAD_PROGRAMME, page=str(page)),
    )


def _row(standing: SessionStanding) -> CardElement:
    open_it = button("Open", Verb.LEAD_SESSION, session=str(standing.session.id))
    return session_row(standing.session, figures(standing), open_it)


def figures(standing: SessionStanding) -> str:
    """``12 of 20 booked, 1 on offer, 2 waiting``."""
    if standing.session.state is SessionState.CANCELLED:
        return "Cancelled"
    parts = [f"{standing.booked} of {standing.session.capacity} booked"]
    parts += [f"{standing.offered} on offer"] if standing.offered else []
    parts += [f"{standing.waiting} waiting"] if standing.waiting else []
    return ", ".join(parts)


def lead_session_card(
    standing: SessionStanding,
    people: Sequence[Attendee],
    ratings: Ratings,
    *,
    page: int = 0,
    intro: str = "",
    is_begun: bool = False,
    has_register: bool = False,
) -> AdaptiveCard:
    """One session with everybody on it, and what a lead can do about it."""
    session = standing.session
    last = max(0, len(people) - 1) // NAMES
    page = min(page, last)
    return card(
        f"{intro or 'A session'}: {in_a_line(session)}. {figures(standing)}",
        [
            heading(intro or plain(session.title)),
            *([TextBlock(text=plain(session.title), weight="Bolder", wrap=True)] if intro else []),
            session_facts(session, *_facts(standing)),
            *_people(people[page * NAMES : (page + 1) * NAMES]),
            *([quiet(f"Page {page + 1} of {last + 1}")] if last else []),
            *_hopes(people),
            *_rated(standing, ratings),
        ],
        _ways(
            standing,
            page,
            is_begun=is_begun,
            has_register=has_register,
            has_more=page < last,
        ),
        refresh=button("Refresh", Verb.LEAD_SESSION, session=str(session.id), page=str(page)),
    )


def _facts(standing: SessionStanding) -> list[Fact]:
    session = standing.session
    released = session.released_to_partners_at
    facts = [
        Fact(title="Tier", value=session.tier),
        Fact(
            title="For", value=spoken_roles(session.audience) if session.audience else "all staff"
        ),
        Fact(title="Led by", value=plain(spoken_list(session.leads)) or "nobody yet"),
        Fact(title="Places", value=figures(standing)),
        Fact(
            title="Partners",
            value=f"from {short_day(released.date())}" if released else "not released to them",
        ),
    ]
    if session.link:
        facts.append(Fact(title="Online", value=f"[Join]({session.link})"))
    elif session.awaits_link:
        waits = "the Teams meeting is being set up; a link of your own goes before it"
        facts.append(Fact(title="Online", value=waits))
    if session.notes:
        facts.append(Fact(title="Notes", value=plain(session.notes)))
    if standing.override_note:
        facts.append(Fact(title="Set anyway", value=plain(standing.override_note)))
    return facts


_STATES = {
    BookingState.WAITING: "waiting",
    BookingState.OFFERED: "on offer",
    BookingState.ATTENDED: "came",
    BookingState.MISSED: "did not come",
}


def _people(people: Sequence[Attendee]) -> list[CardElement]:
    if not people:
        return [near("Nobody has booked yet.", subtle=True)]
    return [near("  \n".join(_named(each) for each in people))]


def _named(attendee: Attendee) -> str:
    standing = _STATES.get(attendee.state)
    school = f", {plain(attendee.school)}" if attendee.school else ""
    return f"{plain(attendee.name)}{school}" + (f" ({standing})" if standing else "")


def _hopes(people: Sequence[Attendee]) -> list[CardElement]:
    hopes = [plain(each.hopes) for each in people if each.hopes]
    if not hopes:
        return []
    shown = "  \n".join(f"“{each}”" for each in hopes[:10])
    return [near("**What people would like from it**"), near(shown)]


def _rated(standing: SessionStanding, ratings: Ratings) -> list[CardElement]:
    if standing.registered_at is None:
        return []
    if ratings.answers < FEWEST_SHOWN:
        return [near(f"Feedback: fewer than {FEWEST_SHOWN} answers so far.", subtle=True)]
    counts = [f"{words.lower()} {ratings.of(rating)}" for rating, words in RATINGS.items()]
    return [near(f"Feedback: {', '.join(counts)}")]


def _ways(
    standing: SessionStanding, page: int, *, is_begun: bool, has_register: bool, has_more: bool
) -> list[ExecuteAction]:
    ids = str(standing.session.id)
    if standing.session.state is SessionState.CANCELLED:
        back = [] if is_begun else [button("Put it back on", Verb.REINSTATE_SESSION, session=ids)]
        return [*back, button("Programme", Verb.LEAD_PROGRAMME)]
    ways = [button("Edit or move", Verb.EDIT_SESSION, session=ids)]
    ways += [button("Register", Verb.REGISTER, session=ids)] if has_register else []
    ways += [] if is_begun else [button("Call it off", Verb.ASK_CANCEL_SESSION, session=ids)]
    ways.append(button("Announce", Verb.ANNOUNCE, session=ids))
    if has_more:
        ways.append(button("More names", Verb.LEAD_SESSION, session=ids, page=str(page + 1)))
    ways.append(button("Programme", Verb.LEAD_PROGRAMME))
    return ways


def ask_cancel_card(standing: SessionStanding, note: str = "") -> AdaptiveCard:
    """Before a session is called off: how many hear of it, and why."""
    session, ids = standing.session, str(standing.session.id)
    told = "Nobody is booked on it."
    if standing.expecting:
        told = f"{counted_people(standing.expecting)} will be told, and calendars put right."
    return card(
        f"Call it off? {in_a_line(session)}. {told}",
        [
            heading("Call it off?"),
            TextBlock(text=plain(session.title), weight="Bolder", wrap=True),
            session_facts(session),
            *([line(note)] if note else []),
            line(told),
            TextInput(
                id=REASON_INPUT,
                label="Why? Everybody booked reads this.",
                placeholder="Such as: the school is closed because of snow",
                max_length=LONGEST_HOPES,
            ),
        ],
        [
            form_button("Yes, call it off", Verb.CANCEL_SESSION, style="destructive", session=ids),
            button("No, keep it", Verb.LEAD_SESSION, session=ids),
        ],
    )


def ask_back_on_card(standing: SessionStanding, concerns: Sequence[Concern]) -> AdaptiveCard:
    """Before a session is put back on beside what was set meanwhile: what speaks against it."""
    session, ids = standing.session, str(standing.session.id)
    may_go_ahead = all(each.may_be_overridden for each in concerns)
    title = "Put it back on?" if may_go_ahead else "This can't be put back on"
    note = TextInput(
        id=NOTE_INPUT,
        label="Why go ahead anyway?",
        placeholder="Kept for the leads",
        max_length=LONGEST["note"],
        value=standing.override_note or None,
        is_required=True,
        error_message="Please say why, in a few words.",
    )
    go = form_button("Put it back on", Verb.REINSTATE_SESSION, style="positive", session=ids)
    return card(
        f"{title} {in_a_line(session)}. " + " ".join(each.say for each in concerns),
        [
            heading(title),
            TextBlock(text=plain(session.title), weight="Bolder", wrap=True),
            session_facts(session),
            *[line(each.say) for each in concerns],
            *([note] if may_go_ahead else []),
        ],
        [
            *([go] if may_go_ahead else []),
            button("Leave it off", Verb.LEAD_SESSION, session=ids),
        ],
    )
