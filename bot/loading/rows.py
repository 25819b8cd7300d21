"""Sheets as schools, people, school years and sessions; every mistake in every row is found.

What one row means is next door: ``people_rows``, ``session_rows`` and ``year_rows``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from bot.loading.cells import Cells
from bot.loading.people_rows import PERSON, SCHOOL, read_person, read_school
from bot.loading.session_rows import SESSION, SESSION_CHANGES, SessionLine, read_session
from bot.loading.sheets import Row, Sheet
from bot.loading.year_rows import SCHOOL_YEAR, read_year
from hub.offer import Offer
from hub.people import Person, School
from hub.school_year import SchoolYear

#: In the order of reading: schools first, since the others name them.
_KINDS = {
    "school": SCHOOL,
    "person": PERSON,
    "session": (*SESSION, *SESSION_CHANGES),
    "school_year": SCHOOL_YEAR,
}
#: Columns by which a sheet without a name is known.
_SIGNS = {
    "session": {"tier", "title", "date"},
    "person": {"object_id"},
    "school": {"id", "name"},
}


@dataclass
class Loaded:
    """Everything that the files held, and everything wrong with them."""

    schools: dict[str, School] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    sign_in_names: dict[str, str] = field(default_factory=dict)
    #: By the row each came from.
    years: dict[str, SchoolYear] = field(default_factory=dict)
    sessions: list[SessionLine] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_sheets(
    sheets: Sequence[Sheet], known_schools: Sequence[School], offer: Offer, zone: ZoneInfo
) -> Loaded:
    """Give meaning to every row."""
    loaded = Loaded()
    by_kind: dict[str, list[Sheet]] = {kind: [] for kind in _KINDS}
    for sheet in sheets:
        if kind := _kind_of(sheet, loaded.problems):
            by_kind[kind].append(sheet)
    schools = {each.id: each for each in known_schools}
    seen: dict[object, str] = {}
    for kind, columns in _KINDS.items():
        for row in (row for sheet in by_kind[kind] for row in sheet.rows):
            cells = Cells(row, loaded.problems)
            cells.only(columns)
            key = _read(kind, cells, row, loaded, schools, offer, zone)
            if key is not None and (before := seen.get((kind, key))):
                loaded.problems.append(
                    f"{row.where}: the same {kind} as {before}; take one of the two out"
                )
            seen.setdefault((kind, key), row.where)
    return loaded


def _read(
    kind: str,
    cells: Cells,
    row: Row,
    loaded: Loaded,
    schools: dict[str, School],
    offer: Offer,
    zone: ZoneInfo,
) -> object:
    """Read one row into ``loaded``; what it is found again by, or None when it is wrong."""
    match kind:
        case "school":
            school = read_school(cells, schools.values())
            if not cells.are_good:
                return None
            loaded.schools.setdefault(school.id, school)
            schools[school.id] = school
            return school.id
        case "person":
            person, sign_in_name = read_person(cells, schools.values())
            if not cells.are_good:
                return None
            loaded.people.append(person)
            if sign_in_name:
                loaded.sign_in_names[person.object_id] = sign_in_name
            return person.tenant_id, person.object_id
        case "session":
            line = read_session(cells, offer, zone, schools.values())
            if line is not None:
                loaded.sessions.append(line)
            return line.key if line else None
        case _:
            year = read_year(cells, list(schools.values()))
            if year is not None:
                loaded.years[row.where] = year
            return year.name if year else None


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
        f"people ({','.join(PERSON)}) or schools ({','.join(SCHOOL)}); "
        "name them as I do, or keep what is not for me in another file"
    )
    return None


def _unknown_column(sheet: Sheet, name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f"; did you mean “{near[0]}”?" if near else f"; I know {', '.join(known)}"
    return f"{sheet.where}, row 1, column {name}: is not a column I know{hint}"
