"""The doctor, told about a real (loopback) sign-in service and Graph."""

from pathlib import Path

import jwt
import pytest

from bot.doctor.graph import roles_in
from bot.graph.permissions import PERMISSIONS, permission_table
from bot.settings import Settings
from hub.errors import SettingsWrong
from tests.edges.doctor.hearing import ALL, APP_ID, about, told

ROOT = Path(__file__).parents[3]


async def test_a_healthy_trust_hears_that_all_is_well(in_production):
    lines, code = await told(in_production())

    assert code == 0
    assert about(lines, "problem") == []
    said = "\n".join(about(lines, "ok"))
    assert "answers and its tables are up to date" in said
    assert "the school calendar of 2026-27 is loaded" in said
    assert "8 tiers" in said
    assert "every permission in docs/permissions.md is granted" in said
    assert "the app is in your organisation's catalogue" in said
    assert "signing keys are announced" in said
    assert "version 1.4.0 passes Microsoft's schema" in said


async def test_the_catalogue_is_asked_for_this_very_app(in_production, microsoft):
    await told(in_production())

    assert microsoft.asked_graph == [f"externalId eq '{APP_ID}'"]


@pytest.mark.parametrize("permission", PERMISSIONS, ids=lambda each: each.name)
async def test_a_missing_permission_is_named_with_what_stops_and_the_others_are_not(
    in_production, microsoft, permission
):
    microsoft.granted = ALL - {permission.name} - permission.wider

    lines, code = await told(in_production())

    problems = about(lines, "problem")
    (problem,) = [line for line in problems if f"{permission.name} is not granted" in line]
    assert code == 1
    assert f"{permission.name} is not granted: {permission.without}" in problem
    assert "→ grant it" in problem
    assert len(problems) == len(ALL - microsoft.granted)


async def test_leave_to_write_calendars_is_leave_to_see_who_is_free(in_production, microsoft):
    microsoft.granted = ALL - {"Calendars.ReadBasic.All"}

    lines, code = await told(in_production())

    assert code == 0
    assert any("every permission" in line for line in about(lines, "ok"))


async def test_a_permission_withheld_on_purpose_is_no_problem(in_production, microsoft):
    microsoft.granted = ALL - {"Calendars.ReadWrite"}

    lines, code = await told(in_production(), "Calendars.ReadWrite")

    assert code == 0
    assert any("Calendars.ReadWrite is not granted" in line for line in about(lines, "warning"))


async def test_accepting_a_permission_that_nobody_asks_for_is_a_mistake(in_production):
    with pytest.raises(SettingsWrong, match=r"--accept Mail\.Sent: the bot asks for no such"):
        await told(in_production(), "Mail.Sent")


async def test_a_wider_permission_serves_but_is_said_to_be_more_than_needed(
    in_production, microsoft
):
    microsoft.granted = ALL - {"AppCatalog.Read.All"} | {"AppCatalog.ReadWrite.All"}

    lines, code = await told(in_production())

    assert code == 0
    assert any(
        "AppCatalog.ReadWrite.All is granted and nothing here needs it" in line for line in lines
    )


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ("AADSTS7000215", "MicrosoftAppPassword is wrong"),
        ("AADSTS7000222", "the client secret has expired"),
        ("AADSTS700016", "MicrosoftAppId is not registered"),
        ("AADSTS50000", "check the four MicrosoftApp… settings"),
    ],
)
async def test_a_sign_in_that_entra_refuses_is_explained_without_the_secret(
    in_production, microsoft, refusal, words
):
    microsoft.refuses_with = refusal

    lines, code = await told(in_production())

    (problem,) = about(lines, "problem")
    assert code == 1
    assert f"({refusal})" in problem
    assert words in problem
    assert "a-secret-that-nobody-may-see" not in "\n".join(lines)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "does not accept our token"),
        (403, "may not be asked for the app catalogue"),
        (503, "Graph answered 503"),
        (302, "Graph answered 302"),
    ],
)
async def test_a_graph_that_refuses_is_a_problem(in_production, microsoft, status, words):
    microsoft.graph_status = status

    lines, code = await told(in_production())

    (problem,) = about(lines, "problem")
    assert code == 1
    assert words in problem


