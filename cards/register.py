"""The register on a phone: tick who came, add a walk-in, put it right later (journey 10)."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, CardElement, Choice, ChoiceSetInput, TextInput

from cards.choosing import short
from cards.parts import Verb, button, card, form_button, heading, line, near, plain, quiet
from cards.session_parts import in_a_line, session_row
from hub.people import Person
from hub.register import TAKEN_AS_THERE, Attendee, Register, SessionStanding, mark_of
from hub.spoken import counted, short_day, spoken_hours

CAME_INPUT = "came"
NAME_INPUT = "name"
PERSON_INPUT = "person"
#: Names on one page; each page saves its own.
PAGE_SIZE = 40
#: People offered for one part of a name.
MOST_FOUND = 20
#: Sessions to choose the register of.
MOST_SESSIONS = 4


def page_of(register: Register, page: int) -> Sequence[Attendee]:
    """The names on one page, counted from 0."""
    return register.names[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]


def register_card(register: Register, page: int = 0, note: str = "") -> AdaptiveCard:
    """Everybody who was expected, ticked unless known otherwise."""
    session, ids = register.session, str(register.session.id)
    last = max(0, len(register.names) - 1) // PAGE_SIZE
    page = min(page, last)
    shown = page_of(register, page)
    names: list[CardElement] = [_names(shown)] if shown else [line("Nobody had booked.")]
    pages = (
        [button("Earlier names", Verb.REGISTER, session=ids, page=str(page - 1))] if page else []
    )
    pages += (
        [button("More names", Verb.REGISTER, session=ids, page=str(page + 1))]
        if page < last
        else []
    )
    ticked_on = {"session": ids, "page": str(page), "shown": mark_of(shown)}
    save = form_button("Save register", Verb.SAVE_REGISTER, style="positive", **ticked_on)
    return card(
        f"Register: {in_a_line(session)}. {_standing(register)}",
        [
            heading("Register"),
            *([line(note)] if note else []),
            near(f"{plain(session.title)}, {_when(register)}"),
            near(_standing(register), subtle=True),
            *names,
            *([quiet(f"Page {page + 1} of {last + 1}: save each page.")] if last else []),
        ],
        [
            *([save] if shown else []),
            button("Add a walk-in", Verb.ASK_WALK_IN, session=ids),
            *pages,
            button("The session", Verb.LEAD_SESSION, session=ids),
        ],
    )


def _names(shown: Sequence[Attendee]) -> ChoiceSetInput:
    there = [str(each.booking_id) for each in shown if each.state in TAKEN_AS_THERE]
    return ChoiceSetInput(
        id=CAME_INPUT,
        label="Who came? Untick who did not.",
        style="expanded",
        is_multi_select=True,
        wrap=True,
        value=",".join(there) or None,
        choices=[Choice(title=_named(each), value=str(each.booking_id)) for each in shown],
    )


def _named(attendee: Attendee) -> str:
    return short(f"{attendee.name}, {attendee.school}" if attendee.school else attendee.name)


def _when(register: Register) -> str:
    session = register.session
    day = short_day(session.starts_at.date())
    return f"{day}, {spoken_hours(session.starts_at, session.ends_at)}"


def _standing(register: Register) -> str:
    if register.registered_at is None:
        return f"{counted(len(register.names), 'name')}, register not taken yet"
    return f"{register.came} came, {register.missed} did not"


def choose_register_card(standings: Sequence[SessionStanding]) -> AdaptiveCard:
    """Of which session? The newest that have begun."""
    title = "Which register?"
    if not standings:
        text = "No session has begun yet, so there is no register to take."
        return card(text, [heading(title), line(text)], [button("Programme", Verb.LEAD_PROGRAMME)])
    return card(
        f"{title} " + ". ".join(in_a_line(each.session) for each in standings[:MOST_SESSIONS]),
        [heading(title), *[_row(each) for each in standings[:MOST_SESSIONS]]],
        [button("Programme", Verb.LEAD_PROGRAMME)],
    )


def _row(standing: SessionStanding) -> CardElement:
    taken = f"{standing.came} came" if standing.registered_at else "not taken yet"
    open_it = button("Open register", Verb.REGISTER, session=str(standing.session.id))
    return session_row(standing.session, f"{standing.booked} booked, {taken}", open_it)


def walk_in_card(
    register: Register, typed: str = "", found: Sequence[Person] | None = None
) -> AdaptiveCard:
    """Look somebody up by part of their name, and mark them as having come."""
    ids = str(register.session.id)
    choices: list[CardElement] = []
    if found:
        choices = [
            ChoiceSetInput(
                id=PERSON_INPUT,
                label="Who is it?",
                style="expanded",
                wrap=True,
                choices=[
                    Choice(title=_known(each), value=str(each.id)) for each in found[:MOST_FOUND]
                ],
            )
        ]
    elif found is not None:
        choices = [
            line(
                f"I don't know anybody called “{plain(typed)}”. Once they say hi to me in Teams I do."
            )
        ]
    title = "Add a walk-in"
    return card(
        f"{title}: {in_a_line(register.session)}",
        [
            heading(title),
            near(f"{plain(register.session.title)}, {_when(register)}"),
            TextInput(
                id=NAME_INPUT,
                label="Part of their name",
                placeholder="Such as Sam",
                max_length=80,
                value=typed or None,
            ),
            *choices,
        ],
        [
            *(
                [form_button("Add them", Verb.ADD_WALK_IN, style="positive", session=ids)]
                if found
                else []
            ),
            form_button("Look up", Verb.ASK_WALK_IN, session=ids),
            button("Back to register", Verb.REGISTER, session=ids),
        ],
    )


def _known(person: Person) -> str:
    return short(f"{person.name}, {person.school.name}" if person.school else person.name)
