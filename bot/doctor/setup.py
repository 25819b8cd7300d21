"""Settings that are well formed (bot/settings.py sees to that) and still unwise."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.doctor.findings import Finding, ok, problem, warning
from bot.settings import Settings, is_loopback
from manifest.build import is_app_id

ABOUT = "settings"


def look_at_settings(settings: Settings) -> Iterator[Finding]:
    """Say which mode this is, and what staff or an attacker would notice about the settings."""
    if settings.is_local:
        yield warning(
            ABOUT,
            "local mode, because MicrosoftAppId is not set: loopback only, nothing authenticated",
            "right for a laptop; for your tenant set MicrosoftAppId and its companions",
        )
    else:
        yield ok(ABOUT, f"{settings.app_type} app registration, with all that belongs to it")
        yield from _in_production(settings)
    if not settings.leads:
        yield warning(
            ABOUT,
            "SENDHUB_LEADS is empty, so nobody can see requests or run the programme",
            "set it to the Trust SEND Lead's sign-in name or object id",
        )


def _in_production(settings: Settings) -> Iterator[Finding]:
    ids = {
        "MicrosoftAppId": settings.app_id,
        "MicrosoftAppTenantId": settings.app_tenant_id,
    }
    for name, value in ids.items():
        if not is_app_id(value):
            yield problem(
                ABOUT,
                f"{name} is not an id as Entra writes them",
                "copy it from the app registration's overview page",
            )
    addresses = {
        "SENDHUB_GRAPH_URL": settings.graph_url,
        "SENDHUB_LOGIN_URL": settings.login_url,
        "SENDHUB_OPENID_METADATA_URL": settings.openid_metadata_url,
    }
    for name, address in addresses.items():
        parts = urlsplit(address)
        if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
            yield problem(
                ABOUT, f"{name} would send secrets or tokens in the clear", "use https://"
            )
    if not settings.public_url:
        yield warning(
            ABOUT,
            "SENDHUB_PUBLIC_URL is not set, so toolkits and templates have no “Word document” button",
            "set it to the bot's public address, such as https://sendhub.your-trust.org",
        )
    elif not settings.public_url.startswith("https://"):
        yield problem(ABOUT, "SENDHUB_PUBLIC_URL is no https address", "use https://")
    if is_loopback(settings.host):
        yield warning(
            ABOUT,
            f"the bot listens on {settings.host} only",
            "right behind a reverse proxy on this machine; in a container set SENDHUB_HOST=0.0.0.0",
        )
    if _is_sqlite(settings.database_url):
        yield warning(
            ABOUT,
            "the database is a SQLite file: one process only, and the file is the only copy",
            "for a trust, use PostgreSQL: SENDHUB_DATABASE_URL=postgresql+asyncpg://…",
        )


def _is_sqlite(url: str) -> bool:
    try:
        return make_url(url).get_backend_name() == "sqlite"
    except ArgumentError:
        return False
