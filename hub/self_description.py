"""How people speak of their own job, clause by clause: "I'm the SENCo at School B now".

What the clauses come to together is worked out next door, in ``hub/introduction.py``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hub.job_titles import roles_and_rest
from hub.people import Role, School
from hub.school_names import marked

#: Nobody needs more words than this to say who they are.
LONGEST = 200
_HELLO = re.compile(
    r"^\W*(?:(?:hi|hiya|hello|hey|ok|please note|actually|by the way|btw|fyi|sorry)\b\W*)*",
    re.IGNORECASE,
)
_NOW = r"(?:(?:now|just|also|recently|currently|both|no longer) )*"
#: Ways to begin a clause about oneself, the most particular first.
_OPENINGS = tuple(
    (kind, re.compile(rf"^\W*(?:{words})(?!\w)", re.IGNORECASE))
    for kind, words in (
        ("left", rf"i(?:'?ve| have)? {_NOW}left"),
        ("moved", rf"i(?:'?ve| have|'?m| am)? {_NOW}(?:been )?moved(?: schools?)?"),
        ("moved", r"i(?:'?ve| have)? changed schools?"),
        (
            "not",
            rf"i(?:'?m| am) {_NOW}(?:not|no longer)|i(?:'?ve| have)? (?:stopped|given up|gave up) "
            r"being|i(?:'?m| am) no more",
        ),
        (
            "am",
            rf"i(?:'?ve| have)? {_NOW}(?:become|became|been made|been appointed(?: as)?"
            r"|(?:started|taken over)(?: work| working)?(?: as)?)",
        ),
        ("am", rf"i {_NOW}(?:work|teach)(?: as)?|i(?:'?m| am) {_NOW}(?:working|teaching)(?: as)?"),
        ("am", r"my (?:new |other )?(?:roles?|jobs?|posts?|school)(?: is now|'?s| is| are|:)"),
        ("am", r"(?:please )?(?:change|set|update|make) my (?:roles?|job|school) to"),
        ("am", r"(?:i'?m|i am)"),
    )
)
_NEXT_CLAUSE = re.compile(
    r"(?:\s*[.,;!?–-][\s.,;!?–-]*(?:(?:and|so)\s+)?|\s+(?:and|so)\s+)"
    r"(?=(?:i'?m|i am|i'?ve|i have|i now|i work|i teach|my)\b)"
    r"|[\s,;]*\bbut\b\s*",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bfrom \ue000(?P<left>\d+)\ue001 to (?=\ue000)")
_AT = re.compile(r"(?:\b(?:at|in|of|for|from|to|over to)\s+)?\ue000(\d+)\ue001(?:'s)?")
_MOVED_TO = re.compile(r"^\W*(?:(?:now|over)\s+)?(?:to|at|into)\s")
#: Where a class is, in no more detail than a job title has.
_YEAR_GROUP = re.compile(
    r"\b(?:in|of|for) (?:year \d{1,2}|reception|nursery|eyfs|ks ?[1-5]|key stage [1-5])\b",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"\b(?:also|as well|too|other (?:role|job)|on top(?: of that)?)\b", re.IGNORECASE
)
_ALL = re.compile(r"\b(?:just|only)\b", re.IGNORECASE)
_NOT_ANY_MORE = re.compile(r"\b(?:any ?more|no longer)\b", re.IGNORECASE)
#: An unknown school's name may follow these.
_ELSEWHERE = re.compile(r"\b(?P<where>at|from|to) (?P<school>[\w' .&-]{2,60}?)(?: now)?\W*$")
_NO_SCHOOL = re.compile(
    r"^(?:the )?(?:moment|present|home|work|lunch|school|break|once|all|last|least|an?|my|our|your"
    r"|this|that|his|her|their|it|september|january|easter)\b",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    re.findall(
        r"[\w'&]+",
        "a an the now just only also as well too and or both still currently here this year these days "
        "any more anymore no longer new again please thanks thank you instead 's &",
    )
)


@dataclass(frozen=True)
class Clause:
    """One clause about oneself."""

    roles: frozenset[Role]
    #: The number of the school that it names, if any.
    school: int | None = None
    unknown_school: str = ""
    #: "I'm not …", "I've left …".
    is_denied: bool = False
    is_also: bool = False
    #: "I'm just a class teacher": nothing besides.
    is_all: bool = False


def clauses_of(text: str, schools: Sequence[School]) -> list[Clause]:
    """What somebody says of themselves, clause by clause; empty for any other message."""
    said = _plain(text)
    if len(said) > LONGEST or _opened(said) is None:
        return []
    words, _ = marked(said, schools)
    clauses: list[Clause] = []
    for part in _NEXT_CLAUSE.split(words):
        clause = _clause(part, is_first=not clauses)
        if clause is None:
            return []
        clauses.append(clause)
    return clauses


def speaks_of_oneself(text: str) -> bool:
    """Whether a message begins as one about oneself does; most do not, and need no second look."""
    return _opened(_plain(text)) is not None


def _plain(text: str) -> str:
    return _HELLO.sub("", " ".join(text.replace("’", "'").split()))


def _clause(words: str, *, is_first: bool) -> Clause | None:
    opened = _opened(words)
    if opened is None and is_first:
        return None
    # After "but", what somebody is may follow without another "I am".
    kind, rest = opened or ("am", words)
    rest = _FROM_TO.sub("to ", rest, count=1)
    if kind == "moved" and not _MOVED_TO.match(rest):
        return None
    named = set(_AT.findall(rest))
    roles, rest = roles_and_rest(_YEAR_GROUP.sub(" ", _AT.sub(" ", rest)))
    unknown, rest = ("", rest) if named else _elsewhere(kind, rest)
    left_over = set(re.findall(r"[\w'&]+", _ALSO.sub(" ", rest.lower()))) - _SMALL_WORDS
    if left_over or len(named) > 1 or not (named or roles or unknown):
        return None
    return Clause(
        roles,
        int(named.pop()) if named else None,
        unknown,
        is_denied=kind in {"not", "left"} or _NOT_ANY_MORE.search(words) is not None,
        is_also=_ALSO.search(words) is not None,
        is_all=_ALL.search(words) is not None and kind == "am" and bool(roles),
    )


def _elsewhere(kind: str, rest: str) -> tuple[str, str]:
    """What may be the name of a school that nobody knows, and the words without it."""
    found = _ELSEWHERE.search(rest)
    if found is None or kind in {"not", "left"} or _NO_SCHOOL.match(found["school"]):
        return "", rest
    if found["where"] == "to" and kind != "moved":
        return "", rest
    return found["school"].strip(), rest[: found.start()]


def _opened(words: str) -> tuple[str, str] | None:
    for kind, opening in _OPENINGS:
        if found := opening.match(words):
            return kind, words[found.end() :]
    return None
