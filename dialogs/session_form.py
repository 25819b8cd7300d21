"""Setting and changing a session by form: problems and second thoughts first, then one change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from cards.greeting import refusal_card
from cards.parts import Verb
from cards.session_form import SessionFormState, session_form_card
from dialogs import lead_programme as sessions
from dialogs.answer import Answer, OnPress, Press, leads_only, not_understood
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from hub import refusals
from hub.booking import Session
from hub.guard_rails import Concern, concerns_about
from hub.people import Person, School
from hub.refusals import Reason, Refusal
from hub.register import SessionStanding
from hub.school_year import SchoolCalendar
from hub.session_draft import (
    FIELDS,
    LONGEST,
    Problem,
    SessionForm,
    draft_from,
    form_of,
    has_moved,
    in_context,
    is_count,
    tiers_to_set,
)
from hub.understanding import Intent
from store import lead_programme, programme, school_years, session_changes, topics

#: A clinic is what leads set most often.
USUAL_TIER = "4"
USUAL_PLACES = "12"
#: Stands for a revision that makes no sense, and so fits no session.
_NO_REVISION = "?"
_NOT_KEPT = {
    Intent.PUPIL_DETAILS: "Please leave out what could identify a pupil; I haven't kept it.",
    Intent.SAFEGUARDING_CONCERN: (
        "This sounds like a safeguarding concern. Please speak to your Designated Safeguarding "
        "Lead now, and ring 999 if a child is in immediate danger. I haven't kept it."
    ),
}


@dataclass(frozen=True)
class _Truth:
    """What a form is held against."""

    calendar: SchoolCalendar
    schools: Sequence[School]
    others: Sequence[Session]
    standing: SessionStanding | None


async def new_session(
    desk: Desk, tier: str = USUAL_TIER, on: date | None = None, title: str = ""
) -> Answer:
    """An empty form, as far as it can be filled in already."""
    known = {each.key for each in tiers_to_set(desk.offer)}
    form = SessionForm(
        tier=tier if tier in known else USUAL_TIER,
        title=title[: LONGEST["title"]],
        date=on.isoformat() if on else "",
        capacity=USUAL_PLACES,
    )
    return await _form(desk, form, SessionFormState(str(uuid4())))


async def edit_session(desk: Desk, session_id: UUID) -> Answer:
    """The form of a session as it stands."""
    async with desk.database.read() as db:
        standing = await lead_programme.standing_of(db, session_id)
    if standing is None:
        return Answer(refusal_card(refusals.session_gone()))
    session = standing.session
    if session.is_school_meeting:
        return await sessions.show_session(desk, session_id, intro="Move it with its school")
    state = SessionFormState(str(session_id), str(session.revision), expecting=standing.expecting)
    return await _form(desk, form_of(session, standing.override_note), state)


async def _form(desk: Desk, form: SessionForm, state: SessionFormState) -> Answer:
    async with desk.database.read() as db:
        names = [each.name for each in await programme.schools(db)]
    return Answer(session_form_card(form, state, tiers_to_set(desk.offer), names))


async def save(desk: Desk, person: Person, press: Press, session_id: UUID) -> Answer:
    """Set or change a session as the form says; anything unclear shows the form again."""
    form = SessionForm(**{name: press.text_of(name).strip() for name in FIELDS})
    async with desk.database.read() as db:
        truth = _Truth(
            await school_years.calendar(db),
            await programme.schools(db),
            await lead_programme.all_sessions(db),
            await lead_programme.standing_of(db, session_id),
        )
    state = SessionFormState(
        str(session_id),
        _revision(press),
        expecting=truth.standing.expecting if truth.standing else 0,
    )
    if truth.standing and truth.standing.session.is_school_meeting:
        return await sessions.show_session(desk, session_id, intro="Move it with its school")
    guarded = await _guarded(desk, form)
    # Left out of the form shown again too: its card is kept for a while.
    form = replace(form, **{each.field: "" for each in guarded})
    draft = _draft(desk, form, session_id, truth)
    if guarded or not isinstance(draft, Session):
        others = [] if isinstance(draft, Session) else draft
        said = {each.field for each in guarded}
        problems = [*guarded, *[each for each in others if each.field not in said]]
        return await _form(desk, form, replace(state, problems=problems))
    if truth.standing and not state.revision:
        return await _set_before(desk, draft, truth.standing.session)
    concerns = _concerns(desk, draft, truth)
    if any(not each.may_be_overridden for each in concerns) or (concerns and not form.note):
        return await _form(desk, form, _warned(state, concerns))
    note = form.note if concerns else ""
    if truth.standing is None:
        return await _set(desk, person, draft, note)
    return await _change(desk, person, draft, form, state, note)


def _revision(press: Press) -> str:
    """The revision that a card was made from; what no card of ours carries is not given back."""
    said = press.text_of("revision")
    return said if not said or is_count(said) else _NO_REVISION


async def _guarded(desk: Desk, form: SessionForm) -> list[Problem]:
    """Fields whose words must not be kept; a clinic may be about self-harm, as its title says.

    All of them: what is typed into a field for a date comes back on the form just the same.
    """
    found = []
    for name in FIELDS:
        guarded = await seen_in(desk, in_context(name, getattr(form, name)))
        if guarded:
            found.append(Problem(name, _NOT_KEPT[guarded.intent]))
    return found


def _draft(
    desk: Desk, form: SessionForm, session_id: UUID, truth: _Truth
) -> Session | list[Problem]:
    draft = draft_from(form, session_id, desk.offer, truth.calendar.zone)
    if not isinstance(draft, Session):
        return draft
    if truth.standing is None and draft.starts_at <= desk.now():
        return [Problem("date", "That time has gone already.")]
    return draft


def _concerns(desk: Desk, draft: Session, truth: _Truth) -> list[Concern]:
    before = truth.standing.session if truth.standing else None
    if before and not has_moved(before, draft) and before.tier == draft.tier:
        return []
    return concerns_about(draft, truth.others, desk.offer, truth.calendar, truth.schools)


def _warned(state: SessionFormState, concerns: Sequence[Concern]) -> SessionFormState:
    return replace(
        state,
        concerns=[each.say for each in concerns],
        may_go_ahead=all(each.may_be_overridden for each in concerns),
    )


async def _set(desk: Desk, person: Person, draft: Session, note: str) -> Answer:
    async with desk.database.begin() as db:
        kept = await session_changes.add(db, draft, note, desk.now(), person)
    intro = "It is set" if kept.id == draft.id else "There is one like it already"
    return await sessions.show_session(desk, kept.id, intro=intro)


async def _set_before(desk: Desk, draft: Session, present: Session) -> Answer:
    """A second tap on the form of a new session, or an old card of it."""
    same = not has_moved(present, draft) and present.title == draft.title
    intro = "It is set" if same else "It is set already; edit it to change it"
    return await sessions.show_session(desk, present.id, intro=intro)


async def _change(
    desk: Desk,
    person: Person,
    draft: Session,
    form: SessionForm,
    state: SessionFormState,
    note: str,
) -> Answer:
    async with desk.database.begin() as db:
        calendar = await school_years.calendar(db)
        before = await lead_programme.standing_of(db, draft.id)
        if before is None:
            return Answer(refusal_card(refusals.session_gone()))
        made_from = int(state.revision) if is_count(state.revision) else -1
        current = replace(before.session, revision=made_from)
        outcome = await session_changes.change(
            db, current, draft, form.reason, note, desk.now(), calendar, person
        )
    if isinstance(outcome, Refusal):
        return await _refused(desk, outcome, form, state)
    is_told = has_moved(before.session, outcome)
    intro = sessions.told("It is changed.", before) if is_told else "It is changed"
    return await sessions.show_session(desk, outcome.id, intro=intro)


async def _refused(
    desk: Desk, refusal: Refusal, form: SessionForm, state: SessionFormState
) -> Answer:
    """Show the form again with what was typed, or the session as a colleague has left it."""
    if refusal.reason is Reason.CHANGED_MEANWHILE:
        intro = "A colleague changed it meanwhile, so nothing of yours is saved"
        return await sessions.show_session(desk, UUID(state.session_id), intro=intro)
    return await _form(desk, form, replace(state, notes=(refusal.say,)))


async def _new(desk: Desk, _person: Person, press: Press) -> Answer:
    idea_id = press.id_of("idea")
    if idea_id is None:
        return await new_session(desk)
    async with desk.database.read() as db:
        wanted = await topics.wanted_topic(db, idea_id)
    return await new_session(desk, title=f"Clinic: {wanted.words}" if wanted else "")


async def _edit(desk: Desk, _person: Person, press: Press) -> Answer:
    session_id = press.id_of("session")
    return await edit_session(desk, session_id) if session_id else not_understood()


async def _save(desk: Desk, person: Person, press: Press) -> Answer:
    session_id = press.id_of("session")
    return await save(desk, person, press, session_id) if session_id else not_understood()


PRESSES: dict[Verb, OnPress] = {
    Verb.NEW_SESSION: leads_only(_new),
    Verb.EDIT_SESSION: leads_only(_edit),
    Verb.SAVE_SESSION: leads_only(_save),
}
