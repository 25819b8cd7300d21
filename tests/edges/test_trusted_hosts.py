"""Where replies may go, and the token with them: Microsoft, or this machine, and nowhere else."""

from datetime import UTC, datetime

import pytest

from bot.service import assembled
from bot.settings import Settings
from bot.teams.trusted_hosts import TrustedHosts
from hub.errors import SettingsWrong

PRODUCTION = {"app_id": "a", "app_password": "b", "app_tenant_id": "c"}


@pytest.mark.parametrize(
    ("service_url", "is_trusted"),
    [
        ("https://smba.trafficmanager.net/emea/7e0a/", True),
        ("https://SMBA.trafficmanager.net:443/uk/", True),
        ("https://smba.infra.gcc.teams.microsoft.com/teams", True),
        ("https://smba.infra.gov.teams.microsoft.us/teams", True),
        ("https://directline.botframework.com/", True),
        ("https://europe.api.botframework.azure.us", True),
        ("https://msteams.botframework.azure.cn", True),
        ("http://smba.trafficmanager.net/emea/", False),
        ("https://smba.trafficmanager.net:8443/", False),
        ("https://evil.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net.evil.example/", False),
        ("https://evilbotframework.com/", False),
        ("https://botframework.com.evil.example/", False),
        ("https://smba.trafficmanager.net@evil.example/", False),
        ("https://evil.example\\@smba.trafficmanager.net/", False),
        ("https://evil.example#@smba.trafficmanager.net/", False),
        ("https://evil.example/?smba.trafficmanager.net", False),
        ("https://smba.trafficmanager.net./", False),
        ("https://smba.trafficmanager.net:port/", False),
        ("https://[::1", False),
        ("https:///v3", False),
        ("https://smba.trafficmanager.net/ x", False),
        ("https://ѕmba.trafficmanager.net/", False),
        ("http://127.0.0.1:3979/", False),
        ("http://169.254.169.254/", False),
        ("file:///etc/passwd", False),
        # An empty or odd port, and ports that are not https's, of the authority's host too.
        ("https://smba.trafficmanager.net:0/", False),
        ("https://smba.trafficmanager.net:80/", False),
        ("https://login.botframework.com:8443/", False),
        ("https://smba.trafficmanager.net:٤٤٣/", False),
        # Users and passwords, and hosts that only some parsers see.
        ("https://user:word@smba.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net:443@evil.example/", False),
        ("https://evil.example%2f.botframework.com/", False),
        ("https://evil.example;.botframework.com/", False),
        ("https://evil.example,.botframework.com/", False),
        ("https://evil.example&.botframework.com/", False),
        ("https://evil.example:443.botframework.com/", False),
        ("https://[evil.example].botframework.com/", False),
        ("https://*.botframework.com/", False),
        ("https://.botframework.com/", False),
        ("https://evil..botframework.com/", False),
        ("https://-.botframework.com/", False),
        ("https:smba.trafficmanager.net/", False),
        ("https:/smba.trafficmanager.net/", False),
        ("https:\\\\smba.trafficmanager.net/", False),
        ("//smba.trafficmanager.net/", False),
        ("smba.trafficmanager.net", False),
        (" https://smba.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net/\n", False),
        ("https://smba.traffic\tmanager.net/", False),
        # Names that look like Microsoft's, written out and in punycode.
        ("https://smba.trafficrnanager.net/", False),
        ("https://smba.trafficmanager.net.․/", False),
        ("https://smba。trafficmanager。net/", False),
        ("https://xn--mba-8cd.trafficmanager.net/", False),
        ("https://xn--botframewrk-yij.com/", False),
        ("https://smba.trafficmanager.net.co/", False),
        ("https://smba-trafficmanager.net/", False),
        ("https://teams.microsoft.com.evil.example/", False),
        ("https://evilteams.microsoft.com/", False),
        ("https://microsoft.com/", False),
        # Addresses in every spelling.
        ("https://13.107.42.14/", False),
        ("https://2130706433/", False),
        ("https://0x7f.1/", False),
        ("https://[::1]/", False),
        ("https://[::ffff:127.0.0.1]/", False),
        ("https://[fe80::1%25eth0]/", False),
        ("https://localhost/", False),
        ("gopher://smba.trafficmanager.net/", False),
        ("javascript://smba.trafficmanager.net/", False),
        ("", False),
    ],
)
def test_replies_go_to_microsoft_only(service_url, is_trusted):
    hosts = TrustedHosts(Settings.model_validate(PRODUCTION))

    assert hosts.trusts(service_url) is is_trusted


@pytest.mark.parametrize(
    ("service_url", "is_trusted"),
    [
        ("http://localhost:56150/_connector", True),
        ("http://127.0.0.1:3979", True),
        ("http://127.8.8.8/", True),
        ("https://[::1]:443/", True),
        ("http://127.evil.example/", False),
        ("http://localhost.evil.example/", False),
        ("http://0.0.0.0/", False),
        ("http://2130706433/", False),
        ("http://user@localhost/", False),
        ("http://localhost@evil.example/", False),
        ("http://169.254.169.254/", False),
        ("http://[::ffff:169.254.169.254]/", False),
        ("https://smba.trafficmanager.net/", False),
    ],
)
def test_local_mode_trusts_this_machine_only(service_url, is_trusted):
    assert TrustedHosts(Settings.model_validate({})).trusts(service_url) is is_trusted


def test_a_configured_authority_vouches_for_its_own_host_and_no_other():
    authority = {"openid_metadata_url": "https://login.school.example/openid"}
    hosts = TrustedHosts(Settings.model_validate(PRODUCTION | authority))

    assert hosts.trusts("https://login.school.example:9000/teams")
    assert not hosts.trusts("http://login.school.example/teams")
    assert not hosts.trusts("https://other.school.example/")


@pytest.mark.parametrize(
    "name", ["SENDHUB_GRAPH_URL", "SENDHUB_LOGIN_URL", "SENDHUB_OPENID_METADATA_URL"]
)
async def test_the_service_does_not_start_where_tokens_or_keys_could_be_read_on_the_way(name):
    field = name.removeprefix("SENDHUB_").lower()
    settings = Settings.model_validate(PRODUCTION | {field: "http://cloud.school.example/v1"})

    with pytest.raises(SettingsWrong, match=f"{name} must begin with https"):
        async with assembled(settings, lambda: datetime.now(UTC)):
            pass
