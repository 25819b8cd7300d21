"""What may become of a session that stands: by a lead's form and by a file alike."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from hub.booking import Session, SessionState
from hub.refusals import Reason
from hub.session_draft import may_change

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
DAY = timedelta(days=1)
TO_COME = Session(
    id=UUID(int=1),
    tier="4",
    title="Clinic",
    starts_at=NOW + DAY,
    ends_at=NOW + DAY + timedelta(hours=3),
    venue="School B",
    capacity=12,
)
OVER = replace(TO_COME, starts_at=NOW - DAY, ends_at=NOW - DAY + timedelta(hours=3))
OFF = replace(TO_COME, state=SessionState.CANCELLED)

CASES = {
    "another day": (TO_COME, {"starts_at": NOW + DAY * 2, "ends_at": NOW + DAY * 3}, None),
    "as many places as are held": (TO_COME, {"capacity": 5}, None),
    "fewer places than are held": (TO_COME, {"capacity": 4}, Reason.PLACES_HELD),
    "into the past": (TO_COME, {"starts_at": NOW}, Reason.STARTED),
    "words when it is over": (OVER, {"notes": "Bring a pen", "capacity": 20}, None),
    "another venue when it is over": (OVER, {"venue": "School A"}, Reason.STARTED),
    "other leads when it is over": (OVER, {"leads": ("Physio",)}, Reason.STARTED),
    "words when it is cancelled": (OFF, {"notes": "Bring a pen"}, Reason.CANCELLED),
}


@pytest.mark.parametrize(("before", "change", "reason"), CASES.values(), ids=list(CASES))
def test_a_session_changes_unless_it_takes_something_from_somebody(before, change, reason):
    refusal = may_change(before, replace(before, **change), 5, NOW)

    assert (refusal.reason if refusal else None) == reason


def test_a_session_with_more_people_than_places_may_still_change_its_words():
    full = replace(TO_COME, capacity=3)

    assert may_change(full, replace(full, notes="Bring a pen"), 5, NOW) is None
    assert may_change(full, replace(full, capacity=2), 5, NOW).reason is Reason.PLACES_HELD
