"""What the bot writes about first, and when not: one person's switches, quiet and days off."""

from collections.abc import Collection, Sequence

from microsoft_teams.cards import AdaptiveCard, CardElement, Choice, ChoiceSetInput, ExecuteAction

from cards.parts import (
    Verb,
    button,
    card,
    form_button,
    heading,
    line,
    my_bookings_button,
    quiet,
)
from hub.manners import Choices, Quiet
from hub.nudge_rules import FAMILIES, Family, RuleTerms
from hub.spoken import WEEKDAYS, spoken_list, spoken_moment

FAMILIES_INPUT = "families"
QUIET_INPUT = "quiet"
DAYS_INPUT = "days_off"
#: The choice that ends a quiet time.
NO_QUIET = "none"
#: The one that leaves it as it is.
AS_IT_IS = "as-it-is"


def nudge_settings_card(
    choices: Choices,
    quiets: Sequence[Quiet],
    families: Collection[Family],
    *,
    wanted: bool,
    about: RuleTerms | None = None,
    has_rules: bool = False,
    intro: str = "",
) -> AdaptiveCard:
    """Everything in one form; ``about`` is the kind of message that the person came from.

    ``has_rules`` is for leads, who set the rules for everybody.
    """
    title = intro or ("Reminders are on" if wanted else "Reminders are off")
    told = _standing(choices, wanted=wanted)
    if not wanted:
        return card(
            f"{title}. {told}",
            [heading(title), line(told)],
            [button("Turn reminders on", Verb.START_REMINDERS), my_bookings_button()],
        )
    return card(
        f"{title}. {told}",
        [
            heading(title),
            line(told),
            _families(choices, families),
            _quiet(choices, quiets),
            _days_off(choices),
            quiet("Changes to a place you hold are always told."),
        ],
        [
            form_button("Save", Verb.SAVE_NUDGE_SETTINGS, style="positive"),
            *_about(about, quiets, families),
            button("Stop reminders", Verb.STOP_REMINDERS),
            button("Rules for everybody", Verb.LEAD_RULES) if has_rules else my_bookings_button(),
        ],
    )


def _about(
    about: RuleTerms | None, quiets: Sequence[Quiet], families: Collection[Family]
) -> list[ExecuteAction]:
    """One tap each for whoever came from a message: stop this kind, or quiet for a while."""
    if about is None or about.family not in families:
        return []
    stop = button("Stop this kind", Verb.STOP_FAMILY, family=about.family)
    return [stop, *[button(e.title, Verb.SET_QUIET, quiet=e.key) for e in quiets[:2]]]


def _standing(choices: Choices, *, wanted: bool) -> str:
    if not wanted:
        return "Your calendar still shows what you booked, and changes to it are still told."
    parts = ["I remind you at 15:45 on the school day before a session."]
    if choices.stopped:
        names = [FAMILIES[each].lower() for each in FAMILIES if each in choices.stopped]
        parts.append(f"You stopped: {spoken_list(names)}.")
    if choices.snoozed_until:
        parts.append(f"Quiet until {spoken_moment(choices.snoozed_until)}.")
    if choices.days_off:
        days = [f"{WEEKDAYS[each]}s" for each in sorted(choices.days_off)]
        parts.append(f"Not on {spoken_list(days)}.")
    return " ".join(parts)


def _families(choices: Choices, families: Collection[Family]) -> CardElement:
    shown = [each for each in FAMILIES if each in families]
    return ChoiceSetInput(
        id=FAMILIES_INPUT,
        label="What may I write to you about?",
        style="expanded",
        is_multi_select=True,
        choices=[Choice(title=FAMILIES[each], value=each) for each in shown],
        value=",".join(each for each in shown if each not in choices.stopped),
    )


def _quiet(choices: Choices, quiets: Sequence[Quiet]) -> CardElement:
    kept = [Choice(title="As it is now", value=AS_IT_IS)] if choices.snoozed_until else []
    return ChoiceSetInput(
        id=QUIET_INPUT,
        label="Quiet for a while?",
        style="compact",
        choices=[
            *kept,
            Choice(title="No", value=NO_QUIET),
            *[Choice(title=each.title, value=each.key) for each in quiets],
        ],
        value=AS_IT_IS if choices.snoozed_until else NO_QUIET,
    )


def _days_off(choices: Choices) -> CardElement:
    return ChoiceSetInput(
        id=DAYS_INPUT,
        label="Days I don't work",
        is_multi_select=True,
        choices=[Choice(title=day, value=str(at)) for at, day in enumerate(WEEKDAYS[:5])],
        value=",".join(str(each) for each in sorted(choices.days_off)),
    )
