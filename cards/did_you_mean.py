"""When a message is unclear or asks for more than one thing: one short question, a button for each."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, ExecuteAction

from cards.parts import Verb, button, card, heading, help_button, line, whats_on_button
from hub.understanding import Intent, Understanding

#: What a button says that stands for a wish.
_TITLES = {
    Intent.HELP: "Show what you can do",
    Intent.WHATS_ON: "See what's on",
    Intent.BOOK_SESSION: "Book a session",
    Intent.MY_BOOKINGS: "See my bookings",
    Intent.CANCEL_BOOKING: "Give up a place",
    Intent.REQUEST_SUPPORT: "Ask for 1:1 support",
    Intent.REQUEST_SERVICE: "Ask for other help from the Hub",
    Intent.MY_REQUESTS: "See my requests",
    Intent.FIND_TOOLKIT: "Find a toolkit",
    Intent.NUDGE_SETTINGS: "Change my reminders",
    Intent.PRIVACY: "See what you keep about me",
    Intent.LEAD_QUEUE: "See requests waiting",
    Intent.LEAD_PROGRAMME: "Change the programme",
    Intent.LEAD_REGISTER: "Open the register",
    Intent.LEAD_ANNOUNCE: "Send an announcement",
    Intent.LEAD_REPORT: "See the impact report",
}
_LEADS_ONLY = frozenset(each for each in Intent if each.startswith("lead_"))
MOST_CHOICES = 3


def did_you_mean_card(meaning: Understanding, *, is_lead: bool) -> AdaptiveCard:
    """Ask which of the likeliest wishes is meant; with none likely, give examples."""
    intents = [*meaning.asked, meaning.intent, *meaning.others]
    meant = [each for each in dict.fromkeys(intents) if _is_open(each, is_lead=is_lead)]
    if not meant:
        return card(
            "I didn't quite catch that. Try: any clinics coming up?",
            [
                heading("I didn't quite catch that"),
                line(
                    "Try “any clinics coming up?”, “book me on the next clinic” or “what am I "
                    "booked on?”."
                ),
            ],
            [whats_on_button(), help_button()],
        )
    return card(
        "I'm not sure what you mean. Choose one, or say it another way.",
        [
            heading("I'm not quite sure what you mean"),
            line("Is it one of these? Or say it another way."),
        ],
        [*(_choice(each, meaning) for each in meant[:MOST_CHOICES]), help_button()],
    )


def also_card(wishes: Sequence[Understanding], *, is_lead: bool) -> AdaptiveCard | None:
    """Offer what else a message asked for; None when none of it is for this person."""
    meant = [each for each in wishes if _is_open(each.intent, is_lead=is_lead)]
    if not meant:
        return None
    return card(
        "You asked for something else too. Shall I do that now?",
        [heading("You asked for something else too"), line("Shall I do that now?")],
        [_choice(each.intent, each) for each in meant[:MOST_CHOICES]],
    )


def _is_open(intent: Intent, *, is_lead: bool) -> bool:
    return intent in _TITLES and (is_lead or intent not in _LEADS_ONLY)


def _choice(intent: Intent, meaning: Understanding) -> ExecuteAction:
    return button(_TITLES[intent], Verb.MEANT, intent=str(intent), words=meaning.text)
