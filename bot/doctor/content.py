"""Whether offer, services and toolkits can be read, and whether the toolkits keep their standard."""

import tomllib
from datetime import date
from pathlib import Path

from bot.doctor.findings import Finding, ok, problem, warning
from bot.loading.toolkits import read_shelf
from hub.offer import offer_from
from hub.services import services_from
from hub.spoken import counted
from hub.toolkits.standard import faults_of, template_faults_of

ABOUT = "offer"
ABOUT_PAGES = "toolkits"
ABOUT_SERVICES = "services"
OWN_SERVICES = Path(__file__).parents[2] / "hub" / "services.toml"
OWN_OFFER = Path(__file__).parents[2] / "hub" / "offer.toml"


def look_at_offer(content_dir: Path | None) -> list[Finding]:
    """Read the trust's own offer, or the one that comes with the bot."""
    if content_dir is not None and not content_dir.is_dir():
        fix = "create the folder, or unset SENDHUB_CONTENT_DIR to use the offer that comes along"
        return [problem(ABOUT, f"SENDHUB_CONTENT_DIR is no folder: {content_dir}", fix)]
    path = OWN_OFFER
    if content_dir is not None and (content_dir / "offer.toml").exists():
        path = content_dir / "offer.toml"
    try:
        offer = offer_from(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return [problem(ABOUT, f"{path} cannot be read: {error}", "put the file right")]
    except (KeyError, TypeError, ValueError) as error:
        return [problem(ABOUT, f"{path}: {error}", "compare with hub/offer.toml")]
    return [ok(ABOUT, f"{len(offer.tiers)} tiers of {offer.year}, from {path}")]


def look_at_toolkits(content_dir: Path | None, today: date) -> list[Finding]:
    """Read every toolkit and template; name those that cannot be read or fall short."""
    shelf, wrong = read_shelf(content_dir)
    faults = [
        *(fault for each in shelf.toolkits for fault in faults_of(each, today)),
        *(fault for each in shelf.templates for fault in template_faults_of(each, today)),
    ]
    pages = (
        f"{counted(len(shelf.toolkits), 'toolkit')} and {counted(len(shelf.templates), 'template')}"
    )
    fix = "see docs/toolkits.md; until then the page is left out, or the shipped one stands"
    return [
        ok(ABOUT_PAGES, f"{pages} can be read"),
        *(problem(ABOUT_PAGES, str(each), fix) for each in wrong),
        *(warning(ABOUT_PAGES, str(each), "see docs/toolkits.md") for each in faults),
    ]


def look_at_services(content_dir: Path | None) -> list[Finding]:
    """Read what can be asked for: the trust's own list, or the one that comes with the bot."""
    path = OWN_SERVICES
    if content_dir is not None and (content_dir / "services.toml").exists():
        path = content_dir / "services.toml"
    try:
        services = services_from(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return [problem(ABOUT_SERVICES, f"{path} cannot be read: {error}", "put the file right")]
    except (KeyError, TypeError, ValueError) as error:
        return [problem(ABOUT_SERVICES, f"{path}: {error}", "compare with hub/services.toml")]
    return [ok(ABOUT_SERVICES, f"{len(services.every)} to ask for, from {path}")]
