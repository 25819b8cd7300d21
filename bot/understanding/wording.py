"""A message as its bare words: one spelling, one form, and the short forms of phones written out.

What the words stand for is next door (lexicon.py).
"""

import re

_SHORT = {
    "pls": "please", "plz": "please", "u": "you", "ur": "your", "r": "are", "wot": "what",
    "wat": "what", "wats": "what", "wots": "what", "whats": "what", "abt": "about", "nxt": "next",
    "wk": "week", "chn": "children", "kids": "child", "tmrw": "tomorrow", "tomoz": "tomorrow",
    "mtg": "meeting", "mtgs": "meetings", "mtngs": "meetings", "cud": "could", "wud": "would",
    "sum1": "someone", "sm1": "someone", "any1": "anyone", "evry1": "everyone", "thx": "thanks",
    "info": "information", "sendco": "senco", "msg": "message", "msgs": "messages", "b4": "before",
    "gonna": "going to", "wanna": "want to", "coz": "because", "bc": "because", "frm": "from",
    "cnt": "cant", "dnt": "dont", "bk": "book", "wen": "when", "hav": "have", "clinc": "clinic",
    "clincs": "clinics", "fone": "phone", "soz": "sorry", "tt": "timetable", "4": "for", "2": "to",
}  # fmt: skip
#: Words whose ending is not an ending.
_WHOLE = frozenset(
    [
        "this",
        "his",
        "has",
        "was",
        "is",
        "as",
        "yes",
        "us",
        "pecs",
        "always",
        "news",
        "bed",
        "need",
        "add",
        "during",
        "bring",
        "thing",
        "something",
        "anything",
        "nothing",
        "everything",
        "string",
        "king",
        "less",
        "class",
        "dress",
        "miss",
        "loss",
        "its",
        "plus",
        "perhaps",
        "gas",
        "bus",
        "sing",
        "ring",
        "being",
        "spring",
        "evening",
        "morning",
        "indeed",
        "speed",
        "feed",
        "red",
    ]
)
_ENDINGS = (
    ("ies", "y"), ("sses", "ss"), ("ing", ""), ("ied", "y"), ("ed", ""), ("es", "e"), ("s", ""),
)  # fmt: skip
_SHORTEST_STEM = 3
_SHORTEST_WITH_E = 5
_NUMBERS = ("one", "two", "three", "four", "five", "six")
_TIER_IN_WORDS = re.compile(rf"\btier ({'|'.join(_NUMBERS)})\b")
#: What stands for many: a class, a day, a school. The first that matches wins.
_KINDS = (
    (re.compile(r"\b1 ?[:-] ?1\b|\bone[ -]to[ -]one\b|\b1 (?:to|2) 1\b|\b121\b"), " 1:1 "),
    (re.compile(r"\b(?:y|yr|yrs|year|years) ?\d{1,2}s?\b"), " @year "),
    (re.compile(r"\btier ?(\d)\s?([abc])?\b"), r" tier\1\2 tier "),
    (re.compile(r"\b\d{1,2}(?:st|nd|rd|th)\b|\b\d{1,2}[/.]\d{1,2}\b|\b20\d\d\b"), " @day "),
    (re.compile(r"\bschool [a-h]\b"), " @school "),
)
_WORD = re.compile(r"@[a-z]+|1:1|[a-z]+(?:\d[a-z]?)?|\d+|[?]|[^\x00-\x7f]")


def words_in(text: str) -> list[str]:
    """The words of a text in small letters; "@year", "@day" and "@school" stand for any of these."""
    said = re.sub(r"[’‘'`]", "", text.lower())
    said = _TIER_IN_WORDS.sub(lambda found: f"tier {_NUMBERS.index(found[1]) + 1}", said)
    for kind, word in _KINDS:
        said = kind.sub(word, said)
    found = (_SHORT.get(word, word).split() for word in _WORD.findall(said))
    return ["#" if word.isdigit() else word for words in found for word in words]


def stem(word: str) -> str:
    """The word without its ending, so that "book", "books" and "booking" are one."""
    if word in _WHOLE or len(word) <= _SHORTEST_STEM:
        return word
    for ending, instead in _ENDINGS:
        is_part = ending == "s" and word[-2] in "su"
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM and not is_part:
            word = word[: -len(ending)] + instead
            break
    if len(word) > _SHORTEST_STEM + 1 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) >= _SHORTEST_WITH_E else word
