"""What rows of a programme ask for, beside the programme as it stands: decided here, done next door.

A row is found by its own place in the programme; a row that says where its session stood until
now moves it, with everybody booked. The same rows a second time ask for nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.loading.session_rows import SessionLine, key_of
from hub.booking import Session, SessionState
from hub.session_draft import has_moved, is_on
from hub.spoken import short_day


class Asked(StrEnum):
    """What a row asks for."""

    ADD = "add"
    CHANGE = "change"
    CANCEL = "cancel"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Step:
    """One row, decided."""

    line: SessionLine
    asked: Asked
    #: The session as it stands; None for one that is new.
    current: Session | None
    #: The session as it is to be.
    wanted: Session

    @property
    def has_moved(self) -> bool:
        """Whether everybody booked is to be told of another time or place."""
        return self.current is not None and has_moved(self.current, self.wanted)


@dataclass
class Decided:
    """Steps in an order in which they can be taken, and what is wrong with the rows."""

    steps: list[Step]
    problems: list[str]

    def outcome(self, standing: Sequence[Session]) -> list[Session]:
        """The programme once every step is taken."""
        after = {each.id: each for each in standing}
        return list((after | {step.wanted.id: step.wanted for step in self.steps}).values())


def decide(lines: Sequence[SessionLine], standing: Sequence[Session]) -> Decided:
    """Cancel, then move, then change and add: so that what leaves a place makes room first."""
    programme = _Programme(standing)
    decided = Decided([], [])
    for line in lines:
        if line.is_cancelled:
            programme.cancel(line, decided)
    moving = [each for each in lines if each.moved_from is not None and not each.is_cancelled]
    _Moves(programme, moving, {each.key for each in lines}, decided).take()
    for line in lines:
        if line.moved_from is None and not line.is_cancelled:
            programme.keep(line, decided)
    return decided


class _Programme:
    """The sessions by their places, as they stand while rows are decided one by one."""

    def __init__(self, standing: Sequence[Session]) -> None:
        self._by_key = {key_of(each): each for each in standing}

    def at(self, key: tuple[object, ...]) -> Session | None:
        """Whatever has this place."""
        return self._by_key.get(key)

    def stood(self, line: SessionLine) -> list[Session]:
        """What the row's session may have been: the same but for time and place."""
        wanted = line.session
        found = [
            each
            for key, each in self._by_key.items()
            if key != line.key
            and (each.tier, each.title, each.strand, each.slot)
            == (wanted.tier, wanted.title, wanted.strand, wanted.slot)
            and _is_then(each, line)
        ]
        same_venue = [each for each in found if each.venue == wanted.venue]
        return same_venue if len(same_venue) == 1 else found

    def cancel(self, line: SessionLine, decided: Decided) -> None:
        """Decide a row that takes its session off."""
        found = self.at(line.key)
        stood = self.stood(line) if line.moved_from is not None else []
        current = found or (stood[0] if len(stood) == 1 else None)
        if current is None:
            words = "there is no such session to cancel; check tier, title, date, start and venue"
            decided.problems.append(line.at_fault("cancelled", words))
        elif current.state is SessionState.CANCELLED:
            decided.steps.append(Step(line, Asked.NOTHING, current, current))
        else:
            wanted = replace(current, state=SessionState.CANCELLED, reason=line.reason)
            decided.steps.append(Step(line, Asked.CANCEL, current, wanted))

    def keep(self, line: SessionLine, decided: Decided) -> None:
        """Decide a row that says no more than how its session should be."""
        current = self.at(line.key)
        if current is None:
            decided.steps.append(Step(line, Asked.ADD, None, line.session))
        else:
            decided.steps.append(_change(line, current))

    def move(self, line: SessionLine, current: Session, decided: Decided) -> None:
        """Decide a row whose session leaves one place for another."""
        step = _change(line, current)
        del self._by_key[key_of(current)]
        self._by_key[line.key] = step.wanted
        if current.school_id not in {None, line.session.school_id}:
            words = "a school's meeting stays at its school; cancel this one and add another"
            decided.problems.append(line.at_fault("venue", words))
        elif current.state is SessionState.CANCELLED:
            words = f"{current.title} is cancelled, so it can't be moved; put it back on first"
            decided.problems.append(line.at_fault("moved_from", words))
        else:
            decided.steps.append(step)


def _is_then(session: Session, line: SessionLine) -> bool:
    stood = line.moved_from
    if isinstance(stood, datetime):
        return session.starts_at.replace(tzinfo=None) == stood
    return session.starts_at.date() == stood


def _change(line: SessionLine, current: Session) -> Step:
    """The row's facts in the session that stands; a cancelled one stays as it is."""
    if current.state is SessionState.CANCELLED:
        return Step(line, Asked.NOTHING, current, current)
    wanted = replace(
        line.session,
        id=current.id,
        state=current.state,
        revision=current.revision,
        reason=current.reason,
    )
    asked = Asked.NOTHING if wanted == current else Asked.CHANGE
    return Step(line, asked, current, wanted)


class _Moves:
    """Rows that move sessions, perhaps each into the place that the next one leaves."""

    def __init__(
        self,
        programme: _Programme,
        lines: Sequence[SessionLine],
        claimed: Collection[tuple[object, ...]],
        decided: Decided,
    ) -> None:
        self._programme = programme
        self._lines = list(lines)
        #: Places that some row names as its own: whatever stands there is that row's.
        self._claimed = claimed
        self._decided = decided
        self._taken: set[int] = set()
        self._leaving: dict[tuple[object, ...], list[int]] = {}
        for number, line in enumerate(lines):
            for each in programme.stood(line):
                self._leaving.setdefault(key_of(each), []).append(number)

    def take(self) -> None:
        """Decide every row."""
        for number in range(len(self._lines)):
            self._take(number, ())

    def _take(self, number: int, waiting: tuple[int, ...]) -> None:
        if number in self._taken:
            return
        line = self._lines[number]
        if number in waiting:
            self._fail(number, "goes round in a circle with other rows; move one of them first")
            return
        # Whoever stands in the new place, and is to leave it by another row, leaves it first.
        for other in self._leaving.get(line.key, []):
            self._take(other, (*waiting, number))
        if number in self._taken:
            return
        stood = self._programme.stood(line)
        there = self._programme.at(line.key)
        if there is not None and any(self._is_left_behind(each) for each in stood):
            self._fail(
                number,
                "there is a session both there and at its new time and place; cancel one of the "
                "two, or leave moved_from empty",
            )
        elif there is not None:
            self._taken.add(number)
            self._decided.steps.append(_change(line, there))
        elif len(stood) == 1:
            self._taken.add(number)
            self._programme.move(line, stood[0], self._decided)
        elif stood:
            times = ", ".join(f"{short_day(e.starts_at)} {e.starts_at:%H:%M}" for e in stood)
            self._fail(number, f"fits more than one session ({times}); give the time as well")
        else:
            self._fail(
                number,
                "there is no such session, there or at its new time and place; check tier, title "
                "and date, or leave moved_from empty to add a session",
            )

    def _is_left_behind(self, session: Session) -> bool:
        return is_on(session) and key_of(session) not in self._claimed

    def _fail(self, number: int, words: str) -> None:
        self._taken.add(number)
        self._decided.problems.append(self._lines[number].at_fault("moved_from", words))
