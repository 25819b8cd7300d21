"""Whether a toolkit page keeps the Hub's standard: its length, its moves, its words, its sources.

What cannot be read as a page at all is next door (page.py). Reading age needs a library, so
the tests hold it.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from hub.toolkits.page import Block, Heading, Toolkit
from hub.toolkits.template import Template
from hub.toolkits.wording import BANNED

FEWEST_WORDS, MOST_WORDS = 250, 400
FEWEST_MOVES, MOST_MOVES = 5, 8
#: Three lines on a phone at most.
LONGEST_MOVE = 160
LONGEST_SUMMARY = 140
FEWEST_TAGS = 10
#: Evidence and law move on; a page older than this is read again before anybody trusts it.
YEARS_BETWEEN_REVIEWS = 2

SAY, AVOID = "Say: ", "Avoid: "

_BANNED = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), say) for words, say in BANNED)
_WORD = re.compile(r"\w+(?:[’'.,:/-]\w+)*")
_NOT_FOR_CARDS = (
    (re.compile(r"</?[a-z][^>]*>", re.IGNORECASE), "HTML"),
    (re.compile(r"!\["), "an image"),
    (re.compile(r"^\|"), "a table"),
    (re.compile(r"^#+ "), "a smaller heading"),
    (re.compile(r"^(```|~~~|> )"), "code or a quotation block"),
)
_SAFEGUARDING = re.compile(
    r"\b(safeguard\w*|child protection|abus\w+|neglect\w*|self[- ]harm\w*|talk of harm|injur\w+)",
    re.IGNORECASE,
)
_DSL = re.compile(r"\bDSL\b|\bDesignated Safeguarding Lead\b", re.IGNORECASE)
_YEAR_AT_THE_END = re.compile(r"\((?:19|20)\d\d\)$")


@dataclass(frozen=True)
class Fault:
    """One thing to put right, and where."""

    name: str
    line: int
    say: str

    def __str__(self) -> str:
        """As it is told to whoever wrote the page."""
        return f"{self.name}, line {self.line}: {self.say}"


def faults_of(toolkit: Toolkit, today: date) -> list[Fault]:
    """Everything in which a page falls short of the standard, from top to bottom.

    ``today`` is the day by which its review counts as fresh or old.
    """
    found = [
        *_front_faults(toolkit, today),
        *_link_faults(toolkit),
        *_length_faults(toolkit),
        *_move_faults(toolkit),
        *_advice_faults(toolkit),
        *_safeguarding_faults(toolkit),
        *_wording_faults(toolkit),
        *_markdown_faults(toolkit),
    ]
    faults = [Fault(toolkit.name, line, say) for line, say in found]
    return sorted(faults, key=lambda fault: fault.line)


def link_faults_of(toolkit: Toolkit, known: Collection[str]) -> list[Fault]:
    """The links that lead nowhere; ``known`` are the keys of tiers and services there are."""
    say = "in tier_links “{}” is neither a tier of the offer nor a service"
    return [
        Fault(toolkit.name, 1, say.format(each)) for each in toolkit.tier_links if each not in known
    ]


def template_faults_of(template: Template, today: date) -> list[Fault]:
    """In which a form falls short; ``today`` as for a toolkit."""
    found = [*_front_faults(template, today), *_unworthy([(1, template.markdown)])]
    return [Fault(template.name, line, say) for line, say in found]


def words_of(toolkit: Toolkit) -> int:
    """How many words there are below the headings."""
    return sum(len(_WORD.findall(block.text)) for _, block in _blocks(toolkit))


def _front_faults(page: Toolkit | Template, today: date) -> Iterator[tuple[int, str]]:
    if len(page.summary) > LONGEST_SUMMARY or "\n" in page.summary:
        yield 1, f"the summary is to be one line of at most {LONGEST_SUMMARY} characters"
    if len(set(page.tags)) < FEWEST_TAGS:
        yield 1, f"give at least {FEWEST_TAGS} tags: words that staff type, misspelt ones too"
    if not page.sources:
        yield 1, "sources is empty: name at least one"
    for source in page.sources:
        if not _YEAR_AT_THE_END.search(source):
            yield 1, f"the source “{source}” is to end with its year, such as (2020)"
    reviewed = page.reviewed_on
    if reviewed > today:
        yield 1, f"reviewed_on {reviewed} has not come yet"
    # A tuple, because 29 February has no day two years on.
    if (reviewed.year + YEARS_BETWEEN_REVIEWS, reviewed.month, reviewed.day) < (
        today.year,
        today.month,
        today.day,
    ):
        yield 1, f"last reviewed on {reviewed}, more than {YEARS_BETWEEN_REVIEWS} years ago"


def _link_faults(toolkit: Toolkit) -> Iterator[tuple[int, str]]:
    if not toolkit.tier_links:
        yield 1, "tier_links is empty: name the training that goes deeper"


def _length_faults(toolkit: Toolkit) -> Iterator[tuple[int, str]]:
    words = words_of(toolkit)
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        yield 1, f"the page has {words} words; {FEWEST_WORDS} to {MOST_WORDS} are right"


def _move_faults(toolkit: Toolkit) -> Iterator[tuple[int, str]]:
    section = toolkit.section(Heading.TRY_TOMORROW)
    if not FEWEST_MOVES <= len(section.items) <= MOST_MOVES:
        yield (
            section.line,
            f"“{section.heading}” has {len(section.items)} moves; "
            f"{FEWEST_MOVES} to {MOST_MOVES} are right",
        )
    for block in section.blocks:
        if not block.is_item:
            yield block.line, f"each move of “{section.heading}” is to begin with “- ”"
        elif len(block.text) > LONGEST_MOVE:
            yield block.line, f"a move is one line of at most {LONGEST_MOVE} characters"


def _advice_faults(toolkit: Toolkit) -> Iterator[tuple[int, str]]:
    section = toolkit.section(Heading.WORDS_THAT_HELP)
    for start in (SAY, AVOID):
        if not any(item.startswith(start) for item in section.items):
            yield section.line, f"“{section.heading}” is to have a line “- {start}“…””"
    for block in section.blocks:
        if not block.text.startswith((SAY, AVOID)):
            yield block.line, f"a line here begins with “- {SAY}” or “- {AVOID}”"


def _safeguarding_faults(toolkit: Toolkit) -> Iterator[tuple[int, str]]:
    speaking = [block for _, block in _blocks(toolkit) if _SAFEGUARDING.search(block.text)]
    if speaking and not any(_DSL.search(block.text) for _, block in _blocks(toolkit)):
        yield speaking[0].line, "where safety comes up, point to the DSL"


def _wording_faults(toolkit: Toolkit) -> Iterator[tuple[int, str]]:
    head = [(1, toolkit.title), (1, toolkit.summary)]
    # What to avoid is quoted there, and what staff type in the tags.
    body = [(b.line, b.text) for _, b in _blocks(toolkit) if not b.text.startswith(AVOID)]
    return _unworthy([*head, *body])


def _unworthy(texts: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for line, text in texts:
        for pattern, instead in _BANNED:
            if found := pattern.search(text):
                yield line, f"“{found[0]}”: write instead: {instead}"


def _markdown_faults(toolkit: Toolkit) -> Iterator[tuple[int, str]]:
    for _, block in _blocks(toolkit):
        for pattern, what in _NOT_FOR_CARDS:
            if pattern.search(block.text):
                yield block.line, f"a card in Teams cannot show {what}"


def _blocks(toolkit: Toolkit) -> Iterator[tuple[Heading, Block]]:
    for section in toolkit.sections:
        for block in section.blocks:
            yield section.heading, block
