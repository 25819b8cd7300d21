"""The training offer itself: every tier in a line, or one tier with all there is to know."""

from collections.abc import Collection

from microsoft_teams.cards import AdaptiveCard, Fact, FactSet, TextBlock

from cards.parts import (
    Verb,
    button,
    card,
    heading,
    line,
    my_bookings_button,
    near,
    quiet,
    whats_on_button,
)
from hub.offer import Cadence, Offer, Tier
from hub.people import Role
from hub.refusals import spoken_roles
from hub.spoken import spoken_list

#: 1:1 support is asked for; it has no programme.
BY_REQUEST = "need"


def offer_card(offer: Offer, roles: Collection[Role]) -> AdaptiveCard:
    """Every tier: its name, whom it is for, and how often; those open to somebody are marked."""
    lines = []
    for tier in offer.tiers:
        is_open = not tier.audience or not tier.audience.isdisjoint(roles)
        lines += [
            TextBlock(
                text=f"Tier {tier.key} – {tier.name}", weight="Bolder", wrap=True, spacing="Medium"
            ),
            near(f"{whom_for(tier)}. {_capital(tier.format)}, {how_often(tier.cadence)}."),
            *([] if is_open else [near("Not for your role", subtle=True)]),
        ]
    names = ". ".join(f"Tier {each.key}: {each.name}, {whom_for(each)}" for each in offer.tiers)
    return card(
        f"The SEND Hub training offer. {names}",
        [
            heading("The SEND Hub training offer"),
            *lines,
            quiet("Ask me about any of them: “tier 2b”."),
        ],
        [
            whats_on_button("What's on for me"),
            button("My year", Verb.MY_YEAR),
            my_bookings_button(),
        ],
    )


def tier_card(tier: Tier) -> AdaptiveCard:
    """One tier with its clauses, and the way to its sessions."""
    hours = [Fact(title="Usual time", value=_hours(tier))] if tier.hours else []
    title = f"Tier {tier.key} – {tier.name}"
    facts = [
        Fact(title="For", value=whom_for(tier)),
        Fact(title="Format", value=_capital(tier.format)),
        Fact(title="How often", value=_capital(how_often(tier.cadence))),
        *hours,
        Fact(title="Led by", value=spoken_list(tier.leads)),
    ]
    sessions = [button("See what's on", Verb.WHATS_ON, style="positive", tier=tier.key)]
    return card(
        f"{title}. For {whom_for(tier)}. {tier.purpose}",
        [
            heading(title),
            line(tier.purpose),
            FactSet(facts=facts),
            *[near(f"• {each}") for each in tier.emphases],
        ],
        [
            *(sessions if tier.cadence.per != BY_REQUEST else []),
            button("The whole offer", Verb.OFFER),
            my_bookings_button(),
        ],
    )


def whom_for(tier: Tier) -> str:
    """``SENCos and maths leads``; all staff where nobody in particular is meant."""
    return _capital(spoken_roles(tier.audience)) if tier.audience else "All staff"


def how_often(cadence: Cadence) -> str:
    """``3 times a year``, ``3 to 6 times a year``, ``up to once a half-term``, ``as needed``."""
    if cadence.per == BY_REQUEST:
        return "as needed"
    per = "a year" if cadence.per == "year" else f"a {cadence.per}"
    most = cadence.most or cadence.least
    if cadence.least == 0:
        return f"up to {_times(most)} {per}"
    return (
        f"{_times(most)} {per}"
        if cadence.least == most
        else f"{cadence.least} to {most} times {per}"
    )


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _hours(tier: Tier) -> str:
    starts, ends = tier.hours or (None, None)
    return f"{starts:%H:%M}–{ends:%H:%M}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
