"""The stand-in Microsoft 365 fails, limits and refuses as the real one, and as often as planned."""

import random
from datetime import timedelta

import aiohttp
import pytest

from bot.graph.client import graph_client, open_http
from bot.graph.people import members_of
from bot.local_tenant.entra import CONNECTOR_AUDIENCE, Registration
from bot.local_tenant.faults import FaultPlan, Rates, Service
from bot.local_tenant.throttle import PUBLISHED
from bot.settings import Settings
from bot.teams.credentials import DEVELOPMENT_TOKEN, credential_for
from tests.conftest import A_MONDAY
from tests.people import SetClock
from tests.tenants import CONTRACT, tenant_running

STAFF = {f"00000000-0000-4000-8000-{number:012d}": f"Colleague {number}" for number in range(8)}
HEAD, SENCO = list(STAFF)[:2]
BELL = {
    "activityType": "hubNews",
    "previewText": {"content": "In the library."},
    "templateParameters": [{"name": "headline", "value": "The room has changed."}],
    "topic": {"source": "text", "value": "News", "webUrl": "https://teams.microsoft.com/l/x"},
}
TIME = {"dateTime": "2026-12-03T10:00:00", "timeZone": "Europe/London"}
EVENT = {"subject": "Clinic", "start": TIME, "end": TIME, "transactionId": "booking-1"}


class Caller:
    """Speaks plain HTTP to a tenant, so that each answer can be looked at."""

    def __init__(self, tenant, http, clock):
        tenant.state.installed.append(HEAD)
        self.tenant, self.http, self.clock = tenant, http, clock

    async def calls(self, method, path, **sent):
        async with self.http.request(method, f"{self.tenant.url}{path}", **sent) as answer:
            is_json = answer.content_type == "application/json"
            return answer, (await answer.json() if is_json else await answer.text())

    async def rings(self, user=HEAD):
        path = f"/v1.0/users/{user}/teamwork/sendActivityNotification"
        return await self.calls("POST", path, json=BELL)

    async def says(self, thread):
        path = f"/teams/v3/conversations/{thread}/activities"
        return await self.calls("POST", path, json={"type": "message"})

    async def books(self, user=HEAD):
        return await self.calls("POST", f"/v1.0/users/{user}/events", json=EVENT)

    def fails(self, **rates):
        share = {service: Rates(**rates) for service in Service}
        self.tenant.faults = FaultPlan(random.Random(1), share, self.clock)
        return self.tenant.faults


@pytest.fixture
def clock():
    return SetClock(A_MONDAY)


@pytest.fixture
async def caller(clock):
    headers = {"Authorization": f"Bearer {DEVELOPMENT_TOKEN}"}
    async with (
        tenant_running(STAFF, now=clock, limits=PUBLISHED) as tenant,
        aiohttp.ClientSession(headers=headers) as http,
    ):
        yield Caller(tenant, http, clock)


async def test_the_sixth_bell_of_a_second_waits_and_the_seventh_comes_later(caller, clock):
    statuses = [(await caller.rings())[0].status for _ in range(5)]
    refused, body = await caller.rings()
    clock.at += timedelta(seconds=int(refused.headers["Retry-After"]))
    later, _ = await caller.rings()

    assert statuses == [204] * 5
    assert (refused.status, refused.headers["Retry-After"]) == (429, "1")
    assert (body["error"]["code"], body["error"]["innerError"]["status"]) == (
        "TooManyRequests",
        "429",
    )
    assert later.status == 204
    assert caller.tenant.throttle.refused == {"bell": 1}
    assert len(caller.tenant.state.feeds[HEAD]) == 6


async def test_one_chat_is_held_to_its_own_limits_and_another_is_free(caller, clock):
    here = [(await caller.says("a"))[0].status for _ in range(8)]
    there, _ = await caller.says("b")
    clock.at += timedelta(seconds=1)
    again = [(await caller.says("a"))[0].status for _ in range(2)]

    assert here == [201] * 7 + [429]
    assert there.status == 201
    assert again == [201, 429], "seven in the first second leave one for the second"


