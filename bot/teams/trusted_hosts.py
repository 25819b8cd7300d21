"""Where the bot may send its replies, and with them its bearer token.

A service URL arrives inside an activity, so it is somebody else's word: without this check it
could aim the bot, and its token, at any machine.
"""

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from bot.settings import Settings
from hub.errors import SettingsWrong

#: Hosts of the Bot Connector; a leading dot means "and everything below".
#: Source: Bot Framework and Teams documentation, service URLs of each cloud. Only the one name
#: under trafficmanager.net is Microsoft's: anybody may register another.
MICROSOFT_HOSTS = (
    "smba.trafficmanager.net",
    ".botframework.com",
    ".botframework.us",
    ".botframework.azure.us",
    ".botframework.azure.cn",
    ".teams.microsoft.com",
    ".teams.microsoft.us",
)

_HTTPS_PORT = 443
#: Plain names and IPv4 addresses; anything else between the slashes, parsers may disagree about.
_LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*")


class TrustedHosts:
    """Which service URLs this process will talk to.

    In local mode loopback only. Otherwise Microsoft's hosts by https, and the very host that the
    operator configured as the authority for inbound tokens.
    """

    def __init__(self, settings: Settings) -> None:
        self._is_local = settings.is_local
        self._authority = urlsplit(settings.openid_metadata_url)

    def trusts(self, service_url: str) -> bool:
        """Whether a reply, with its token, may be sent to ``service_url``."""
        url = _plain_url(service_url)
        if url is None:
            return False
        host = (url.hostname or "").lower()
        if self._is_local:
            return is_this_machine(host)
        return _is_microsoft(url, host) or self._is_vouched_for(url, host)

    def _is_vouched_for(self, url: SplitResult, host: str) -> bool:
        if _is_microsoft(self._authority, (self._authority.hostname or "").lower()):
            return False  # Microsoft's hosts have their own, narrower rule.
        if url.scheme not in {"https", self._authority.scheme}:
            return False
        authority = (self._authority.hostname or "").lower()
        return host == authority or (is_this_machine(authority) and is_this_machine(host))


def refuse_plain_http(settings: Settings) -> None:
    """Raise SettingsWrong when tokens, secrets or keys could be read or changed on their way.

    Local mode has none worth hiding.
    """
    if settings.is_local:
        return
    addresses = {
        "SENDHUB_GRAPH_URL": settings.graph_base_url or "",
        "SENDHUB_LOGIN_URL": settings.login_url,
        "SENDHUB_OPENID_METADATA_URL": settings.openid_metadata_url,
    }
    for name, address in addresses.items():
        url = urlsplit(address)
        if url.scheme == "http" and not is_this_machine((url.hostname or "").lower()):
            raise SettingsWrong(f"{name} must begin with https://")


def is_this_machine(host: str) -> bool:
    """Whether ``host`` can only mean this machine; a name that merely begins like one does not."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_microsoft(url: SplitResult, host: str) -> bool:
    if url.scheme != "https" or url.port not in {None, _HTTPS_PORT} or not _HOST.fullmatch(host):
        return False
    return any(
        host.endswith(known) if known.startswith(".") else host == known
        for known in MICROSOFT_HOSTS
    )


def _plain_url(text: str) -> SplitResult | None:
    """An http or https URL of a host and a path; None for anything parsers disagree about."""
    if not text.isascii() or not text.isprintable() or any(sign in text for sign in "\\@?#% "):
        return None
    try:
        url = urlsplit(text)
        _ = url.port  # only reading it shows that it is not a number
    except ValueError:
        return None
    if url.scheme not in {"http", "https"} or not url.hostname:
        return None
    return url
