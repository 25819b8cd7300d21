"""The doctor, told about a real database and a real (loopback) sign-in service and Graph."""

import re
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.doctor.examination import consult
from bot.doctor.graph import roles_in
from bot.graph.permissions import NOT_YET, PERMISSIONS, permission_table
from bot.settings import Settings
from hub.errors import SettingsWrong
from hub.school_year import HalfTerm, SchoolYear
from store import school_years
from store.database import Database
from store.migrate import migrate

ROOT = Path(__file__).parents[2]
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
APP_ID = "0f9a1b5e-8a51-4ad5-9d3d-5f4f1b0a2c77"
TENANT_ID = "9d1c40b7-2f6f-4a0b-8d5a-6f1f0a3b2c11"
ALL = frozenset(each.name for each in PERMISSIONS)
HALF_TERM = HalfTerm("Autumn 2", date(2026, 11, 2), date(2026, 12, 18))


@dataclass
class Microsoft:
    """Sign-in, signing keys and Graph of one tenant, on loopback."""

    granted: frozenset[str] = ALL
    refuses_with: str = ""
    graph_status: int = 200
    catalogue: list[dict[str, str]] = field(default_factory=lambda: [{"id": "catalogue-id"}])
    keys: object = field(default_factory=lambda: {"jwks_uri": "https://keys.test"})
    asked_graph: list[str] = field(default_factory=list)

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_post(f"/{TENANT_ID}/oauth2/v2.0/token", self.token)
        app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", self.authority)
        app.router.add_get("/keys", self.signing_keys)
        app.router.add_get("/v1.0/appCatalogs/teamsApps", self.catalogue_of)
        return app

    async def authority(self, request: web.Request) -> web.Response:
        home = f"https://{request.host}/{TENANT_ID}"
        return web.json_response(
            {
                "authorization_endpoint": f"{home}/oauth2/v2.0/authorize",
                "token_endpoint": f"{home}/oauth2/v2.0/token",
                "issuer": f"{home}/v2.0",
            }
        )

    async def token(self, request: web.Request) -> web.Response:
        if self.refuses_with:
            body = {"error": "invalid_client", "error_description": f"{self.refuses_with}: no."}
            return web.json_response(body, status=401)
        token = jwt.encode({"roles": sorted(self.granted)}, "k" * 32)
        return web.json_response(
            {"access_token": token, "expires_in": 3600, "token_type": "Bearer"}
        )

    async def signing_keys(self, request: web.Request) -> web.Response:
        return web.json_response(self.keys)

    async def catalogue_of(self, request: web.Request) -> web.Response:
        self.asked_graph.append(request.query["$filter"])
        return web.json_response({"value": self.catalogue}, status=self.graph_status)


@pytest.fixture
async def microsoft():
    tenant = Microsoft()
    async with TestServer(tenant.application()) as server:
        tenant.address = f"http://127.0.0.1:{server.port}"
        yield tenant


