"""Saying a card: one message, with words for the notification and for screen readers."""

from botbuilder.core import TurnContext
from botbuilder.schema import Activity, ActivityTypes, Attachment
from microsoft_teams.cards import AdaptiveCard

from cards.as_sent import CARD_CONTENT_TYPE, as_json

#: Where cards wait that go along with whatever this turn says first.
_BESIDE = "sendhub.beside"
_SHOWN = "sendhub.shown"


def reply(*cards: AdaptiveCard) -> Activity:
    """One message that shows these cards, one below the other; the first says what it is about."""
    attachments = [
        Attachment(content_type=CARD_CONTENT_TYPE, content=as_json(each)) for each in cards
    ]
    return Activity(
        type=ActivityTypes.message,
        attachments=attachments,
        summary=cards[0].fallback_text,
        attachment_layout="list",
    )


async def say(context: TurnContext, card: AdaptiveCard) -> None:
    """Send this card in answer to the turn, with what was put beside it."""
    context.turn_state[_SHOWN] = card
    await context.send_activity(reply(card, *context.turn_state.pop(_BESIDE, [])))


def put_beside(context: TurnContext, card: AdaptiveCard) -> None:
    """Have another card go along with the turn's answer, in the same message."""
    context.turn_state.setdefault(_BESIDE, []).append(card)


def put_nothing_beside(context: TurnContext) -> None:
    """Let the turn's answer stand by itself after all."""
    context.turn_state.pop(_BESIDE, None)


def shown_last(context: TurnContext) -> AdaptiveCard | None:
    """The card that this turn has said last; None while it has said nothing."""
    card: AdaptiveCard | None = context.turn_state.get(_SHOWN)
    return card