async def test_a_mailbox_takes_four_calls_at_once(caller):
    import asyncio

    caller.fails(slow=1.0)
    at_once = await asyncio.gather(*(caller.books() for _ in range(6)), caller.books(SENCO))

    refused = [body["error"] for answer, body in at_once if answer.status == 429]
    assert [each["code"] for each in refused] == ["ApplicationThrottled"] * 2
    assert caller.tenant.throttle.refused == {"mailbox, at once": 2}
    assert len(caller.tenant.state.calendars[SENCO]) == 1


async def test_an_answer_lost_after_the_work_leaves_the_work_done(caller):
    plan = caller.fails(cut_after=1.0)
    outcomes = set()
    for _ in range(8):
        try:
            outcomes.add((await caller.books())[0].status)
        except aiohttp.ClientError:
            outcomes.add("cut")

    assert outcomes == {504, "cut"}
    assert plan.lost == {f"POST /v1.0/users/{HEAD}/events": 8}
    assert len(caller.tenant.state.calendars[HEAD]) == 1, "one transaction id, one event"


@pytest.mark.parametrize(
    ("rate", "statuses"),
    [
        ("busy", {429}),
        ("broken", {500, 502, 503, 504}),
        ("cut_before", {"cut"}),
        ("page", {200, 403, 502}),
    ],
)
async def test_a_failure_before_the_work_leaves_nothing_done(caller, rate, statuses):
    caller.fails(**{rate: 1.0})
    met = set()
    for _ in range(20):
        for call in (caller.books, caller.rings, lambda: caller.says("a")):
            try:
                met.add((await call())[0].status)
            except aiohttp.ClientError:
                met.add("cut")
        caller.clock.at += timedelta(seconds=1)

    assert met == statuses
    state = caller.tenant.state
    assert (state.calendars, state.feeds, state.chats) == ({}, {}, {})


async def test_coming_back_too_early_is_noticed(caller):
    plan = caller.fails(busy=1.0)
    answer, _ = await caller.books()
    await caller.books(SENCO)
    assert not plan.hasty

    await caller.books()
    assert plan.hasty == {f"POST /v1.0/users/{HEAD}/events": 1}

    caller.clock.at += timedelta(minutes=1)
    await caller.books()
    assert plan.hasty.total() == 1
    assert int(answer.headers["Retry-After"]) >= 1


@pytest.mark.parametrize("order", ["one person after another", "in turn"])
async def test_the_same_seed_fails_the_same_calls_in_whatever_order_they_come(caller, order):
    share = {Service.GRAPH: Rates.evenly(0.5)}
    fates = []
    for _ in range(2):
        caller.tenant.faults = FaultPlan(random.Random(7), share, caller.clock, slow_seconds=0)
        people = [HEAD] * 12 + [SENCO] * 12 if order == "in turn" else [HEAD, SENCO] * 12
        fate = {HEAD: [], SENCO: []}
        for person in people:
            try:
                fate[person].append((await caller.books(person))[0].status)
            except aiohttp.ClientError:
                fate[person].append("cut")
        fates.append(fate)

    assert fates[0] == fates[1]
    assert len(set(fates[0][HEAD])) > 3


async def test_a_stale_token_is_refused_from_then_on(clock):
    app = Registration(
        "5a0f8c1e-0000-4000-8000-00000000b070", "hush", "a-tenant", ("User.Read.All",)
    )
    async with (
        tenant_running(STAFF, registration=app, now=clock) as tenant,
        aiohttp.ClientSession() as http,
    ):
        told = {"app_id": app.app_id, "app_password": "hush", "app_tenant_id": "a-tenant"}
        settings = Settings.model_validate(told | {"login_url": tenant.url})
        async with credential_for(settings) as credential:
            token = (await credential.get_token(f"{tenant.url}/.default")).token
            caller = Caller(tenant, http, clock)
            headers = {"Authorization": f"Bearer {token}"}
            path = f"/v1.0/users/{HEAD}"
            assert (await caller.calls("GET", path, headers=headers))[0].status == 200

            caller.fails(stale_token=1.0)
            assert (await caller.calls("GET", path, headers=headers))[0].status == 401
            tenant.faults = None
            assert (await caller.calls("GET", path, headers=headers))[0].status == 401

            fresh = (await credential.replace_token(f"{tenant.url}/.default", token)).token
            headers = {"Authorization": f"Bearer {fresh}"}
            assert (await caller.calls("GET", path, headers=headers))[0].status == 200
            assert tenant.entra.fetched == {tenant.url: 2}
            assert CONNECTOR_AUDIENCE not in tenant.entra.fetched


