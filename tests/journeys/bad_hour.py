"""A day of mixed use while Microsoft 365 fails in every way it can; shared with the bench.

What people do and which calls fail is drawn from one seed, and time is a number: an hour takes
seconds, and a seed that breaks a promise can be tried again.
"""

import io
import random
from collections import Counter
from contextlib import asynccontextmanager, redirect_stderr
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from uuid import uuid4

import structlog
from sqlalchemy import select

from bot.local_tenant.entra import Registration
from bot.local_tenant.faults import FaultPlan, Rates, Service
from bot.local_tenant.throttle import PUBLISHED
from bot.logs import set_up_logs
from bot.teams import credentials
from cards.parts import Verb
from hub.booking import BookingState, SessionState
from hub.outbox import Kind, OutboxState
from store.tables import BookingRow, OutboxRow, PersonRow, SessionRow
from tests.conftest import LONDON
from tests.people import SetClock, Shown, Somebody, teams_running

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
#: How often the bell rings in this world.
STEP = timedelta(seconds=30)
#: Graph fails for nearly a third of all calls, and so does the Connector.
SHARE = 0.3
LEAD = 1
#: Words of people, none of which may reach the log.
NEWS = "The library floods at noon. Bring wellies."
REASON = "Snowdrifts at the gate"
#: What somebody presses who looks around.
WALKS = frozenset(
    {Verb.ASK_GIVE_UP, Verb.GIVE_UP, Verb.ASK_SWAP, Verb.SWAP, Verb.TAKE_OFFER, Verb.BOOK}
    | {Verb.BOOK_ANYWAY, Verb.MY_BOOKINGS}
)


@dataclass
class BadHour:
    """What is known when all is over."""

    teams: object
    clock: SetClock
    plan: FaultPlan
    people: list[Somebody]
    log: io.StringIO
    tokens: list[str]
    #: Per person, how much stood in their chat before things went wrong.
    before: Counter

    async def outbox(self):
        """Every item, with the object id of whom it is for."""
        async with self.teams.service.database.read() as db:
            rows = await db.execute(
                select(OutboxRow, PersonRow.object_id).join(
                    PersonRow, PersonRow.id == OutboxRow.person_id, isouter=True
                )
            )
            return [(row.kind, row.state, row.not_before, whose) for row, whose in rows]

    async def unfinished(self):
        """What was due by now and is still waiting, or was given up."""
        return [
            each
            for each in await self.outbox()
            if each[1] == OutboxState.PARKED
            or (each[1] == OutboxState.WAITING and each[2] <= self.clock())
        ]

    async def sent(self, kind: Kind) -> Counter:
        """How many items of a kind went out, by person."""
        items = await self.outbox()
        return Counter(who for it, state, _, who in items if (it, state) == (kind, "sent"))

    async def places(self) -> Counter:
        """Who holds a place in what, and when, as the truth has it."""
        async with self.teams.service.database.read() as db:
            rows = await db.execute(
                select(PersonRow.object_id, SessionRow.title, SessionRow.starts_at)
                .join(BookingRow, BookingRow.person_id == PersonRow.id)
                .join(SessionRow, SessionRow.id == BookingRow.session_id)
                .where(
                    BookingRow.state == BookingState.CONFIRMED,
                    SessionRow.state == SessionState.SCHEDULED,
                )
            )
            return Counter(
                (who, title, f"{at.astimezone(LONDON):%Y-%m-%dT%H:%M:%S}")
                for who, title, at in rows
            )

    def calendars(self) -> Counter:
        """The same as the calendars have it."""
        return Counter(
            (who, event["subject"], event["start"]["dateTime"])
            for who, events in self.teams.tenant.state.calendars.items()
            for event in events.values()
        )

    def rung(self) -> Counter:
        """How many entries each activity feed got."""
        return Counter({who: len(feed) for who, feed in self.teams.tenant.state.feeds.items()})

    def heard(self) -> Counter:
        """How many messages each chat got since things went wrong."""
        ids = (each.person.object_id for each in self.people)
        return Counter({who: len(self.chat(who)) - self.before[who] for who in ids})

    def chat(self, who: str) -> list:
        return self.teams.tenant.state.chats.get(f"a:{who}", [])

    def lost(self, ending: str) -> Counter:
        """Answers lost after the work was done, by the person that the call was about."""
        found = Counter()
        for call, times in self.plan.lost.items():
            for each in self.people:
                if call.endswith(ending) and each.person.object_id in call:
                    found[each.person.object_id] += times
        return found


