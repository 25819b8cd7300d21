"""A card in plain JSON, as Teams reads it."""

from typing import Any

from microsoft_teams.cards import AdaptiveCard

CARD_CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"


def as_attachment(shown: AdaptiveCard) -> dict[str, Any]:
    """The card as a Bot Framework attachment, in plain JSON."""
    return {"contentType": CARD_CONTENT_TYPE, "content": as_json(shown)}


def as_json(shown: AdaptiveCard) -> dict[str, Any]:
    """The card as Teams reads it."""
    content: dict[str, Any] = shown.model_dump(mode="json", by_alias=True, exclude_none=True)
    content["$schema"] = "https://adaptivecards.io/schemas/adaptive-card.json"
    content.pop("schema", None)
    return content
