"""How long a simulated school year takes for a large trust, and whether every promise is kept in it."""

import time

from bot.settings import Settings
from bot.simulation.year import Wanted, simulate

PEOPLE = 1_000


async def measure(people: int = PEOPLE) -> None:
    began, busy = time.perf_counter(), time.process_time()
    outcome = await simulate(Settings.model_validate({}), Wanted("2026-27", people, 1))
    took, spent = time.perf_counter() - began, time.process_time() - busy
    print(
        f"a year for {people} staff: {len(outcome.events)} nudges, {len(outcome.broken)} broken "
        f"promises, in {took / 60:.1f} min ({spent / 60:.1f} min of this process)"
    )
