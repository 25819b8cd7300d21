"""A request's life with both its sides, from the asking to whether it helped."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.simulation.lives.request_choices import (
    answers_to,
    step_of_asker,
    step_of_lead,
    wanted_by,
)
from bot.simulation.lives.stage import Stage
from hub.people import Person
from hub.request_life import may_take
from hub.request_standing import TEAMS
from hub.requests import Request, Step
from hub.services import SUPPORT
from hub.visit_times import (
    CALL_LENGTH,
    MOST_PROPOSED,
    free_calls,
    free_slots,
    look_ahead,
    spread,
)
from store import (
    request_drafts,
    request_handling,
    request_reads,
    request_visits,
    requests,
)
from store.request_visits import Time

#: How many ask for something on one school day: this share of all staff, and at least so many.
ASKS = 0.003
LEAST_ASKED = 0.12
#: The chance that somebody says on a school day whether it helped.
SAYS_HELPED = 0.3
#: The service to which a request is passed on.
_ELSEWHERE = "rapid-advice"
_IN_PERSON = "in-person"
_WORDS = {
    Step.NOTE: "Would mornings or afternoons be better?",
    Step.ANSWER: "We cannot take this on as it stands. The toolkit on adaptive teaching may help.",
    Step.CLOSE: "All done for now.",
    Step.REDIRECT: "This is quickly answered.",
    Step.WITHDRAW: "We have found a way ourselves.",
    Step.NO_TIME_SUITS: "I am ill, or covering a class. Could we find another day?",
}
_AGREED = "A visual timetable on every desk\nTen minutes of pre-teaching on Mondays"
_HELPED = ("yes", "a bit", "not yet")


@dataclass(frozen=True)
class _Ended:
    asker_id: UUID
    request_id: UUID


class Requests:
    """What staff and the lead do with requests."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._ended: list[_Ended] = []

    async def day(self, now: datetime) -> None:
        """One day: the lead works through the queue, then whoever asked answers; and some ask."""
        stage = self._stage
        for request in await self._open():
            service = stage.services.service(request.service)
            step = step_of_lead(request, service, now, stage.chance)
            if step is not None:
                await self._lead_takes(request, step, now)
        for request in await self._open():
            asker = stage.everybody[request.asker.id]
            if asker.left_at is None and stage.is_at_work(asker, now):
                step = step_of_asker(request, now, stage.chance)
                if step is not None:
                    await self._asker_takes(asker, request, step, now)
        await self._say_helped(now)
        await self._ask(now)

    async def _open(self) -> list[Request]:
        async with self._stage.database.read() as db:
            found = await request_reads.open_requests(db)
        return sorted(found, key=lambda each: each.reference)

    async def _ask(self, now: datetime) -> None:
        stage = self._stage
        expected = max(LEAST_ASKED, ASKS * len(stage.staff)) * stage.pace
        count = int(expected) + stage.happens(expected % 1)
        for person in stage.chance.sample(stage.staff, min(count, len(stage.staff))):
            service = wanted_by(person, stage.services, stage.chance)
            if service is None or not stage.is_at_work(person, now):
                continue
            answers = answers_to(service.questions, now, stage.chance)
            async with stage.database.begin() as db:
                draft = await request_drafts.begin(db, person, service.key, answers, now)
                await request_drafts.submit(db, person, draft.id, now)

    async def _lead_takes(self, request: Request, step: Step, now: datetime) -> None:
        lead = self._stage.lead
        if may_take(lead, step, request) is not None:
            return
        async with self._stage.database.begin() as db:
            match step:
                case Step.ASSIGN:
                    await request_handling.assign(db, lead, request.id, lead.id, now)
                case Step.REDIRECT if request.service == SUPPORT:
                    why = _WORDS[step]
                    await request_handling.redirect(db, lead, request.id, _ELSEWHERE, why, now)
                case Step.PROPOSE_TIMES:
                    times = await self._times(db, request, now)
                    if times:
                        await request_visits.propose(db, lead, request.id, times, now)
                case Step.ARRANGE_FOLLOW_UP:
                    if time := await self._call(db, request, now):
                        await request_visits.arrange_follow_up(db, lead, request.id, time, now)
                case Step.RECORD_VISIT | Step.RECORD_FOLLOW_UP:
                    await self._record(db, request, step, now)
                case Step.NO_SHOW:
                    await request_visits.note_no_show(db, lead, request.id, now)
                case Step.ACKNOWLEDGE | Step.ANSWER | Step.NOTE | Step.CLOSE:
                    words = _WORDS.get(step, "")
                    await requests.take(db, lead, request.id, step, now, words=words)
        if step in {Step.ANSWER, Step.CLOSE}:
            self._ended.append(_Ended(request.asker.id, request.id))

    async def _record(self, db: AsyncSession, request: Request, step: Step, now: datetime) -> None:
        visit = request.arranged
        if visit is not None:
            time = Time(visit.starts_at, visit.ends_at, visit.how)
            lead = self._stage.lead
            await request_visits.record(db, lead, request.id, step, time, _AGREED, now)

    async def _asker_takes(
        self, asker: Person, request: Request, step: Step, now: datetime
    ) -> None:
        if may_take(asker, step, request) is not None:
            return
        words = _WORDS.get(step, "")
        async with self._stage.database.begin() as db:
            match step:
                case Step.WITHDRAW:
                    await requests.withdraw(db, asker, request.id, now, words)
                case Step.NOTE:
                    await requests.take(db, asker, request.id, step, now, words="Mornings, please.")
                case Step.PICK_TIME:
                    still = [each.id for each in request.proposed if each.starts_at > now]
                    chosen = self._stage.chance.choice(still)
                    await request_visits.pick(db, asker, request.id, chosen, now)
                case Step.NO_TIME_SUITS:
                    await request_visits.say_none_suits(db, asker, request.id, words, now)
                case Step.ASK_FOLLOW_UP:
                    await requests.ask_follow_up(db, asker, request.id, now)
                case Step.CHOOSE_CALL:
                    if time := await self._call(db, request, now):
                        lead = self._stage.lead.id
                        await request_visits.choose_call(
                            db, asker, request.id, time.starts_at, lead, now
                        )

    async def _say_helped(self, now: datetime) -> None:
        stage = self._stage
        for each in list(self._ended):
            asker = stage.everybody[each.asker_id]
            if stage.happens(SAYS_HELPED) and asker.left_at is None:
                self._ended.remove(each)
                helped = stage.chance.choice(_HELPED)
                async with stage.database.begin() as db:
                    await requests.say_helped(db, asker, each.request_id, helped, now)

    async def _times(self, db: AsyncSession, request: Request, now: datetime) -> list[Time]:
        """Some of the slots in which both are free of visits; in person or on Teams as asked."""
        stage, school = self._stage, request.asker.school
        ahead = look_ahead(stage.calendar, now)
        if ahead is None or school is None:
            return []
        busy = await request_visits.engagements(db, [stage.lead, request.asker], *ahead)
        slots = spread(free_slots(stage.calendar, school.id, now, busy))
        how = TEAMS if request.answers.get("how") == TEAMS else _IN_PERSON
        chosen = stage.chance.sample(slots, min(len(slots), MOST_PROPOSED))
        return [Time(each.starts_at, each.ends_at, how) for each in chosen]

    async def _call(self, db: AsyncSession, request: Request, now: datetime) -> Time | None:
        stage, school = self._stage, request.asker.school
        ahead = look_ahead(stage.calendar, now)
        if ahead is None or school is None:
            return None
        busy = await request_visits.engagements(db, [stage.lead, request.asker], *ahead)
        free = free_calls(stage.calendar, school.id, now, busy)
        if not free:
            return None
        starts_at = stage.chance.choice(free[:9])
        return Time(starts_at, starts_at + CALL_LENGTH, TEAMS)
