"""Where replies may go, and the token with them: Microsoft, or this machine, and nowhere else."""

import pytest

from bot.settings import Settings
from bot.teams.trusted_hosts import TrustedHosts

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