async def test_what_was_just_made_settles_after_so_many_askings_and_so_long(caller, clock):
    settling = caller.tenant.graph.settling
    assert settling.is_over("install")

    settling.calls, settling.lasts = 1, timedelta(seconds=30)
    settling.begins("install")
    assert not settling.is_over("install")
    assert not settling.is_over("install"), "asked often enough, and still too early"
    clock.at += timedelta(seconds=30)
    assert settling.is_over("install")
    assert settling.is_over("install")


async def test_a_collection_comes_in_pages_as_short_as_was_asked(caller):
    caller.tenant.state.groups["staff"] = list(STAFF)
    first = "/v1.0/groups/staff/members"

    _, page = await caller.calls("GET", first)
    _, short = await caller.calls("GET", first, params={"$top": "1"})
    async with open_http() as http, credential_for(Settings()) as credential:
        everybody = await members_of(graph_client(caller.tenant.url, credential, http), "staff")

    assert len(page["value"]) == 3
    assert "$skiptoken=3" in page["@odata.nextLink"]
    assert len(short["value"]) == 1
    assert [each.object_id for each in everybody] == list(STAFF)


UNKNOWN = [
    ("GET", "/v1.0/me", {}, "Resource not found for the segment 'me'."),
    ("GET", f"/beta/users/{HEAD}", {}, f"Resource not found for the segment '{HEAD}'."),
    ("PUT", f"/v1.0/users/{HEAD}", {}, f"Resource not found for the segment '{HEAD}'."),
    ("GET", f"/v1.0/users/{HEAD}", {"params": {"$fliter": "x"}}, "$fliter is not a query option"),
]
UNKNOWN_TO_THE_CONTRACT = [
    ("GET", f"/v1.0/users/{HEAD}", {"params": {"$select": "shoeSize"}}, "shoeSize is unknown"),
    ("POST", f"/v1.0/users/{HEAD}/events", {"json": EVENT | {"tittle": "x"}}, "tittle"),
    ("POST", f"/v1.0/users/{HEAD}/events", {"json": EVENT | {"start": {"zone": "UTC"}}}, "zone"),
    ("POST", f"/v1.0/users/{HEAD}/events", {"json": EVENT | {"showAs": "asleep"}}, "asleep"),
]


@pytest.mark.parametrize(
    ("method", "path", "sent", "words"),
    UNKNOWN + (UNKNOWN_TO_THE_CONTRACT if CONTRACT.exists() else []),
)
async def test_a_call_that_microsoft_does_not_know_is_refused_and_fails_the_test(
    method, path, sent, words
):
    headers = {"Authorization": f"Bearer {DEVELOPMENT_TOKEN}"}
    with pytest.raises(AssertionError):
        async with tenant_running(STAFF) as tenant, aiohttp.ClientSession(headers=headers) as http:
            caller = Caller(tenant, http, None)
            answer, body = await caller.calls(method, path, **sent)

    assert answer.status == 400
    assert words in body["error"]["message"]


async def test_a_persons_page_shows_feed_calendar_and_mail_and_runs_nothing(caller):
    await caller.rings()
    link = "https://teams.microsoft.com/l/meetup-join/1"
    await caller.books()
    (event,) = caller.tenant.state.calendars[HEAD].values()
    event |= {"subject": "<script>alert(1)</script>", "onlineMeeting": {"joinUrl": link}}
    html = {"contentType": "html", "content": "<p>See you &amp; bring</p><img onerror=x>tea"}
    caller.tenant.state.mails[HEAD] = [
        {"subject": "Moved", "body": html, "attachments": [{"name": "clinic.ics"}]}
    ]

    _, everybody = await caller.calls("GET", "/")
    _, page = await caller.calls("GET", f"/people/{HEAD}")

    assert "1 in the feed, 1 in the calendar, 1 in the mail" in everybody
    assert "In the library." in page
    assert "Thu 03 Dec 2026, 10:00–10:00" in page
    assert f'<a href="{link}">Join the Teams meeting</a>' in page
    assert "See you &amp; bring\ntea" in page
    assert "Attached: clinic.ics" in page
    assert "<script" not in page
    assert "onerror" not in page
