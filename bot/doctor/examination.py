"""The whole examination, one part after another; each part goes on when another is ill."""

from collections.abc import Collection
from datetime import datetime

from bot.doctor.content import look_at_offer, look_at_services, look_at_toolkits
from bot.doctor.database import look_at_database
from bot.doctor.findings import Finding, Level, as_text, ok, problem, warning
from bot.doctor.graph import TokenSource, look_at_graph, look_at_sign_in_keys
from bot.doctor.setup import look_at_settings
from bot.graph.permissions import PERMISSIONS
from bot.settings import Settings
from bot.teams.credentials import credential_for
from hub.errors import SettingsWrong
from hub.spoken import spoken_list
from manifest.build import LOCAL_APP_ID, AppDetails, package_of, placeholders_in
from manifest.validation import problems_in


async def consult(
    settings: Settings, version: str, now: datetime, accepted: Collection[str] = ()
) -> tuple[str, int]:
    """What ``python app.py doctor`` prints, and its exit code: 1 when there is a problem.

    ``version`` is this program's; ``accepted`` names permissions that the trust withholds on
    purpose. Raises SettingsWrong when one of those is none of ours, or when the settings cannot be
    signed in with at all.
    """
    unknown = sorted(set(accepted) - {each.name for each in PERMISSIONS})
    if unknown:
        known = spoken_list([each.name for each in PERMISSIONS])
        raise SettingsWrong(
            f"--accept {unknown[0]}: the bot asks for no such permission; it asks for {known}"
        )
    async with credential_for(settings) as tokens:
        findings = await examine(settings, tokens, version, now, accepted)
    return as_text(findings), int(any(each.level is Level.PROBLEM for each in findings))


async def examine(
    settings: Settings,
    tokens: TokenSource,
    version: str,
    now: datetime,
    accepted: Collection[str] = (),
) -> list[Finding]:
    """Look at settings, database, content, Microsoft's services and the app package, in that order.

    ``tokens`` is any azure-core ``AsyncTokenCredential``.
    """
    return [
        *look_at_settings(settings),
        *await look_at_database(settings, now),
        *look_at_offer(settings.content_dir),
        *look_at_toolkits(settings.content_dir, now.astimezone(settings.timezone).date()),
        *look_at_services(settings.content_dir),
        *await look_at_sign_in_keys(settings),
        *await look_at_graph(settings, tokens, accepted),
        *look_at_package(AppDetails(settings.app_id or LOCAL_APP_ID, version)),
    ]


def look_at_package(details: AppDetails) -> list[Finding]:
    """Whether Teams would take the app package."""
    try:
        problems = problems_in(package_of(details))
    except OSError as error:
        problems = [f"a part of the package cannot be read: {error}"]
    if problems:
        fix = "put this right in manifest/, or build with other options"
        return [problem("app package", each, fix) for each in problems]
    fix = "see: python app.py manifest --help"
    return [
        ok("app package", f"version {details.version} passes Microsoft's schema and our own rules"),
        *(warning("app package", each, fix) for each in placeholders_in(details)),
    ]
