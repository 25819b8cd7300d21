"""An ``adaptiveCard/action`` invoke as one press of a button; what it does is the dialogs' business."""

from typing import Any

from cards.parts import Verb
from dialogs.answer import Press

#: The invoke that every button of a card sends.
CARD_ACTION = "adaptiveCard/action"


def press_from(value: Any) -> Press | None:
    """Read an ``adaptiveCard/action`` invoke's value; None when no card of ours sent it."""
    action = value.get("action") if isinstance(value, dict) else None
    if not isinstance(action, dict) or not isinstance(action.get("verb"), str):
        return None
    if action["verb"] not in set(Verb):
        return None
    data = action.get("data")
    return Press(Verb(action["verb"]), data if isinstance(data, dict) else {})
