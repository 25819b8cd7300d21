"""What the SDK asks of an authentication object, answered without its slow parts."""

from typing import NoReturn

from botframework.connector.auth import BotFrameworkAuthentication, ClaimsIdentity

from bot.teams.conversations import TeamsConnectorFactory
from bot.teams.credentials import CONNECTOR_SCOPE


class FrameworkSide(BotFrameworkAuthentication):
    """Hands the SDK our connector; requests are authenticated before the SDK sees them."""

    def __init__(self, factory: TeamsConnectorFactory) -> None:
        self._factory = factory

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> TeamsConnectorFactory:  # noqa: ARG002
        """The one factory, whoever asks."""
        return self._factory

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:  # noqa: ARG002
        """None: this bot signs nobody in, and making the stock client costs a quarter of a turn."""
        return

    def get_originating_audience(self) -> str:
        """What the connector's tokens are for."""
        return CONNECTOR_SCOPE.removesuffix("/.default")

    async def authenticate_request(self, activity: object, auth_header: str) -> NoReturn:  # noqa: ARG002
        """Not a way in: ``TeamsAdapter.process`` is the only one."""
        raise PermissionError("requests come in through TeamsAdapter.process")

    async def authenticate_streaming_request(
        self,
        auth_header: str,  # noqa: ARG002
        channel_id_header: str,  # noqa: ARG002
    ) -> NoReturn:
        """Not a way in: Teams does not stream."""
        raise PermissionError("streaming is not served")

    async def authenticate_channel_request(self, auth_header: str) -> NoReturn:  # noqa: ARG002
        """Not a way in: this bot has no skills."""
        raise PermissionError("skills are not served")

    def create_bot_framework_client(self) -> NoReturn:
        """Not offered: this bot calls no other bots."""
        raise PermissionError("skills are not served")