@pytest.fixture
async def database_url(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"
    database = Database(url, LONDON)
    await migrate(database)
    async with database.begin() as db:
        await school_years.keep_year(db, SchoolYear("2026-27", (HALF_TERM,)))
    await database.close()
    return url


@pytest.fixture
def in_production(microsoft, database_url):
    """Settings of a trust in production, and a way to change some."""

    def changed(**changes: object) -> Settings:
        return Settings(
            **{
                "app_id": APP_ID,
                "app_password": "a-secret-that-nobody-may-see",
                "app_tenant_id": TENANT_ID,
                "database_url": database_url,
                "host": "0.0.0.0",
                "leads": "lead@trust.test",
                "graph_url": microsoft.address,
                "login_url": microsoft.address,
                "openid_metadata_url": f"{microsoft.address}/keys",
            }
            | changes
        )

    return changed


async def told(settings: Settings, *accepted: str) -> tuple[list[str], int]:
    """The doctor's lines, each with what to do joined on, and the exit code."""
    text, code = await consult(settings, "1.4.0", NOW, accepted)
    return re.sub(r"\n +→", " →", text).split("\n"), code


def about(lines: list[str], level: str) -> list[str]:
    return [line for line in lines if line.startswith(level)]


async def test_a_healthy_trust_hears_that_all_is_well(in_production):
    lines, code = await told(in_production())

    assert code == 0
    assert about(lines, "problem") == []
    said = "\n".join(about(lines, "ok"))
    assert "answers and its tables are up to date" in said
    assert "the school calendar of 2026-27 is loaded" in said
    assert "8 tiers" in said
    assert "every permission in docs/permissions.md is granted" in said
    assert "the app is in your organisation's catalogue" in said
    assert "signing keys are announced" in said
    assert "version 1.4.0 passes Microsoft's schema" in said


async def test_the_catalogue_is_asked_for_this_very_app(in_production, microsoft):
    await told(in_production())

    assert microsoft.asked_graph == [f"externalId eq '{APP_ID}'"]


@pytest.mark.parametrize("permission", PERMISSIONS, ids=lambda each: each.name)
async def test_a_missing_permission_is_named_with_what_stops_and_the_others_are_not(
    in_production, microsoft, permission
):
    microsoft.granted = ALL - {permission.name} - permission.wider

    lines, code = await told(in_production())

    problems = about(lines, "problem")
    (problem,) = [line for line in problems if f"{permission.name} is not granted" in line]
    assert code == 1
    assert f"{permission.name} is not granted: {permission.without}" in problem
    assert "→ grant it" in problem
    assert len(problems) == len(ALL - microsoft.granted)


async def test_leave_to_write_calendars_is_leave_to_see_who_is_free(in_production, microsoft):
    microsoft.granted = ALL - {"Calendars.ReadBasic.All"}

    lines, code = await told(in_production())

    assert code == 0
    assert any("every permission" in line for line in about(lines, "ok"))


async def test_a_permission_withheld_on_purpose_is_no_problem(in_production, microsoft):
    microsoft.granted = ALL - {"Calendars.ReadWrite"}

    lines, code = await told(in_production(), "Calendars.ReadWrite")

    assert code == 0
    assert any("Calendars.ReadWrite is not granted" in line for line in about(lines, "warning"))


async def test_a_permission_that_a_later_version_needs_is_neither_asked_for_nor_complained_of(
    in_production, microsoft
):
    microsoft.granted = ALL | {NOT_YET[0].name}

    lines, code = await told(in_production())

    assert code == 0
    assert not [line for line in lines if any(each.name in line for each in NOT_YET)]


async def test_accepting_a_permission_that_nobody_asks_for_is_a_mistake(in_production):
    with pytest.raises(SettingsWrong, match=r"--accept Mail\.Sent: the bot asks for no such"):
        await told(in_production(), "Mail.Sent")


async def test_a_wider_permission_serves_but_is_said_to_be_more_than_needed(
    in_production, microsoft
):
    microsoft.granted = ALL - {"AppCatalog.Read.All"} | {"AppCatalog.ReadWrite.All"}

    lines, code = await told(in_production())

    assert code == 0
    assert any(
        "AppCatalog.ReadWrite.All is granted and nothing here needs it" in line for line in lines
    )


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ("AADSTS7000215", "MicrosoftAppPassword is wrong"),
        ("AADSTS7000222", "the client secret has expired"),
        ("AADSTS700016", "MicrosoftAppId is not registered"),
        ("AADSTS50000", "check the four MicrosoftApp… settings"),
    ],
)
async def test_a_sign_in_that_entra_refuses_is_explained_without_the_secret(
    in_production, microsoft, refusal, words
):
    microsoft.refuses_with = refusal

    lines, code = await told(in_production())

    (problem,) = about(lines, "problem")
    assert code == 1
    assert f"({refusal})" in problem
    assert words in problem
    assert "a-secret-that-nobody-may-see" not in "\n".join(lines)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "does not accept our token"),
        (403, "may not be asked for the app catalogue"),
        (503, "Graph answered 503"),
        (302, "Graph answered 302"),
    ],
)
async def test_a_graph_that_refuses_is_a_problem(in_production, microsoft, status, words):
    microsoft.graph_status = status

    lines, code = await told(in_production())

    (problem,) = about(lines, "problem")
    assert code == 1
    assert words in problem


async def test_an_app_that_was_never_uploaded_is_noticed(in_production, microsoft):
    microsoft.catalogue = []

    lines, code = await told(in_production())

    assert code == 0
    assert any("not in your organisation's catalogue" in line for line in about(lines, "warning"))


async def test_services_that_cannot_be_reached_are_each_told_and_stop_nothing_else(in_production):
    nobody = "http://127.0.0.1:1"

    lines, code = await told(in_production(graph_url=nobody, openid_metadata_url=f"{nobody}/keys"))

    problems = "\n".join(about(lines, "problem"))
    assert code == 1
    assert f"Graph: {nobody} cannot be reached" in problems
    assert "Bot Framework: 127.0.0.1:1 cannot be reached" in problems
    assert any("app package" in line for line in about(lines, "ok"))


@pytest.mark.parametrize("keys", [[], {"issuer": "x"}, "keys", None])
async def test_an_address_that_announces_no_signing_keys_is_a_problem(
    in_production, microsoft, keys
):
    microsoft.keys = keys

    lines, code = await told(in_production())

    assert code == 1
    assert any("announced no keys" in line for line in about(lines, "problem"))


async def test_a_token_is_never_sent_where_it_could_be_read_on_the_way(in_production):
    settings = in_production(graph_url="http://graph.trust.test")

    lines, code = await told(settings)

    assert code == 1
    assert [line for line in lines if "SENDHUB_GRAPH_URL" in line and "in the clear" in line]
    assert not [line for line in lines if " Graph: " in line]


async def test_local_mode_says_so_and_compares_no_permissions(microsoft, database_url):
    settings = Settings(database_url=database_url, graph_url=microsoft.address)

    lines, code = await told(settings)

    assert code == 0
    assert any("local mode, because MicrosoftAppId is not set" in line for line in lines)
    assert any("permissions are not compared" in line for line in about(lines, "ok"))
    assert any("the local tenant answers" in line for line in about(lines, "ok"))


