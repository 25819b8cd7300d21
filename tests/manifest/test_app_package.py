"""The Teams app package: what is in it, and what is refused in words."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.teams.message_extension import SEARCH_SESSIONS, SEARCH_TEXT, SEARCH_TOOLKITS
from hub.activity_types import ACTIVITY_TYPES
from hub.errors import SettingsWrong
from manifest.build import LOCAL_APP_ID, AppDetails, build, manifest_of, package_of, program_version
from manifest.validation import SCHEMA, problems_in, validate

APP_ID = "0f9a1b5e-8a51-4ad5-9d3d-5f4f1b0a2c77"
A_TRUST = AppDetails(
    app_id=APP_ID,
    version="1.4.0",
    developer="A Trust",
    website="https://trust.test/hub",
    privacy="https://trust.test/hub/privacy",
    terms="https://trust.test/hub/terms",
)
ICONS = Path(__file__).parents[2] / "manifest"
PUBLISHED_SCHEMA = (
    Path(__file__).parents[3] / "shared" / "schemas" / "teams-manifest-1.29.schema.json"
)


def packed(manifest: object = None, **files: bytes | None) -> bytes:
    """Our package with another manifest, or with other or missing icons."""
    content = {
        "manifest.json": json.dumps(manifest_of(A_TRUST) if manifest is None else manifest),
        "color.png": (ICONS / "color.png").read_bytes(),
        "outline.png": (ICONS / "outline.png").read_bytes(),
    } | {name.replace("_", "."): given for name, given in files.items()}
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for name, data in content.items():
            if data is not None:
                archive.writestr(name, data)
    return package.getvalue()


def picture(side: int, colour: str, mode: str = "RGBA") -> bytes:
    png = io.BytesIO()
    Image.new(mode, (side, side), colour).save(png, "png")
    return png.getvalue()


def test_a_trusts_package_is_built_without_a_problem_or_a_placeholder(tmp_path):
    out = tmp_path / "send-hub.zip"

    assert build(A_TRUST, out) == []

    assert validate(out) == []
    with zipfile.ZipFile(out) as package:
        assert package.namelist() == ["manifest.json", "color.png", "outline.png"]


def test_the_same_details_give_the_same_bytes_and_others_do_not():
    assert package_of(A_TRUST) == package_of(A_TRUST)
    assert package_of(A_TRUST) != package_of(AppDetails(APP_ID, "1.4.1"))


def test_the_programs_own_version_will_do_for_its_package(tmp_path):
    assert build(replace(A_TRUST, version=program_version()), tmp_path / "package.zip") == []


def test_placeholders_are_named_with_the_option_that_replaces_them(tmp_path):
    mine_but_terms = AppDetails(
        LOCAL_APP_ID, "1.0.0", website=A_TRUST.website, privacy=A_TRUST.privacy
    )

    warnings = build(mine_but_terms, tmp_path / "package.zip")

    assert "MicrosoftAppId is not set" in warnings[0]
    assert "--terms" in warnings[1]
    assert "--website" not in warnings[1]


def test_the_bot_and_the_entra_app_are_one_and_work_in_every_scope():
    manifest = manifest_of(A_TRUST)

    assert (
        manifest["id"]
        == manifest["bots"][0]["botId"]
        == manifest["webApplicationInfo"]["id"]
        == APP_ID
    )
    assert manifest["bots"][0]["scopes"] == ["personal", "team", "groupChat"]
    assert manifest["defaultInstallScope"] == "personal"


def test_nothing_is_asked_for_that_is_not_used():
    manifest = manifest_of(A_TRUST)

    assert "authorization" not in manifest
    assert "permissions" not in manifest
    assert "devicePermissions" not in manifest
    assert manifest["validDomains"] == []


def test_the_commands_are_the_ten_that_staff_may_type_and_only_public_ones_in_a_team():
    lists = {
        "+".join(each["scopes"]): [command["title"] for command in each["commands"]]
        for each in manifest_of(A_TRUST)["bots"][0]["commandLists"]
    }

    assert lists["personal"] == [
        "What's on",
        "My bookings",
        "Give up my place",
        "Book a session",
        "Find a toolkit",
        "Ask for 1:1 support",
        "My requests",
        "Reminders",
        "Privacy",
        "Help",
    ]
    assert lists["team+groupChat"] == ["What's on", "Find a toolkit", "Help"]


def test_the_compose_box_searches_with_the_same_bot_and_the_commands_that_the_code_answers():
    (extension,) = manifest_of(A_TRUST)["composeExtensions"]
    commands = extension["commands"]

    assert extension["botId"] == APP_ID
    assert [each["id"] for each in commands] == [SEARCH_SESSIONS, SEARCH_TOOLKITS]
    for command in commands:
        assert command["parameters"][0]["name"] == SEARCH_TEXT
        assert command["initialRun"]
        assert len(command["title"]) <= 32
        assert set(command["context"]) == {"compose", "commandBox"}


def test_the_package_declares_exactly_the_activity_types_that_the_code_sends():
    declared = manifest_of(A_TRUST)["activities"]["activityTypes"]

    assert [(each["type"], each["templateText"]) for each in declared] == [
        (each.type, each.template_text) for each in ACTIVITY_TYPES
    ]


@pytest.mark.parametrize(
    ("details", "words"),
    [
        (AppDetails("not-an-id", "1.0.0"), "MicrosoftAppId: 'not-an-id' is not an application id"),
        (AppDetails(APP_ID, "1.0"), "version: '1.0' is not three numbers"),
        (AppDetails(APP_ID, "1.0.0", website="http://trust.test"), "websiteUrl"),
        (AppDetails(APP_ID, "1.0.0", privacy="https://"), "privacyUrl"),
        (AppDetails(APP_ID, "1.0.0", terms="trust.test/terms"), "termsOfUseUrl"),
        (AppDetails(APP_ID, "1.0.0", developer="A" * 33), "developer.name"),
        (AppDetails(APP_ID, "1.0.0", developer=" "), "developer.name is empty"),
    ],
)
def test_details_that_teams_would_refuse_are_named_and_nothing_is_written(tmp_path, details, words):
    out = tmp_path / "package.zip"

    with pytest.raises(SettingsWrong, match=words.replace("(", r"\(")):
        build(details, out)

    assert not out.exists()


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path):
    with pytest.raises(SettingsWrong, match=r"cannot write .*No such file"):
        build(A_TRUST, tmp_path / "nowhere" / "package.zip")


def bots(**changes: object) -> dict:
    manifest = manifest_of(A_TRUST)
    manifest["bots"][0] |= changes
    return manifest


def commands(*titles: str) -> dict:
    entries = [{"title": title, "description": "What it does"} for title in titles]
    return bots(commandLists=[{"scopes": ["personal"], "commands": entries}])


def search(**changes: object) -> dict:
    manifest = manifest_of(A_TRUST)
    manifest["composeExtensions"][0]["commands"][0] |= changes
    return manifest


def searching_bot(bot_id: str) -> dict:
    manifest = manifest_of(A_TRUST)
    manifest["composeExtensions"][0]["botId"] = bot_id
    return manifest


def activities(types: list[dict]) -> dict:
    return manifest_of(A_TRUST) | {"activities": {"activityTypes": types}}


DECLARED = manifest_of(A_TRUST)["activities"]["activityTypes"]


@pytest.mark.parametrize(
    ("package", "words"),
    [
        (b"no zip", "not a zip file"),
        (packed(manifest_json=None), "manifest.json is missing"),
        (packed(color_png=None), "color.png is missing"),
        (packed(notes_txt=b"left behind"), "the manifest does not use these files: notes.txt"),
        (packed(manifest_json=b"{"), "is not JSON"),
        (packed(manifest_json=b"\xff"), "is not JSON"),
        (packed([]), "is not of type 'object'"),
        (packed(manifest_of(A_TRUST) | {"manifestVersion": "1.16"}), "'1.29' was expected"),
        (packed(manifest_of(A_TRUST) | {"tabs": []}), "'tabs' was unexpected"),
        (packed(manifest_of(A_TRUST) | {"id": "0" * 8 + "-0000-0000-0000-" + "0" * 12}), "zeros"),
        (packed(bots(botId="0f9a1b5e-8a51-4ad5-9d3d-000000000000")), "differ"),
        (packed(bots(scopes=["personal"])), "groupChat, team is missing"),
        (packed(manifest_of(A_TRUST) | {"defaultInstallScope": "team"}), "must be personal"),
        (packed(commands(*(f"Command {n}" for n in range(11)))), "11 commands; Teams shows 10"),
        (packed(commands("A title that is one too long, 33 ")), "1 to 32 characters"),
        (packed(commands("Help", "Help")), "'Help' is there twice"),
        (
            packed(searching_bot("0f9a1b5e-8a51-4ad5-9d3d-000000000000")),
            "composeExtensions[0].botId",
        ),
        (packed(search(title="T" * 33)), "is too long"),
        (packed(search(description=" ")), "needs a title and a description"),
        (packed(search(initialRun=False)), "must show something at once"),
        (packed(search(parameters=[{"name": "x", "title": "X"}])), "no description to help"),
        (packed(activities(DECLARED[1:])), "sessionReminder is sent but not declared"),
        (packed(activities([*DECLARED, DECLARED[0]])), "declared twice"),
        (
            packed(activities([DECLARED[0] | {"type": "systemDefault"}, *DECLARED])),
            "systemDefault is Teams' own",
        ),
        (
            packed(activities([DECLARED[0] | {"type": "old"}, *DECLARED])),
            "old is declared but never sent",
        ),
        (
            packed(activities([DECLARED[0] | {"templateText": "Soon"}, *DECLARED[1:]])),
            "the template of sessionReminder is not the one sent by",
        ),
        (packed(color_png=b"GIF89a"), "color.png is not a PNG"),
        (packed(color_png=picture(64, "teal")), "color.png is 64×64; it must be 192×192"),
        (packed(outline_png=picture(32, "red")), "outline.png must be pure white"),
        (packed(outline_png=picture(32, "white", "RGB")), "outline.png must be pure white"),
        (packed(outline_png=picture(32, "#FFFFFFFF")), "outline.png must be pure white"),
        (packed(outline_png=picture(32, "#FFFFFF00")), "outline.png must be pure white"),
    ],
)
def test_what_teams_would_refuse_is_said_in_words(package, words):
    problems = problems_in(package)

    assert any(words in problem for problem in problems), problems


def test_a_package_that_is_not_there_is_a_problem_and_not_a_crash(tmp_path):
    assert "cannot read" in validate(tmp_path / "none.zip")[0]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 3000))
def test_a_damaged_package_never_crashes_the_validation(noise, at):
    whole = packed()

    problems_in(noise)
    problems_in(whole[:at] + noise + whole[at + len(noise) :])
    problems_in(packed(outline_png=whole[:8] + noise))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(manifest_of(A_TRUST))), ANYTHING)
def test_a_manifest_with_anything_anywhere_is_judged_and_never_crashes_the_validation(key, value):
    problems_in(packed(manifest_of(A_TRUST) | {key: value}))


def test_the_color_icon_is_whole_and_its_drawing_stays_inside_the_part_teams_never_cuts():
    icon = Image.open(ICONS / "color.png")
    ground = icon.getpixel((0, 0))
    edge = [
        icon.getpixel((x, y))
        for x in range(192)
        for y in range(192)
        if not (36 <= x < 156 and 36 <= y < 156)
    ]

    assert icon.size == (192, 192)
    assert icon.getextrema()[3] == (255, 255)
    assert set(edge) == {ground}


def test_the_outline_icon_is_white_and_transparent_only():
    icon = Image.open(ICONS / "outline.png")

    assert icon.size == (32, 32)
    assert icon.getextrema()[:3] == ((255, 255),) * 3
    assert icon.getextrema()[3] == (0, 255)


def test_our_copy_of_the_schema_is_microsofts():
    if not PUBLISHED_SCHEMA.exists():
        pytest.skip("the published schema is not beside this checkout")
    assert json.loads(SCHEMA.read_text()) == json.loads(PUBLISHED_SCHEMA.read_text())
