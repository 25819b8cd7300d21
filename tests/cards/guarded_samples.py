"""The cards that say what was not kept."""

from cards import guarded
from hub.understanding import Guarded, Intent

_CONCERN = Guarded(Intent.SAFEGUARDING_CONCERN)
_SEEN = ("a pupil's name", "a date of birth", "a phone number", "a home address")
_DETAILS = Guarded(Intent.PUPIL_DETAILS, _SEEN, without="x" * guarded.LONGEST_SAID)

CARDS = {
    "a concern": guarded.guarded_card(_CONCERN),
    "a concern in public": guarded.guarded_in_public_card(_CONCERN),
    "details": guarded.guarded_card(_DETAILS),
    "details that can be taken out": guarded.guarded_card(_DETAILS, carries_on=True),
    "details in public": guarded.guarded_in_public_card(_DETAILS),
}
