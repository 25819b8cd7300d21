"""A stretch of a simulated year, small; and that the checker sees what it is there to see."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.settings import Settings
from bot.simulation.printout import as_html, as_text
from bot.simulation.watch import Event, Wishes, broken_promises
from bot.simulation.year import Wanted, simulate
from hub.errors import CannotSimulate
from hub.nudges import Rule
from tests.conftest import LONDON

TWO_WEEKS_IN = date(2026, 9, 14)
WEDNESDAY = datetime(2026, 11, 25, 15, 45, tzinfo=UTC)


@pytest.mark.parametrize("seed", [1, 2])
async def test_weeks_of_a_year_are_lived_and_every_promise_kept(seed):
    outcome = await simulate(Settings.model_validate({}), Wanted("2026-27", 9, seed, TWO_WEEKS_IN))

    assert outcome.broken == []
    assert outcome.events
    told = (outcome.cast.year, 9, outcome.events, outcome.broken)
    assert "Every promise was kept." in as_text(*told)
    assert "<table>" in as_html(*told)


def event(at=WEDNESDAY, rule=Rule.TIER_2A_OPEN, subject="s"):
    return Event(at, "staff-1", rule, subject, "chat", None)


@pytest.mark.parametrize(
    ("events", "seen"),
    [
        ([event()], ""),
        ([event(WEDNESDAY.replace(hour=7))], "outside 08:00 to 18:00"),
        ([event(WEDNESDAY.replace(hour=18))], "outside 08:00 to 18:00"),
        ([event(datetime(2026, 11, 28, 12, tzinfo=UTC))], "no school day"),
        ([event(datetime(2026, 10, 28, 12, tzinfo=UTC))], "no school day"),
        ([event(), event()], "2 times for one thing"),
        ([event(subject=str(at)) for at in range(3)], "3 nudges on"),
        (
            [event(WEDNESDAY.replace(day=23 + at // 2), subject=str(at)) for at in range(6)],
            "6 nudges in the week",
        ),
        ([event(WEDNESDAY + timedelta(days=1))], "after opting out"),
        ([event(WEDNESDAY + timedelta(days=2))], "on a day off"),
    ],
)
def test_the_checker_sees_each_broken_promise(trust, events, seen):
    wishes = {"staff-1": Wishes(stopped_at=WEDNESDAY, days_off=frozenset({4}))}

    found = broken_promises(events, trust.year, LONDON, wishes)

    assert any(seen in each for each in found) if seen else found == []


async def test_a_year_that_is_none_is_refused_in_words():
    with pytest.raises(CannotSimulate, match="write it like 2026-27"):
        await simulate(Settings.model_validate({}), Wanted("next year", 3, 1))