async def test_local_mode_without_a_graph_says_that_what_is_owed_waits(database_url):
    lines, code = await told(Settings(database_url=database_url))

    assert code == 0
    assert any("waits in the outbox" in line for line in about(lines, "warning"))


async def test_a_database_that_is_not_there_yet_is_not_created_by_looking(in_production, tmp_path):
    lines, code = await told(in_production(database_url=f"sqlite:///{tmp_path}/new/hub.sqlite"))

    assert code == 0
    assert any("there is no database at" in line for line in about(lines, "warning"))
    assert not (tmp_path / "new").exists()


async def test_an_empty_database_needs_migrating(in_production, tmp_path):
    sqlite3.connect(tmp_path / "empty.sqlite").execute("CREATE TABLE other (id)").connection.close()

    lines, code = await told(in_production(database_url=f"sqlite:///{tmp_path}/empty.sqlite"))

    (problem,) = about(lines, "problem")
    assert code == 1
    assert "its tables are not this version's" in problem


async def test_a_file_that_is_no_database_is_a_problem(in_production, tmp_path):
    (tmp_path / "letter.sqlite").write_bytes(b"Dear colleagues, " * 100)

    lines, code = await told(in_production(database_url=f"sqlite:///{tmp_path}/letter.sqlite"))

    (problem,) = about(lines, "problem")
    assert code == 1
    assert "file is not a database" in problem


async def test_a_server_that_is_away_is_told_without_the_password(in_production):
    url = "postgresql+asyncpg://hub:opensesame@127.0.0.1:1/hub"

    lines, code = await told(in_production(database_url=url))

    (problem,) = about(lines, "problem")
    assert code == 1
    assert "PostgreSQL (127.0.0.1/hub) cannot be reached" in problem
    assert "opensesame" not in "\n".join(lines)


@pytest.mark.parametrize("url", ["mysql://127.0.0.1/hub", "hub.sqlite"])
async def test_an_address_that_is_no_database_of_ours_is_a_problem(in_production, url):
    lines, code = await told(in_production(database_url=url))

    assert code == 1
    assert any("SENDHUB_DATABASE_URL" in line for line in about(lines, "problem"))


async def test_a_summer_without_a_calendar_is_noticed(in_production):
    text, code = await consult(in_production(), "1.4.0", NOW + timedelta(days=300), ())

    assert code == 0
    assert "no school calendar covers today" in text


async def test_a_trusts_own_offer_with_a_mistake_is_named_by_tier(in_production, tmp_path):
    own = tmp_path / "content"
    own.mkdir()
    offer = (ROOT / "hub" / "offer.toml").read_text().replace('"SENCo"', '"wizard"', 1)
    (own / "offer.toml").write_text(offer)

    lines, code = await told(in_production(content_dir=own))

    (problem,) = about(lines, "problem")
    assert code == 1
    assert "tier 1" in problem
    assert "wizard" in problem


@pytest.mark.parametrize("content", ["[[tier]", 'year = "x"', 'year = "x"\ntier = 3', ""])
async def test_an_offer_of_any_shape_never_crashes_the_doctor(in_production, tmp_path, content):
    (tmp_path / "offer.toml").write_text(content)

    lines, code = await told(in_production(content_dir=tmp_path))

    assert code == 1
    assert any("offer" in line for line in about(lines, "problem"))


async def test_unwise_settings_are_pointed_out(in_production):
    settings = in_production(leads="", host="127.0.0.1", app_id="the-bot", app_tenant_id=TENANT_ID)

    lines, code = await told(settings)

    text = "\n".join(lines)
    assert code == 1
    assert "MicrosoftAppId is not an id as Entra writes them" in text
    assert "SENDHUB_LEADS is empty" in text
    assert "the bot listens on 127.0.0.1 only" in text
    assert "one process only" in text


async def test_signing_in_over_plain_http_is_refused_outright(in_production):
    with pytest.raises(SettingsWrong, match="SENDHUB_LOGIN_URL must begin with https"):
        await told(in_production(login_url="http://login.trust.test"))


@pytest.mark.parametrize(
    "token", ["development-token", "", "a.b.c", jwt.encode({"roles": 3}, "k" * 32)]
)
def test_a_token_that_cannot_be_read_tells_nothing(token):
    assert roles_in(token) is None


def test_the_permissions_page_has_the_tables_that_the_doctor_goes_by():
    page = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")

    assert permission_table(PERMISSIONS) in page
    assert permission_table(NOT_YET) in page


def test_the_sample_environment_names_only_settings_that_exist():
    sample = (ROOT / "deploy" / "sendhub.env.example").read_text(encoding="utf-8")
    known = {str(field.validation_alias) for field in Settings.model_fields.values()}
    for_compose = {"POSTGRES_PASSWORD"}

    named = set(re.findall(r"^#?\s?([A-Za-z_]+)=", sample, flags=re.MULTILINE))

    assert named - for_compose <= known
    assert {"MicrosoftAppId", "SENDHUB_DATABASE_URL", "SENDHUB_LEADS"} <= named
