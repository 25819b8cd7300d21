"""What you agreed at the last visit or call, for both sides."""

from uuid import UUID

from microsoft_teams.cards import AdaptiveCard

from cards.parts import Verb, button, card, heading, help_button, line, plain
from hub.agreed import Agreed
from hub.request_standing import Standing, in_words


def agreed_card(
    agreed: Agreed, standing: Standing, meeting_id: UUID | None, *, for_asker: bool
) -> AdaptiveCard:
    """The next steps that were noted, and the way to all the rest.

    ``meeting_id`` is the school's own meeting, where that was an earlier one.
    """
    title, ids = "What you agreed", {"request": str(standing.request.id)}
    nothing = "No next steps were noted for it. A note can be added from the request."
    steps = [f"– {plain(each)}" for each in agreed.steps] or [nothing]
    show = button("Show my request", Verb.SHOW_REQUEST, **ids)
    ways = [show if for_asker else button("Open", Verb.LEAD_REQUEST, **ids)]
    if meeting_id is not None:
        ways.append(button("At the school meeting", Verb.NEXT_STEPS, session=str(meeting_id)))
    return card(
        f"{title}: {standing.title}. {in_words(agreed.visit)}. " + " ".join(steps),
        [
            heading(title),
            line(plain(standing.title)),
            line(plain(in_words(agreed.visit))),
            *[line(each) for each in steps],
        ],
        ways,
    )


def nothing_agreed_card() -> AdaptiveCard:
    """There was no visit, call or school meeting yet."""
    title = "Nothing is noted yet"
    text = "After a visit, a call or your school meeting, what you agreed stands here."
    return card(
        f"{title}. {text}",
        [heading(title), line(text)],
        [button("My requests", Verb.MY_REQUESTS), help_button()],
    )
