"""Whether Microsoft's services can be reached, and what the bot was allowed to do there."""

import json
import re
from collections.abc import Collection, Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp
import jwt
from azure.core.credentials import AccessToken
from azure.core.exceptions import AzureError

from bot.doctor.findings import Finding, ok, problem, warning
from bot.doctor.mailbox import look_at_mailbox
from bot.graph.permissions import Permission, missing_from, more_than_needed
from bot.settings import Settings, is_loopback
from hub.errors import DeliveryFailed

ABOUT = "Graph"
ANSWERS_WITHIN = timedelta(seconds=15)
#: What the one call made here needs.
CATALOGUE = "AppCatalog.Read.All"
#: What looking at the sender's mailbox needs, and what makes it worth a look.
USERS = "User.Read.All"
MAIL = "Mail.Send"

#: Entra's most usual refusals. Source: Microsoft Entra authentication error codes.
_SIGN_IN_REFUSALS = {
    "AADSTS7000215": "MicrosoftAppPassword is wrong: copy the secret's value, not its id",
    "AADSTS7000222": "the client secret has expired: make a new one and set MicrosoftAppPassword",
    "AADSTS700016": "MicrosoftAppId is not registered in the tenant MicrosoftAppTenantId names",
    "AADSTS90002": "MicrosoftAppTenantId names no tenant",
    "AADSTS900023": "MicrosoftAppTenantId is not a tenant's id",
}


class TokenSource(Protocol):
    """The part of azure-core's ``AsyncTokenCredential`` that is used here."""

    async def get_token(self, *scopes: str) -> AccessToken:
        """Fetch a token for ``scopes``."""


async def look_at_sign_in_keys(settings: Settings) -> list[Finding]:
    """Whether the keys that prove a message comes from Teams can be fetched."""
    if settings.is_local:
        return []
    about, host = "Bot Framework", urlsplit(settings.openid_metadata_url).netloc
    fix = f"let this machine make https calls to {host}; without it no message is accepted"
    try:
        async with _session() as web, web.get(settings.openid_metadata_url) as answer:
            metadata = await answer.json(content_type=None)
            if answer.ok and isinstance(metadata, dict) and metadata.get("jwks_uri"):
                return [ok(about, f"the signing keys are announced at {host}")]
            return [problem(about, f"{host} answered {answer.status} and announced no keys", fix)]
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return [problem(about, f"{host} cannot be reached", fix)]


async def look_at_graph(
    settings: Settings, tokens: TokenSource, accepted: Collection[str]
) -> list[Finding]:
    """Sign in, compare what was granted with what is needed, and make one real call."""
    base = settings.graph_base_url
    if base is None:
        return [
            warning(
                ABOUT,
                "none in local mode: what is to be sent waits in the outbox",
                "`python app.py demo` brings a local tenant along; or set SENDHUB_GRAPH_URL",
            )
        ]
    origin = urlsplit(base)
    if origin.scheme != "https" and not is_loopback(origin.hostname or ""):
        return []  # Told under settings; a token must not go there.
    try:
        token = (await tokens.get_token(f"{origin.scheme}://{origin.netloc}/.default")).token
    except (DeliveryFailed, AzureError) as error:
        return [_not_signed_in(error)]
    if settings.is_local:
        note = "local mode: a development token, so permissions are not compared"
        local = [ok(ABOUT, note), await _look_at_catalogue(base, token, settings)]
        return local + (await look_at_mailbox(base, token, settings) if settings.mail_from else [])
    roles = roles_in(token)
    findings = list(_look_at_grants(roles, accepted))
    if roles is None or CATALOGUE not in {each.name for each in missing_from(roles)}:
        findings.append(await _look_at_catalogue(base, token, settings))
    if roles is None or _may_look_up(roles):
        findings += await look_at_mailbox(base, token, settings)
    return findings


def _may_look_up(roles: frozenset[str]) -> bool:
    missing = {each.name for each in missing_from(roles)}
    return missing.isdisjoint({USERS, MAIL})


