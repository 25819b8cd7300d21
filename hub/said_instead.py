"""What people say in place of the words that were asked for: a second thought, a question, an "ok"."""

import re
from enum import StrEnum


class Other(StrEnum):
    """What was said instead of an answer."""

    REGRET = "regret"
    QUESTION = "question"
    #: Nothing that anybody could use: "ok", "n/a", a thumb up.
    FILLER = "filler"


_REGRET = re.compile(
    r"^\W*(?:actually,? no\b|(?:oh )?no,? |sorry,? (?:wrong|i can'?t|no)\b|oops|whoops|wrong one"
    r"|that was a mistake|my mistake|i meant (?:the|to)\b|i can'?t (?:make|do|come)\b|changed my mind)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\?\s*$|^\W*(?:what time|when|where|who|how do|how long|is there|is (?:my|it|the)|are there"
    r"|can (?:i|we|my|someone)|do (?:i|we)|does it|will (?:it|there))\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"^\W*(?:(?:ok|okay|k|yes|yep|yeah|nah|na|n/?a|none|not sure|dunno|don'?t know|hmm+|perfect|great|fine"
    r"|cool|thanks?|ta|ok thanks|nothing(?: really)?|not really|no preference)\W*)?$",
    re.IGNORECASE,
)


def said_instead(text: str) -> Other | None:
    """Whether this is no answer to "what would you like from it?"; None when it may be one.

    "How to support a child who …" and "what works for …" are wishes in the form of questions, and
    stay answers unless they end as one.
    """
    if _FILLER.match(text):
        return Other.FILLER
    if _REGRET.match(text):
        return Other.REGRET
    return Other.QUESTION if _QUESTION.search(text) else None
