"""What Teams would refuse, or people would stumble over, in an app package: in words.

Microsoft's schema says what is well formed; the rules here say what it does not.
Source: Microsoft's app validation guidelines; manifest reference 1.29.
"""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft7Validator

from hub.activity_types import ACTIVITY_TYPES
from manifest.icon_pixels import is_white_on_transparent, read_icon

MANIFEST = "manifest.json"
COLOR_ICON = "color.png"
OUTLINE_ICON = "outline.png"
SCHEMA = Path(__file__).parent / "schema" / "teams-manifest-1.29.schema.json"

COLOR_SIDE = 192
OUTLINE_SIDE = 32
#: The schema allows more; clients show these.
MOST_COMMANDS = 10
LONGEST_COMMAND = 32
LONGEST_COMMAND_DESCRIPTION = 128
#: No file of ours comes near it.
MOST_BYTES = 4 * 1024 * 1024
RESERVED_ACTIVITY_TYPE = "systemDefault"
_VERSION = re.compile(r"(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}")


def validate(package: Path) -> list[str]:
    """Everything wrong with the package at this path, one sentence each; empty when it is fine."""
    try:
        return problems_in(package.read_bytes())
    except OSError as error:
        return [f"cannot read {package}: {error.strerror}"]


def problems_in(package: bytes) -> list[str]:
    """Everything wrong with this package, one sentence each; empty when it is fine."""
    try:
        files = _files(package)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return ["the package is not a zip file that can be read"]
    wanted = (MANIFEST, COLOR_ICON, OUTLINE_ICON)
    problems = [
        f"{name} is missing: it belongs at the top of the zip file"
        for name in wanted
        if name not in files
    ]
    strays = sorted(files.keys() - set(wanted))
    if strays:
        problems.append(f"the manifest does not use these files: {', '.join(strays)}")
    if MANIFEST in files:
        problems += _manifest_problems(files[MANIFEST])
    problems += _icon_problems(files)
    return problems


