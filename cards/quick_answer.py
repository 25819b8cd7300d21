"""An answer that was given before, beside whatever else somebody's question leads to."""

from microsoft_teams.cards import AdaptiveCard

from cards.parts import Verb, button, card, heading, line, plain
from hub.services import Service


def quick_answer_card(question: str, answer: str, service: Service) -> AdaptiveCard:
    """The question and its answer, and the way to ask one's own."""
    title = "Somebody asked this before"
    return card(
        f"{title}: {question} {answer}",
        [heading(title), line(f"“{plain(question)}”"), line(plain(answer))],
        [button("Ask something else", Verb.START_REQUEST, service=service.key)],
    )
