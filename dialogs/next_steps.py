"""Next steps of a school meeting: write them down, put them right, tick them off."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from microsoft_teams.cards import AdaptiveCard

from cards.guarded import guarded_card, what_was_seen
from cards.next_steps import DONE_INPUT, STEPS_INPUT, next_steps_card, next_steps_form
from cards.parts import Verb
from dialogs.answer import Answer, OnPress, Press, not_understood
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from dialogs.school_meeting import refused, show_meeting
from hub import refusals
from hub.people import Person
from hub.refusals import Reason, Refusal
from hub.school_meetings import SchoolMeeting, fingerprint, steps_in
from hub.understanding import Guarded, Intent
from store import next_steps, school_meeting_reads


async def change_steps(desk: Desk, person: Person, session_id: UUID) -> AdaptiveCard:
    """The form that holds what is written down so far."""
    meeting = await _meeting(desk, person, session_id)
    if isinstance(meeting, Refusal):
        return refused(meeting)
    return next_steps_form(meeting, _lines(each.words for each in meeting.steps))


async def save_steps(
    desk: Desk, person: Person, session_id: UUID, said: str, made_from: str
) -> AdaptiveCard:
    """Make these the steps, one a line; what must not be kept or is too much is said, not saved."""
    meeting = await _meeting(desk, person, session_id)
    if isinstance(meeting, Refusal):
        return refused(meeting)
    steps = steps_in(said)
    if guarded := await _guarded(desk, steps):
        return await _left_out(desk, meeting, steps, guarded)
    async with desk.database.begin() as db:
        outcome = await next_steps.keep_steps(db, person, session_id, steps, desk.now(), made_from)
    if not isinstance(outcome, Refusal):
        return next_steps_card(outcome, "Saved. Everybody who was there can see them.")
    if outcome.reason is Reason.TOO_MUCH:
        return next_steps_form(meeting, said, outcome.say)
    if outcome.reason is Reason.CHANGED_MEANWHILE:
        return await _both(desk, person, session_id, steps, outcome)
    return refused(outcome)


async def add_steps(desk: Desk, person: Person, meeting: SchoolMeeting, said: str) -> AdaptiveCard:
    """Add to what is written down, when somebody types rather than fills in the form."""
    known = [each.words for each in meeting.steps]
    lines = _lines([*known, *steps_in(said)])
    return await save_steps(desk, person, meeting.session.id, lines, fingerprint(meeting.steps))


async def tick_steps(
    desk: Desk, person: Person, session_id: UUID, done: Iterable[UUID]
) -> AdaptiveCard:
    """Note which steps are done; the others are open again."""
    async with desk.database.begin() as db:
        outcome = await next_steps.tick_steps(db, person, session_id, done, desk.now())
    if isinstance(outcome, Refusal):
        return refused(outcome)
    all_done = outcome.steps and all(each.is_done for each in outcome.steps)
    return next_steps_card(outcome, "All done. Well done, everybody." if all_done else "Saved.")


async def _meeting(desk: Desk, person: Person, session_id: UUID) -> SchoolMeeting | Refusal:
    """The meeting, if it has begun."""
    async with desk.database.read() as db:
        meeting = await school_meeting_reads.meeting_with_id(db, person, session_id)
    if isinstance(meeting, Refusal) or meeting.has_begun(desk.now()):
        return meeting
    return refusals.meeting_to_come()


async def _both(
    desk: Desk, person: Person, session_id: UUID, steps: Sequence[str], refusal: Refusal
) -> AdaptiveCard:
    """The colleague's newer steps and this person's own in one form, to be saved again."""
    now = await _meeting(desk, person, session_id)
    if isinstance(now, Refusal):
        return refused(now)
    words = dict.fromkeys([*(each.words for each in now.steps), *steps])
    return next_steps_form(now, _lines(words), refusal.say)


async def _guarded(desk: Desk, steps: Sequence[str]) -> Guarded | None:
    """Why these words must not be kept; a detail may run on from one line into the next."""
    for words in (*steps, " ".join(steps)):
        if guarded := await seen_in(desk, words):
            return guarded
    return None


async def _left_out(
    desk: Desk, meeting: SchoolMeeting, steps: Sequence[str], guarded: Guarded
) -> AdaptiveCard:
    """Nothing is saved; the lines that are safe are in the form again, the others never shown."""
    if guarded.intent is Intent.SAFEGUARDING_CONCERN:
        return guarded_card(guarded)
    safe = [each for each in steps if not await seen_in(desk, each)]
    seen = what_was_seen(guarded)
    intro = (
        f"I think I saw {seen}, so I have left that line out, and nothing is saved yet. Please say "
        "it again without it: what staff will do is all that is needed."
    )
    return next_steps_form(meeting, "" if await _guarded(desk, safe) else _lines(safe), intro)


def _lines(words: Iterable[str]) -> str:
    return "\n".join(words)


async def _about_steps(desk: Desk, person: Person, press: Press) -> Answer:
    session_id = press.id_of("session")
    if session_id is None:
        return not_understood()
    match press.verb:
        case Verb.SAVE_NEXT_STEPS:
            said, seen = press.text_of(STEPS_INPUT), press.text_of("seen")
            return Answer(await save_steps(desk, person, session_id, said, seen))
        case Verb.STEP_DONE:
            done = _ids(press.choices_of(DONE_INPUT))
            return Answer(await tick_steps(desk, person, session_id, done))
        case _ if press.text_of("change"):
            return Answer(await change_steps(desk, person, session_id))
        case _:
            return Answer(await show_meeting(desk, person, session_id))


def _ids(values: Iterable[str]) -> list[UUID]:
    ids = []
    for value in values:
        try:
            ids.append(UUID(value))
        except ValueError:
            continue
    return ids


PRESSES: dict[Verb, OnPress] = {
    Verb.NEXT_STEPS: _about_steps,
    Verb.SAVE_NEXT_STEPS: _about_steps,
    Verb.STEP_DONE: _about_steps,
}
