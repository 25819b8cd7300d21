"""What the Hub holds about somebody, a copy of it, and having it erased."""

from collections.abc import Mapping, Sequence

from microsoft_teams.cards import AdaptiveCard, Fact, FactSet

from cards.parts import Verb, button, card, heading, help_button, line, near, plain, quiet
from hub.held_words import counted
from hub.people import Person, Role
from hub.spoken import spoken_list

#: Lines of a copy on one card, and as much of each as reads well on a phone.
PAGE_SIZE = 10
LONGEST_LINE = 600
WHAT_IT_MEANS = (
    "Places to come are given up, and go to whoever waits.",
    "Your requests are withdrawn, and their words removed.",
    "Events to come that I put into your calendar are taken out.",
    "What others need stays without your name: how many came, ratings, news you sent.",
)


def held_card(person: Person, held: Mapping[str, int]) -> AdaptiveCard:
    """What is held about this person: present values, and how many rows of each kind."""
    kinds = [counted(kind, count) for kind, count in sorted(held.items()) if count]
    facts = [
        Fact(title="Name", value=plain(person.name)),
        Fact(title="Sign-in", value=plain(person.sign_in_name or "not known")),
        Fact(title="School", value=plain(person.school.name if person.school else "not known")),
        Fact(title="Role", value=_roles(person)),
        Fact(title="Reminders", value="on" if person.wants_nudges else "off"),
    ]
    return card(
        f"What I keep about you: {spoken_list(kinds) or 'nothing but who you are'}.",
        [
            heading("What I keep about you"),
            FactSet(facts=facts),
            line(f"And {spoken_list(kinds)}." if kinds else "And nothing else."),
            quiet(
                "I keep this for the current and the previous school year; then only numbers are "
                "left. I keep nothing about pupils."
            ),
        ],
        [
            button("Send me a copy", Verb.MY_COPY),
            button("Erase all about me", Verb.ASK_ERASE),
            help_button(),
        ],
    )


def _roles(person: Person) -> str:
    return spoken_list([each for each in Role if each in person.roles]) or "not known"


def copy_card(person: Person, lines: Sequence[str], page: int) -> AdaptiveCard:
    """One page of everything that is held, one row a line."""
    shown = lines[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    pages = max(1, -(-len(lines) // PAGE_SIZE))
    more = [button("More", Verb.MY_COPY, page=str(page + 1))] if page + 1 < pages else []
    return card(
        f"Your copy, page {page + 1} of {pages}",
        [
            heading(f"Your copy, page {page + 1} of {pages}"),
            *([near(plain(f"You: {person.name}, {_roles(person)}"))] if page == 0 else []),
            *[near(plain(_short(each))) for each in shown],
            quiet(
                "Need it as a file? Your trust's IT can make one with every detail: ask them for "
                "your SEND Hub export."
            ),
        ],
        [*more, button("What I keep", Verb.PRIVACY)],
    )


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_LINE else f"{words[:LONGEST_LINE]}…"


def ask_erase_card() -> AdaptiveCard:
    """What erasing means, before it is done."""
    return card(
        f"Erase everything about you? {' '.join(WHAT_IT_MEANS)} It can't be undone.",
        [
            heading("Erase everything about you?"),
            *[near(f"• {each}") for each in WHAT_IT_MEANS],
            line("It can't be undone. You can come back any time, as somebody new."),
            quiet("Messages in this chat are Teams' own: delete the chat to have them gone too."),
        ],
        [
            button("Yes, erase it all", Verb.ERASE_ME, style="destructive"),
            button("Keep it", Verb.PRIVACY),
        ],
    )


def erased_card() -> AdaptiveCard:
    """That it is done; no button, since a press would make them known again."""
    words = "I keep nothing about you any more. Write to me whenever you like: I'll start afresh."
    return card(f"That's done. {words}", [heading("That's done"), line(words)])
