"""The needs by which people browse the toolkits.

Source: the four broad areas of need (SEND Code of Practice, 6.28 to 6.35), in the words of a
staffroom, then teaching and paperwork, which belong to every need.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.toolkits.page import Toolkit


@dataclass(frozen=True)
class Area:
    """One need, and what there is on it."""

    key: str
    title: str
    toolkits: tuple[Toolkit, ...]


_AREAS = (
    ("communication", "Communication", ("autism", "slcn", "aac-symbols")),
    (
        "learning",
        "Learning",
        ("dyslexia", "cognition-learning", "maths-gaps", "working-memory"),
    ),
    ("feelings", "Feelings and behaviour", ("semh", "adhd", "attendance")),
    ("senses", "Senses and movement", ("sensory", "dcd")),
    (
        "teaching",
        "Teaching and support",
        ("adaptive-teaching", "reasonable-adjustments", "assistive-technology", "ta-deployment"),
    ),
    ("plans", "Plans and reviews", ("graduated-approach", "ehcp")),
)
#: Where a trust's own pages stand that are about none of these.
OWN = ("own", "From our trust")


def areas_of(toolkits: Sequence[Toolkit]) -> list[Area]:
    """Every area that has a toolkit; a page that no area names stands in the last."""
    by_slug = {each.slug: each for each in toolkits}
    areas = [
        Area(key, title, tuple(by_slug.pop(slug) for slug in slugs if slug in by_slug))
        for key, title, slugs in _AREAS
    ]
    return [each for each in [*areas, Area(*OWN, tuple(by_slug.values()))] if each.toolkits]
