"""Every box for words is known by its name, so that the guard is tried on each of them."""

from pathlib import Path

from cards.as_sent import as_json
from tests.cards.test_cards import CARDS

#: The rooms of cards that have boxes for words, and what the boxes are called.
BOXES = {
    "afterwards": {"words"},
    "announce": {"news"},
    "booking": {"hopes", "reason"},
    "guarded": {"words"},
    "lead_programme": {"reason", "note"},
    "lead_queue": {"search"},
    "lead_request_forms": {"name", "words", "question", "answer"},
    "next_steps": {"steps"},
    "register": {"name"},
    "request_steps": {"about", "tried", "times_words", "focus", "subject", "phase"},
    "school_meeting": {"why"},
    "session_form": {
        *("title", "venue", "online_url", "leads", "strand", "slot", "notes", "note", "reason"),
    },
    "staff": {"name"},
    "topics": {"topic"},
}


def boxes():
    """Every box for words on every card that there is, with each button that sends it."""
    found = set()
    for shown in CARDS.values():
        content = as_json(shown)
        names = {each["id"] for each in parts_of(content, "Input.Text")}
        for button in parts_of(content, "Action.Execute"):
            if button.get("associatedInputs") != "none":
                found |= {(button["verb"], name) for name in names}
    return sorted(found)


def parts_of(holder, kind):
    if isinstance(holder, list):
        return [part for each in holder for part in parts_of(each, kind)]
    if not isinstance(holder, dict):
        return []
    own = [holder] if holder.get("type") == kind else []
    return own + [part for each in holder.values() for part in parts_of(each, kind)]


def test_every_room_of_cards_that_has_a_box_for_words_is_tried():
    """A room with a box is found by its source; one without a sample would go untried."""
    built = {
        each.stem
        for each in (Path(__file__).parents[2] / "cards").glob("*.py")
        if "TextInput(" in each.read_text(encoding="utf-8")
    }
    tried = {name for _, name in boxes()}

    assert built == set(BOXES), "say which boxes the new room has, and give it a sample"
    assert tried >= set().union(*BOXES.values())
