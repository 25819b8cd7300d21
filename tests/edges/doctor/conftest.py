"""A trust's Microsoft 365 on loopback, a database of the hub, and settings for both."""

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.settings import Settings
from hub.school_year import HalfTerm, SchoolYear
from store import school_years
from store.database import Database
from tests.databases import with_schema
from tests.edges.doctor.hearing import ALL, APP_ID, TENANT_ID

LONDON = ZoneInfo("Europe/London")
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
        app.router.add_get("/v1.0/users/{user}", self.user)
        return app

    async def user(self, request: web.Request) -> web.Response:
        user = request.match_info["user"]
        if user.startswith("nobody"):
            return web.json_response({"error": {"code": "Request_ResourceNotFound"}}, status=404)
        mail = None if user.startswith("no-mailbox") else user
        return web.json_response({"id": user, "mail": mail})

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
    await with_schema(url)
    database = Database(url, LONDON)
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