def _files(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {
            entry.filename: archive.read(entry) if entry.file_size <= MOST_BYTES else b""
            for entry in archive.infolist()
        }


def _manifest_problems(content: bytes) -> list[str]:
    try:
        manifest = json.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        return [f"{MANIFEST} is not JSON: {error}"]
    errors = sorted(_schema().iter_errors(manifest), key=lambda error: list(map(str, error.path)))
    if errors:
        # The rules below take a well-formed manifest for granted.
        return [f"{_place(error.path)}: {error.message}" for error in errors]
    return [
        *_identity_problems(manifest),
        *_link_problems(manifest["developer"]),
        *_bot_problems(manifest),
        *_search_problems(manifest),
        *_activity_problems(manifest),
    ]


@cache
def _schema() -> Draft7Validator:
    # It calls itself draft 4 and uses ``const``, which only later drafts know.
    return Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _place(path: Any) -> str:
    """``bots[0].botId``, as somebody would say where it is."""
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return place.lstrip(".") or MANIFEST


def _identity_problems(manifest: Mapping[str, Any]) -> Iterator[str]:
    if not _VERSION.fullmatch(manifest["version"]):
        yield f"version: {manifest['version']!r} is not three numbers such as 1.4.0"
    for name, given in (
        ("id", manifest.get("id")),
        ("webApplicationInfo.id", manifest.get("webApplicationInfo", {}).get("id")),
    ):
        if not given:
            yield f"{name} is missing: it is the bot's application id"
        elif not given.replace("0", "").replace("-", ""):
            yield f"{name} is all zeros: it is the bot's application id"
    for text in ("name", "description"):
        for length, words in manifest[text].items():
            if not str(words).strip():
                yield f"{text}.{length} is empty"
    if not manifest["developer"]["name"].strip():
        yield "developer.name is empty"


def _link_problems(developer: Mapping[str, str]) -> Iterator[str]:
    for name in ("websiteUrl", "privacyUrl", "termsOfUseUrl"):
        link = urlsplit(developer[name])
        if link.scheme.lower() != "https" or not link.hostname:
            yield f"developer.{name}: {developer[name]!r} must be an https address"


def _bot_problems(manifest: Mapping[str, Any]) -> Iterator[str]:
    bots = manifest.get("bots") or [{}]
    bot = bots[0]
    if bot.get("botId") != manifest.get("webApplicationInfo", {}).get("id"):
        yield "bots[0].botId and webApplicationInfo.id differ: both are the bot's application id"
    missing = {"personal", "team", "groupChat"} - set(bot.get("scopes", []))
    if missing:
        yield f"bots[0].scopes: {', '.join(sorted(missing))} is missing"
    if manifest.get("defaultInstallScope") != "personal":
        yield "defaultInstallScope must be personal: the Hub is met in a private chat first"
    for number, commands in enumerate(bot.get("commandLists", [])):
        for problem in _command_problems(commands["commands"]):
            yield f"bots[0].commandLists[{number}]: {problem}"


def _search_problems(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Teams store rule: a search helps with words, and shows something before anything is typed."""
    for extension in manifest.get("composeExtensions", []):
        # Buttons of a shared card reach the bot only when both are one.
        if extension.get("botId") != manifest.get("webApplicationInfo", {}).get("id"):
            yield "composeExtensions[0].botId is not the bot's application id"
        for command in extension.get("commands", []):
            place = f"composeExtensions[0]: the command {command['id']!r}"
            if not command["title"].strip() or not command.get("description", "").strip():
                yield f"{place} needs a title and a description"
            if not command.get("initialRun"):
                yield f"{place} must show something at once: initialRun"
            for parameter in command.get("parameters", []):
                if not parameter.get("description", "").strip():
                    yield f"{place}: {parameter['name']} has no description to help"


def _command_problems(commands: list[dict[str, str]]) -> Iterator[str]:
    if len(commands) > MOST_COMMANDS:
        yield f"{len(commands)} commands; Teams shows {MOST_COMMANDS}"
    titles = [command["title"] for command in commands]
    for title in sorted({title for title in titles if titles.count(title) > 1}):
        yield f"the command {title!r} is there twice"
    for command in commands:
        title, words = command["title"], command.get("description", "")
        if not title.strip() or len(title) > LONGEST_COMMAND:
            yield f"the command {title!r} must have 1 to {LONGEST_COMMAND} characters"
        if not words.strip() or len(words) > LONGEST_COMMAND_DESCRIPTION:
            yield (
                f"the command {title!r} needs a description of at most "
                f"{LONGEST_COMMAND_DESCRIPTION} characters"
            )


def _activity_problems(manifest: Mapping[str, Any]) -> Iterator[str]:
    """The package must declare exactly what the code sends."""
    types = manifest.get("activities", {}).get("activityTypes", [])
    declared = {each["type"]: each for each in types}
    if len(declared) != len(types):
        yield "activities.activityTypes: a type is declared twice"
    if RESERVED_ACTIVITY_TYPE in declared:
        yield f"activities.activityTypes: {RESERVED_ACTIVITY_TYPE} is Teams' own and reserved"
    for wanted in ACTIVITY_TYPES:
        found = declared.pop(wanted.type, None)
        if found is None:
            yield f"activities.activityTypes: {wanted.type} is sent but not declared"
        elif found["templateText"] != wanted.template_text:
            yield f"activities.activityTypes: the template of {wanted.type} is not the one sent by"
        elif not found["description"].strip():
            yield f"activities.activityTypes: {wanted.type} has no description"
    for name in sorted(declared.keys() - {RESERVED_ACTIVITY_TYPE}):
        yield f"activities.activityTypes: {name} is declared but never sent"


def _icon_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    for name, side in ((COLOR_ICON, COLOR_SIDE), (OUTLINE_ICON, OUTLINE_SIDE)):
        if name not in files:
            continue
        icon = read_icon(files[name])
        if icon is None:
            yield f"{name} is not a PNG picture, or a damaged one"
        elif (icon.width, icon.height) != (side, side):
            yield f"{name} is {icon.width}×{icon.height}; it must be {side}×{side} pixels"
        elif name == OUTLINE_ICON and not is_white_on_transparent(icon):
            yield f"{name} must be pure white on transparent, saved as 8-bit RGBA"
