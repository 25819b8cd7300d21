"""Rows as schools and people, and the names by which other rows mean them."""

from collections.abc import Iterable
from uuid import uuid4

from bot.loading.cells import Cells
from hub.job_titles import role_named
from hub.people import Person, Role, School
from hub.spoken import spoken_list

SCHOOL = ("id", "name", "is_partner")
PERSON = ("tenant_id", "object_id", "name", "sign_in_name", "roles", "school")


def read_school(cells: Cells, known: Iterable[School]) -> School:
    """One school; ``known`` are all others, whose names it may not take."""
    school = School(
        id=cells.text("id", longest=80, required=True),
        name=cells.text("name", longest=200, required=True),
        is_partner=cells.yes("is_partner"),
    )
    for other in known:
        if other.id != school.id and other.name.lower() == school.name.lower():
            cells.fail(
                "name", f"“{school.name}” is the name of {other.id} already; give each its own"
            )
    return school


def read_person(cells: Cells, schools: Iterable[School]) -> tuple[Person, str]:
    """One person, and the name that they sign in with."""
    person = Person(
        id=uuid4(),
        tenant_id=cells.text("tenant_id", longest=100, required=True).lower(),
        object_id=cells.text("object_id", longest=200, required=True).lower(),
        name=cells.text("name", longest=200, required=True),
        roles=read_roles(cells, "roles"),
        school=named_school(cells, "school", cells.text("school", longest=200), schools),
    )
    return person, cells.text("sign_in_name", longest=320).lower()


def named_school(cells: Cells, column: str, name: str, schools: Iterable[School]) -> School | None:
    """The school with this name or id; None when there is no name, or it is a mistake."""
    if not name:
        return None
    known = list(schools)
    for school in known:
        if name.lower() in {school.id.lower(), school.name.lower()}:
            return school
    names = f" (I know {spoken_list([each.name for each in known])})" if known else ""
    cells.fail(column, f"“{name}” is no school I know; load the schools first, or with it{names}")
    return None


def read_roles(cells: Cells, column: str) -> frozenset[Role]:
    """Roles, each as people write it."""
    found = set()
    for name in cells.several(column):
        role = role_named(name)
        if role is None:
            cells.fail(column, f"“{name}” is not a role; I know {', '.join(Role)}")
        else:
            found.add(role)
    return frozenset(found)
