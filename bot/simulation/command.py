"""``simulate``: live a school year, print it, write its events, and say what broke."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings
from bot.simulation.printout import as_html, as_text
from bot.simulation.watch import Event
from bot.simulation.year import Wanted, simulate


@dataclass(frozen=True)
class Files:
    """Where the year goes besides the terminal; None for nowhere."""

    events: Path | None
    page: Path | None

    def write(self, events: Sequence[Event], page: str) -> None:
        """Write what was asked for."""
        if self.events:
            lines = (json.dumps(each.as_data()) + "\n" for each in events)
            self.events.write_text("".join(lines), encoding="utf-8")
        if self.page:
            self.page.write_text(page, encoding="utf-8")


async def simulated(settings: Settings, wanted: Wanted, files: Files) -> tuple[str, bool]:
    """The printout of one year, and whether every promise was kept. Raises CannotSimulate."""
    outcome = await simulate(settings, wanted)
    told = (outcome.cast.year, wanted.people, outcome.events, outcome.broken)
    files.write(outcome.events, as_html(*told))
    return f"{as_text(*told)}\n(seed {wanted.seed})", not outcome.broken
