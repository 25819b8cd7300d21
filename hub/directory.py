"""What the trust's directory knows of people: asked of an edge that is handed in at wiring.

Microsoft Graph answers (``bot/graph``); without it nobody answers, and each feature goes on alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Profile:
    """What the directory says of one person; empty where it says nothing."""

    name: str = ""
    job_title: str = ""
    department: str = ""
    office_location: str = ""
    #: A guest account in the trust's tenant: a colleague of a partner school.
    is_guest: bool = False
    #: The Entra object id.
    object_id: str = ""
    #: The user principal name; in a calendar's question it stands for the mailbox.
    sign_in_name: str = ""
    #: Whether the account can be signed in with; the directory may not say, and then it can.
    is_enabled: bool = True


@dataclass(frozen=True)
class Busy:
    """A stretch of time in which somebody has something in their calendar."""

    starts_at: datetime
    ends_at: datetime


class Directory(Protocol):
    """Asks about people by Entra object id. Never raises: None means that nobody could say."""

    async def profile_of(self, object_id: str) -> Profile | None:
        """What is known of somebody."""
        ...

    async def busy_times(
        self, object_ids: Iterable[str], starts_at: datetime, ends_at: datetime
    ) -> Mapping[str, Sequence[Busy]] | None:
        """When each of these people is not free; somebody whose calendar is closed is left out."""
        ...


class NoDirectory:
    """There is nobody to ask: local mode without a Graph."""

    async def profile_of(self, object_id: str) -> Profile | None:
        """Nothing is known."""
        del object_id
        return None

    async def busy_times(
        self, object_ids: Iterable[str], starts_at: datetime, ends_at: datetime
    ) -> Mapping[str, Sequence[Busy]] | None:
        """Nobody can say."""
        del object_ids, starts_at, ends_at
        return None
