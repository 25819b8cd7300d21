"""The training offer as data: tiers, whom each is for, how often, when and why.

Source: SEND Hub Training Offer. The words come from ``offer.toml`` (or a trust's own copy); this
module gives them types and refuses what does not hold together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from hub.people import Role


@dataclass(frozen=True)
class Cadence:
    """How often a tier runs: ``least`` to ``most`` times per year, half-term or as needed."""

    least: int
    most: int | None
    per: str


@dataclass(frozen=True)
class Tier:
    """One tier of the offer."""

    key: str
    name: str
    #: Roles that may book; empty means any member of staff.
    audience: frozenset[Role]
    format: str
    cadence: Cadence
    #: Usual start and end, local time; None where the time is scaled to need.
    hours: tuple[time, time] | None
    leads: tuple[str, ...]
    purpose: str
    #: What this year's sessions are about, where the offer says so.
    emphases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    """All tiers, in the offer's order."""

    year: str
    tiers: tuple[Tier, ...]

    def tier(self, key: str) -> Tier | None:
        """The tier with this key, such as ``2b``; None when the offer has none."""
        return next((tier for tier in self.tiers if tier.key == key), None)


def offer_from(data: Mapping[str, Any]) -> Offer:
    """Read the offer from plain data, as in ``offer.toml``.

    Raises KeyError or ValueError that names the tier at fault.
    """
    return Offer(year=data["year"], tiers=tuple(_tier_from(each) for each in data["tier"]))


def _tier_from(data: Mapping[str, Any]) -> Tier:
    try:
        hours = data.get("hours")
        return Tier(
            key=data["key"],
            name=data["name"],
            audience=frozenset(Role(name) for name in data["audience"]),
            format=data["format"],
            cadence=Cadence(
                least=data["cadence"]["least"],
                most=data["cadence"].get("most"),
                per=data["cadence"]["per"],
            ),
            hours=(time.fromisoformat(hours["starts"]), time.fromisoformat(hours["ends"]))
            if hours
            else None,
            leads=tuple(data["leads"]),
            purpose=data["purpose"],
            emphases=tuple(data.get("emphases", ())),
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"tier {data.get('key', '?')}: {error}") from error
