"""Reminders about requests: a time to come, a step that was left lying, a follow-up to offer."""

from microsoft_teams.cards import AdaptiveCard, Fact, FactSet

from cards.gaps import why
from cards.lead_request import step_button
from cards.parts import Verb, button, card, heading, line, plain, reminders_button
from cards.request import call_to_come, join_call, pick_buttons
from hub.nudge_rules import RuleTerms
from hub.request_standing import Standing, in_words
from hub.requests import Step, Visit, VisitKind


def visit_reminder_card(
    standing: Standing, visit: Visit, headline: str, terms: RuleTerms, *, for_asker: bool
) -> AdaptiveCard:
    """A visit or a call is soon: when, where, the way in, and the way out in good time."""
    request = standing.request
    ids = {"request": str(request.id)}
    text = in_words(visit)
    other_side = standing.owner if for_asker else f"{request.asker.name}, {request.school_name}"
    other = button("Other time", Verb.ASK_ABOUT_REQUEST, step=Step.NO_TIME_SUITS, **ids)
    ways = [button("Show my request", Verb.SHOW_REQUEST, **ids), other]
    return card(
        f"{headline}. {text}",
        [
            heading(plain(headline)),
            line(plain(standing.title)),
            line(plain(text)),
            FactSet(facts=[Fact(title="With", value=plain(other_side))]),
            *call_to_come(request),
            why(terms),
        ],
        [
            *join_call(request),
            *(ways if for_asker else [button("Open", Verb.LEAD_REQUEST, **ids)]),
            reminders_button(terms.rule),
        ],
    )


def stalled_card(standing: Standing, terms: RuleTerms) -> AdaptiveCard:
    """For those who deal with it: what was promised is late."""
    request, title = standing.request, "A promised time has slipped"
    due = standing.due.spoken if standing.due else ""
    facts = [
        Fact(title="From", value=plain(f"{request.asker.name}, {request.school_name}")),
        Fact(title="Promised", value=due),
    ]
    return card(
        f"{title}: {standing.title}, {due}",
        [heading(title), line(plain(standing.title)), FactSet(facts=facts), why(terms)],
        [
            button("Open", Verb.LEAD_REQUEST, style="positive", request=str(request.id)),
            button("Queue", Verb.LEAD_QUEUE),
            reminders_button(terms.rule),
        ],
    )


def times_waiting_card(standing: Standing, terms: RuleTerms) -> AdaptiveCard:
    """For whoever was offered times and has not chosen one yet: each is a button."""
    title = "Which time suits you?"
    times = [in_words(each) for each in standing.request.proposed]
    return card(
        f"{title} {standing.title}. " + " ".join(f"{each}." for each in times),
        [
            heading(title),
            line(plain(standing.title)),
            *[line(plain(each)) for each in times],
            why(terms),
        ],
        [*pick_buttons(standing.request), reminders_button(terms.rule)],
    )


def unrecorded_card(standing: Standing, visit: Visit, terms: RuleTerms) -> AdaptiveCard:
    """For whoever came or called: it is over, and nothing is noted of it."""
    request, title = standing.request, "How did it go?"
    text = f"{in_words(visit)}. It is not recorded yet."
    is_follow_up = visit.kind is VisitKind.FOLLOW_UP
    return card(
        f"{title} {standing.title}. {text}",
        [
            heading(title),
            line(plain(standing.title)),
            line(plain(text)),
            FactSet(
                facts=[
                    Fact(title="With", value=plain(f"{request.asker.name}, {request.school_name}"))
                ]
            ),
            why(terms),
        ],
        [
            step_button(request, Step.RECORD_FOLLOW_UP if is_follow_up else Step.RECORD_VISIT),
            step_button(request, Step.NO_SHOW),
            button("Open", Verb.LEAD_REQUEST, request=str(request.id)),
            reminders_button(terms.rule),
        ],
    )


def follow_up_due_card(standing: Standing, terms: RuleTerms) -> AdaptiveCard:
    """For whoever was visited some weeks ago."""
    title, ids = "Would a follow-up help?", {"request": str(standing.request.id)}
    text = "It has been a while since the visit. Half an hour on Teams is two taps away."
    return card(
        f"{title} {standing.title}. {text}",
        [heading(title), line(plain(standing.title)), line(text), why(terms)],
        [
            button("Arrange it", Verb.ASK_ABOUT_REQUEST, step=Step.ASK_FOLLOW_UP, **ids),
            button("Show my request", Verb.SHOW_REQUEST, **ids),
            reminders_button(terms.rule),
        ],
    )
