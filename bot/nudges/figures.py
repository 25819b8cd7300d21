"""What is owed, as figures: read from the database whenever somebody looks at ``/metrics``.

What was put off for being too fast is counted where it happens (``bot.nudges.delivery``).
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from prometheus_client import Gauge
from sqlalchemy.exc import SQLAlchemyError

from hub.outbox import OutboxState
from store import nudges, outbox
from store.database import Database

ITEMS = Gauge("sendhub_outbox_items", "What is owed, by kind and state", ["kind", "state"])
LATE = Gauge("sendhub_outbox_late_seconds", "How long the oldest due item has waited", ["kind"])
LATE_ITEMS = Gauge("sendhub_late_items", "Items due for over five minutes, by kind", ["kind"])
#: The three add up to all that is owed.
OWED = Gauge(
    "sendhub_owed", "Items and nudges in no message yet: sent, waiting or parked", ["state"]
)
#: Work that takes turns is not late before this.
IS_LATE_AFTER = timedelta(minutes=5)


async def refresh(database: Database, now: Callable[[], datetime]) -> None:
    """Bring the figures up to date; a database that is away leaves them as they were."""
    at = now()
    try:
        async with database.read() as db:
            items = await outbox.standings(db, at - IS_LATE_AFTER)
            in_line = await nudges.standing_in_line(db, at - IS_LATE_AFTER)
    except (SQLAlchemyError, OSError):
        return
    for gauge in (ITEMS, LATE, LATE_ITEMS, OWED):
        gauge.clear()
    owed = Counter({OutboxState.SENT: 0, OutboxState.WAITING: 0, OutboxState.PARKED: 0})
    for each in [*items, in_line]:
        if each is not in_line:
            ITEMS.labels(each.kind, each.state).set(each.count)
        if each.state in owed:
            owed[OutboxState(each.state)] += each.count
        if each.state == OutboxState.WAITING:
            late_by = (at - each.oldest_due).total_seconds() if each.oldest_due else 0
            LATE.labels(each.kind).set(max(0.0, late_by))
            LATE_ITEMS.labels(each.kind).set(each.late)
    for state, count in owed.items():
        OWED.labels(state).set(count)
