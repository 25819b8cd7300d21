"""Saying a card: one message, with words for the notification and for screen readers."""

from botbuilder.core import TurnContext
from botbuilder.schema import Activity, ActivityTypes, Attachment
from microsoft_teams.cards import AdaptiveCard

from cards.parts import CARD_CONTENT_TYPE, as_json


def reply(card: AdaptiveCard) -> Activity:
    """One message that shows this card."""
    attachment = Attachment(content_type=CARD_CONTENT_TYPE, content=as_json(card))
    return Activity(
        type=ActivityTypes.message,
        attachments=[attachment],
        summary=card.fallback_text,
        attachment_layout="list",
    )


async def say(context: TurnContext, card: AdaptiveCard) -> None:
    """Send this card in answer to the turn."""
    await context.send_activity(reply(card))
