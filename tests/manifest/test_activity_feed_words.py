"""Activity feed entries: useful by themselves, and always complete."""

import pytest

from hub.activity_types import ACTIVITY_TYPES, SESSION_REMINDER

EXAMPLES = {
    "sessionReminder": {"session": "Clinic: SEMH", "when": "tomorrow at 10:00"},
    "placeOffered": {"session": "Clinic: SEMH", "until": "Friday 27 November 2026 at 11:00"},
    "sessionChanged": {"session": "Clinic: SEMH", "change": "been cancelled"},
    "supportRequestUpdate": {"reference": "H-2041", "update": "been received"},
    "hubNews": {"headline": "Booking is open for the spring clinics"},
}


@pytest.mark.parametrize("kind", ACTIVITY_TYPES, ids=lambda kind: kind.type)
def test_an_entry_reads_as_a_sentence_with_nothing_left_to_fill_in(kind):
    words = kind.wording(EXAMPLES[kind.type])

    assert "{" not in words
    assert all(value in words for value in EXAMPLES[kind.type].values())


@pytest.mark.parametrize("kind", ACTIVITY_TYPES, ids=lambda kind: kind.type)
def test_an_entry_stays_within_teams_limits(kind):
    assert 0 < len(kind.type) <= 32
    assert 0 < len(kind.description) <= 128
    assert 0 < len(kind.template_text) <= 128


def test_types_are_unique_and_none_is_teams_own():
    names = [kind.type for kind in ACTIVITY_TYPES]

    assert len(names) == len(set(names))
    assert "systemDefault" not in names


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"session": "Clinic"},
        {"session": "Clinic", "when": " "},
        {"session": "Clinic", "when": "tomorrow", "who": "me"},
    ],
)
def test_an_entry_with_missing_blank_or_unknown_parameters_is_refused(values):
    with pytest.raises(ValueError, match="sessionReminder"):
        SESSION_REMINDER.wording(values)
