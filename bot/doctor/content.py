"""Whether offer, services and toolkits can be read, and whether the toolkits keep their standard."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from bot.doctor.findings import Finding, ok, problem, warning
from bot.loading.toolkits import read_shelf
from hub.offer import offer_from
from hub.services import services_from
from hub.spoken import counted
from hub.toolkits.standard import faults_of, link_faults_of, template_faults_of

ABOUT = "offer"
ABOUT_PAGES = "toolkits"
ABOUT_SERVICES = "services"
OWN_SERVICES = Path(__file__).parents[2] / "hub" / "services.toml"
OWN_OFFER = Path(__file__).parents[2] / "hub" / "offer.toml"

Content = TypeVar("Content")


def look_at_offer(content_dir: Path | None) -> list[Finding]:
    """Read the trust's own offer, or the one that comes with the bot."""
    if content_dir is not None and not content_dir.is_dir():
        fix = "create the folder, or unset SENDHUB_CONTENT_DIR to use the offer that comes along"
        return [problem(ABOUT, f"SENDHUB_CONTENT_DIR is no folder: {content_dir}", fix)]
    offer, path = _read(ABOUT, OWN_OFFER, content_dir, offer_from)
    if isinstance(offer, Finding):
        return [offer]
    return [ok(ABOUT, f"{len(offer.tiers)} tiers of {offer.year}, from {path}")]


def _read(
    about: str, own: Path, content_dir: Path | None, understand: Callable[[dict[str, Any]], Content]
) -> tuple[Content | Finding, Path]:
    """The trust's own file, or the one of that name that comes with the bot; or what is wrong."""
    theirs = content_dir / own.name if content_dir else own
    path = theirs if theirs.exists() else own
    try:
        return understand(tomllib.loads(path.read_text(encoding="utf-8"))), path
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return problem(about, f"{path} cannot be read: {error}", "put the file right"), path
    except (KeyError, TypeError, ValueError) as error:
        return problem(about, f"{path}: {error}", f"compare with hub/{own.name}"), path


def look_at_toolkits(content_dir: Path | None, today: date) -> list[Finding]:
    """Read every toolkit and template; name those that cannot be read or fall short."""
    shelf, wrong = read_shelf(content_dir)
    known = _keys_in(content_dir)
    faults = [
        *(fault for each in shelf.toolkits for fault in faults_of(each, today)),
        *(fault for each in shelf.toolkits for fault in link_faults_of(each, known)),
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


def _keys_in(content_dir: Path | None) -> frozenset[str]:
    """The keys of all tiers and services that can be read."""
    offer, _ = _read(ABOUT, OWN_OFFER, content_dir, offer_from)
    services, _ = _read(ABOUT_SERVICES, OWN_SERVICES, content_dir, services_from)
    known = set() if isinstance(offer, Finding) else {each.key for each in offer.tiers}
    if not isinstance(services, Finding):
        known |= {each.key for each in services.every}
    return frozenset(known)


def look_at_services(content_dir: Path | None) -> list[Finding]:
    """Read what can be asked for: the trust's own list, or the one that comes with the bot."""
    services, path = _read(ABOUT_SERVICES, OWN_SERVICES, content_dir, services_from)
    if isinstance(services, Finding):
        return [services]
    return [ok(ABOUT_SERVICES, f"{len(services.every)} to ask for, from {path}")]
