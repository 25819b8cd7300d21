"""Where the bot may send its replies, and with them its bearer token.

A service URL arrives inside an activity, so it is somebody else's word: without this check it
could aim the bot, and its token, at any machine.
"""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from bot.settings import Settings

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
        if url.scheme not in {"https", self._authority.scheme}:
            return False
        authority = (self._authority.hostname or "").lower()
        return host == authority or (is_this_machine(authority) and is_this_machine(host))


def is_this_machine(host: str) -> bool:
    """Whether ``host`` can only mean this machine; a name that merely begins like one does not."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_microsoft(url: SplitResult, host: str) -> bool:
    if url.scheme != "https" or url.port not in {None, _HTTPS_PORT}:
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
