"""How long things are kept: the current and the previous school year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hub import retention


@pytest.mark.parametrize(
    ("today", "first_kept", "year"),
    [
        (date(2026, 9, 1), date(2025, 9, 1), "2026-27"),
        (date(2027, 8, 31), date(2025, 9, 1), "2026-27"),
        (date(2027, 9, 1), date(2026, 9, 1), "2027-28"),
        (date(2100, 1, 15), date(2098, 9, 1), "2099-00"),
    ],
)
def test_the_current_and_the_previous_school_year_are_kept_whole(today, first_kept, year):
    assert retention.kept_from(today) == first_kept
    assert retention.year_name(today) == year


@given(some.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1)))
def test_nothing_is_kept_for_longer_than_two_years_nor_for_less_than_one(today):
    assert 365 <= (today - retention.kept_from(today)).days <= 731
