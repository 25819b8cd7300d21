"""What is said where words must not be kept: what was seen, in general words, and the way on."""

from microsoft_teams.cards import AdaptiveCard, CardElement, TextInput

from cards.greeting import notice_card
from cards.parts import Verb, card, form_button, heading, help_button, line
from hub.understanding import Guarded, Intent

TO_THE_DSL = (
    "This sounds like a safeguarding concern, and it should go to a person straight away: please "
    "speak to your school's Designated Safeguarding Lead now."
)
RING_999 = "If a child is in immediate danger, ring 999."
_NOTHING_KEPT = "I haven't kept anything you wrote. Please don't put details here."
_DELETE_IT = (
    "What you typed still stands in this chat in Teams until you delete it: choose “Delete” on "
    "your own message."
)
WITHOUT_INPUT = "words"
LONGEST_SAID = 2000


def guarded_card(guarded: Guarded, *, carries_on: bool = False) -> AdaptiveCard:
    """What was seen and what to do now; the detail itself is never repeated.

    ``carries_on`` offers what is left without the detail, to be changed and said instead.
    """
    if guarded.intent is Intent.SAFEGUARDING_CONCERN:
        return _to_the_dsl_card(_DELETE_IT)
    title, seen = "Let's leave that detail out", what_was_seen(guarded)
    said = f"I think I saw {seen}, so I haven't kept your message. Nothing else is lost."
    again = (
        "Please say it again without it: a need, a class and what you tried are all I ever need."
    )
    body: list[CardElement] = [heading(title), line(said), line(again), line(_DELETE_IT)]
    ways = [help_button()]
    if carries_on and guarded.without:
        body.insert(3, line("Or I take it out for you; change the words as you like."))
        body.insert(4, _without_input(guarded.without))
        ways = [form_button("Say this instead", Verb.SAY_WITHOUT, style="positive"), *ways]
    return card(f"{title}. {said} {again}", body, ways)


def _without_input(words: str) -> TextInput:
    return TextInput(
        id=WITHOUT_INPUT,
        label="Your message without it",
        value=words[:LONGEST_SAID],
        max_length=LONGEST_SAID,
        is_multiline=True,
    )


def guarded_in_public_card(guarded: Guarded) -> AdaptiveCard:
    """The same where others read along: the message should come down first."""
    down = "Others can read this conversation, so please delete your message now."
    if guarded.intent is Intent.SAFEGUARDING_CONCERN:
        return _to_the_dsl_card(down)
    return notice_card(
        "Please take that down",
        f"I think I saw {what_was_seen(guarded)}. {down} I haven't kept anything of it.",
        "In our own chat, a need, a class and what you tried are all I ever need.",
    )


def _to_the_dsl_card(how_to_delete: str) -> AdaptiveCard:
    """No ways on but to a person: nothing here should draw anybody away from that."""
    title = "Please speak to your Designated Safeguarding Lead now"
    lines = [TO_THE_DSL, RING_999, _NOTHING_KEPT, how_to_delete]
    return card(" ".join([title, *lines]), [heading(title), *[line(each) for each in lines]])


def what_was_seen(guarded: Guarded) -> str:
    """In general words, for the middle of a sentence."""
    return " and ".join(guarded.seen) or "something that could identify a pupil"


def not_kept_words(guarded: Guarded | None) -> str:
    """Why a reason that came along with something else was left out; empty where it was not."""
    if guarded is None:
        return ""
    if guarded.intent is Intent.SAFEGUARDING_CONCERN:
        return f"{TO_THE_DSL} {RING_999} I haven't kept your reason."
    return f"I think I saw {what_was_seen(guarded)}, so I haven't kept your reason."


def not_searched_words(guarded: Guarded) -> str:
    """Why nothing was looked for in the compose box."""
    if guarded.intent is Intent.SAFEGUARDING_CONCERN:
        return f"{TO_THE_DSL} {RING_999} I haven't kept anything you typed."
    return (
        f"I think I saw {what_was_seen(guarded)}, so I haven't looked for that. "
        "Try a need, a class or what you would like to learn."
    )
