"""What staff can ask the Hub for: the list, and the offer of a visit to somebody who struggles."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, Choice, ExecuteAction

from cards.choosing import one_of, short
from cards.parts import (
    Verb,
    button,
    card,
    form_button,
    heading,
    help_button,
    line,
    plain,
    quiet,
    toolkit_button,
    whats_on_button,
)
from hub.services import SUPPORT, Service

SERVICE_INPUT = "service"
#: With the other ways on, six buttons.
MOST_TOOLKITS = 2


def services_card(services: Sequence[Service], intro: str = "") -> AdaptiveCard:
    """Everything that this person may ask for; two taps begin a request."""
    title = "What would you like to ask for?"
    groups: dict[str, list[Service]] = {}
    for each in services:
        groups.setdefault(each.group, []).append(each)
    choices = [Choice(title=short(each.name), value=each.key) for each in services]
    listed = [line(f"**{plain(each)}** – {plain(_in_it(each, groups[each]))}") for each in groups]
    actions: list[ExecuteAction] = []
    if choices:
        actions.append(form_button("Ask for this", Verb.START_REQUEST, style="positive"))
    if any(each.key == SUPPORT for each in services):
        actions.append(button("1:1 support", Verb.START_REQUEST, service=SUPPORT))
    actions += [
        button(each.name, Verb.START_REQUEST, service=each.key)
        for each in services
        if each.is_question
    ][:1]
    return card(
        " ".join([title, intro, *(each.name + "." for each in services)]),
        [
            heading(title),
            *([line(intro)] if intro else []),
            *listed,
            *(
                [one_of(SERVICE_INPUT, "Choose one", choices, choices[0].value or "")]
                if choices
                else []
            ),
            quiet("Worried that a child is not safe? Speak to your Safeguarding Lead now instead."),
        ],
        [*actions, button("My requests", Verb.MY_REQUESTS), help_button()],
    )


def _in_it(group: str, found: Sequence[Service]) -> str:
    """The services of a group by name; what it does, where that would be the group's own name."""
    names = [each.name for each in found]
    return found[0].does if names == [group] else ", ".join(names)


def struggle_card(
    words: str, draft_id: str, toolkits: Sequence[tuple[str, str]] = ()
) -> AdaptiveCard:
    """Somebody has a hard time in class: offer 1:1 support, with their own words to go along.

    ``toolkits`` (slug and title) may help in the meantime; they are never offered instead.
    """
    title = "That sounds hard, and you're not on your own"
    text = (
        "The Trust SEND Lead can come and see, in school or on Teams, and think it through with "
        "you. No names are needed."
    )
    return card(
        f"{title}. {text}",
        [
            heading(title),
            line(text),
            quiet(f"I'd pass on your words, and you can change them: “{plain(words)}”"),
        ],
        [
            button("Ask for a visit", Verb.CARRY_ON, style="positive", request=draft_id),
            *[toolkit_button(title, slug) for slug, title in toolkits[:MOST_TOOLKITS]],
            button("Other help", Verb.SERVICES),
            button("Next clinics", Verb.WHATS_ON, tier="4"),
            button("No, thank you", Verb.DISCARD_DRAFT, request=draft_id),
        ],
    )


def stopped_card(name: str, why: str, draft_id: str) -> AdaptiveCard:
    """The request cannot go on for now; its answers are kept."""
    title = f"{name}: not just yet"
    return card(
        f"{title}. {why}",
        [heading(plain(title)), line(plain(why))],
        [
            button("1:1 support", Verb.START_REQUEST, service=SUPPORT),
            button("Change my answer", Verb.CARRY_ON, request=draft_id, page="0"),
            button("My requests", Verb.MY_REQUESTS),
            whats_on_button(),
        ],
    )
