"""The doctor, told about settings and content of the trust's own."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.edges.doctor.hearing import TENANT_ID, about, told

ROOT = Path(__file__).parents[3]


async def test_a_trusts_own_offer_with_a_mistake_is_named_by_tier(in_production, tmp_path):
    own = tmp_path / "content"
    own.mkdir()
    offer = (ROOT / "hub" / "offer.toml").read_text().replace('"SENCo"', '"wizard"', 1)
    (own / "offer.toml").write_text(offer)

    lines, code = await told(in_production(content_dir=own))

    (problem,) = about(lines, "problem")
    assert code == 1
    assert "tier 1" in problem
    assert "wizard" in problem


@pytest.mark.parametrize("content", ["[[tier]", 'year = "x"', 'year = "x"\ntier = 3', ""])
async def test_an_offer_of_any_shape_never_crashes_the_doctor(in_production, tmp_path, content):
    (tmp_path / "offer.toml").write_text(content)

    lines, code = await told(in_production(content_dir=tmp_path))

    assert code == 1
    assert any("offer" in line for line in about(lines, "problem"))


async def test_a_trusts_own_services_with_a_mistake_are_named(in_production, tmp_path):
    services = (
        (ROOT / "hub" / "services.toml").read_text().replace('kind = "needs"', 'kind = "?"', 1)
    )
    (tmp_path / "services.toml").write_text(services)

    lines, code = await told(in_production(content_dir=tmp_path))

    (problem,) = about(lines, "problem")
    assert code == 1
    assert "service tier-6" in problem


async def test_unwise_settings_are_pointed_out(in_production):
    settings = in_production(leads="", host="127.0.0.1", app_id="the-bot", app_tenant_id=TENANT_ID)

    lines, code = await told(settings)

    text = "\n".join(lines)
    assert code == 1
    assert "MicrosoftAppId is not an id as Entra writes them" in text
    assert "SENDHUB_LEADS is empty" in text
    assert "the bot listens on 127.0.0.1 only" in text
    assert "one process only" in text
    assert "SENDHUB_PUBLIC_URL is not set" in text


async def test_a_public_address_must_be_one_that_staff_may_open(in_production):
    lines, code = await told(in_production(public_url="http://sendhub.trust.test"))

    assert code == 1
    assert any("SENDHUB_PUBLIC_URL is no https" in each for each in about(lines, "problem"))


def test_the_sample_environment_names_only_settings_that_exist():
    sample = (ROOT / "deploy" / "sendhub.env.example").read_text(encoding="utf-8")
    known = {str(field.validation_alias) for field in Settings.model_fields.values()}
    for_compose = {"POSTGRES_PASSWORD"}

    named = set(re.findall(r"^#?\s?([A-Za-z_]+)=", sample, flags=re.MULTILINE))

    assert named - for_compose <= known
    assert {"MicrosoftAppId", "SENDHUB_DATABASE_URL", "SENDHUB_LEADS"} <= named
