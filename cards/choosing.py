"""Inputs to choose from: one of several, or any of them; roles and schools as choices."""

from collections.abc import Iterable, Sequence

from microsoft_teams.cards import Choice, ChoiceSetInput

from hub.people import Role, School

#: A card must stay small, however many schools there are and however long their names.
MOST_SCHOOLS = 80
LONGEST_CHOICE = 60


def any_of(
    name: str, label: str, choices: Sequence[Choice], chosen: Iterable[str]
) -> ChoiceSetInput:
    """Any number of these; none chosen is an answer too."""
    return ChoiceSetInput(
        id=name,
        label=label,
        choices=list(choices),
        value=",".join(sorted(chosen)) or None,
        is_multi_select=True,
        style="compact",
        wrap=True,
    )


def one_of(name: str, label: str, choices: Sequence[Choice], chosen: str) -> ChoiceSetInput:
    """Exactly one of these, folded together until somebody opens it."""
    return ChoiceSetInput(
        id=name, label=label, choices=list(choices), value=chosen, style="compact", wrap=True
    )


def spread_out(name: str, label: str, choices: Sequence[Choice]) -> ChoiceSetInput:
    """Exactly one of these, all of them in sight."""
    return ChoiceSetInput(id=name, label=label, choices=list(choices), style="expanded", wrap=True)


def role_choices(roles: Iterable[Role]) -> list[Choice]:
    """Roles by name, with a capital."""
    return [Choice(title=f"{role[0].upper()}{role[1:]}", value=role.value) for role in roles]


def school_choices(schools: Iterable[School], chosen: Iterable[str] = ()) -> list[Choice]:
    """Schools by name; with very many, those chosen are never the ones left out."""
    kept = set(chosen)
    ordered = sorted(schools, key=lambda each: each.id not in kept)[:MOST_SCHOOLS]
    return [
        Choice(
            title=short(f"{each.name} (partner)" if each.is_partner else each.name), value=each.id
        )
        for each in sorted(ordered, key=lambda each: each.name)
    ]


def short(text: str, longest: int = LONGEST_CHOICE) -> str:
    """A text cut to one line of a list."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
