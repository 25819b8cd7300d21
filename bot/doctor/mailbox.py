"""Whether the mailbox that mail is to go out from is there."""

from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote

import aiohttp

from bot.doctor.findings import Finding, ok, problem, warning
from bot.settings import Settings

ABOUT = "mail"
ANSWERS_WITHIN = timedelta(seconds=15)


async def look_at_mailbox(base: str, token: str, settings: Settings) -> list[Finding]:
    """Ask Graph for the sender; sends nothing. ``base`` is Graph's address."""
    sender = settings.mail_from
    if not sender:
        say = "SENDHUB_MAIL_FROM is not set: whoever has no Teams is shown to the lead, not mailed"
        return [warning(ABOUT, say, "name a shared mailbox, such as send-hub@your-trust.example")]
    url = f"{base}/v1.0/users/{quote(sender, safe='@')}"
    patience = aiohttp.ClientTimeout(total=ANSWERS_WITHIN.total_seconds())
    try:
        async with (
            aiohttp.ClientSession(timeout=patience) as web,
            web.get(
                url,
                params={"$select": "id,mail"},
                headers={"Authorization": f"Bearer {token}"},
                allow_redirects=False,
            ) as answer,
        ):
            found = await answer.json(content_type=None) if answer.ok else None
            status = answer.status
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        why = type(error).__name__
        return [warning(ABOUT, f"the mailbox could not be looked up ({why})", "try again later")]
    if status == HTTPStatus.NOT_FOUND:
        fix = "put SENDHUB_MAIL_FROM right: a sign-in name or object id of a mailbox"
        return [problem(ABOUT, f"nobody in the directory is called {sender}", fix)]
    if not isinstance(found, dict):
        return [warning(ABOUT, f"Graph answered {status} to who {sender} is", "try again later")]
    if not found.get("mail"):
        fix = "give it a mailbox, or name another in SENDHUB_MAIL_FROM"
        return [problem(ABOUT, f"{sender} has no mailbox", fix)]
    return [ok(ABOUT, f"mail goes out from {sender}")]
