"""Hello, help, and the short answers that always offer a way on."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, ExecuteAction

from cards.introduction import introduction_fields, known_of, save_button
from cards.parts import (
    Verb,
    ask_button,
    button,
    card,
    heading,
    help_button,
    line,
    my_bookings_button,
    quiet,
    suggest_topic_button,
    toolkits_button,
    whats_on_button,
)
from hub.people import Person, School
from hub.refusals import Reason, Refusal
from hub.spoken import spoken_list


def welcome_card(person: Person, schools: Sequence[School]) -> AdaptiveCard:
    """What the bot does, for whom, and how to start; shown once, at install, with one question."""
    text = (
        "I'm the SEND Hub assistant. I can book you on a clinic, show what's on, remind you the "
        "day before, and keep your calendar right. It takes less than a minute."
    )
    known = known_of(person)
    question = f"I have you down as {known}. Is that right?" if known else "First, who are you?"
    return card(
        f"Hello {person.first_name}. {text} Try: any clinics coming up?",
        [
            heading(f"Hello {person.first_name}"),
            line(text),
            quiet(
                "Type it your way, such as “any clinics coming up?” or “book me on the next clinic”."
            ),
            line(question),
            *introduction_fields(person, schools),
        ],
        [
            save_button(person),
            button("Next clinics", Verb.WHATS_ON, tier="4"),
            whats_on_button(),
            my_bookings_button(),
            toolkits_button(),
        ],
    )


def hello_card(person: Person, draft_id: str = "") -> AdaptiveCard:
    """A greeting returned; ``draft_id`` is of a request that is half written."""
    text = "What would you like to do?"
    return card(
        f"Hello {person.first_name}. {text}",
        [heading(f"Hello {person.first_name}"), line(text)],
        [
            *_first_buttons(person, draft_id),
            whats_on_button(),
            my_bookings_button(),
            toolkits_button(),
            help_button(),
        ],
    )


def _first_buttons(person: Person, draft_id: str) -> list[ExecuteAction]:
    carry_on = button("Carry on my request", Verb.CARRY_ON, request=draft_id)
    clinics = carry_on if draft_id else button("Next clinics", Verb.WHATS_ON, tier="4")
    if person.is_lead:
        queue = button("Requests", Verb.LEAD_QUEUE)
        return [carry_on if draft_id else button("Programme", Verb.LEAD_PROGRAMME), queue]
    return [clinics, ask_button()]


def help_card() -> AdaptiveCard:
    """What can be asked, in words that can be typed."""
    lines = [
        "**What's on** – “any clinics coming up?”, “what's on for TAs in January?”",
        "**Book** – “book me on the next clinic”, “book all SENCo meetings”",
        "**My bookings** – “what am I booked on?”, “my year”",
        "**Toolkits** – “dyslexia toolkit”, “can't sit still”, “templates”, “my toolkits”",
        "**Change of plan** – “give up my place”, “swap my clinic”",
        "**Who I am** – “I'm the SENCo at School B now”, “who am I?”",
        "**The offer** – “training offer”, “what is tier 2b?”",
        "**Ask the Hub** – “I need 1:1 support”, “we'd like a TA audit”, “question for the SEND Director: …”",
        "**My requests** – “my requests”, “withdraw my request”, “can we have a follow-up?”",
        "**Share** – “share the next clinic”, or SEND Hub below the message box of any chat",
        "**School meeting** – “arrange our school meeting”, “our next steps”",
        "**Reminders** – “stop reminding me”, “quiet until next week”, “I don't work Fridays”",
        "**Privacy** – “what do you hold about me?”, “delete my data”",
        "**Clinic topics** – “suggest a topic”, “can we have a clinic on …”",
    ]
    return card(
        "I can show what's on, book you, free your place, and find you a toolkit. Just type.",
        [
            heading("Here is what I can do"),
            *[line(each) for each in lines],
            quiet(
                "Please don't type anything that could identify a pupil: I never need it. "
                "Worried about a child? Speak to your Designated Safeguarding Lead now."
            ),
        ],
        [
            ask_button(),
            whats_on_button(),
            my_bookings_button(),
            toolkits_button(),
            button("Reminders", Verb.REMINDERS),
            suggest_topic_button(),
        ],
    )


def lead_help_card() -> AdaptiveCard:
    """What leads can ask on top of everybody else, in words that can be typed."""
    lines = [
        "**Requests** – “queue”, “acknowledge SH-0012”, “search requests for autism”, “quick answers”",
        "**Programme** – “programme”, “add a clinic on 12 March”, “move the next clinic”",
        "**Snow day** – “call off the clinic”: everybody booked is told",
        "**Register** – “take the register”, then feedback goes out by itself",
        "**Announce** – “tell all SENCos at School B that …”, “what did I announce”",
        "**What went out** – “what went out today”, “what did you send yesterday”",
        "**Not reached** – “who could we not reach”, “try everybody again”",
        "**Demand** – “what do people want clinics on”, “how useful are the toolkits”, “what did people not find”",
        "**Roles** – “who are the SENCos”, “show staff at School B”, “put right Jo's role”",
        "**School meetings** – “school meetings”",
        "**Nudges** – “nudge rules”: what I write first, when, and how to turn it off",
        "**As everybody** – “what's on”, “my bookings”, “my year”, “stop reminding me”",
    ]
    return card(
        "As a lead you set the programme, take registers, announce, and put roles right. Just type.",
        [heading("Here is what I can do for leads"), *[line(each) for each in lines]],
        [
            button("Programme", Verb.LEAD_PROGRAMME),
            button("Not reached", Verb.UNREACHED),
            button("Announce", Verb.ANNOUNCE),
            button("Topic demand", Verb.DEMAND),
            button("Staff and roles", Verb.STAFF),
            button("Requests", Verb.LEAD_QUEUE),
        ],
    )


def notice_card(title: str, *lines: str) -> AdaptiveCard:
    """A short answer in words, with the ways on."""
    return card(
        " ".join([title, *lines]),
        [heading(title), *[line(each) for each in lines]],
        [whats_on_button(), my_bookings_button(), help_button()],
    )


def refusal_card(refusal: Refusal, open_to: Sequence[str] = ()) -> AdaptiveCard:
    """A no, why, and what to do instead.

    ``open_to`` names the tiers for certain roles that are open to the person, where that is why.
    """
    if refusal.reason is Reason.AUDIENCE:
        return _for_others_card(refusal, open_to)
    titles = {
        Reason.GONE: "That one isn't there any more",
        Reason.NOT_UNDERSTOOD: "Let's try that again",
        Reason.NOTHING_BOOKED: "Nothing to change",
    }
    return notice_card(titles.get(refusal.reason, "That can't be done just now"), refusal.say)


def _for_others_card(refusal: Refusal, open_to: Sequence[str]) -> AdaptiveCard:
    title = "That one is for others"
    told = [refusal.say]
    if open_to:
        told.append(f"With what you do, you are also welcome at: {spoken_list(open_to)}.")
    return card(
        " ".join([f"{title}.", *told]),
        [heading(title), *[line(each) for each in told]],
        [
            button("Tell me my role", Verb.WHO_AM_I),
            whats_on_button("What's open to me"),
            my_bookings_button(),
        ],
    )
