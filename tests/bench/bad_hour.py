"""An hour in which nearly a third of all calls to Microsoft 365 fail, for a whole staff room."""

import time
from pathlib import Path

from bot.loading.content import load_offer
from bot.loading.demo_trust import demo_trust
from hub.outbox import Kind
from tests.conftest import LONDON
from tests.journeys.bad_hour import NINE, bad_hour

STRANGERS = 20
DEEDS = 150
SEED = 2026


async def measure(folder: Path) -> None:
    trust = demo_trust(NINE.date(), LONDON, load_offer(None))
    url = f"sqlite+aiosqlite:///{folder}/bad-hour.sqlite"
    began = time.perf_counter()
    async with bad_hour(url, trust, SEED, deeds=DEEDS, strangers=STRANGERS) as hour:
        took = time.perf_counter() - began
        unfinished, places = await hour.unfinished(), await hour.places()
        bells, messages = await hour.sent(Kind.ACTIVITY_FEED), await hour.sent(Kind.CHAT)
    tenant = hour.teams.tenant
    print(
        f"a bad hour for {len(hour.people)} people, {DEEDS} deeds: {hour.plan.calls} calls, "
        f"{hour.plan.met.total()} failed, in {took:.0f} s"
    )
    print(
        f"  owed and not delivered: {len(unfinished)}; calendars as the truth has it: "
        f"{hour.calendars() == places} ({places.total()} events)"
    )
    print(
        f"  bells {bells.total()}, said twice {(hour.rung() - bells).total()}, answers lost "
        f"{hour.lost('sendActivityNotification').total()}; messages {messages.total()}, said twice "
        f"{(hour.heard() - messages).total()}, answers lost {hour.lost('activities').total()}"
    )
    print(
        f"  calls over a limit of Microsoft's: {tenant.throttle.refused.total()}; back too early: "
        f"{hour.plan.hasty.total()}; most bells in a second: {tenant.throttle.busiest['bell']}"
    )
