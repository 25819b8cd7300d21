"""A session as a form: one card for a new one, a change, a move; nothing typed is ever lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    Choice,
    Container,
    DateInput,
    NumberInput,
    TextBlock,
    TextInput,
    TimeInput,
)

from cards.choosing import any_of, one_of, role_choices
from cards.parts import Verb, button, card, form_button, heading, line, near, quiet
from hub.offer import Tier
from hub.people import Role
from hub.session_draft import LONGEST, MOST_PLACES, Problem, SessionForm, is_count

#: Shown as reasons to think again; more of them say no more.
MOST_CONCERNS = 6


@dataclass(frozen=True)
class SessionFormState:
    """Everything that the form shows beside its fields."""

    session_id: str
    #: The revision it was made from; empty for a new session.
    revision: str = ""
    problems: Sequence[Problem] = ()
    #: Reasons to think again, in words.
    concerns: Sequence[str] = ()
    #: Whether the concerns may be overridden with a note.
    may_go_ahead: bool = True
    #: How many people are told when the day, time or place changes.
    expecting: int = 0
    notes: Sequence[str] = field(default_factory=tuple)


def session_form_card(
    form: SessionForm, state: SessionFormState, tiers: Sequence[Tier], schools: Sequence[str]
) -> AdaptiveCard:
    """The form, with what is wrong or worth a second thought above it."""
    title = "Edit the session" if state.revision else "A new session"
    ids = {"session": state.session_id, "revision": state.revision}
    back = (
        button("Leave it", Verb.LEAD_SESSION, session=state.session_id)
        if state.revision
        else button("Leave it", Verb.LEAD_PROGRAMME)
    )
    return card(
        f"{title}. " + " ".join(each.say for each in state.problems[:1]),
        [
            heading(title),
            *[line(each) for each in state.notes],
            *_problems(state),
            *_concerns(state, form),
            *_fields(form, tiers, schools),
            *_reason(form, state),
            quiet("Left empty, times, leads and audience are the tier's own."),
        ],
        [
            form_button("Save", Verb.SAVE_SESSION, style="positive", **_present(ids)),
            back,
        ],
    )


def _present(data: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in data.items() if value}


def _problems(state: SessionFormState) -> list[CardElement]:
    if not state.problems:
        return []
    return [
        Container(
            style="attention",
            items=[
                TextBlock(text="Not saved yet. Please look at:", weight="Bolder", wrap=True),
                *[near(f"{_NAMES[each.field]}: {each.say}") for each in state.problems],
            ],
        )
    ]


def _concerns(state: SessionFormState, form: SessionForm) -> list[CardElement]:
    if not state.concerns:
        return []
    note = TextInput(
        id="note",
        label="Why go ahead anyway?",
        placeholder="Kept for the leads; then press Save again",
        max_length=LONGEST["note"],
        value=form.note or None,
    )
    title = "Worth a second thought" if state.may_go_ahead else "This can't be set"
    return [
        Container(
            style="warning",
            items=[
                TextBlock(text=title, weight="Bolder", wrap=True),
                *[near(each) for each in state.concerns[:MOST_CONCERNS]],
                *([note] if state.may_go_ahead else []),
            ],
        )
    ]


_NAMES = {
    "tier": "Tier",
    "title": "Title",
    "date": "Day",
    "start": "Start",
    "end": "End",
    "venue": "Where",
    "online_url": "Online link",
    "capacity": "Places",
    "leads": "Led by",
    "strand": "Strand",
    "slot": "Slot",
    "audience": "For",
    "release_on": "Open to partner schools from",
    "notes": "Notes",
    "reason": "Reason",
    "note": "Why go ahead",
}


def _fields(form: SessionForm, tiers: Sequence[Tier], schools: Sequence[str]) -> list[CardElement]:
    tier_choices = [Choice(title=f"Tier {each.key}: {each.name}", value=each.key) for each in tiers]
    roles = [each for each in Role if any(each in tier.audience for tier in tiers)]
    return [
        one_of("tier", "Tier", tier_choices, form.tier or "4"),
        _text("title", form, "Such as Clinic: sensory needs in the classroom"),
        DateInput(id="date", label=_NAMES["date"], value=form.date or None),
        TimeInput(id="start", label=_NAMES["start"], value=form.start or None),
        TimeInput(id="end", label=_NAMES["end"], value=form.end or None),
        _text(
            "venue", form, f"Such as {schools[0]}, or Teams" if schools else "A school, or Teams"
        ),
        NumberInput(
            id="capacity",
            label=_NAMES["capacity"],
            min=1,
            max=MOST_PLACES,
            value=float(form.capacity) if is_count(form.capacity) else None,
        ),
        _text("online_url", form, "https://… if you have one; I set up Teams meetings"),
        _text("leads", form, "Parted by ;"),
        any_of("audience", _NAMES["audience"], role_choices(roles), _chosen(form)),
        _text("strand", form, "For parallel sessions of an INSET day"),
        _text("slot", form, "Such as morning"),
        DateInput(id="release_on", label=_NAMES["release_on"], value=form.release_on or None),
        _text("notes", form, "For the leads", is_multiline=True),
    ]


def _chosen(form: SessionForm) -> list[str]:
    return [each for each in form.audience.split(",") if each]


def _text(
    name: str, form: SessionForm, placeholder: str, *, is_multiline: bool = False
) -> TextInput:
    return TextInput(
        id=name,
        label=_NAMES[name],
        placeholder=placeholder,
        max_length=LONGEST[name],
        is_multiline=is_multiline,
        value=getattr(form, name) or None,
    )


def _reason(form: SessionForm, state: SessionFormState) -> list[CardElement]:
    if not state.revision:
        return []
    told = (
        [near(f"If the day, time or place changes, {state.expecting} hear of it.", subtle=True)]
        if state.expecting
        else []
    )
    return [
        TextInput(
            id="reason",
            label="Why does it change? Everybody booked reads this.",
            max_length=LONGEST["reason"],
            value=form.reason or None,
        ),
        *told,
    ]
