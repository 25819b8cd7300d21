"""A pupil's name or initials: told by what stands beside them, as staff have names too.

A text is first turned into its *shape*: names, initials, class words and staff each become one
sign, everything else stays as it is in lower case. The rules are then written over shapes:
"a given name, then a class" is ``{N} {Y}``, whatever the name and the class are.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.understanding.given_names import FAMILY_NAMES, everyday_names, folded, given_names
from bot.understanding.name_rules import (
    BEGINS,
    CAPITAL,
    CLASS,
    EVERYDAY,
    EVERYDAY_LOW,
    FAMILY_NAME,
    FILE,
    INITIALS,
    LOW_INITIALS,
    NAME,
    RULES,
    STAFF,
    STAFF_RULES,
)
from bot.understanding.not_names import NO_NAMES, NOT_INITIALS, NOT_LOW_INITIALS
from bot.understanding.sightings import Sighting

_TITLES = (
    r"\b(?:mrs?|miss|ms|mx|dr|sir|madam|prof|professor|rev|father)\b\.? "
    r"(?:[a-z'-]+(?= [A-Z])\.? )?[A-Za-z][A-Za-z'-]*"
)
#: Words that stand between, and so are no part of what a school or a class is called.
_BETWEEN = r"(?!(?:in|my|our|the|a|an|at|to|from|of|this|that|his|her|their|for|with|and|is|new|y\d+|year|\d\w*)\b)"
#: Books, people of history and bought schemes that lessons are about.
_LESSONS = (
    "oliver twist|harry potter|charlotte's web|jack and the beanstalk|romeo and juliet|peter pan"
    "|hansel and gretel|james and the giant peach|alice in wonderland|charlie and the chocolate factory"
    "|henry viii|florence nightingale|anne frank|rosa parks|mary seacole|grace darling|guy fawkes"
    "|queen victoria|queen elizabeth|king henry|king charles|nelson mandela|roald dahl|julia donaldson"
    "|david attenborough|emmeline pankhurst|amelia earhart|neil armstrong|ruby bridges|emily davison"
    "|isaac newton|charles darwin|marie curie|martin luther king|malala yousafzai|stephen hawking"
    "|david copperfield|tom's midnight garden|goodnight mister tom|skellig|holes|macbeth|george orwell"
    "|white rose|read write inc|talk boost|little wandle|zones of regulation|precision teaching"
    "|colourful semantics|lego therapy|attention autism|jolly phonics|blanks? levels?|boxall profile"
    "|social stories|comic strip|power maths|big maths|thomas the tank|hebden green|ruby wednesday"
)
_PLAIN = re.compile(
    rf"\b(?:{_LESSONS})\b|\b(?:st\.?|saint) [a-z]{1, 30}(?:'?s)?\b"
    rf"|\b{_BETWEEN}[\w'-]{1, 30} (?:{_BETWEEN}[\w'-]{1, 30} )?(?:primary|academy|infants?|juniors?|high school"
    r"|c ?of ?e|college|nursery school|building|annexe|block|street|road|school(?! refus| avoid| anxi| phob| based| run| is| has))\b"
    rf"|\b{_BETWEEN}[\w'-]{1, 30} (?:class|form|room(?= \d))\b(?! refus)",
    re.IGNORECASE,
)
_STREETS = re.compile(
    r"\b[A-Z][\w'-]{1,30} (?:Road|Street|Lane|House|Church|Court|Centre|Trust|Grove|Avenue|Close|Drive|Crescent|Lodge)\b"
)
_TITLED = re.compile(_TITLES, re.IGNORECASE)
_CLASS = re.compile(
    r"(?<!tier )(?<!room )(?<!section )\b(?:y(?:ea)?r?s?\.? ?\d{1,2}s?|year r|class \d[a-z]?|(?<!this )(?<!last )(?<!next )(?<!a )(?<!per )y ?r(?!\w)|\d{1,2} ?[a-z]|reception|nursery|eyfs|sixth form"
    r"|(?:my|our) (?:y(?:ea)?r? ?\d{1,2} |reception |nursery )?(?:class|form|tutor group|group))\b(?!: ?\d)",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"[^\W\d_]+(?:['-][^\W\d_]+)*(?:\.(?=[^\W\d_]\b\.?)[^\W\d_]\b\.?)?|'s\b|\d+\w*|[^\s\w]"
)
_FILE = re.compile(
    r"\.(?:docx?|pdf|xlsx?|pptx?|jpe?g|png|heic|txt|csv|zip|mp4|mov|odt|rtf|eml|msg)$",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"[A-Za-z]\.[A-Za-z]\.?")


#: Two letters may be initials, a double name's second part is short.
PAIR = 2
SHORT_SECOND = 5


@dataclass(frozen=True)
class Shape:
    """A text with signs in place of names, and where each of them is in the text."""

    text: str
    #: For each sign: from where to where it is in the shape, and in the text.
    places: tuple[tuple[int, int, int, int], ...]

    def place_of(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the shape is in the text."""
        inside = [each for each in self.places if each[0] < end and each[1] > start]
        return inside[0][2], inside[-1][3]


