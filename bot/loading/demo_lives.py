"""What the local tenant knows of the demo trust's staff: who they are, and when they are busy."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.loading.demo_trust import DemoTrust
from hub.directory import Profile
from hub.people import Person, Role
from hub.school_year import SchoolCalendar

#: Weekday (Monday is 0), from, to: what keeps somebody of this role from meeting, every week.
_WEEKLY: dict[Role, tuple[tuple[int, time, time], ...]] = {
    Role.LEAD: ((0, time(9), time(12)), (4, time(13), time(16))),
    Role.HEADTEACHER: ((1, time(8, 30), time(12)), (3, time(14), time(15, 30))),
    Role.SENCO: ((2, time(9), time(12, 15)), (2, time(13), time(15))),
}


def demo_profiles(trust: DemoTrust) -> list[Profile]:
    """What Entra would say of each: a job title from the role, the school as the office."""
    return [_profile(person) for person in trust.people]


def _profile(person: Person) -> Profile:
    title = ", ".join(sorted(person.roles))
    return Profile(
        name=person.name,
        job_title=f"{title[:1].upper()}{title[1:]}",
        department="" if person.school else "Central team",
        office_location=person.school.name if person.school else "",
        is_guest=person.is_guest,
        object_id=person.object_id,
        sign_in_name=person.sign_in_name,
    )


def demo_busy(trust: DemoTrust, zone: ZoneInfo) -> dict[str, list[dict[str, str]]]:
    """Lessons and standing meetings of the school year, by object id, as the local tenant keeps them."""
    calendar = SchoolCalendar.of([trust.year], zone)
    first, last = trust.year.half_terms[0].starts_on, trust.year.half_terms[-1].ends_on
    days = [day for day in _days(first, last) if calendar.is_school_day(day)]
    busy = {}
    for person in trust.people:
        weekly = [each for role in sorted(person.roles) for each in _WEEKLY.get(role, ())]
        busy[person.object_id] = [
            {"start": _at(day, start, zone), "end": _at(day, end, zone)}
            for day in days
            for weekday, start, end in weekly
            if day.weekday() == weekday
        ]
    return busy


def _days(first: date, last: date) -> Iterator[date]:
    for after in range((last - first).days + 1):
        yield first + timedelta(days=after)


def _at(day: date, hour: time, zone: ZoneInfo) -> str:
    return datetime.combine(day, hour, zone).isoformat()
