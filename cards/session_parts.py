"""What every card about sessions is made of: when and where, the way in, one line in a list."""

from microsoft_teams.cards import (
    ActionSet,
    CardElement,
    Container,
    ExecuteAction,
    Fact,
    FactSet,
    OpenUrlAction,
)

from cards.parts import line, plain, row
from hub.booking import Session
from hub.spoken import short_day, spoken_day, spoken_hours


def session_facts(session: Session, *more: Fact) -> FactSet:
    """When and where, in the same order on every card."""
    facts = [
        Fact(title="Date", value=spoken_day(session.starts_at.date())),
        Fact(title="Time", value=spoken_hours(session.starts_at, session.ends_at)),
        Fact(title="Where", value=plain(session.venue)),
    ]
    if session.strand:
        facts.append(Fact(title="Strand", value=plain(session.strand)))
    return FactSet(facts=[*facts, *more])


def joining(session: Session) -> list[CardElement]:
    """The way into an online session, or that it will follow; nothing for one that is on site."""
    if session.link:
        return [ActionSet(actions=[join_button(session)])]
    if session.awaits_link:
        return [line("It's on Teams. The link to join will follow, here and in your calendar.")]
    return []


def join_button(session: Session) -> OpenUrlAction:
    """The way into an online session."""
    return OpenUrlAction(title="Join online", url=session.link)


def session_row(
    session: Session, standing: str, action: ExecuteAction, *more: OpenUrlAction
) -> Container:
    """One session in a list: what, when and where, how it stands, and its buttons."""
    when = f"{short_day(session.starts_at.date())} {session.starts_at.year}"
    hours = spoken_hours(session.starts_at, session.ends_at)
    words = f"{when}, {hours}, {plain(session.venue)}"
    return row(session.title, words, standing, action, *more)


def in_a_line(session: Session) -> str:
    """A session in one sentence, for fallback text."""
    day = spoken_day(session.starts_at.date())
    hours = spoken_hours(session.starts_at, session.ends_at)
    return f"{session.title}, {day}, {hours}, {session.venue}"