def names(text: str, known_names: Collection[str] = ()) -> Iterator[Sighting]:
    """Every pupil's name or initials in a text; ``known_names`` are whole names of colleagues."""
    shape = shape_of(text, known_names)
    for rule in RULES:
        for found in rule.pattern.finditer(shape.text):
            yield Sighting(rule.what, *shape.place_of(*found.span("who")), rule.why)


def shape_of(text: str, known_names: Collection[str] = ()) -> Shape:
    """The shape of a text."""
    is_file = bool(_FILE.search(text))
    if is_file:
        text = re.sub(r"[_+]", " ", text)
    masked = _mask_known(text, known_names)
    for pattern in (_PLAIN, _STREETS):
        masked = pattern.sub(_without_names, masked)
    masked = _TITLED.sub(lambda found: STAFF * len(found[0]), masked)
    masked = _CLASS.sub(lambda found: CLASS * len(found[0]), masked)
    signs, places, at, first = ([FILE], [(0, 1, 0, 0)], 2, True) if is_file else ([], [], 0, True)
    for start, end, word in _tokens(masked):
        sign = _sign(word, begins=first)
        first = word in ".!?:\n-" if not word.isalnum() else False
        signs.append(sign)
        places.append((at, at + len(sign), start, end))
        at += len(sign) + 1
    shape = " ".join(signs)
    for rule in STAFF_RULES:
        # Of the same length, so that places stay true.
        shape = rule.sub(
            lambda found: found[0].replace(found["who"], STAFF * len(found["who"])), shape
        )
    return Shape(shape + " ", tuple(places))


def _mask_known(text: str, known_names: Collection[str]) -> str:
    if not known_names:
        return text
    low = text.lower()
    for name in known_names:
        at = low.find(name.lower())
        # A single given name may be a pupil's too: only whole names are let through.
        if at >= 0 and " " in name.strip():
            text = text[:at] + STAFF * len(name) + text[at + len(name) :]
            low = text.lower()
    return text


def _without_names(found: re.Match[str]) -> str:
    """A school, a class or a book keeps its place; what might be a name in it does not."""
    return re.sub(r"[A-Za-z](?=[A-Za-z'-]*)", "x", found[0])


def _tokens(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(text):
        if text[at] in (STAFF, CLASS):
            end = at
            while end < len(text) and text[end] == text[at]:
                end += 1
            yield at, end, text[at]
            at = end
        elif found := _TOKEN.match(text, at):
            yield found.start(), found.end(), found[0]
            at = found.end()
        else:
            at += 1


def _sign(word: str, *, begins: bool) -> str:
    if len(word) == 1 or not word[0].isalpha():
        return word.lower()
    if _DOTTED.fullmatch(word):
        return _dotted(word)
    stem, ending = _possessive(word)
    low = folded(stem)
    if (sign := _name_sign(stem, low, begins=begins)) is not None:
        return sign + ending
    return low + ending


def _dotted(word: str) -> str:
    if word.isupper() and word.strip(".") == "A.M":
        return INITIALS
    return (
        word.lower() if word.lower().strip(".") in {"e.g", "i.e", "a.m", "p.m", "p.s"} else INITIALS
    )


def _possessive(word: str) -> tuple[str, str]:
    """The word without the mark of what is somebody's, typed or left out."""
    if word.lower().endswith("'s"):
        return word[:-2], " 's"
    low = folded(word)
    if low.endswith("s") and low not in given_names() and low[:-1] in given_names():
        return word[:-1], " 's"
    return word.rstrip("'"), " 's" if word.endswith("'") else ""


def _name_sign(stem: str, low: str, *, begins: bool) -> str | None:
    is_capital = stem[:1].isupper() and not (stem.isupper() and len(stem) > PAIR)
    parts = low.split("-")
    if "'" in stem[-3:]:
        return None
    if len(stem) > PAIR and stem.isupper() and low in NO_NAMES:
        return None
    if len(stem) == PAIR and stem.isupper():
        return None if low in NOT_INITIALS else INITIALS
    if low in given_names() or (len(parts) > 1 and _is_double(parts)):
        return NAME
    if low in everyday_names():
        return EVERYDAY if is_capital or stem.isupper() else EVERYDAY_LOW
    if low in FAMILY_NAMES:
        return FAMILY_NAME
    if len(stem) == PAIR and low not in NOT_LOW_INITIALS and low.isalpha():
        return LOW_INITIALS
    if is_capital and low not in NO_NAMES and len(stem) > PAIR:
        return BEGINS if begins else CAPITAL
    return None


def _is_double(parts: list[str]) -> bool:
    """Whether these parts make a double name, such as “Lily-Rose” and “Chloe-Mae”."""
    known = [each in given_names() or each in everyday_names() for each in parts]
    return all(known) or (
        known[0]
        and parts[0] in given_names()
        and len(parts) == PAIR
        and len(parts[1]) <= SHORT_SECOND
    )