async def test_an_app_that_was_never_uploaded_is_noticed(in_production, microsoft):
    microsoft.catalogue = []

    lines, code = await told(in_production())

    assert code == 0
    assert any("not in your organisation's catalogue" in line for line in about(lines, "warning"))


async def test_services_that_cannot_be_reached_are_each_told_and_stop_nothing_else(in_production):
    nobody = "http://127.0.0.1:1"

    lines, code = await told(in_production(graph_url=nobody, openid_metadata_url=f"{nobody}/keys"))

    problems = "\n".join(about(lines, "problem"))
    assert code == 1
    assert f"Graph: {nobody} cannot be reached" in problems
    assert "Bot Framework: 127.0.0.1:1 cannot be reached" in problems
    assert any("app package" in line for line in about(lines, "ok"))


@pytest.mark.parametrize("keys", [[], {"issuer": "x"}, "keys", None])
async def test_an_address_that_announces_no_signing_keys_is_a_problem(
    in_production, microsoft, keys
):
    microsoft.keys = keys

    lines, code = await told(in_production())

    assert code == 1
    assert any("announced no keys" in line for line in about(lines, "problem"))


async def test_a_token_is_never_sent_where_it_could_be_read_on_the_way(in_production):
    settings = in_production(graph_url="http://graph.trust.test")

    lines, code = await told(settings)

    assert code == 1
    assert [line for line in lines if "SENDHUB_GRAPH_URL" in line and "in the clear" in line]
    assert not [line for line in lines if " Graph: " in line]


async def test_local_mode_says_so_and_compares_no_permissions(microsoft, database_url):
    settings = Settings(database_url=database_url, graph_url=microsoft.address)

    lines, code = await told(settings)

    assert code == 0
    assert any("local mode, because MicrosoftAppId is not set" in line for line in lines)
    assert any("permissions are not compared" in line for line in about(lines, "ok"))
    assert any("the local tenant answers" in line for line in about(lines, "ok"))


async def test_local_mode_without_a_graph_says_that_what_is_owed_waits(database_url):
    lines, code = await told(Settings(database_url=database_url))

    assert code == 0
    assert any("waits in the outbox" in line for line in about(lines, "warning"))


async def test_signing_in_over_plain_http_is_refused_outright(in_production):
    with pytest.raises(SettingsWrong, match="SENDHUB_LOGIN_URL must begin with https"):
        await told(in_production(login_url="http://login.trust.test"))


@pytest.mark.parametrize(
    "token", ["development-token", "", "a.b.c", jwt.encode({"roles": 3}, "k" * 32)]
)
def test_a_token_that_cannot_be_read_tells_nothing(token):
    assert roles_in(token) is None


def test_the_permissions_page_has_the_tables_that_the_doctor_goes_by():
    page = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")

    assert permission_table(PERMISSIONS) in page


async def test_the_mailbox_that_mail_goes_out_from_is_looked_up(in_production, microsoft):
    lines, code = await told(in_production(mail_from="send-hub@trust.test"))

    assert code == 0
    assert any("mail goes out from send-hub@trust.test" in line for line in about(lines, "ok"))


async def test_a_sender_that_is_not_there_is_a_problem(in_production, microsoft):
    for sender, words in {
        "nobody@trust.test": "nobody in the directory is called nobody@trust.test",
        "no-mailbox@trust.test": "no-mailbox@trust.test has no mailbox",
    }.items():
        lines, code = await told(in_production(mail_from=sender))

        (problem,) = about(lines, "problem")
        assert code == 1
        assert words in problem


async def test_without_a_sender_the_doctor_says_who_is_not_reached(in_production):
    lines, code = await told(in_production())

    assert code == 0
    assert any("SENDHUB_MAIL_FROM is not set" in line for line in about(lines, "warning"))
