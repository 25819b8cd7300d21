"""How a lead narrows the queue by typing: "urgent requests from School A", "queue about autism"."""

import re

from cards.lead_queue import EVERYTHING, Narrowed
from dialogs.desk import Desk
from hub.school_names import marked
from hub.toolkits.naming import named_in, spelled_plainly, tagged_in
from hub.topics import NEEDS
from store import programme

#: "Who is late?" needs no word for what is.
_LATE = re.compile(
    r"^\W*(?:who|what|which|anything|anybody|anyone)(?: else)?(?:'s|’s| is| are)?(?: still)? "
    r"(?:late|overdue|slipping|slipped)(?: now| today)?(?: please)?\W*$",
    re.IGNORECASE,
)
_IS_IT = re.compile(r"\b(?:queue|requests)\b", re.IGNORECASE)
#: How each part of the queue is called, by what the card's own choice is called.
_SHOWN = (
    (
        "mine",
        re.compile(r"\b(?:handed to me|given to me|assigned to me|that are mine)\b", re.IGNORECASE),
    ),
    ("late", re.compile(r"\b(?:late|overdue|slipped)\b", re.IGNORECASE)),
    ("urgent", re.compile(r"\burgent\b", re.IGNORECASE)),
    ("new", re.compile(r"\bnew(?:est)?\b", re.IGNORECASE)),
)
#: What may stand beside it; anything else is looked for among all requests, or is no such wish.
_FILLERS = re.compile(
    r"\b(?:show|see|list|give|me|us|the|all|any|open|waiting|unanswered|oldest|first|our|requests?|queue"
    r"|from|for|about|on|at|in|of|with|by|and|which|what|are|is|there|who|has|have|please|school|needs?)\b",
    re.IGNORECASE,
)


async def narrowed_by(desk: Desk, said: str) -> Narrowed | None:
    """The part of the queue that is asked for; None where the words ask for something else."""
    if _LATE.match(said):
        return Narrowed("late")
    if not _IS_IT.search(said):
        return None
    async with desk.database.read() as db:
        schools = await programme.schools(db)
    rest, found = marked(said, schools)
    rest = re.sub("\ue000\\d+\ue001", " ", rest)
    show = next((name for name, pattern in _SHOWN if pattern.search(rest)), EVERYTHING)
    for _, pattern in _SHOWN:
        rest = pattern.sub(" ", rest)
    need, rest = _need(desk, rest)
    if re.search(r"\w", _FILLERS.sub(" ", rest)) or len(found) > 1:
        return None
    school = schools[min(found)].id if found else EVERYTHING
    return Narrowed(show, school, need)


def _need(desk: Desk, said: str) -> tuple[str, str]:
    """The need that is named, and what is left of the words without it."""
    pages = [each for each in desk.shelf.toolkits if each.slug in NEEDS]
    plain = spelled_plainly(said)
    if named := named_in(plain, pages):
        slug, names = named[0].slug, [named[0].title, named[0].slug]
    elif tagged := tagged_in(plain, pages):
        slug, names = tagged[0][0].slug, [tagged[0][1]]
    else:
        return EVERYTHING, said
    for each in names:
        plain = f" {plain} ".replace(f" {spelled_plainly(each.replace('-', ' '))} ", "  ")
    return slug, plain