@asynccontextmanager
async def bad_hour(database_url, trust, seed, *, deeds=60, strangers=0):
    """Live through it: an hour of failures, then quiet hours in which all is made good."""
    chance = random.Random(seed)
    clock = SetClock(NINE)
    app = Registration(
        "5a0f8c1e-0000-4000-8000-00000000b070",
        "hush",
        trust.teacher.tenant_id,
        ("Calendars.ReadWrite", "TeamsActivity.Send", "User.Read.All", "GroupMember.Read.All"),
    )
    scarce = replace(trust, sessions=tuple(replace(each, capacity=3) for each in trust.sessions))
    log, logs_before = io.StringIO(), structlog.get_config()
    # Tokens are kept by the real clock, and to it this hour is a few seconds.
    at_once = patch.object(credentials, "REFRESH_AGAIN", timedelta(0))
    with redirect_stderr(log), at_once:
        set_up_logs("INFO")
        try:
            async with teams_running(database_url, clock, scarce, app, limits=PUBLISHED) as teams:
                await teams.service.leads.look_up()
                people = [teams.somebody(at) for at in range(len(trust.people))]
                people += [_stranger(teams, number) for number in range(strangers)]
                for person in people:
                    await person.says("hi")
                    clock.at += timedelta(seconds=1)
                rates = {
                    Service.GRAPH: Rates.evenly(SHARE),
                    Service.CONNECTOR: Rates.evenly(SHARE),
                    Service.ENTRA: Rates(broken=SHARE / 2, cut_before=SHARE / 2),
                }
                teams.tenant.faults = FaultPlan(chance, rates, clock, slow_seconds=0.001)
                before = Counter({each.person.object_id: len(each.chat) for each in people})
                tokens = teams.tenant.entra.given
                hour = BadHour(teams, clock, teams.tenant.faults, people, log, tokens, before)
                await _hour(hour, chance, deeds)
                teams.tenant.faults = None
                await _rest_of_the_day(hour)
                yield hour
        finally:
            structlog.configure(**logs_before)


def _stranger(teams, number: int) -> Somebody:
    known = teams.trust.people[0]
    object_id = f"00000000-0000-4000-8000-{number:012d}"
    teams.tenant.state.names[object_id] = f"Quentin Colleague {number}"
    return Somebody(
        teams, replace(known, id=uuid4(), object_id=object_id, name=f"Quentin Colleague {number}")
    )


async def _hour(hour: BadHour, chance: random.Random, deeds: int) -> None:
    sessions = [
        each for each in hour.teams.trust.sessions if each.tier == "4" and each.starts_at > NINE
    ]
    steps = int(HOUR / STEP)
    when = Counter(chance.randrange(steps) for _ in range(deeds))
    for step in range(steps):
        for _ in range(when[step]):
            await _deed(hour, chance, sessions)
        if step == steps // 2:
            await _announce(hour.people[LEAD])
        await hour.teams.service.delivery.drain()
        if step % 10 == 0:
            await hour.teams.service.plan()
        hour.clock.at += STEP


async def _deed(hour: BadHour, chance: random.Random, sessions) -> None:
    session = str(chance.choice(sessions).id)
    lead = hour.people[LEAD]
    match chance.randrange(24):
        case 0:
            await _move(lead, session, chance)
        case 1:
            await lead.acts("cancel-session", session=session, reason=REASON)
        case 2:
            await lead.acts("reinstate-session", session=session, note="yes")
        case 3:
            await _announce(lead)
        case each if each < 17:
            person = chance.choice(hour.people)
            await _walk(person, await person.acts("book", session=session), chance)
        case _:
            person = chance.choice(hour.people)
            offers = [Shown(said["attachments"][0]["content"]) for said in person.chat[-1:]]
            await _walk(person, *offers or [await person.acts("my-bookings")], chance)


async def _walk(person: Somebody, card: Shown, chance: random.Random) -> None:
    for _ in range(chance.randrange(3)):
        buttons = [each for each in card.buttons if each.get("verb") in WALKS]
        if not buttons:
            return
        pressed = chance.choice(buttons)
        card = await person.acts(pressed["verb"], **pressed["data"])


async def _move(lead: Somebody, session: str, chance: random.Random) -> None:
    form = await lead.acts("edit-session", session=session)
    stands = {
        each["id"]: str(each.get("value", "")).removesuffix(".0")
        for each in _inputs(form.content["body"])
    }
    if stands:
        start = f"{chance.randint(9, 12):02d}:00"
        changed = {"start": start, "end": "16:00", "reason": REASON, "note": "It must"}
        await lead.presses("Save", on=form, **(stands | changed))


async def _announce(lead: Somebody) -> None:
    typed = {"news": NEWS, "tiers": "", "roles": "", "schools": ""}
    preview = await lead.presses("Preview", on=await lead.acts("announce"), **typed)
    send = next(each for each in preview.buttons if each["verb"] == Verb.SEND_ANNOUNCEMENT)
    await lead.acts(send["verb"], **send["data"] | typed)


def _inputs(elements):
    for each in elements:
        if each["type"].startswith("Input."):
            yield each
        yield from _inputs(each.get("items", []))


async def _rest_of_the_day(hour: BadHour) -> None:
    until = hour.clock() + timedelta(hours=4)
    while hour.clock() < until:
        hour.clock.at += timedelta(minutes=1) if await hour.unfinished() else timedelta(minutes=20)
        await hour.teams.service.plan()
        await hour.teams.service.delivery.drain()
