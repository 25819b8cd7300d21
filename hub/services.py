"""What staff can ask the Hub for, as data: each service, its questions, and who may ask.

The words come from ``services.toml`` (or a trust's own copy); this module gives them types and
refuses what does not hold together. 1:1 support, tier 6 of the offer, is one of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hub import refusals
from hub.people import Person, Role
from hub.refusals import Refusal
from hub.topics import NEEDS

#: 1:1 support by the Trust SEND Lead, tier 6 of the offer.
SUPPORT = "tier-6"
#: What a number can be when the file does not say.
MOST_OF_ANYTHING = 1000


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    CHOICES = "choices"
    #: Needs of learners, by the toolkits' slugs.
    NEEDS = "needs"
    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    YES_NO = "yes-no"
    #: Times that suit: free ones to tick, or words.
    TIMES = "times"


#: Kinds that stand together on one card; each of the others is a step of its own.
FACTS = frozenset(Kind) - {Kind.TEXT, Kind.TIMES}
#: Kinds with several answers at once.
SEVERAL = frozenset({Kind.CHOICES, Kind.NEEDS})


@dataclass(frozen=True)
class Option:
    """One answer to choose."""

    key: str
    title: str
    #: Words that mean it when somebody types.
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One thing that a service needs to know."""

    key: str
    asks: str
    kind: Kind
    choices: tuple[Option, ...] = ()
    optional: bool = False
    hint: str = ""
    #: What is chosen until somebody chooses otherwise.
    preset: str = ""
    #: The answer with which the request kindly ends there.
    stops: str = ""
    least: int = 1
    most: int = MOST_OF_ANYTHING


@dataclass(frozen=True)
class Service:
    """One thing to ask for."""

    key: str
    group: str
    name: str
    #: What it is, in one line.
    does: str
    #: Who answers for it, in words.
    owner: str
    questions: tuple[Question, ...]
    #: Roles that may ask; empty means everybody.
    audience: frozenset[Role] = frozenset()
    #: Whether it is opened to partner schools.
    partners: bool = False
    #: Whether somebody comes to see, so that a visit is promised.
    has_visit: bool = False
    #: A question that wants an answer within a school day.
    is_question: bool = False
    #: Words by which people ask for it.
    said: tuple[str, ...] = ()

    def question(self, key: str) -> Question | None:
        """One of its questions."""
        return next((each for each in self.questions if each.key == key), None)


@dataclass(frozen=True)
class Services:
    """All services, in the order in which they are shown."""

    every: tuple[Service, ...]

    def service(self, key: str) -> Service | None:
        """The service with this key; None when there is none, or none any more."""
        return next((each for each in self.every if each.key == key), None)

    def name_of(self, key: str) -> str:
        """What a service is called, also one that a trust has taken out since."""
        found = self.service(key)
        return found.name if found else key.replace("-", " ").capitalize()

    def open_to(self, person: Person) -> tuple[Service, ...]:
        """Those that this person may ask for."""
        return tuple(each for each in self.every if may_ask(person, each) is None)

    def named_in(self, text: str) -> Service | None:
        """The service that a text speaks of, by its longest known words; None when none is named."""
        words = f" {' '.join(text.lower().split())} "
        found = [
            (len(said), -at, each)
            for at, each in enumerate(self.every)
            for said in (each.name.lower(), *each.said)
            if re.search(rf"(?<!\w){re.escape(said)}(?!\w)", words)
        ]
        return max(found)[2] if found else None


#: Nothing can be asked for: a bot without this part of the offer.
NO_SERVICES = Services(())


def may_ask(person: Person, service: Service) -> Refusal | None:
    """Why this person may not ask for this service; None when they may."""
    if person.is_from_partner and not service.partners:
        return refusals.service_not_for_partners(service.name)
    if service.audience and not person.is_lead and person.roles.isdisjoint(service.audience):
        return refusals.service_meant_for(service.name, service.audience)
    return None


def services_from(data: Mapping[str, Any]) -> Services:
    """Read the services from plain data, as in ``services.toml``.

    Raises ValueError that names the service at fault.
    """
    every = tuple(_service_from(each) for each in data.get("service", ()))
    keys = [each.key for each in every]
    if SUPPORT not in keys:
        raise ValueError(f"there must be a service {SUPPORT}: 1:1 support")
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise ValueError(f"service {min(twice)}: there are two of it")
    return Services(every)


def _service_from(data: Mapping[str, Any]) -> Service:
    try:
        return Service(
            key=data["key"],
            group=data["group"],
            name=data["name"],
            does=data["does"],
            owner=data["owner"],
            questions=tuple(_question_from(each) for each in data["question"]),
            audience=frozenset(Role(name) for name in data.get("roles", ())),
            partners=data.get("partners", False),
            has_visit=data.get("has_visit", False),
            is_question=data.get("is_question", False),
            said=tuple(each.lower() for each in data.get("said", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"service {data.get('key', '?')}: {error}") from error


def _question_from(data: Mapping[str, Any]) -> Question:
    kind = Kind(data["kind"])
    options = tuple(
        Option(each["key"], each["title"], tuple(each.get("said", ())))
        for each in data.get("choices", ())
    )
    match kind:
        case Kind.CHOICE | Kind.CHOICES if not options:
            raise ValueError(f"question {data['key']} has no choices")
        case Kind.NEEDS:
            options = tuple(Option(key, title) for key, title in NEEDS.items())
        case Kind.YES_NO:
            options = (Option("yes", "Yes"), Option("no", "No"))
    keys = {each.key for each in options} | {""}
    preset, stops = data.get("preset", ""), data.get("stops", "")
    if not {preset, stops} <= keys:
        raise ValueError(f"question {data['key']}: {preset or stops} is none of its choices")
    return Question(
        key=data["key"],
        asks=data["asks"],
        kind=kind,
        choices=options,
        optional=data.get("optional", False),
        hint=data.get("hint", ""),
        preset=preset,
        stops=stops,
        least=data.get("least", 1),
        most=data.get("most", MOST_OF_ANYTHING),
    )
