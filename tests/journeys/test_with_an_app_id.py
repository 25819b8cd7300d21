"""Journey 1 as in production: signed activities in, fetched tokens out, nothing unauthenticated."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.local_tenant.entra import CONNECTOR_AUDIENCE, Registration
from hub.outbox import Kind
from store.tables import ConversationRow, OutboxRow
from tests.people import teams_running

LONDON = ZoneInfo("Europe/London")
PERMISSIONS = ("Calendars.ReadWrite", "TeamsActivity.Send")


@pytest.fixture
def registration(trust):
    return Registration(
        "5a0f8c1e-0000-4000-8000-00000000b070", "hush", trust.teacher.tenant_id, PERMISSIONS
    )


@pytest.fixture
async def teams(tmp_path, clock, trust, registration):
    url = f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"
    async with teams_running(url, clock, trust, registration) as running:
        yield running


async def test_a_signed_booking_reaches_the_calendar_with_tokens_fetched_once(teams):
    teacher = teams.teacher

    booked = await teacher.says("book me on the next clinic")
    await teacher.says("my bookings")
    await teams.service.delivery.drain()

    assert "You're booked" in booked.words
    assert len(teacher.events) == 1
    assert teams.tenant.entra.fetched == {CONNECTOR_AUDIENCE: 1, teams.tenant.url: 1}


async def test_nothing_unauthenticated_is_taken(teams):
    teacher = teams.teacher
    hello = teacher.activity(type="message", text="book me on the next clinic")

    async with teams.http.post(f"{teams.url}/api/messages", json=hello) as unsigned:
        assert unsigned.status == 401
    assert (await teams.post(hello, token="not.a.token"))[0] == 401
    forged = teams.tenant.entra.channel_token(teams.tenant.service_url, aud="another app")
    assert (await teams.post(hello, token=forged))[0] == 401

    assert teacher.chat == []


async def test_another_tenant_stays_out(teams):
    stranger = teams.teacher.activity(type="message", text="hi")
    stranger["conversation"]["tenantId"] = "9c0a0000-0000-4000-8000-00000000dead"

    assert (await teams.post(stranger))[0] == 403


async def test_a_token_that_graph_revoked_is_replaced_and_the_event_still_comes(teams, clock):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    await teams.service.delivery.drain()

    teams.tenant.entra.revoke_all()
    await teacher.says("give up my place")
    await teacher.presses("Yes, give it up")
    for _ in range(2):
        await teams.service.delivery.drain()
        clock.at += timedelta(minutes=1)

    assert teacher.events == []


async def test_an_address_in_the_database_is_checked_again_before_anything_is_sent_there(
    teams, clock
):
    await teams.teacher.says("book me on the next clinic")
    said = len(teams.teacher.chat)
    async with teams.service.database.begin() as db:
        await db.execute(update(ConversationRow).values(service_url="https://evil.example/"))
    clock.at = datetime(2026, 12, 2, 15, 46, tzinfo=LONDON)

    await teams.service.plan()
    await teams.service.delivery.drain()

    async with teams.service.database.read() as db:
        (card,) = await db.scalars(
            select(OutboxRow).where(
                OutboxRow.kind == Kind.CHAT, OutboxRow.person_id == teams.teacher.person.id
            )
        )
    assert (card.state, card.reason) == ("parked", "the service URL is not one of Microsoft's")
    assert len(teams.teacher.chat) == said


async def test_a_request_played_back_books_nothing_twice(teams):
    booking = teams.teacher.activity(type="message", text="book me on the next clinic")
    token = teams.tenant.entra.channel_token(teams.tenant.service_url)

    answers = {await teams.post(booking, token) for _ in range(3)}
    await teams.service.delivery.drain()

    assert answers == {(200, "")}
    assert (len(teams.teacher.chat), len(teams.teacher.events)) == (1, 1)
