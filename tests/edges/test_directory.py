"""Who somebody is, who belongs to a group, and who is free: the real Graph SDK over HTTP."""

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from bot.graph.client import graph_client, open_http
from bot.graph.directory import BUSY_WITHIN, PROFILE_WITHIN, GraphDirectory
from bot.graph.free_busy import busy_times
from bot.graph.people import members_of, profile_of
from bot.local_tenant.entra import Registration
from bot.settings import Settings
from bot.teams.credentials import DEVELOPMENT_TOKEN, credential_for
from hub.directory import Busy, Profile
from hub.errors import DeliveryFailed
from tests.tenants import tenant_running

LONDON = ZoneInfo("Europe/London")
STAFF = [f"00000000-0000-4000-8000-{number:012d}" for number in range(45)]
HEAD, SENCO, LEAD = STAFF[:3]
NOBODY = "00000000-0000-4000-8000-999999999999"
GROUP = "00000000-0000-4000-8000-00000000a11a"
MONDAY = datetime(2026, 11, 23, 8, tzinfo=LONDON)
PROFILES = [
    Profile(
        name="Colleague 0",
        job_title="Headteacher",
        department="Leadership",
        office_location="School C",
        object_id=HEAD,
        sign_in_name="head@trust.example",
    ),
    Profile(is_guest=True, object_id=SENCO, sign_in_name="senco_other#EXT#@trust.example"),
]
APP = Registration("5a0f8c1e-0000-4000-8000-00000000b070", "hush", "a-tenant")


@asynccontextmanager
async def graph_of(registration=None):
    """A local tenant of 45 colleagues, and a client of its Graph."""
    people = {user: f"Colleague {number}" for number, user in enumerate(STAFF)}
    known = {"registration": registration, "profiles": PROFILES}
    async with tenant_running(people, **known) as tenant, open_http() as http:
        told = {"graph_url": tenant.url}
        if registration:
            told |= {
                "app_id": registration.app_id,
                "app_password": registration.secret,
                "app_tenant_id": registration.tenant_id,
                "login_url": tenant.url,
            }
        async with credential_for(Settings.model_validate(told)) as credential:
            tenant.client = graph_client(tenant.url, credential, http)
            yield tenant


@pytest.fixture
async def tenant():
    async with graph_of() as running:
        yield running


@pytest.fixture
def graph(tenant):
    return tenant.client


@pytest.fixture
def directory(graph, monkeypatch):
    """What is asked is looked at here, not how fast this machine is today."""
    for limit in ("PROFILE_WITHIN", "BUSY_WITHIN"):
        monkeypatch.setattr(f"bot.graph.directory.{limit}", timedelta(seconds=30))
    return GraphDirectory(graph)


@pytest.fixture
def quick_directory(graph):
    """As it is wired: soon, or not at all."""
    return GraphDirectory(graph)


def is_busy(tenant, who, day, start, end, **more):
    """Put something into somebody's days; ``day`` counts from the Monday."""
    at = [MONDAY.replace(hour=hour) + timedelta(days=day) for hour in (start, end)]
    entry = {"start": at[0].isoformat(), "end": at[1].isoformat()} | more
    tenant.state.busy.setdefault(who, []).append(entry)
    return Busy(*(each.astimezone(UTC) for each in at))


async def test_a_profile_says_what_the_directory_knows_by_id_and_by_sign_in_name(graph):
    by_id, by_name = [await profile_of(graph, each) for each in (HEAD, "Head@trust.example")]

    assert by_id == by_name == PROFILES[0]
    assert await profile_of(graph, NOBODY) is None
    assert await profile_of(graph, "nobody@trust.example") is None


async def test_a_guest_is_told_from_staff(graph, tenant):
    assert (await profile_of(graph, SENCO)).is_guest
    assert not (await profile_of(graph, LEAD)).is_guest

    tenant.state.profiles[SENCO]["userType"] = "Member"
    assert (await profile_of(graph, SENCO)).is_guest, "the sign-in name still says so"


