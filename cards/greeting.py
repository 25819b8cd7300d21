"""Hello, help, and the short answers that always offer a way on."""

from microsoft_teams.cards import AdaptiveCard

from cards.parts import (
    Verb,
    button,
    card,
    heading,
    help_button,
    line,
    my_bookings_button,
    quiet,
    whats_on_button,
)
from hub.people import Person
from hub.refusals import Reason, Refusal


def welcome_card(person: Person) -> AdaptiveCard:
    """What the bot does, for whom, and how to start; shown once, at install."""
    text = (
        "I'm the SEND Hub assistant. I can book you on a clinic, show what's on, remind you the "
        "day before, and keep your calendar right. It takes less than a minute."
    )
    return card(
        f"Hello {person.first_name}. {text} Try: any clinics coming up?",
        [
            heading(f"Hello {person.first_name}"),
            line(text),
            quiet(
                "Type it your way, such as “any clinics coming up?” or “book me on the next clinic”."
            ),
        ],
        [button("Next clinics", Verb.WHATS_ON, tier="4"), whats_on_button(), my_bookings_button()],
    )


def hello_card(person: Person) -> AdaptiveCard:
    """A greeting returned."""
    text = "What would you like to do?"
    return card(
        f"Hello {person.first_name}. {text}",
        [heading(f"Hello {person.first_name}"), line(text)],
        [
            button("Next clinics", Verb.WHATS_ON, tier="4"),
            whats_on_button(),
            my_bookings_button(),
            help_button(),
        ],
    )


def help_card() -> AdaptiveCard:
    """What can be asked, in words that can be typed."""
    lines = [
        "**What's on** – “any clinics coming up?”, “what's on”",
        "**Book** – “book me on the next clinic”",
        "**My bookings** – “what am I booked on?”",
        "**Change of plan** – “give up my place”",
        "**School meeting** – “arrange our school meeting”, “our next steps”",
        "**Reminders** – “stop reminding me”",
    ]
    return card(
        "I can show what's on, book you, show your bookings and free your place. Just type.",
        [
            heading("Here is what I can do"),
            *[line(each) for each in lines],
            quiet(
                "Please don't type anything that could identify a pupil: I never need it. "
                "Worried about a child? Speak to your Designated Safeguarding Lead now."
            ),
        ],
        [
            button("Next clinics", Verb.WHATS_ON, tier="4"),
            whats_on_button(),
            my_bookings_button(),
            button("Our school meeting", Verb.SCHOOL_MEETING),
            button("Reminders", Verb.REMINDERS),
        ],
    )


def notice_card(title: str, *lines: str) -> AdaptiveCard:
    """A short answer in words, with the ways on."""
    return card(
        " ".join([title, *lines]),
        [heading(title), *[line(each) for each in lines]],
        [whats_on_button(), my_bookings_button(), help_button()],
    )


def refusal_card(refusal: Refusal) -> AdaptiveCard:
    """A no, why, and what to do instead."""
    titles = {
        Reason.GONE: "That one isn't there any more",
        Reason.NOT_UNDERSTOOD: "Let's try that again",
        Reason.NOTHING_BOOKED: "Nothing to change",
    }
    return notice_card(titles.get(refusal.reason, "That can't be done just now"), refusal.say)


def reminders_card(*, wanted: bool) -> AdaptiveCard:
    """Whether reminders come, and the one button that changes it."""
    if wanted:
        title, text = (
            "Reminders are on",
            "I remind you at 15:45 on the school day before a session.",
        )
        change = button("Stop reminders", Verb.STOP_REMINDERS)
    else:
        title, text = "Reminders are off", "Your calendar still shows what you booked."
        change = button("Turn reminders on", Verb.START_REMINDERS)
    return card(f"{title}. {text}", [heading(title), line(text)], [change, my_bookings_button()])
