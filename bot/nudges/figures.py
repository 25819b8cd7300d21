"""What is owed, as figures: read from the outbox whenever somebody looks at ``/metrics``."""

from collections.abc import Callable
from datetime import datetime

from prometheus_client import Gauge
from sqlalchemy.exc import SQLAlchemyError

from hub.outbox import OutboxState
from store import outbox
from store.database import Database

ITEMS = Gauge("sendhub_outbox_items", "What is owed, by kind and state", ["kind", "state"])
LATE = Gauge("sendhub_outbox_late_seconds", "How long the oldest due item has waited", ["kind"])


async def refresh(database: Database, now: Callable[[], datetime]) -> None:
    """Bring the figures up to date; a database that is away leaves them as they were."""
    try:
        async with database.read() as db:
            standings = await outbox.standings(db)
    except (SQLAlchemyError, OSError):
        return
    ITEMS.clear()
    LATE.clear()
    for each in standings:
        ITEMS.labels(each.kind, each.state).set(each.count)
        if each.state == OutboxState.WAITING and each.oldest_due:
            LATE.labels(each.kind).set(max(0.0, (now() - each.oldest_due).total_seconds()))