async def test_a_group_is_read_to_its_last_page(graph, tenant):
    tenant.state.groups[GROUP] = STAFF[:8]
    tenant.state.groups[NOBODY] = []

    members = await members_of(graph, GROUP)

    assert [each.object_id for each in members] == STAFF[:8]
    assert members[0] == PROFILES[0]
    assert await members_of(graph, NOBODY) == []
    assert await members_of(graph, "no-such-group") is None


async def test_busy_times_are_what_calendars_hold_and_nothing_free(directory, tenant):
    lesson = is_busy(tenant, HEAD, 1, 9, 12)
    maybe = is_busy(tenant, HEAD, 0, 14, 15, status="tentative")
    is_busy(tenant, HEAD, 2, 9, 12, status="free")
    is_busy(tenant, HEAD, 3, 9, 12, status="workingElsewhere")
    is_busy(tenant, HEAD, 30, 9, 12)
    tenant.state.calendars[LEAD] = {
        "e1": {
            "start": {"dateTime": "2026-11-24T10:00:00", "timeZone": "Europe/London"},
            "end": {"dateTime": "2026-11-24T13:00:00", "timeZone": "Europe/London"},
        }
    }

    found = await directory.busy_times([HEAD, LEAD, STAFF[5]], MONDAY, MONDAY + timedelta(days=5))

    clinic = Busy(*(datetime(2026, 11, 24, hour, tzinfo=UTC) for hour in (10, 13)))
    assert found == {HEAD: [maybe, lesson], LEAD: [clinic], STAFF[5]: []}


async def test_summer_time_is_told_as_the_same_instant(directory, tenant):
    busy = is_busy(tenant, HEAD, 150, 9, 12)

    found = await directory.busy_times([HEAD], busy.starts_at, busy.ends_at)

    assert found == {HEAD: [busy]}
    assert busy.starts_at.hour == 8


async def test_a_whole_staff_and_a_whole_year_are_asked_for_in_pieces(directory, tenant):
    first = is_busy(tenant, HEAD, 1, 9, 12)
    # Over the edge of two pieces: still one entry.
    edge = MONDAY + timedelta(days=62)
    tenant.state.busy[HEAD].append(
        {
            "start": (edge - timedelta(hours=1)).isoformat(),
            "end": (edge + timedelta(hours=1)).isoformat(),
        }
    )
    last = is_busy(tenant, STAFF[44], 199, 9, 12)

    found = await directory.busy_times(STAFF, MONDAY, MONDAY + timedelta(days=200))

    assert set(found) == set(STAFF)
    assert found[HEAD][0] == first
    assert len(found[HEAD]) == 2
    assert found[STAFF[44]] == [last]
    assert sum(map(len, found.values())) == 3


def works(days, starts="08:00", ends="17:00", zone="GMT Standard Time"):
    """Working hours as Graph tells them."""
    clocks = {"startTime": f"{starts}:00.0000000", "endTime": f"{ends}:00.0000000"}
    return {"daysOfWeek": days, "timeZone": {"name": zone}, **clocks}


async def test_outside_their_working_hours_people_are_not_free(directory, tenant):
    tenant.state.working_hours[HEAD] = works(["tuesday"])
    tuesday = MONDAY + timedelta(days=1)
    lesson = is_busy(tenant, HEAD, 1, 9, 12)

    found = await directory.busy_times([HEAD], MONDAY, MONDAY + timedelta(days=2))

    assert found[HEAD] == [
        Busy(MONDAY, tuesday),
        lesson,
        Busy(tuesday + timedelta(hours=9), MONDAY + timedelta(days=2)),
    ]


