"""What was agreed at a school meeting: the list with its ticks, and the form that changes it."""

from collections.abc import Sequence

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    ExecuteAction,
    TextInput,
)

from cards.parts import (
    Verb,
    button,
    card,
    form_button,
    heading,
    line,
    my_bookings_button,
    plain,
    quiet,
    reminders_button,
)
from hub.nudges import Rule
from hub.school_meetings import LONGEST_STEP, MOST_STEPS, NextStep, SchoolMeeting, fingerprint
from hub.school_year import SchoolYear
from hub.spoken import counted, spoken_day

STEPS_INPUT = "steps"
DONE_INPUT = "done"


def next_steps_card(
    meeting: SchoolMeeting, intro: str = "", next_year: SchoolYear | None = None
) -> AdaptiveCard:
    """The agreed steps, each to be ticked off; ``next_year`` when its meeting can be arranged."""
    if not meeting.steps:
        return next_steps_form(meeting, "", intro or "Nothing is written down yet.", next_year)
    ids = {"session": str(meeting.session.id)}
    done = [each for each in meeting.steps if each.is_done]
    standing = f"{len(done)} of {counted(len(meeting.steps), 'step')} done"
    return card(
        f"{_title(meeting)}, {standing}: " + ". ".join(_in_words(each) for each in meeting.steps),
        [
            heading(plain(_title(meeting))),
            *([line(intro)] if intro else []),
            _when(meeting),
            ChoiceSetInput(
                id=DONE_INPUT,
                label=f"{standing}. Tick what is done:",
                choices=[Choice(title=each.words, value=str(each.id)) for each in meeting.steps],
                value=",".join(str(each.id) for each in done) or None,
                is_multi_select=True,
                style="expanded",
                wrap=True,
            ),
        ],
        [
            form_button("Save the ticks", Verb.STEP_DONE, style="positive", **ids),
            button("Change the steps", Verb.NEXT_STEPS, change="yes", **ids),
            *_onward(meeting, next_year),
            my_bookings_button(),
        ],
        refresh=button("Refresh", Verb.NEXT_STEPS, **ids),
    )


def next_steps_form(
    meeting: SchoolMeeting, words: str, intro: str = "", next_year: SchoolYear | None = None
) -> AdaptiveCard:
    """Write the steps down or put them right, one on each line."""
    ids = {"session": str(meeting.session.id)}
    body: list[CardElement] = [
        heading(plain(_title(meeting))),
        *([line(intro)] if intro else []),
        _when(meeting),
        TextInput(
            id=STEPS_INPUT,
            label="What did you agree? One step on each line",
            placeholder="Who does what by when; no names of pupils",
            is_multiline=True,
            # Room for a little too much, so that the answer can say so and nothing is cut off.
            max_length=2 * MOST_STEPS * LONGEST_STEP,
            value=words or None,
        ),
        quiet(
            f"Up to {MOST_STEPS} steps. Everybody who was there can read and change them. A step "
            "whose words stay the same keeps its tick."
        ),
    ]
    back = [button("Back", Verb.NEXT_STEPS, **ids)] if meeting.steps else []
    save = form_button(
        "Save next steps",
        Verb.SAVE_NEXT_STEPS,
        style="positive",
        seen=fingerprint(meeting.steps),
        **ids,
    )
    return card(
        f"{_title(meeting)}. Write down what you agreed, one step on each line.",
        body,
        [save, *back, *_onward(meeting, next_year), my_bookings_button()],
    )


def check_in_card(meeting_title: str, session_id: str, steps: Sequence[NextStep]) -> AdaptiveCard:
    """Some weeks after the meeting: what is still open, and one tap to tick it off."""
    title = "How are your next steps coming on?"
    told = f"{counted(len(steps), 'step')} from your school meeting still open:"
    return card(
        f"{title} {told} " + ". ".join(each.words for each in steps),
        [
            heading(title),
            line(plain(meeting_title)),
            line(told),
            *[line(f"– {plain(each.words)}") for each in steps],
            quiet("Stuck on one? A clinic may help, or ask the Trust SEND Lead for a visit."),
        ],
        [
            button("Show and tick off", Verb.NEXT_STEPS, style="positive", session=session_id),
            button("Next clinics", Verb.WHATS_ON, tier="4"),
            reminders_button(Rule.NEXT_STEPS),
        ],
    )


def _title(meeting: SchoolMeeting) -> str:
    return f"Next steps for {meeting.school.name}"


def _when(meeting: SchoolMeeting) -> CardElement:
    return quiet(f"From the school meeting on {spoken_day(meeting.session.starts_at.date())}.")


def _onward(meeting: SchoolMeeting, next_year: SchoolYear | None) -> list[ExecuteAction]:
    if next_year is None:
        return []
    ids = {"school": meeting.school.id, "year": next_year.name}
    return [button(f"Meeting of {next_year.name}", Verb.SCHOOL_MEETING, **ids)]


def _in_words(step: NextStep) -> str:
    return f"{step.words} ({'done' if step.is_done else 'open'})"
