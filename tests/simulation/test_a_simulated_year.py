"""Stretches of a simulated year, small; that holes in it are shown; and a year that is none."""

from datetime import date, time

import pytest

from bot.settings import Settings
from bot.simulation.printout import as_html, as_text, never_fired
from bot.simulation.year import Wanted, simulate
from hub.errors import CannotSimulate
from hub.rule_book import RuleBook

TWO_WEEKS_IN = date(2026, 9, 14)
#: In spring most can be due: schools without a meeting are asked, and there is time to follow up.
SPRING = (date(2027, 1, 4), date(2027, 3, 12))
#: Before the hours for writing first, when people act, and when most falls due.
FEW_RINGS = (time(7, 30), time(12), time(15, 45))
#: What a term can be too short for, or chance against.
MOST_SILENT = 8


async def test_weeks_of_a_year_are_lived_at_every_hour_and_every_promise_kept():
    wanted = Wanted("2026-27", 9, 2, until=TWO_WEEKS_IN)

    outcome = await simulate(Settings.model_validate({}), wanted)

    assert outcome.broken == []
    assert outcome.events
    told = (outcome.cast.year, 9, outcome.events, outcome.broken)
    assert "Every promise was kept." in as_text(*told)
    assert "<table>" in as_html(*told)


async def test_a_term_as_full_as_a_year_lets_most_rules_fire_and_every_promise_is_kept():
    wanted = Wanted("2026-27", 9, 1, *SPRING, pace=3.0, rings=FEW_RINGS)

    outcome = await simulate(Settings.model_validate({}), wanted)

    assert outcome.broken == []
    assert len(never_fired(outcome.events)) <= MOST_SILENT


def test_rules_that_never_fired_are_named(trust):
    told = (trust.year, 9, [], [])

    for shown in (as_text(*told), as_html(*told)):
        assert all(each.title.replace("'", "") in _plain(shown) for each in RuleBook())


def _plain(shown):
    return shown.replace("&#x27;", "").replace("'", "")


async def test_a_year_that_is_none_is_refused_in_words():
    with pytest.raises(CannotSimulate, match="write it like 2026-27"):
        await simulate(Settings.model_validate({}), Wanted("next year", 3, 1))
