"""Every setting, typed, from the environment.

The names are a contract with whoever deploys the bot: the four ``MicrosoftApp…`` ones are those of
any Bot Framework host, the rest begin with ``SENDHUB_``.
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from hub.errors import SettingsWrong
from hub.promises import Promises

PUBLIC_GRAPH = "https://graph.microsoft.com"
PUBLIC_CONNECTOR = "https://smba.trafficmanager.net/teams/"
PUBLIC_LOGIN = "https://login.microsoftonline.com"
PUBLIC_OPENID_METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration"


class Settings(BaseSettings):
    """What this process was told, checked as a whole.

    ``is_local`` (no ``MicrosoftAppId``) means unauthenticated activities on loopback only.
    """

    model_config = SettingsConfigDict(populate_by_name=True, extra="ignore", frozen=True)

    app_type: Literal["SingleTenant", "UserAssignedMSI"] = Field(
        "SingleTenant", validation_alias="MicrosoftAppType"
    )
    app_id: str = Field("", validation_alias="MicrosoftAppId")
    app_password: str = Field("", validation_alias="MicrosoftAppPassword", repr=False)
    app_tenant_id: str = Field("", validation_alias="MicrosoftAppTenantId")

    database_url: str = Field(
        "sqlite+aiosqlite:///var/sendhub.sqlite",
        validation_alias="SENDHUB_DATABASE_URL",
        repr=False,
    )
    host: str = Field("127.0.0.1", validation_alias="SENDHUB_HOST")
    port: int = Field(3978, validation_alias="PORT", ge=0, le=65535)
    graph_url: str = Field("", validation_alias="SENDHUB_GRAPH_URL")
    login_url: str = Field(PUBLIC_LOGIN, validation_alias="SENDHUB_LOGIN_URL")
    openid_metadata_url: str = Field(
        PUBLIC_OPENID_METADATA, validation_alias="SENDHUB_OPENID_METADATA_URL"
    )
    leads: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), validation_alias="SENDHUB_LEADS"
    )
    staff_group: str = Field("", validation_alias="SENDHUB_STAFF_GROUP")
    #: Where Teams takes the bot's messages before any activity has told; a sovereign cloud differs.
    connector_url: str = Field("", validation_alias="SENDHUB_CONNECTOR_URL")
    #: The mailbox, by sign-in name or object id, that mail goes out from; none, no mail.
    mail_from: str = Field("", validation_alias="SENDHUB_MAIL_FROM")
    allowed_tenants: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), validation_alias="SENDHUB_ALLOWED_TENANTS"
    )
    timezone: ZoneInfo = Field(ZoneInfo("Europe/London"), validation_alias="SENDHUB_TIMEZONE")
    public_url: str = Field("", validation_alias="SENDHUB_PUBLIC_URL")
    content_dir: Path | None = Field(None, validation_alias="SENDHUB_CONTENT_DIR")
    acknowledge_days: int = Field(2, validation_alias="SENDHUB_ACKNOWLEDGE_DAYS", ge=1, le=20)
    visit_days: int = Field(10, validation_alias="SENDHUB_VISIT_DAYS", ge=1, le=60)
    answer_days: int = Field(1, validation_alias="SENDHUB_ANSWER_DAYS", ge=1, le=10)
    requests_channel: str = Field("", validation_alias="SENDHUB_REQUESTS_CHANNEL")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", validation_alias="SENDHUB_LOG_LEVEL"
    )
    clock: datetime | None = Field(None, validation_alias="SENDHUB_CLOCK")

    @field_validator("*", mode="before")
    @classmethod
    def _empty_means_unset(cls, value: object, info: object) -> object:
        field = cls.model_fields[info.field_name]  # type: ignore[attr-defined]
        if value == "" and not field.is_required():
            return field.get_default()
        return value

    @field_validator("leads", "allowed_tenants", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    @field_validator("staff_group")
    @classmethod
    def _a_group(cls, value: str) -> str:
        try:
            return str(UUID(value.strip())) if value.strip() else ""
        except ValueError as error:
            raise ValueError(f"{value!r} is not the object id of a group") from error

    @field_validator("timezone", mode="before")
    @classmethod
    def _known_timezone(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{value!r} is not a time zone such as Europe/London") from error

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("graph_url", "login_url", "openid_metadata_url", "connector_url", "public_url")
    @classmethod
    def _a_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError(f"{value!r} is not an http or https address")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _whole_or_not_at_all(self) -> Self:
        companions = {"MicrosoftAppTenantId": self.app_tenant_id}
        if self.app_type == "SingleTenant":
            companions["MicrosoftAppPassword"] = self.app_password
        if self.app_id:
            missing = [name for name, value in companions.items() if not value]
            if missing:
                raise ValueError(f"MicrosoftAppId is set but {' and '.join(missing)} is missing")
            if self.clock:
                raise ValueError("SENDHUB_CLOCK works in local mode only: unset it")
        else:
            stray = [name for name, value in companions.items() if value]
            if stray:
                raise ValueError(f"{' and '.join(stray)} is set but MicrosoftAppId is missing")
            if not is_loopback(self.host):
                raise ValueError(
                    f"without MicrosoftAppId the bot listens on loopback only, not on "
                    f"SENDHUB_HOST={self.host}"
                )
        if self.clock and self.clock.tzinfo is None:
            raise ValueError("SENDHUB_CLOCK needs a time zone, such as 2026-11-23T15:40:00Z")
        return self

    @property
    def is_local(self) -> bool:
        """Whether this is local mode: no app id, loopback only, nothing authenticated."""
        return not self.app_id

    @property
    def graph_base_url(self) -> str | None:
        """Where Graph is; None in local mode with none set, and then the outbox waits."""
        if self.graph_url:
            return self.graph_url
        return None if self.is_local else PUBLIC_GRAPH

    @property
    def connector_base_url(self) -> str | None:
        """Where Teams takes messages; None in local mode with none set, and then they wait."""
        if self.connector_url:
            return self.connector_url
        return None if self.is_local else PUBLIC_CONNECTOR

    @property
    def promises(self) -> Promises:
        """How many school days each step of a request may take."""
        return Promises(self.acknowledge_days, self.visit_days, self.answer_days)

    @property
    def reached_at(self) -> str:
        """Where staff's browsers reach the service; empty where that was not said."""
        if self.public_url or not self.is_local:
            return self.public_url
        return f"http://{self.host}:{self.port}"

    @property
    def tenants(self) -> frozenset[str]:
        """Tenants whose people may write to the bot; the app's own is always one."""
        own = {self.app_tenant_id.lower()} if self.app_tenant_id else set()
        return self.allowed_tenants | own

    def is_home(self, tenant: str) -> bool:
        """Whether the people of this tenant are the trust's own, not a partner's.

        Local mode knows no tenant of its own: there all are, but for those that were allowed.
        """
        if self.app_tenant_id:
            return tenant == self.app_tenant_id.lower()
        return tenant not in self.allowed_tenants


def is_loopback(host: str) -> bool:
    """Whether ``host`` can only be reached from this machine."""
    return host in {"127.0.0.1", "localhost", "::1"} or host.startswith("127.")


def load_settings() -> Settings:
    """Read the environment.

    Raises SettingsWrong with one sentence that names each setting at fault.
    """
    try:
        return Settings()
    except ValidationError as error:
        problems = []
        for problem in error.errors():
            name = ".".join(str(part) for part in problem["loc"])
            message = problem["msg"].removeprefix("Value error, ")
            problems.append(f"{name}: {message}" if name else message)
        raise SettingsWrong("; ".join(problems)) from error
