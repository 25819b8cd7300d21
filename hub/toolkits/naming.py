"""Pages that are named outright: "dyslexia toolkit", "graduated-approach plan"."""

import re
from collections.abc import Iterable
from typing import TypeVar

from hub.toolkits.page import Heading, Toolkit
from hub.toolkits.template import Template

_Page = TypeVar("_Page", bound=Toolkit | Template)
#: What is left of "find me a toolkit, please" names nothing.
_SAYS_NOTHING = re.compile(
    r"a|about|again|all|an|another|any|anything|are|ask|at|browse|by|can|could|do|find|for|from|get"
    r"|give|good|got|guidance|guides?|have|hello|help|hi|hub|i|is|it|kits?|list|look|looking|me|my"
    r"|needs?|of|on|one|open|our|page|please|quick|references?|resources?|search|see|send|show|some"
    r"|something|that|the|there|these|thing|this|tips?|to|tool|toolkits?|tools|us|want|we|whats?"
    r"|which|with|would|you|your"
)


def named_in(words: str, pages: Iterable[_Page]) -> list[_Page]:
    """The pages whose title or slug stands in these words, the longest name first.

    A name within a longer one that was said, as in "working memory in maths", counts as well.
    """
    said = f" {spelled_plainly(words)} "
    named = []
    for page in pages:
        names = {spelled_plainly(page.title), page.slug.replace("-", " ")}
        hits = [name for name in names if f" {name.removeprefix('the ')} " in said]
        if hits:
            named.append((max(map(len, hits)), page))
    return [page for _, page in sorted(named, key=lambda each: -each[0])]


def tagged_in(words: str, pages: Iterable[_Page]) -> list[tuple[_Page, str]]:
    """The pages one of whose tags stands in these words, with the longest such tag."""
    said = f" {spelled_plainly(words)} "
    tagged = []
    for page in pages:
        hits = [tag for tag in page.tags if f" {spelled_plainly(tag)} " in said]
        if hits:
            tagged.append((page, max(hits, key=len)))
    return sorted(tagged, key=lambda each: -len(each[1]))


def says_nothing(words: str) -> bool:
    """Whether somebody asks for a toolkit without saying which."""
    return all(_SAYS_NOTHING.fullmatch(word) for word in spelled_plainly(words).split())


def heading_named(words: str) -> Heading | None:
    """The section whose title these words are; None for anything else."""
    said = spelled_plainly(words)
    return next((each for each in Heading if spelled_plainly(each) == said), None)


def spelled_plainly(text: str) -> str:
    """Small letters and digits, one space between words."""
    return " ".join(re.findall(r"[^\W_]+", re.sub("[’']", "", text.casefold())))
