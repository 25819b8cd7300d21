"""Topics for clinics to come: suggested, supported, taken back; and the demand, for the lead."""

import re
from uuid import UUID, uuid4

from microsoft_teams.cards import AdaptiveCard

from cards.greeting import notice_card, refusal_card
from cards.guarded import guarded_card
from cards.parts import Verb
from cards.topics import (
    NEEDS_PAGE,
    PAGE_SIZE,
    TOPIC_INPUT,
    already_asked_card,
    demand_card,
    need_card,
    topics_card,
    undo_button,
)
from dialogs.answer import Answer, Listening, OnPress, Press, leads_only, not_understood
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from hub.people import Person
from hub.refusals import Refusal
from hub.topics import LONGEST_TOPIC, NEEDS, Topic, demand
from hub.understanding import Understanding
from store import topics

#: The dialog that listens for a topic after somebody asked to suggest one.
TOPIC_WORDS = "topic-words"

_WISHES_FOR_A_CLINIC = tuple(
    re.compile(
        rf"^\W*(?:please |hi,? |hello,? )*{wording}\s+(?P<words>\S.*?)\W*$",
        re.IGNORECASE | re.DOTALL,
    )
    for wording in (
        r"(?:can|could|may|might|should) (?:we|you|i|the hub) (?:please )?"
        r"(?:have|do|run|get|hold|offer|put on|organise|arrange) (?:a|another|some) "
        r"(?:new )?clinics? (?:on|about|for|around)",
        r"(?:i|we)(?:'d| would) (?:really )?(?:like|love|want) (?:to (?:have|see) )?(?:a|another) "
        r"clinic (?:on|about|around)",
        r"(?:i|we) (?:need|want) (?:a|another) clinic (?:on|about|around)",
        r"(?:please )?run a clinic (?:on|about)",
        r"(?:i(?:'d| would) like to )?(?:suggest|propose) (?:a |the )?"
        r"(?:new )?(?:clinic|topic)(?: (?:on|about|of)|[:,–-])",
    )
)
_SUGGEST = re.compile(
    r"^\W*(?:please )?(?:(?:can|may|could) i |i(?:'d| would) like to |i want to )?"
    r"(?:suggest|propose) (?:a |another |some )?(?:new )?(?:clinic )?(?:topics?|clinics?)\W*$",
    re.IGNORECASE,
)
#: Each topic of one's own has its "Take it back" in the list.
_MY_TOPIC = re.compile(
    r"\b(?:withdraw|take back|remove|cancel|delete) (?:my|the|that) (?:topic|suggestion)"
    r"|^\W*my (?:topics?|suggestions?)\W*$|\btopics (?:have been|were) suggested\b",
    re.IGNORECASE,
)
_BROWSE = re.compile(
    r"^\W*(?:(?:show|see|list)(?: me)? )?(?:the |all )?(?:clinic|suggested|proposed)? ?topics"
    r"(?: for (?:the )?(?:next )?clinics?)?\W*$",
    re.IGNORECASE,
)
_DEMAND = re.compile(
    r"^\W*(?:show (?:me )?)?(?:the )?(?:topic|clinic)s? demand\W*$"
    r"|^\W*(?:the )?demand for (?:topics|clinics)\W*$"
    r"|^\W*what (?:do|does|are|is) (?:people|staff|schools|they|everybody|everyone) "
    r"(?:want|asking for|ask for|like|need)(?: an?| the)?(?: next)? clinics?(?: on| about| for)?\W*$"
    r"|^\W*what (?:topics|clinics) (?:do|are) (?:people|staff|schools|they) "
    r"(?:want|asking for|ask for|like|need)\W*$",
    re.IGNORECASE,
)
#: "A clinic on Friday" is about a day, not about a need.
_A_DAY = re.compile(
    r"^(?:the )?(?:mon|tues?|wednes|thurs?|fri|satur|sun)days?\b|^(?:to(?:day|morrow)|next |this )"
    r"|^(?:the )?\d{1,2}(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)


async def show_topics(
    desk: Desk, person: Person, page: int = 0, intro: str = "", undo: Topic | None = None
) -> Answer:
    """One page of what is asked for this school year, as it stands for this person."""
    async with desk.database.read() as db:
        listed = await topics.topics(db, person, desk.now())
    page = page if page * PAGE_SIZE < len(listed) else 0
    back = undo_button(undo) if undo else None
    return Answer(topics_card(listed, str(uuid4()), page=page, intro=intro, undo=back))


async def propose(
    desk: Desk, person: Person, words: str, idea_id: UUID, *, is_another: bool = False
) -> Answer:
    """Keep a topic, or offer to support the same one if somebody asked for it already.

    ``is_another`` is said by somebody who was shown that one and means something else.
    """
    said = " ".join(words.split())
    if guarded := await seen_in(desk, f"a clinic on {said}"):
        return Answer(guarded_card(guarded))
    if not said:
        return await show_topics(desk, person, intro="What would you like a clinic on?")
    if len(said) > LONGEST_TOPIC:
        return Answer(_too_long())
    need, now = desk.reader.understand(said).topic, desk.now()
    async with desk.database.begin() as db:
        keep = topics.propose_another if is_another else topics.propose
        kept = await keep(db, person, idea_id, said, need, now)
    if kept.is_new:
        return await show_topics(desk, person, intro=_thanks(kept.topic.need))
    if kept.topic.own:
        return await show_topics(desk, person, intro="You have asked for that, and it is noted")
    return Answer(already_asked_card(kept.topic, said, str(uuid4())))


def _thanks(need: str | None) -> str:
    about = f" under “{NEEDS[need]}”" if need in NEEDS else ""
    return f"Thank you, the SEND Lead will see it{about}"


def _too_long() -> AdaptiveCard:
    return notice_card(
        "That is a little long for a topic",
        f"Could you say it in under {LONGEST_TOPIC} characters? Say “suggest a topic: …”.",
    )


async def support(desk: Desk, person: Person, idea_id: UUID) -> Answer:
    """Ask for a topic too."""
    async with desk.database.begin() as db:
        outcome = await topics.support(db, person, idea_id, desk.now())
    if isinstance(outcome, Refusal):
        return Answer(refusal_card(outcome))
    shown = await show_topics(desk, person, intro="Thank you, that counts")
    return Answer(shown.card, settles=True)


async def take_back(desk: Desk, person: Person, idea_id: UUID) -> Answer:
    """Ask for a topic no longer; it stays with others who ask for it."""
    async with desk.database.begin() as db:
        outcome = await topics.take_back(db, person, idea_id, desk.now())
    if isinstance(outcome, Refusal):
        return Answer(refusal_card(outcome))
    shown = await show_topics(desk, person, intro="I've taken that back for you", undo=outcome)
    return Answer(shown.card, settles=True)


async def show_demand(desk: Desk, need: str = "", page: int = 0) -> Answer:
    """For the lead: what is wanted this school year, all of it or one need."""
    async with desk.database.read() as db:
        needs = demand(await topics.wanted(db, desk.now()))
    of_one = next((each for each in needs if each.need == need), None)
    entries = len(of_one.topics) if of_one else len(needs)
    page = page if page * NEEDS_PAGE < entries else 0
    return Answer(need_card(of_one, page) if of_one else demand_card(needs, page))


async def hear_topic(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Take "can we have a clinic on …", or show the topics; None when it is about neither."""
    said = meaning.text.strip()
    if _MY_TOPIC.search(said):
        return await show_topics(desk, person)
    if _SUGGEST.match(said):
        return await _ask_for_a_topic(desk, person)
    if _BROWSE.match(said):
        return await show_topics(desk, person)
    if _DEMAND.match(said):
        return await (show_demand(desk) if person.is_lead else show_topics(desk, person))
    for wish in _WISHES_FOR_A_CLINIC:
        if (found := wish.match(said)) and not _A_DAY.match(found["words"]):
            return await propose(desk, person, found["words"], uuid4())
    return None


async def _ask_for_a_topic(desk: Desk, person: Person) -> Answer:
    shown = await show_topics(desk, person)
    return Answer(shown.card, Listening(TOPIC_WORDS))


async def _topics(desk: Desk, person: Person, press: Press) -> Answer:
    if press.page:
        return await show_topics(desk, person, press.page)
    return await _ask_for_a_topic(desk, person)


async def _propose(desk: Desk, person: Person, press: Press) -> Answer:
    idea_id = press.id_of("idea")
    if idea_id is None:
        return not_understood()
    is_another = bool(press.text_of("another"))
    words = press.text_of(TOPIC_INPUT)
    answer = await propose(desk, person, words, idea_id, is_another=is_another)
    return Answer(answer.card, settles=True)


async def _support(desk: Desk, person: Person, press: Press) -> Answer:
    idea_id = press.id_of("idea")
    return await support(desk, person, idea_id) if idea_id else not_understood()


async def _take_back(desk: Desk, person: Person, press: Press) -> Answer:
    idea_id = press.id_of("idea")
    return await take_back(desk, person, idea_id) if idea_id else not_understood()


async def _demand(desk: Desk, _person: Person, press: Press) -> Answer:
    return await show_demand(desk, press.text_of("need"), press.page)


PRESSES: dict[Verb, OnPress] = {
    Verb.TOPICS: _topics,
    Verb.PROPOSE_TOPIC: _propose,
    Verb.SUPPORT_TOPIC: _support,
    Verb.WITHDRAW_TOPIC: _take_back,
    Verb.DEMAND: leads_only(_demand),
}
