"""What a plan for a school year starts from: the offer, the schools, and whose days are whose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from hub.booking import Session, SessionState
from hub.cadence import HUB_VISIT_TIER
from hub.offer import Offer, Tier
from hub.people import School
from hub.school_year import SchoolYear

#: So many days at either end of a half-term are left alone where possible.
EDGE = 2


@dataclass(frozen=True)
class Situation:
    """What a plan starts from."""

    year: SchoolYear
    offer: Offer
    schools: tuple[School, ...]
    #: Everything that is in the programme already.
    sessions: tuple[Session, ...] = ()
    #: Days on which the lead is busy, with the reason.
    busy: Mapping[date, str] = field(default_factory=dict)
    #: Schools with hub classes, where tier 2c goes; empty means any school of the trust.
    hub_schools: tuple[School, ...] = ()
    #: Nothing is proposed before this day.
    from_day: date | None = None

    @cached_property
    def trust_schools(self) -> tuple[School, ...]:
        """Schools of the trust, by name; partners host nothing and are owed no meeting."""
        own = [each for each in self.schools if not each.is_partner]
        return tuple(sorted(own, key=lambda each: (each.name, each.id)))

    @cached_property
    def school_days(self) -> list[date]:
        """Every school day of the year, in order."""
        length = (self.year.ends_on - self.year.starts_on).days + 1
        days = [self.year.starts_on + timedelta(days=number) for number in range(length)]
        return [day for day in days if self.year.is_school_day(day)]

    @cached_property
    def taken_days(self) -> frozenset[date]:
        """Days on which something is in the programme already."""
        return frozenset(
            each.starts_at.date() for each in self.sessions if each.state is SessionState.SCHEDULED
        )

    @cached_property
    def trust_inset_days(self) -> frozenset[date]:
        """INSET days of the whole trust."""
        return frozenset(day for day, kept_by in self._inset_kept_by.items() if None in kept_by)

    @cached_property
    def open_days(self) -> list[date]:
        """School days that are nobody's yet."""
        first = self.from_day or self.year.starts_on
        return [
            day
            for day in self.school_days
            if day >= first and day not in self.taken_days and day not in self.busy
        ]

    @cached_property
    def edges(self) -> frozenset[date]:
        """The first two and the last two school days of each half-term."""
        found: set[date] = set()
        for half_term in self.year.half_terms:
            days = [day for day in self.school_days if day in half_term]
            found |= {*days[:EDGE], *days[-EDGE:]}
        return frozenset(found)

    def is_at_school(self, school: School, day: date) -> bool:
        """Whether a school has its learners in on a school day."""
        return self._inset_kept_by.get(day, frozenset()).isdisjoint({None, school.id})

    @cached_property
    def _inset_kept_by(self) -> dict[date, frozenset[str | None]]:
        days = {each.on for each in self.year.inset_days}
        return {
            day: frozenset(each.school for each in self.year.inset_days if each.on == day)
            for day in days
        }

    def hosts_of(self, tier: Tier) -> tuple[School, ...]:
        """The schools among which a tier goes round."""
        if tier.key == HUB_VISIT_TIER and self.hub_schools:
            return self.hub_schools
        return self.trust_schools
