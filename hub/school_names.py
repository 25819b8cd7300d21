"""Schools as people write them in a sentence: "at School B", "the SENCos of St Marys", "Sch. B"."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from hub.people import School

#: Stands in a sentence for the school of that number; no keyboard types it.
MARK = "\ue000{}\ue001"
#: What a school may be called without, as long as no other school is left with the same name.
_LEFT_OUT = frozenset(
    re.findall(
        r"\w+",
        "school academy college primary infant infants junior juniors nursery high secondary "
        "community special church of england ce c e rc catholic",
    )
)
_SCHOOLS_HAVE = frozenset(
    {"school", "academy", "college", "primary", "infant", "infants", "junior", "juniors"}
)
_LONG_ENOUGH_TO_BE_PLURAL = 4
_LONG_ENOUGH_FOR_AN_ID = 4


def schools_in(words: str, schools: Iterable[School]) -> list[School]:
    """Every school that a sentence names, in the order given.

    The longest name wins where one holds another, so that "St Mary's Junior School" does not also
    mean "St Mary's".
    """
    known = list(schools)
    _, found = marked(words, known)
    return [known[at] for at in sorted(found)]


def marked(words: str, schools: Sequence[School]) -> tuple[str, frozenset[int]]:
    """The sentence with a mark for each school that it names, and the numbers of those schools."""
    rest, found = re.sub(r"[\ue000\ue001]", " ", words.replace("’", "'")), set()
    names = [(name, at) for at, each in enumerate(schools) for name in _names(each)]
    for name, at in sorted(names, key=lambda each: -len(each[0])):
        rest, times = _spelling(name).subn(MARK.format(at), rest)
        if times:
            found.add(at)
    return rest, frozenset(found)


def school_called(words: str, schools: Iterable[School]) -> School | None:
    """The one school that goes by this shorter name, such as "Hebden Green"; never a guess."""
    called = _short(words)
    meant = [each for each in schools if called and _short(each.name) == called]
    return meant[0] if len(meant) == 1 else None


def sounds_like_a_school(name: str) -> bool:
    """Whether an unknown name is at least that of a school."""
    return bool(_SCHOOLS_HAVE & set(_tokens(name)))


def _names(school: School) -> list[str]:
    # A short id, or one of a plain word, may be any word of a sentence.
    is_telling = len(school.id) >= _LONG_ENOUGH_FOR_AN_ID and re.search(r"[\W_\d]", school.id)
    return [school.name, school.id] if is_telling else [school.name]


@lru_cache(maxsize=1024)
def _spelling(name: str) -> re.Pattern[str]:
    """A pattern for a name with or without its apostrophes, and with the usual short forms."""
    tokens = [each for each in _tokens(name) if each != "and"]
    spelled = r"[\W_]+(?:and[\W_]+)?".join(_token(each) for each in tokens)
    return re.compile(rf"(?<!\w){spelled}(?!\w)" if tokens else r"(?!)", re.IGNORECASE)


def _token(token: str) -> str:
    if token in {"school", "sch"}:
        return r"sch(?:ool)?"
    if token in {"st", "saint"}:
        return r"(?:st|saint)"
    spelled = "'?".join(re.escape(part) for part in token.split("'"))
    if token.endswith("s") and "'" not in token and len(token) >= _LONG_ENOUGH_TO_BE_PLURAL:
        spelled = f"{re.escape(token[:-1])}'?s"
    return spelled


def _short(name: str) -> tuple[str, ...]:
    tokens = [each.replace("'", "") for each in _tokens(name) if each not in {"and", "the"}]
    while tokens and tokens[-1] in _LEFT_OUT:
        tokens.pop()
    return tuple("st" if each == "saint" else each for each in tokens)


def _tokens(words: str) -> list[str]:
    return re.findall(r"[^\W_][\w']*", words.replace("’", "'").lower())
