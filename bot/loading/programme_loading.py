"""The rows of a programme into the store: what they ask for is checked, done, and told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.loading.programme_changes import Asked, Decided, Step, decide
from bot.loading.session_rows import SessionLine
from hub import refusals
from hub.booking import Session, SessionState
from hub.guard_rails import Concern, ConcernKind, concerns_about
from hub.offer import Offer
from hub.people import School
from hub.refusals import Reason, Refusal
from hub.school_year import SchoolCalendar
from hub.session_draft import may_change
from hub.spoken import counted, spoken_list
from store import planned_meetings, programme, session_changes, swaps
from store.programme import Kept

#: The column to look at for each concern; the others are about the date.
_COLUMNS = {ConcernKind.SECOND_MEETING: "venue", ConcernKind.LEAD_IS_BUSY: "leads"}
#: What a row may ask for of a session that stands already.
_OF_ONE_THERE = {Asked.CHANGE, Asked.CANCEL}
_NO_CALENDAR = (
    "no school calendar is loaded yet, so no date was checked against half-terms, INSET days and "
    "bank holidays."
)


@dataclass(frozen=True)
class Hub:
    """What the rows are read against."""

    offer: Offer
    calendar: SchoolCalendar
    schools: Sequence[School]
    now: datetime


@dataclass
class ProgrammeToLoad:
    """Rows decided, and what there is to say about them; nothing is written yet."""

    decided: Decided
    #: What a lead should know, in words; none of it stops the file.
    notes: list[str]
    problems: list[str]


async def look_at_programme(
    db: AsyncSession, lines: Sequence[SessionLine], hub: Hub
) -> ProgrammeToLoad:
    """Decide every row beside the programme as it stands, and note what speaks against it."""
    standing = await programme.sessions(db)
    decided = decide(lines, standing)
    found = ProgrammeToLoad(decided, [], decided.problems)
    held = await programme.places_held(db)
    outcome = _Neighbours(decided.outcome(standing))
    for step in decided.steps:
        if refusal := _may_take(step, held.get(step.wanted.id, 0), hub.now):
            found.problems.append(_refused(step, refusal))
        _look_at(step, outcome, hub, found)
    if not hub.calendar.years and any(step.asked is Asked.ADD for step in decided.steps):
        found.notes.append(_NO_CALENDAR)
    found.notes += _who_is_told(decided)
    return found


async def load_programme(db: AsyncSession, found: ProgrammeToLoad, hub: Hub) -> Kept:
    """Do what every row asks for; a no on the way is a mistake in its row."""
    kept = Kept()
    # All at once and in their order, so that no swap of somebody's places waits for us and we for it.
    changing = [step.wanted.id for step in found.decided.steps if step.asked in _OF_ONE_THERE]
    await swaps.lock(db, changing)
    for step in found.decided.steps:
        refusal = await _take(db, step, hub)
        if refusal is not None:
            found.problems.append(_refused(step, refusal))
        kept.count(is_new=step.asked is Asked.ADD, has_changed=step.asked is not Asked.NOTHING)
    return kept


def _may_take(step: Step, held: int, now: datetime) -> Refusal | None:
    """Why a row asks for what cannot be; asked again, by whoever does it, under lock."""
    if step.current is None:
        return None
    if step.asked is Asked.CANCEL and step.current.starts_at <= now:
        return refusals.too_late_to_cancel(step.current.title)
    if step.asked is Asked.CHANGE:
        return may_change(step.current, step.wanted, held, now)
    return None


def _refused(step: Step, refusal: Refusal) -> str:
    """A no as a mistake in its row."""
    if refusal.reason is Reason.PLACES_HELD:
        return step.line.at_fault("capacity", refusal.say)
    return step.line.at_fault("cancelled" if step.asked is Asked.CANCEL else "date", refusal.say)


async def _take(db: AsyncSession, step: Step, hub: Hub) -> Refusal | None:
    wanted, current = step.wanted, step.current
    outcome: Session | Refusal = wanted
    if step.asked is Asked.ADD:
        await programme.add_session(db, wanted, hub.now)
    elif step.asked is Asked.CANCEL:
        outcome = await session_changes.cancel(
            db, wanted.id, step.line.reason, hub.now, hub.calendar
        )
    elif step.asked is Asked.CHANGE and current is not None:
        outcome = await session_changes.change(
            db, current, wanted, step.line.reason, "", hub.now, hub.calendar
        )
    if isinstance(outcome, Refusal):
        return outcome
    if wanted.school_id is not None and step.asked in {Asked.ADD, Asked.CHANGE}:
        year = hub.calendar.year_of(wanted.starts_at.date())
        await programme.note_meeting(db, wanted.id, wanted.school_id, year.name if year else None)
        await planned_meetings.bring_everybody(db, wanted.id, hub.calendar, hub.now)
    return None


def _look_at(step: Step, outcome: "_Neighbours", hub: Hub, found: ProgrammeToLoad) -> None:
    line, wanted = step.line, step.wanted
    if step.asked is Asked.NOTHING and wanted.state is SessionState.CANCELLED:
        if not line.is_cancelled:
            found.notes.append(f"{line.where}: {wanted.title} is cancelled, and stays so.")
    elif step.asked is Asked.ADD or step.has_moved:
        others = outcome.of(wanted)
        for concern in concerns_about(wanted, others, hub.offer, hub.calendar, hub.schools):
            _sort(concern, line, hub, found)


def _sort(concern: Concern, line: SessionLine, hub: Hub, found: ProgrammeToLoad) -> None:
    words = line.at_fault(_COLUMNS.get(concern.kind, "date"), concern.say)
    if not concern.may_be_overridden:
        found.problems.append(words)
    elif hub.calendar.years or concern.kind is not ConcernKind.UNKNOWN_YEAR:
        found.notes.append(words)


def _who_is_told(decided: Decided) -> Iterator[str]:
    moved = sum(step.has_moved for step in decided.steps)
    off = sum(step.asked is Asked.CANCEL for step in decided.steps)
    told = [
        *([f"{counted(moved, 'session')} moved"] if moved else []),
        *([f"{counted(off, 'session')} cancelled"] if off else []),
    ]
    if told:
        yield f"{spoken_list(told)}; everybody booked will hear of it."


class _Neighbours:
    """The sessions that can matter to one another: of one tier, or on one day."""

    def __init__(self, sessions: Iterable[Session]) -> None:
        self._by_tier: dict[str, list[Session]] = defaultdict(list)
        self._by_day: dict[object, list[Session]] = defaultdict(list)
        for each in sessions:
            self._by_tier[each.tier].append(each)
            self._by_day[each.starts_at.date()].append(each)

    def of(self, session: Session) -> list[Session]:
        """Whatever its date or its tier may clash with, each once."""
        found = [*self._by_tier[session.tier], *self._by_day[session.starts_at.date()]]
        return list({each.id: each for each in found}.values())
