"""The kinds of entry the Hub may put in a person's Teams activity feed: the one declaration.

``manifest/`` writes these into the app package and ``bot/graph`` sends by them, so the two cannot
disagree. Teams refuses a type that the installed package does not declare: a change here needs a
new package.
Source: Teams app manifest 1.29, ``activities.activityTypes``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

#: Teams fills this one in by itself, with the app's name when the app is the sender.
GIVEN_BY_TEAMS = "actor"
_PARAMETER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class ActivityType:
    """One kind of entry. The template alone says what happened; the preview says the rest."""

    #: What code and Graph call it; never changed once it has been in a published package.
    type: str
    #: What a person reads beside the switch in Teams' own notification settings.
    description: str
    #: The entry's first line, with ``{parameters}``.
    template_text: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """What the sender must supply, in the template's order and without ``actor``."""
        names = dict.fromkeys(_PARAMETER.findall(self.template_text))
        return tuple(name for name in names if name != GIVEN_BY_TEAMS)

    def wording(self, values: Mapping[str, str]) -> str:
        """The first line as a person reads it.

        Raises ValueError when ``values`` are not exactly this type's parameters, or one is blank.
        """
        missing = [name for name in self.parameters if not values.get(name, "").strip()]
        unknown = sorted(values.keys() - set(self.parameters))
        if missing or unknown:
            raise ValueError(f"{self.type}: missing {missing}, not in the template {unknown}")
        return _PARAMETER.sub(lambda found: values.get(found[1], found[0]), self.template_text)


#: ``session`` is the title, ``when`` reads on from "is": "tomorrow at 10:00".
SESSION_REMINDER = ActivityType(
    type="sessionReminder",
    description="A session you have booked is coming up",
    template_text="{session} is {when}",
)

#: ``until`` is the moment the offer lapses: "Friday 27 November 2026 at 11:00".
PLACE_OFFERED = ActivityType(
    type="placeOffered",
    description="A place has come up on a session you are waiting for",
    template_text="A place has come up on {session}: it is yours until {until}",
)

#: ``change`` reads on from "has": "moved to Thursday 3 December 2026 at 10:00", "been cancelled".
SESSION_CHANGED = ActivityType(
    type="sessionChanged",
    description="A session you have booked was moved or cancelled",
    template_text="{session} has {change}",
)

#: ``update`` reads on from "has": "been received", "a visit arranged for Monday 30 November 2026".
SUPPORT_REQUEST_UPDATE = ActivityType(
    type="supportRequestUpdate",
    description="Something you asked the Hub for has moved on",
    template_text="Your request {reference} has {update}",
)

#: ``headline`` is a sentence of its own: "Booking is open for the spring clinics".
HUB_NEWS = ActivityType(
    type="hubNews",
    description="News and invitations from the SEND Hub",
    template_text="SEND Hub: {headline}",
)

ACTIVITY_TYPES: tuple[ActivityType, ...] = (
    SESSION_REMINDER,
    PLACE_OFFERED,
    SESSION_CHANGED,
    SUPPORT_REQUEST_UPDATE,
    HUB_NEWS,
)
