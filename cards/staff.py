"""Who holds which role: a list for the lead to look through, and one person put right."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, CardElement, Choice, Fact, FactSet, TextInput

from cards.choosing import any_of, one_of, role_choices, school_choices, short, spread_out
from cards.parts import Verb, button, card, form_button, heading, line, near, plain, quiet
from cards.session_parts import in_a_line
from hub.people import Person, Role, School
from hub.spoken import spoken_list
from hub.staff import GIVEN_BY_LEADS, NONE_YET, PutRight, StaffSearch, mark_of

PERSON_INPUT = "person"
NAME_INPUT = "name"
ROLE_INPUT = "role"
SCHOOL_INPUT = "school"
ROLES_INPUT = "roles"
#: What a choice says that does not narrow a search down.
ANY = "any"
#: Somebody's name is no longer than this; a search needs no more.
LONGEST_NAME = 80
#: People on one page, each one line to choose.
PAGE_SIZE = 10
#: The longest title a choice of person may have: a name, the roles, the school.
LONGEST_LINE = 160
#: Bookings that no longer fit, named before the rest are counted.
NAMED_BOOKINGS = 5


def staff_card(
    people: Sequence[Person],
    count: int,
    search: StaffSearch,
    schools: Sequence[School],
    *,
    page: int = 0,
    intro: str = "",
) -> AdaptiveCard:
    """One page of those searched for; the search lives in the inputs."""
    title = "Who holds which role"
    found = (
        "Nobody fits that." if not count else f"{'1 person' if count == 1 else f'{count} people'}"
    )
    actions = [form_button("Search", Verb.STAFF)]
    if people:
        actions.insert(0, form_button("Put right", Verb.EDIT_PERSON, style="positive"))
    if page:
        actions.append(form_button("Earlier", Verb.STAFF, page=str(page - 1)))
    if count > (page + 1) * PAGE_SIZE:
        actions.append(form_button("Later", Verb.STAFF, page=str(page + 1)))
    lines = [Choice(title=_in_a_line(each), value=str(each.id)) for each in people]
    return card(
        f"{title}. {intro} {found}: " + "; ".join(_in_a_line(each) for each in people),
        [
            heading(title),
            *([line(intro)] if intro else []),
            quiet(f"{found}, by school." if count else found),
            *([spread_out(PERSON_INPUT, "Choose somebody to put right", lines)] if lines else []),
            *_search_inputs(search, schools),
        ],
        actions,
    )


def _in_a_line(person: Person) -> str:
    school = person.school.name if person.school else "no school"
    own_word = "" if person.introduced_at else " (not confirmed by them yet)"
    return short(f"{short(person.name)}: {_roles(person)}, {school}{own_word}", LONGEST_LINE)


def _roles(person: Person) -> str:
    return spoken_list([role.value for role in Role if role in person.roles]) or "no role yet"


def _search_inputs(search: StaffSearch, schools: Sequence[School]) -> list[CardElement]:
    any_role = [Choice(title="Any role", value=ANY), Choice(title="No role yet", value=NONE_YET)]
    any_school = [Choice(title="Any school", value=ANY), Choice(title="No school", value=NONE_YET)]
    return [
        TextInput(
            id=NAME_INPUT,
            label="Part of a name",
            max_length=LONGEST_NAME,
            value=search.name or None,
        ),
        one_of(ROLE_INPUT, "Role", any_role + role_choices(Role), search.role or ANY),
        one_of(
            SCHOOL_INPUT,
            "School",
            any_school + school_choices(schools, [search.school_id]),
            search.school_id or ANY,
        ),
    ]


def person_card(person: Person, schools: Sequence[School], intro: str = "") -> AdaptiveCard:
    """One person's roles and school, to be put right."""
    held = person.school.id if person.school else NONE_YET
    lead = [quiet("Being a lead of the Hub is decided in the trust's settings.")]
    return card(
        f"{intro} {_in_a_line(person)}".strip(),
        [
            heading(plain(person.name)),
            *([line(intro)] if intro else []),
            *(lead if person.is_lead else []),
            any_of(
                ROLES_INPUT,
                "Roles (several at once are fine)",
                role_choices(GIVEN_BY_LEADS),
                person.roles - {Role.LEAD},
            ),
            one_of(
                SCHOOL_INPUT,
                "School",
                [Choice(title="No school", value=NONE_YET), *school_choices(schools, [held])],
                held,
            ),
        ],
        [
            form_button(
                "Save",
                Verb.SAVE_PERSON,
                style="positive",
                person=str(person.id),
                seen=mark_of(person),
            ),
            button("Back to staff", Verb.STAFF),
        ],
    )


def put_right_card(outcome: PutRight) -> AdaptiveCard:
    """How somebody stands now, and which of their bookings no longer fit."""
    person = outcome.person
    title = "That is put right"
    school = person.school.name if person.school else "No school"
    return card(
        f"{title}. {_in_a_line(person)}",
        [
            heading(title),
            line(plain(person.name)),
            FactSet(
                facts=[
                    Fact(title="Roles", value=_roles(person)),
                    Fact(title="School", value=plain(school)),
                ]
            ),
            *_bookings_in_doubt(outcome),
        ],
        [
            button("Change again", Verb.EDIT_PERSON, person=str(person.id)),
            button("Back to staff", Verb.STAFF),
        ],
    )


def _bookings_in_doubt(outcome: PutRight) -> list[CardElement]:
    if not outcome.in_doubt:
        return []
    named = outcome.in_doubt[:NAMED_BOOKINGS]
    more = len(outcome.in_doubt) - len(named)
    return [
        line("I have kept these bookings, though they could not be made any more:"),
        *[near(plain(in_a_line(each.session))) for each in named],
        *([near(f"And {more} more.")] if more else []),
        near("Have a word with them if a place should be freed.", subtle=True),
    ]
