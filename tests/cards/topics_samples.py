"""Cards of topics, with words that try the layout and a year's worth of them."""

from uuid import UUID

from cards import topics
from hub.topics import NO_NEED, Asker, Part, Topic, WantedTopic, demand

AN_ID = UUID("5a0f8c1e-0000-4000-8000-000000000001")
HARD_WORDS = ("*Topic* [mutism](in) _Reception_ مرحبا 🎒 " + "x" * 200)[:200]

MINE = Topic(AN_ID, HARD_WORDS, "slcn", 1, Part.PROPOSED)
OURS = Topic(AN_ID, HARD_WORDS, None, 40, Part.SUPPORTS)
THEIRS = Topic(AN_ID, HARD_WORDS, "sensory", 2)
ASKERS = tuple(Asker(AN_ID, HARD_WORDS, f"School {at} {HARD_WORDS[:80]}") for at in range(60))
EVERYONE = tuple(Asker(UUID(int=at), HARD_WORDS, each.school) for at, each in enumerate(ASKERS))
NEEDS = demand(
    WantedTopic(UUID(int=number), HARD_WORDS, need, EVERYONE)
    for number, need in enumerate(["slcn", "semh", "adhd", "dcd", NO_NEED] * 12)
)
NEW = str(AN_ID)
CARDS = {
    "no topics": topics.topics_card([], NEW),
    "sixty topics": topics.topics_card([MINE, OURS, THEIRS] * 20, NEW, page=1, intro="Thank you"),
    "topics with undo": topics.topics_card(
        [THEIRS] * 60, NEW, intro="Taken back", undo=topics.undo_button(THEIRS)
    ),
    "topic asked for already": topics.already_asked_card(THEIRS, HARD_WORDS, NEW),
    "no demand": topics.demand_card([], 0),
    "demand": topics.demand_card(NEEDS * 12, 1),
    "demand for one need": topics.need_card(NEEDS[0], 1),
}
