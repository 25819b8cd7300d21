"""Topics that staff would like a clinic on: which are the same, and what is wanted most.

Tier 4 is needs-led: topics can be proposed between clinics, and the lead sees the demand by need
and school (domain, section 1). Who asked is for the lead alone.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from uuid import UUID

#: A topic is a line, not an essay.
LONGEST_TOPIC = 200
#: From here on two wordings of one need are nearly the same; found by trying pairs staff would use.
NEARLY_THE_SAME = 0.72
#: What topics without a recognised need are gathered under.
NO_NEED = "other"

#: What the needs are called, by their slug (the toolkits' own).
NEEDS = {
    "autism": "Autism",
    "slcn": "Speech, language and communication",
    "semh": "Social, emotional and mental health",
    "adhd": "ADHD",
    "dcd": "DCD and dyspraxia",
    "dyslexia": "Dyslexia",
    "sensory": "Sensory needs",
    "cognition-learning": "Cognition and learning",
    "assistive-technology": "Assistive technology",
    "reasonable-adjustments": "Reasonable adjustments",
    "adaptive-teaching": "Adaptive teaching",
    "ta-deployment": "TA deployment",
    "graduated-approach": "The graduated approach",
    "ehcp": "EHCPs",
    "aac-symbols": "AAC and symbols",
    "maths-gaps": "Gaps in maths",
    "working-memory": "Working memory",
    "attendance": "Attendance",
    NO_NEED: "Other topics",
}

#: Words that say nothing about what a topic is.
_FILLERS = re.compile(
    r"an?|about|and|around|at|by|clinics?|do|for|help|how|i|in|me|more|of|on|our|please|session"
    r"|some|support(ing)?|that|the|them|to|we|what|when|with|your?"
)


class Part(StrEnum):
    """What one person has to do with a topic."""

    PROPOSED = "proposed"
    SUPPORTS = "supports"


@dataclass(frozen=True)
class Topic:
    """One topic as a member of staff sees it: never who asked for it."""

    id: UUID
    #: In the words of whoever proposed it, past the guard.
    words: str
    #: The slug of the need, where one was recognised.
    need: str | None
    #: How many people would like it.
    people: int
    #: This person's own part in it, if any.
    own: Part | None = None


@dataclass(frozen=True)
class Asker:
    """Somebody who would like a topic; for the lead only."""

    person_id: UUID
    name: str
    school: str


@dataclass(frozen=True)
class WantedTopic:
    """One topic as the lead sees it, whoever proposed it first."""

    id: UUID
    words: str
    need: str | None
    #: Everybody who asks for it now; empty for one that was taken back.
    askers: tuple[Asker, ...]


@dataclass(frozen=True)
class Demand:
    """How much one need is asked for, by school and in people's own words."""

    need: str
    #: Most wanted first.
    topics: tuple[WantedTopic, ...]
    #: How many people ask for it, each counted once.
    people: int
    #: How many of them in each school, the largest number first.
    by_school: tuple[tuple[str, int], ...]

    @property
    def title(self) -> str:
        """What the need is called."""
        return NEEDS[self.need]


def is_same_topic(words: str, need: str | None, other: str, other_need: str | None) -> bool:
    """Whether two wordings ask for one thing: the same words, or nearly so for the same need."""
    one, two = _telling_words(words), _telling_words(other)
    if one == two:
        return True
    if need != other_need:
        return False
    # Sorted, so that the order in which somebody puts things makes no difference.
    return SequenceMatcher(None, " ".join(one), " ".join(two)).ratio() >= NEARLY_THE_SAME


def same_topic(words: str, need: str | None, topics: Iterable[Topic]) -> Topic | None:
    """The first of these topics that asks for the same; None when it is a new one."""
    return next(
        (each for each in topics if is_same_topic(words, need, each.words, each.need)), None
    )


def _telling_words(words: str) -> list[str]:
    every = set(re.findall(r"\w+", words.casefold()))
    telling = {word for word in every if not _FILLERS.fullmatch(word)}
    # Words that are nothing but fillers are all there is to compare.
    return sorted(telling or every)


def demand(topics: Iterable[WantedTopic]) -> list[Demand]:
    """What is wanted, by need: most people first, then as the needs are listed."""
    by_need: dict[str, list[WantedTopic]] = {}
    for topic in topics:
        need = topic.need if topic.need in NEEDS else NO_NEED
        by_need.setdefault(need or NO_NEED, []).append(topic)
    found = [_demand_for(need, wanted) for need, wanted in by_need.items()]
    order = list(NEEDS)
    return sorted(found, key=lambda each: (-each.people, order.index(each.need)))


def _demand_for(need: str, topics: list[WantedTopic]) -> Demand:
    askers = {asker.person_id: asker for topic in topics for asker in topic.askers}
    schools = Counter(asker.school for asker in askers.values())
    ordered = sorted(topics, key=lambda topic: (-len(topic.askers), topic.words, topic.id))
    by_school = sorted(schools.items(), key=lambda each: (-each[1], each[0]))
    return Demand(need, tuple(ordered), len(askers), tuple(by_school))
