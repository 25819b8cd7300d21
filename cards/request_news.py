"""News of a request: a card for whoever waits for it, and one for a team's channel."""

from microsoft_teams.cards import AdaptiveCard, ExecuteAction, Fact, FactSet

from cards.parts import Verb, button, card, heading, line, plain
from cards.request import HELPED, call_to_come, join_call, pick_buttons
from cards.request_steps import answers_facts
from hub.request_standing import Standing, in_words
from hub.requests import Entry, State, Step


def new_request_card(standing: Standing) -> AdaptiveCard:
    """For those who deal with it: somebody asked for something."""
    request = standing.request
    is_question = standing.service is not None and standing.service.is_question
    lapsed = request.lapsed_at is not None
    title = "A question for you" if is_question and not lapsed else "A new request"
    if lapsed:
        title = "A question that is now a request"
    who = f"{request.asker.name}, {request.school_name}"
    ids = {"request": str(request.id), "seen": str(request.revision)}
    facts = [Fact(title="From", value=plain(who))]
    if standing.is_urgent:
        facts.append(Fact(title="Urgent", value="Yes"))
    if standing.due:
        facts.append(Fact(title="Promised", value=standing.due.spoken))
    first = (
        button("Answer", Verb.ASK_STEP, style="positive", step=Step.ANSWER, **ids)
        if is_question
        else button("Acknowledge", Verb.TAKE_STEP, style="positive", step=Step.ACKNOWLEDGE, **ids)
    )
    return card(
        f"{title}: {standing.title}, from {who}",
        [
            heading(title),
            line(plain(standing.title)),
            FactSet(facts=facts),
            *([answers_facts(standing.service, request.answers)] if standing.service else []),
        ],
        [
            first,
            button("Open", Verb.LEAD_REQUEST, request=str(request.id)),
            button("Queue", Verb.LEAD_QUEUE),
        ],
    )


def update_card(
    standing: Standing, entry: Entry, headline: str, *, for_asker: bool
) -> AdaptiveCard:
    """One thing that happened to a request, with the one tap that follows from it."""
    request = standing.request
    words = [entry.words] if entry.words and entry.step is not Step.ASSIGN else []
    times = [in_words(each) for each in request.proposed] if for_asker else []
    arranged = [in_words(request.arranged)] if request.arranged else []
    told = [*words, *times, *arranged]
    following = [line(f"What happens next: {plain(standing.next_step)}")] if for_asker else []
    return card(
        " ".join([f"{headline}.", standing.title, *told]),
        [
            heading(plain(headline)),
            line(plain(standing.title)),
            *[line(plain(each)) for each in told],
            *call_to_come(request),
            *following,
        ],
        [*join_call(request), *(_for_asker(standing) if for_asker else _for_handler(standing))],
    )


def _for_asker(standing: Standing) -> list[ExecuteAction]:
    request = standing.request
    ids = {"request": str(request.id)}
    picks = pick_buttons(request) if request.proposed else []
    helped = []
    if request.state is State.CLOSED and not request.helped:
        helped = [
            button(words, Verb.SAY_HELPED, helped=key, **ids) for key, words in HELPED.items()
        ]
    if request.state is State.VISITED and request.follow_up_wanted_at:
        title = "Choose another time"
        picks.append(button(title, Verb.ASK_ABOUT_REQUEST, step=Step.ASK_FOLLOW_UP, **ids))
    return [*picks, *helped, button("Show my request", Verb.SHOW_REQUEST, **ids)]


def _for_handler(standing: Standing) -> list[ExecuteAction]:
    return [
        button("Open", Verb.LEAD_REQUEST, request=str(standing.request.id)),
        button("Queue", Verb.LEAD_QUEUE),
    ]


def channel_card(standing: Standing) -> AdaptiveCard:
    """For a team's channel, where others read along: that something came in, and nothing of whom."""
    title = "A new request for the Hub"
    urgent = " It is urgent." if standing.is_urgent else ""
    promised = f" Promised: {standing.due.spoken}." if standing.due else ""
    text = f"{standing.title}.{urgent}{promised} Say “queue” in your own chat with me."
    return card(f"{title}: {text}", [heading(title), line(plain(text))])