@pytest.mark.parametrize(
    "unset",
    [
        works(["tuesday"], zone="Pacific Standard Time"),
        works(["tuesday"], zone="Customized Time Zone"),
        works([]),
        works(["tuesday"]) | {"startTime": None},
        works(["tuesday"]) | {"timeZone": None},
        {},
    ],
)
async def test_hours_that_nobody_set_keep_nobody_from_meeting(directory, tenant, unset):
    tenant.state.working_hours[HEAD] = unset

    assert await directory.busy_times([HEAD], MONDAY, MONDAY + timedelta(days=2)) == {HEAD: []}


async def test_a_calendar_that_is_closed_is_left_out_and_somebody_else_is_asked_through(
    directory, tenant
):
    tenant.state.without_mailbox = [HEAD]
    lesson = is_busy(tenant, LEAD, 1, 9, 12)
    week = MONDAY, MONDAY + timedelta(days=5)

    assert await directory.busy_times([HEAD, LEAD, NOBODY], *week) == {LEAD: [lesson]}
    assert await directory.busy_times([HEAD], *week) is None
    assert await directory.busy_times([NOBODY], *week) == {}
    assert await directory.busy_times([], *week) == {}


async def test_the_edge_raises_what_the_directory_keeps_from_the_turn(graph, tenant):
    tenant.graph.refusals = [429]

    with pytest.raises(DeliveryFailed) as failed:
        await busy_times(graph, ["head@trust.example"], MONDAY, MONDAY + timedelta(days=1))

    assert failed.value.retry_after == timedelta(seconds=1)


@pytest.mark.parametrize("status", [400, 401, 403, 429, 500, 503])
async def test_a_graph_that_refuses_is_no_answer_and_the_log_names_nobody(
    directory, tenant, status
):
    with capture_logs() as logs:
        tenant.graph.refusals = [status]
        assert await directory.profile_of(HEAD) is None
        tenant.graph.refusals = [status]
        assert await directory.busy_times([HEAD], MONDAY, MONDAY + timedelta(days=1)) is None

    assert [each["about"] for each in logs] == ["profile", "busy times"]
    assert HEAD not in str(logs)
    assert "head@" not in str(logs)
    assert (await directory.profile_of(HEAD)).name == "Colleague 0", "the next question is asked"


@pytest.mark.parametrize(
    ("granted", "knows", "free", "members"),
    [
        ((), False, False, False),
        (("User.Read.All",), True, False, False),
        (("User.Read.All", "Calendars.ReadBasic.All"), True, True, False),
        (("User.Read.All", "Calendars.ReadWrite"), True, True, False),
        (("GroupMember.Read.All",), False, False, True),
    ],
)
async def test_each_permission_opens_its_own_door_only(granted, knows, free, members):
    app = Registration(APP.app_id, APP.secret, APP.tenant_id, granted)
    async with graph_of(app) as tenant:
        directory = GraphDirectory(tenant.client)
        tenant.state.groups[GROUP] = [HEAD]

        assert (await directory.profile_of(HEAD) is not None) == knows
        busy = await directory.busy_times([HEAD], MONDAY, MONDAY + timedelta(days=1))
        assert (busy is not None) == free
        if members:
            # As Graph does: who is a member, and no more of them.
            assert await members_of(tenant.client, GROUP) == [Profile(object_id=HEAD)]
        else:
            with pytest.raises(DeliveryFailed):
                await members_of(tenant.client, GROUP)