def _not_signed_in(error: Exception) -> Finding:
    codes = re.findall(r"AADSTS\d+", f"{error} {error.__cause__}")
    known = next((_SIGN_IN_REFUSALS[code] for code in codes if code in _SIGN_IN_REFUSALS), None)
    code = f" ({codes[0]})" if codes else ""
    return problem(
        ABOUT,
        f"Microsoft Entra did not sign this app in{code}",
        known
        or "check the four MicrosoftApp… settings and that this machine reaches SENDHUB_LOGIN_URL",
    )


def _look_at_grants(roles: frozenset[str] | None, accepted: Collection[str]) -> Iterator[Finding]:
    if roles is None:
        yield warning(
            ABOUT,
            "the token cannot be read, so what was granted is not known",
            "compare docs/permissions.md with the app registration by hand",
        )
        return
    missing = missing_from(roles)
    for each in missing:
        yield _missing(each, accepted)
    if not missing:
        yield ok(ABOUT, "every permission in docs/permissions.md is granted")
    for name in more_than_needed(roles):
        yield warning(ABOUT, f"{name} is granted and nothing here needs it", "take it away again")


def roles_in(token: str) -> frozenset[str] | None:
    """The application permissions a token of ours carries; None when it cannot be read.

    The signature is not checked: we have just had it from Entra and decide nothing by it.
    """
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        return None
    roles = claims.get("roles", [])
    return frozenset(map(str, roles)) if isinstance(roles, list) else None


def _missing(permission: Permission, accepted: Collection[str]) -> Finding:
    say = f"{permission.name} is not granted: {permission.without}"
    if permission.name in accepted:
        return warning(ABOUT, f"{say} (accepted)")
    fix = f"grant it to the app registration, with admin consent; or --accept {permission.name}"
    if permission.can_be_granted_in_exchange:
        fix += ", which is also right when Exchange grants it for chosen mailboxes"
    return problem(ABOUT, say, fix)


async def _look_at_catalogue(base: str, token: str, settings: Settings) -> Finding:
    """Make one harmless call, for which every part of the way must work: find our own app."""
    query = {"$filter": f"externalId eq '{settings.app_id}'"}
    headers = {"Authorization": f"Bearer {token}"}
    try:
        async with (
            _session() as web,
            web.get(
                f"{base}/v1.0/appCatalogs/teamsApps",
                params=query,
                headers=headers,
                allow_redirects=False,
            ) as answer,
        ):
            if answer.status != HTTPStatus.OK:
                return _refused(answer.status)
            found = await answer.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError) as error:
        why = type(error).__name__
        fix = "let this machine make https calls there, or put SENDHUB_GRAPH_URL right"
        return problem(ABOUT, f"{base} cannot be reached ({why})", fix)
    except (json.JSONDecodeError, UnicodeDecodeError):
        return problem(ABOUT, f"{base} does not answer as Graph does", "check SENDHUB_GRAPH_URL")
    return _in_catalogue(found, settings)


def _refused(status: int) -> Finding:
    match status:
        case HTTPStatus.UNAUTHORIZED:
            say, fix = "Graph does not accept our token", "check SENDHUB_GRAPH_URL and the tenant"
        case HTTPStatus.FORBIDDEN:
            say = "Graph is reached, but may not be asked for the app catalogue"
            fix = "grant AppCatalog.Read.All; a new consent takes some minutes to be seen"
        case _:
            say, fix = f"Graph answered {status}", "try again later, and look at service health"
    return problem(ABOUT, say, fix)


def _in_catalogue(found: Any, settings: Settings) -> Finding:
    if settings.is_local:
        return ok(ABOUT, "the local tenant answers")
    if isinstance(found, dict) and found.get("value"):
        return ok(ABOUT, "Graph answers, and the app is in your organisation's catalogue")
    return warning(
        ABOUT,
        "Graph answers, but the app is not in your organisation's catalogue",
        "upload the app package in the Teams admin centre: docs/deploying.md",
    )


def _session() -> aiohttp.ClientSession:
    patience = aiohttp.ClientTimeout(total=ANSWERS_WITHIN.total_seconds())
    return aiohttp.ClientSession(timeout=patience)
