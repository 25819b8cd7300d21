"""Rows as schools, people, school years and sessions; every mistake in every row is found."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from itertools import pairwise
from uuid import uuid4
from zoneinfo import ZoneInfo

import holidays

from bot.loading.cells import Cells
from bot.loading.sheets import Sheet
from hub.booking import Session
from hub.job_titles import role_named
from hub.offer import Offer
from hub.people import Person, Role, School
from hub.school_year import HalfTerm, InsetDay, SchoolYear

SCHOOL = ("id", "name", "is_partner")
PERSON = ("tenant_id", "object_id", "name", "sign_in_name", "roles", "school")
SESSION = (
    *("tier", "title", "date", "start", "end", "venue", "online_url", "capacity"),
    *("leads", "strand", "slot", "audience", "release_to_partners_on", "notes"),
)
SCHOOL_YEAR = ("name", "half_terms", "inset_days", "bank_holidays")
_KINDS = {"school": SCHOOL, "person": PERSON, "session": SESSION, "school_year": SCHOOL_YEAR}
#: Columns by which a sheet without a name is known.
_SIGNS = {
    "session": {"tier", "title", "date"},
    "person": {"object_id"},
    "school": {"id", "name"},
}
HALF_TERMS_A_YEAR = 6
MOST_PLACES = 1000
#: Partner schools may book from this time of the day of release.
RELEASE_TIME = time(8, 0)


@dataclass
class Loaded:
    """Everything that the files held, and everything wrong with them."""

    schools: dict[str, School] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    sign_in_names: dict[str, str] = field(default_factory=dict)
    years: list[SchoolYear] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_sheets(
    sheets: Sequence[Sheet], known_schools: Sequence[School], offer: Offer, zone: ZoneInfo
) -> Loaded:
    """Give meaning to every row; schools first, since people name them."""
    loaded = Loaded()
    by_kind: dict[str, list[Sheet]] = {kind: [] for kind in _KINDS}
    for sheet in sheets:
        if kind := _kind_of(sheet, loaded.problems):
            by_kind[kind].append(sheet)
    schools = {each.id: each for each in known_schools}
    seen: dict[object, str] = {}
    for kind, columns in _KINDS.items():
        for sheet in by_kind[kind]:
            for row in sheet.rows:
                cells = Cells(row, loaded.problems)
                cells.only(columns)
                match kind:
                    case "school":
                        key = _school(cells, loaded)
                        schools |= loaded.schools
                    case "person":
                        key = _person(cells, loaded, schools)
                    case "session":
                        key = _session(cells, loaded, offer, zone)
                    case _:
                        key = _school_year(cells, loaded, schools)
                if key is not None and (before := seen.get((kind, key))):
                    loaded.problems.append(f"{row.where}: the same {kind} as {before}")
                seen.setdefault((kind, key), row.where)
    return loaded


def _kind_of(sheet: Sheet, problems: list[str]) -> str | None:
    if sheet.name:
        if sheet.name in _KINDS:
            return sheet.name
        problems.append(f"{sheet.where}: [[{sheet.name}]] is none of {', '.join(_KINDS)}")
        return None
    columns = set(sheet.columns)
    for kind, signs in _SIGNS.items():
        if signs <= columns:
            unknown = sorted(columns - set(_KINDS[kind]))
            problems += [_unknown_column(sheet, name, _KINDS[kind]) for name in unknown]
            return None if unknown else kind
    problems.append(
        f"{sheet.where}, row 1: these are not the columns of sessions ({','.join(SESSION)}), "
        f"people ({','.join(PERSON)}) or schools ({','.join(SCHOOL)})"
    )
    return None


def _unknown_column(sheet: Sheet, name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f"; did you mean “{near[0]}”?" if near else f"; I know {', '.join(known)}"
    return f"{sheet.where}, row 1, column {name}: is not a column I know{hint}"


def _school(cells: Cells, loaded: Loaded) -> object:
    school = School(
        id=cells.text("id", longest=80, required=True),
        name=cells.text("name", longest=200, required=True),
        is_partner=cells.yes("is_partner"),
    )
    if cells.are_good:
        loaded.schools.setdefault(school.id, school)
    return school.id or None


def _person(cells: Cells, loaded: Loaded, schools: dict[str, School]) -> object:
    person = Person(
        id=uuid4(),
        tenant_id=cells.text("tenant_id", longest=100, required=True).lower(),
        object_id=cells.text("object_id", longest=200, required=True).lower(),
        name=cells.text("name", longest=200, required=True),
        roles=_roles(cells, "roles"),
        school=_named_school(cells, "school", cells.text("school", longest=200), schools),
    )
    sign_in_name = cells.text("sign_in_name", longest=320).lower()
    if cells.are_good:
        loaded.people.append(person)
        if sign_in_name:
            loaded.sign_in_names[person.object_id] = sign_in_name
    return (person.tenant_id, person.object_id) if person.object_id else None


def _named_school(
    cells: Cells, column: str, name: str, schools: dict[str, School]
) -> School | None:
    if not name:
        return None
    for school in schools.values():
        if name.lower() in {school.id.lower(), school.name.lower()}:
            return school
    cells.fail(column, f"“{name}” is no school I know; load the schools first, or with it")
    return None


def _roles(cells: Cells, column: str) -> frozenset[Role]:
    found = set()
    for name in cells.several(column):
        role = role_named(name)
        if role is None:
            cells.fail(column, f"“{name}” is not a role; I know {', '.join(Role)}")
        else:
            found.add(role)
    return frozenset(found)


def _session(cells: Cells, loaded: Loaded, offer: Offer, zone: ZoneInfo) -> object:
    tier = offer.tier(cells.text("tier", longest=4, required=True).lower().removeprefix("tier "))
    if tier is None or tier.cadence.per == "need":
        bookable = ", ".join(each.key for each in offer.tiers if each.cadence.per != "need")
        cells.fail("tier", f"is not a tier with sessions; I know {bookable}")
    usual = tier.hours if tier else None
    on = cells.day("date", required=True)
    starts = cells.clock("start") or (usual[0] if usual else None)
    ends = cells.clock("end") or (usual[1] if usual else None)
    if starts and ends and ends <= starts:
        cells.fail("end", f"{ends:%H:%M} is not after the start, {starts:%H:%M}")
    title = cells.text("title", longest=200, required=True)
    online_url = cells.link("online_url")
    venue = cells.text("venue", longest=200, required=not online_url) or "Online"
    capacity = cells.number("capacity", least=0, most=MOST_PLACES)
    leads, audience = cells.several("leads"), _roles(cells, "audience")
    strand, slot = cells.text("strand", longest=120), cells.text("slot", longest=40)
    released_on = cells.day("release_to_partners_on")
    if on and released_on and released_on > on:
        cells.fail("release_to_partners_on", "is after the session")
    notes = cells.text("notes", longest=2000)
    if not cells.are_good or tier is None or on is None or starts is None or ends is None:
        return None
    session = Session(
        id=uuid4(),
        tier=tier.key,
        title=title,
        starts_at=datetime.combine(on, starts, zone),
        ends_at=datetime.combine(on, ends, zone),
        venue=venue,
        capacity=capacity,
        online_url=online_url,
        leads=tuple(leads) or tier.leads,
        strand=strand,
        slot=slot,
        audience=audience or tier.audience,
        notes=notes,
        released_to_partners_at=datetime.combine(released_on, RELEASE_TIME, zone)
        if released_on
        else None,
    )
    loaded.sessions.append(session)
    return (session.tier, title, session.starts_at, venue, strand, slot)


def _school_year(cells: Cells, loaded: Loaded, schools: dict[str, School]) -> object:
    name = cells.text("name", longest=20, required=True)
    half_terms = [
        each for table in cells.tables("half_terms") if (each := _half_term(cells, table))
    ]
    if cells.are_good and len(half_terms) != HALF_TERMS_A_YEAR:
        cells.fail("half_terms", f"a year has six half-terms, here are {len(half_terms)}")
    for one, after in pairwise(half_terms):
        if after.starts_on <= one.ends_on:
            cells.fail("half_terms", f"{after.name} begins before {one.name} is over")
    inset_days = []
    for table in cells.tables("inset_days"):
        on, at = table.get("on"), str(table.get("school", ""))
        school = _named_school(cells, "inset_days", at, schools)
        if not isinstance(on, date) or isinstance(on, datetime) or table.keys() - {"on", "school"}:
            cells.fail("inset_days", "each needs on = 2026-10-23, and may name a school")
        else:
            inset_days.append(InsetDay(on, school.id if school else None))
    extra = cells.days("bank_holidays")
    if not cells.are_good or not half_terms:
        return name or None
    first, last = half_terms[0].starts_on, half_terms[-1].ends_on
    england = holidays.country_holidays("GB", subdiv="ENG", years=range(first.year, last.year + 1))
    off = {day for day in england if first <= day <= last} | set(extra)
    loaded.years.append(SchoolYear(name, tuple(half_terms), frozenset(off), frozenset(inset_days)))
    return name


def _half_term(cells: Cells, table: dict[str, object]) -> HalfTerm | None:
    name, starts_on, ends_on = (table.get(key) for key in ("name", "starts_on", "ends_on"))
    days = [day for day in (starts_on, ends_on) if type(day) is date]
    if not isinstance(name, str) or len(days) != 2:  # noqa: PLR2004 - a first and a last day
        cells.fail("half_terms", "each needs name, starts_on and ends_on, such as 2026-09-01")
        return None
    if days[1] < days[0]:
        cells.fail("half_terms", f"{name} ends before it begins")
        return None
    return HalfTerm(name, days[0], days[1])