async def test_nobody_waits_for_a_slow_graph_longer_than_their_turn_may_take(
    quick_directory, tenant
):
    tenant.graph.delays = [5.0]
    began = time.perf_counter()

    assert await quick_directory.profile_of(HEAD) is None
    first = time.perf_counter() - began
    assert await quick_directory.busy_times([HEAD], MONDAY, MONDAY + timedelta(days=1)) is None
    both = time.perf_counter() - began

    assert first < PROFILE_WITHIN.total_seconds() + 0.3
    assert both - first < 0.1, "after one that was slow, the next is not waited for"
    assert PROFILE_WITHIN < BUSY_WITHIN < timedelta(seconds=2)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/html", "<html>Please sign in to the wireless network</html>"),
        ("application/json", "{oops"),
        ("application/json", "[]"),
        ("application/json", '"x"'),
        ("application/json", '{"id": 3}'),
        ("application/json", ""),
    ],
)
@pytest.mark.parametrize("status", [200, 503])
async def test_whatever_answers_in_graphs_place_is_no_answer(status, content_type, body):
    async def answer(_request):
        return web.Response(status=status, text=body, content_type=content_type)

    app = web.Application()
    app.router.add_get("/v1.0/users/{user}", answer)
    async with (
        TestServer(app) as server,
        open_http() as http,
        credential_for(Settings()) as credential,
    ):
        address = f"http://127.0.0.1:{server.port}"
        directory = GraphDirectory(graph_client(address, credential, http))

        assert await directory.profile_of(HEAD) is None


async def test_a_graph_that_is_not_there_is_no_answer():
    async with open_http() as http, credential_for(Settings()) as credential:
        directory = GraphDirectory(graph_client("http://127.0.0.1:1", credential, http))

        assert await directory.profile_of(HEAD) is None
        assert await directory.busy_times([HEAD], MONDAY, MONDAY + timedelta(days=1)) is None


async def test_one_turn_that_asks_twice_calls_once(directory, tenant):
    assert await directory.profile_of(HEAD) == PROFILES[0]

    tenant.graph.refusals = [503]
    assert await directory.profile_of(HEAD) == PROFILES[0]
    assert tenant.graph.refusals == [503]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"schedules": ["head@trust.example"] * 21}, "ErrorInvalidParameter"),
        ({"schedules": []}, "ErrorInvalidParameter"),
        ({"availabilityViewInterval": 4}, "ErrorInvalidMergedFreeBusyInterval"),
        ({"availabilityViewInterval": 1441}, "ErrorInvalidMergedFreeBusyInterval"),
        (
            {"endTime": {"dateTime": "2027-01-25T08:00:01", "timeZone": "UTC"}},
            "ErrorTimeIntervalTooBig",
        ),
        (
            {"endTime": {"dateTime": "2026-11-23T08:00:00", "timeZone": "UTC"}},
            "ErrorInvalidTimeInterval",
        ),
        ({"endTime": None}, "ErrorInvalidParameter"),
    ],
)
async def test_the_local_tenant_is_as_strict_as_graph(tenant, change, code):
    import aiohttp

    body = {
        "schedules": ["head@trust.example"],
        "startTime": {"dateTime": "2026-11-23T08:00:00", "timeZone": "UTC"},
        "endTime": {"dateTime": "2026-11-24T08:00:00", "timeZone": "UTC"},
    }
    headers = {"Authorization": f"Bearer {DEVELOPMENT_TOKEN}"}
    address = f"{tenant.url}/v1.0/users/{HEAD}/calendar/getSchedule"
    async with aiohttp.ClientSession(headers=headers) as http:
        async with http.post(address, json=body) as fine:
            schedule = (await fine.json())["value"][0]
        async with http.post(address, json=body | change) as refused:
            error = (await refused.json())["error"]

    assert schedule["availabilityView"] == "0" * 48
    assert (refused.status, error["code"]) == (400, code)


async def test_the_demo_page_shows_what_keeps_somebody_busy(tenant):
    import aiohttp

    is_busy(tenant, HEAD, 1, 9, 12, status="oof")

    async with aiohttp.ClientSession() as http, http.get(f"{tenant.url}/people/{HEAD}") as page:
        text = await page.text()

    assert "Tue 24 Nov 2026, 09:00–12:00" in text
    assert "oof" in text


async def test_many_questions_at_once_are_all_answered(directory):
    found = await asyncio.gather(*(directory.profile_of(each) for each in STAFF))

    assert [each.object_id for each in found] == STAFF
