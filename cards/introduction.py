"""Who somebody is: school and roles, asked on one card, and confirmed."""

from collections.abc import Sequence

from microsoft_teams.cards import (
    ActionSet,
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    Container,
    ExecuteAction,
    TextBlock,
)

from cards.parts import (
    Verb,
    button,
    card,
    form_button,
    heading,
    line,
    my_bookings_button,
    near,
    plain,
    quiet,
    whats_on_button,
)
from hub.booking import Booking
from hub.offer import Tier
from hub.people import GIVEN_BY_THE_TRUST, Person, Role, School
from hub.spoken import short_day, spoken_list

SCHOOL_INPUT = "school"
ROLES_INPUT = "roles"
#: Somebody of the central team, or of a school that is not on the list.
NO_SCHOOL = "none"
#: A trust has fewer; a card could not carry more.
MOST_SCHOOLS = 150
#: Three places and three ways on make six buttons.
SHOWN_BOOKINGS = 3


def introduction_fields(person: Person, schools: Sequence[School]) -> list[CardElement]:
    """The two questions, answered as far as is known."""
    chosen = [each for each in Role if each in person.roles - GIVEN_BY_THE_TRUST]
    return [
        ChoiceSetInput(
            id=SCHOOL_INPUT,
            label="Where do you work?",
            style="compact",
            placeholder="Choose your school",
            value=person.school.id if person.school else None,
            choices=[
                *[Choice(title=each.name, value=each.id) for each in schools[:MOST_SCHOOLS]],
                Choice(title="Somewhere else", value=NO_SCHOOL),
            ],
        ),
        ChoiceSetInput(
            id=ROLES_INPUT,
            label="What do you do? (all that fit)",
            style="expanded",
            is_multi_select=True,
            value=",".join(chosen) or None,
            choices=[
                Choice(title=f"{each[0].upper()}{each[1:]}", value=each)
                for each in Role
                if each not in GIVEN_BY_THE_TRUST
            ],
        ),
    ]


def introduction_card(person: Person, schools: Sequence[School], *, note: str = "") -> AdaptiveCard:
    """Ask once who somebody is, with what is known filled in."""
    known = known_of(person)
    title = "Is this right?" if known else "Who are you in school?"
    told = [line(f"I have you down as {known}.")] if known else []
    notes = [line(note)] if note else []
    return card(
        f"{title} {known} Some sessions are for certain roles, so I'd like to get it right.".strip(),
        [
            heading(title),
            *notes,
            *told,
            *introduction_fields(person, schools),
            quiet(
                "Some sessions are for certain roles. You can change this any time, such as "
                "“I'm the SENCo at School B now”."
            ),
        ],
        [save_button(person), whats_on_button(), my_bookings_button()],
    )


def save_button(person: Person) -> ExecuteAction:
    """The button that confirms what stands in the two questions."""
    title = "That's right" if known_of(person) else "Save"
    return form_button(title, Verb.SAVE_WHO_I_AM, style="positive")


def known_of(person: Person) -> str:
    """``SENCo and headteacher at School B``; empty when nothing is known."""
    roles = spoken_list([each for each in Role if each in person.roles])
    school = f"at {person.school.name}" if person.school else ""
    return plain(" ".join(part for part in (roles, school) if part))


def introduced_card(
    person: Person, tiers: Sequence[Tier], closed: Sequence[Booking] = (), *, note: str = ""
) -> AdaptiveCard:
    """How somebody is now known, what that opens, and places that are no longer meant for them."""
    known = known_of(person) or "a member of staff"
    open_to = spoken_list([each.name for each in tiers])
    lost = _meant_for_others(closed) if closed else []
    notes = [line(note)] if note else []
    return card(
        f"Thank you. I have you down as {known}. Open to you: {open_to}.",
        [
            heading("Thank you"),
            line(f"I have you down as {known}."),
            *notes,
            near(f"Open to you: {open_to}."),
            *lost,
        ],
        [
            whats_on_button("What's on for me"),
            my_bookings_button(),
            button("Change this", Verb.WHO_AM_I),
        ],
    )


def _meant_for_others(closed: Sequence[Booking]) -> list[CardElement]:
    shown, more = closed[:SHOWN_BOOKINGS], len(closed) - SHOWN_BOOKINGS
    rest = [near(f"And {more} more, under My bookings.", subtle=True)] if more > 0 else []
    return [
        TextBlock(text="These are meant for other roles:", wrap=True, weight="Bolder"),
        *[_row(each) for each in shown],
        *rest,
        near("You keep your place; give it up if you won't need it.", subtle=True),
    ]


def _row(booking: Booking) -> CardElement:
    return Container(
        items=[
            near(f"{plain(booking.session.title)}, {_day(booking)}"),
            ActionSet(
                actions=[button("Give up my place", Verb.ASK_GIVE_UP, booking=str(booking.id))]
            ),
        ],
    )


def _day(booking: Booking) -> str:
    return short_day(booking.session.starts_at.date())
