"""Build the Teams app package: the template's words, this trust's ids and links, the icons.

What makes a package acceptable is asked next door, in ``validation``.
"""

import io
import json
import re
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hub.activity_types import ACTIVITY_TYPES
from hub.errors import SettingsWrong
from hub.spoken import spoken_list
from manifest.validation import COLOR_ICON, MANIFEST, OUTLINE_ICON, problems_in

HERE = Path(__file__).parent
#: Stands in for an app id in local mode, so that the package can be looked at without a tenant.
LOCAL_APP_ID = "5e4d0b00-0b07-4000-8000-000000000001"
#: Nobody's domain (RFC 2606): a link there has been left as it was.
PLACEHOLDER_DOMAIN = "send-hub.example"
#: Zip files cannot hold an earlier moment; a fixed one makes equal packages equal byte for byte.
NO_MOMENT = (1980, 1, 1, 0, 0, 0)
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class AppDetails:
    """What differs from trust to trust. ``app_id`` is the bot's Entra application (client) id.

    It is the Teams app's own id as well, so that the bot finds itself in the catalogue by it.
    """

    app_id: str
    #: Such as 1.4.0; to be raised with every change.
    version: str
    developer: str = "SEND Hub"
    website: str = f"https://{PLACEHOLDER_DOMAIN}/"
    privacy: str = f"https://{PLACEHOLDER_DOMAIN}/privacy"
    terms: str = f"https://{PLACEHOLDER_DOMAIN}/terms"


def build(details: AppDetails, out: Path) -> list[str]:
    """Write the package to ``out``, and tell what is still a placeholder in it.

    Raises SettingsWrong, and writes nothing, when Teams would refuse the package.
    """
    if not is_app_id(details.app_id):
        raise SettingsWrong(
            f"MicrosoftAppId: {details.app_id!r} is not an application id, "
            f"which looks like {LOCAL_APP_ID}"
        )
    package = package_of(details)
    problems = problems_in(package)
    if problems:
        raise SettingsWrong("; ".join(problems))
    try:
        out.write_bytes(package)
    except OSError as error:
        raise SettingsWrong(f"cannot write {out}: {error.strerror}") from error
    return list(placeholders_in(details))


def program_version() -> str:
    """This program's own version, from pyproject.toml: a good version for its package too."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def is_app_id(value: str) -> bool:
    """Whether ``value`` is written as Entra writes ids: 32 hexadecimal digits in five groups."""
    return bool(_GUID.fullmatch(value))


def package_of(details: AppDetails) -> bytes:
    """The package as a zip file in memory; the same details always give the same bytes."""
    manifest = json.dumps(manifest_of(details), ensure_ascii=False, indent=2) + "\n"
    files = {
        MANIFEST: manifest.encode(),
        COLOR_ICON: (HERE / COLOR_ICON).read_bytes(),
        OUTLINE_ICON: (HERE / OUTLINE_ICON).read_bytes(),
    }
    package = io.BytesIO()
    # Stored, not compressed: compressors differ from machine to machine.
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, NO_MOMENT)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return package.getvalue()


def manifest_of(details: AppDetails) -> dict[str, Any]:
    """The manifest: the template with everything filled in."""
    manifest: dict[str, Any] = json.loads((HERE / "template.json").read_text(encoding="utf-8"))
    manifest["id"] = details.app_id
    manifest["version"] = details.version
    manifest["developer"] = {
        "name": details.developer,
        "websiteUrl": details.website,
        "privacyUrl": details.privacy,
        "termsOfUseUrl": details.terms,
    }
    manifest["bots"][0]["botId"] = details.app_id
    manifest["composeExtensions"][0]["botId"] = details.app_id
    manifest["webApplicationInfo"] = {
        "id": details.app_id,
        # Graph wants some resource here before the app may install itself for people.
        "resource": f"api://botid-{details.app_id}",
    }
    manifest["activities"]["activityTypes"] = [
        {"type": each.type, "description": each.description, "templateText": each.template_text}
        for each in ACTIVITY_TYPES
    ]
    return manifest


def placeholders_in(details: AppDetails) -> Iterator[str]:
    """What was left as it came, in words: fine for a look, not for a trust's staff."""
    if details.app_id == LOCAL_APP_ID:
        yield (
            "MicrosoftAppId is not set, so this package is for looking at only: "
            "it carries a made-up id and Teams cannot connect it to your bot"
        )
    links = {"website": details.website, "privacy": details.privacy, "terms": details.terms}
    left = [name for name, link in links.items() if urlsplit(link).hostname == PLACEHOLDER_DOMAIN]
    if left:
        yield (
            f"links that still lead to {PLACEHOLDER_DOMAIN}: {spoken_list(left)}; "
            f"give your own with {' '.join(f'--{name} https://…' for name in left)}"
        )
