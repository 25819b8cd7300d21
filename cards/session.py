"""Sessions on the programme: a page of them, or one."""

from collections.abc import Sequence

from microsoft_teams.cards import (
    ActionSet,
    AdaptiveCard,
    CardElement,
    Container,
    ExecuteAction,
    Fact,
    TextBlock,
)

from cards.parts import (
    Verb,
    button,
    card,
    heading,
    in_a_line,
    line,
    my_bookings_button,
    near,
    plain,
    session_facts,
    suggest_topic_button,
    whats_on_button,
)
from hub.booking import BookingState, OpenSession
from hub.spoken import counted, short_day, spoken_hours

#: Three sessions and three ways on make six buttons, the most a card should have.
PAGE_SIZE = 3
MOST_BUTTONS = 6
#: The tier whose topics staff may suggest.
CLINICS = "4"


def whats_on_card(
    title: str, sessions: Sequence[OpenSession], *, tier: str | None, page: int, has_more: bool
) -> AdaptiveCard:
    """One page of the programme, each session with the one button that fits it."""
    where = {"tier": tier} if tier else {}
    actions = []
    if page:
        actions.append(button("Earlier", Verb.WHATS_ON, page=str(page - 1), **where))
    if has_more:
        actions.append(button("Later", Verb.WHATS_ON, page=str(page + 1), **where))
    actions.append(my_bookings_button())
    if tier == CLINICS and len(sessions) + len(actions) < MOST_BUTTONS:
        actions.append(suggest_topic_button())
    fallback = ". ".join(in_a_line(each.session) for each in sessions)
    return card(
        f"{title}: {fallback}",
        [heading(title), *[_row(each) for each in sessions]],
        actions,
        refresh=button("Refresh", Verb.WHATS_ON, page=str(page), **where),
    )


def _row(shown: OpenSession) -> CardElement:
    session = shown.session
    when = f"{short_day(session.starts_at.date())} {session.starts_at.year}"
    hours = spoken_hours(session.starts_at, session.ends_at)
    return Container(
        separator=True,
        items=[
            TextBlock(text=plain(session.title), weight="Bolder", wrap=True),
            near(f"{when}, {hours}, {plain(session.venue)}"),
            near(_standing(shown), subtle=True),
            ActionSet(actions=[_action(shown)]),
        ],
    )


def _standing(shown: OpenSession) -> str:
    match shown.own:
        case BookingState.CONFIRMED:
            return "You have a place"
        case BookingState.WAITING:
            return "You are on the waiting list"
        case BookingState.OFFERED:
            return "A place is being kept for you"
    if shown.places_left:
        return f"{counted(shown.places_left, 'place')} left"
    match shown.waiting:
        case 0:
            return "Full, nobody waiting yet"
        case 1:
            return "Full, 1 person waiting"
        case many:
            return f"Full, {many} people waiting"


def _action(shown: OpenSession) -> ExecuteAction:
    session = str(shown.session.id)
    match shown.own:
        case BookingState.CONFIRMED | BookingState.WAITING:
            return button("Show my booking", Verb.SHOW_SESSION, session=session)
        case BookingState.OFFERED:
            return button("Take the place", Verb.BOOK, style="positive", session=session)
    if shown.places_left:
        return button("Book my place", Verb.BOOK, style="positive", session=session)
    return button("Join the waiting list", Verb.BOOK, session=session)


def session_card(shown: OpenSession, intro: str = "") -> AdaptiveCard:
    """Offer one session; when it is full, offer the waiting list instead."""
    session = shown.session
    intros = [line(intro)] if intro else []
    return card(
        in_a_line(session),
        [
            heading(plain(session.title)),
            *intros,
            session_facts(session, Fact(title="Places", value=_standing(shown))),
        ],
        [_action(shown), whats_on_button("See others")],
        refresh=button("Refresh", Verb.SHOW_SESSION, session=str(session.id)),
    )


def nothing_on_card(title: str, tier: str | None = None) -> AdaptiveCard:
    """An empty programme, said kindly; for clinics, with a way to ask for one."""
    suggest = [suggest_topic_button()] if tier == CLINICS else []
    text = "There is nothing coming up of that kind yet. I'll have it here as soon as it is set."
    return card(
        f"{title}. {text}",
        [heading(title), line(text)],
        [*suggest, whats_on_button("Everything on"), my_bookings_button()],
    )
