"""Asking for any of the Hub's services: the list, or straight to the one that was named."""

import re

from cards.services import SERVICE_INPUT, services_card
from dialogs import request_draft
from dialogs.answer import Answer, Press
from dialogs.desk import Desk
from dialogs.needs import needs_said
from hub.people import Person
from hub.services import SUPPORT, Kind
from hub.understanding import Intent, Understanding

_LIST = re.compile(
    r"^\W*(?:show (?:me )?)?(?:(?:the|all|your|other) )*(?:services|other help|ask the hub|ask for (?:something|help|a service)"
    r"|what (?:else )?(?:can|could) i ask (?:you |the hub )?for|what services (?:are there|do you (?:have|offer)))\W*$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:i(?:'d| would) (?:like|love)|we(?:'d| would) (?:like|love)|can (?:i|we|you|someone|somebody)"
    r"|could (?:i|we|you|someone|somebody)|please|i want|we want|i need|we need|request|ask for|arrange|book)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^\W*(?:(?:a |i have a |i've got a )?(?:quick )?question(?: for the (?:send )?(?:director|lead))?"
    r"|(?:can you )?ask the (?:send )?(?:director|lead)|rapid advice)\b(?:\s*[:,–-]|\s+(?:if|whether|about))?\s*(?P<words>.*)$",
    re.IGNORECASE | re.DOTALL,
)
#: Fewer words than this are no question yet.
SHORTEST_QUESTION = 3


async def show_services(desk: Desk, person: Person, intro: str = "") -> Answer:
    """Everything that this person may ask for."""
    if person.is_from_partner:
        intro = intro or "This is what the Hub has opened to partner schools."
    return Answer(services_card(desk.services.open_to(person), intro), settles=True)


async def ask_for_service(desk: Desk, person: Person, meaning: Understanding) -> Answer:
    """Begin a request for the service that was named, or show them all."""
    named = desk.services.named_in(meaning.text)
    if named is None:
        return await show_services(desk, person)
    needs = named.question("needs")
    said = needs_said(desk, meaning, named)
    known = {"needs": ",".join(said)} if needs and said else {}
    return await request_draft.start(desk, person, named.key, known)


async def hear_outright(desk: Desk, person: Person, said: str) -> Answer | None:
    """Take "question for the SEND Director: …", or show the list; None for everything else."""
    if _LIST.match(said):
        return await show_services(desk, person)
    question = next((each for each in desk.services.every if each.is_question), None)
    if question and (found := _QUESTION.match(said)):
        words = " ".join(found["words"].split())
        key = next((each.key for each in question.questions if each.kind is Kind.TEXT), "")
        known = {key: words} if len(words.split()) >= SHORTEST_QUESTION else {}
        return await request_draft.start(desk, person, question.key, known, anew=bool(known))
    return None


async def hear(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Take a service asked for by its name."""
    said = meaning.text.strip()
    named = desk.services.named_in(said)
    if named is None or named.key == SUPPORT:
        return None
    is_its_name = " ".join(said.lower().split()).strip(" .!?") == named.name.lower()
    if meaning.intent is Intent.REQUEST_SERVICE:
        return await ask_for_service(desk, person, meaning)
    asks = meaning.intent in {Intent.UNKNOWN, Intent.FIND_TOOLKIT} and _ASKS.search(said)
    if is_its_name or asks:
        return await ask_for_service(desk, person, meaning)
    return None


async def pressed(desk: Desk, person: Person, press: Press) -> Answer:
    """Begin a request for the service of a button or of the list."""
    key = press.text_of(SERVICE_INPUT)
    return await request_draft.start(desk, person, key, anew=bool(press.text_of("anew")))
