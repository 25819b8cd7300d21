"""What people say in place of the words that were asked for: a second thought, a question, an "ok"."""

import re
from enum import StrEnum


class Other(StrEnum):
    """What was said instead of an answer."""

    REGRET = "regret"
    QUESTION = "question"
    #: A page asked for by its name.
    TOOLKIT = "toolkit"
    #: Nothing that anybody could use: "ok", "n/a", a thumb up.
    FILLER = "filler"


_REGRET = re.compile(
    r"^\W*(?:actually,? no\b|(?:oh )?no,? (?:sorry|wait|that'?s|thats|not that|i (?:can'?t|meant))\b"
    r"|sorry,? (?:wrong|i can'?t|no\b)|oops|whoops|wrong one|that was a mistake|my mistake"
    r"|i meant (?:the|to)\b|i can'?t (?:make|come)\b|changed my mind)",
    re.IGNORECASE,
)
#: About the day itself. "How do I support …?" and "can we look at …?" are wishes for the session.
_QUESTION = re.compile(
    r"^\W*(?:what time\b|when (?:does|is) it\b|where is (?:it|that)\b|how do (?:i|we) get (?:there|to)\b"
    r"|how (?:long|far) is\b|is there (?:any )?(?:parking|lunch|food|wifi|a (?:link|bus)|one already)\b"
    r"|can (?:i|we) (?:park|bring)\b|can my .*\b(?:come|join)\b|is my .*\bcoming\b"
    r"|is it (?:online|in person|far)\b|does it (?:start|finish|end)\b)",
    re.IGNORECASE,
)
_TOOLKIT = re.compile(r"^\W*(?:\S+\s+){1,8}toolkit\W*$", re.IGNORECASE)
_FILLER = re.compile(
    r"^\W*(?:(?:ok|okay|k|yes|yep|yeah|nah|na|n/?a|none|not sure|dunno|don'?t know|hmm+|perfect|great|fine"
    r"|cool|thanks?|ta|ok thanks|nothing(?: really)?|not really|no preference)\W*)?$",
    re.IGNORECASE,
)


def said_instead(text: str) -> Other | None:
    """Whether this is no answer to "what would you like from it?"; None when it may be one.

    Wishes often come in the form of questions, so only those about the day itself are questions.
    """
    if _FILLER.match(text):
        return Other.FILLER
    if _REGRET.match(text):
        return Other.REGRET
    if _TOOLKIT.match(text):
        return Other.TOOLKIT
    return Other.QUESTION if _QUESTION.search(text) else None
