"""Whether the trust's staff group is read, and what to do when it is not believed."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.doctor.findings import Finding, ok, warning
from hub.spoken import counted
from store.staff_group import last_reading

ABOUT = "staff group"
#: It is read every hour.
LATE = timedelta(hours=3)


async def look_at_staff_group(db: AsyncSession, group_id: str, now: datetime) -> Finding:
    """How the last reading went, as the service noted it."""
    if not group_id:
        return ok(ABOUT, "none is set: people are known once they write, or from a file")
    last = await last_reading(db, group_id)
    if last is None or (last.read_at is None and not last.trouble):
        return warning(
            ABOUT, "it was never read", "the service reads it soon after its start, then hourly"
        )
    if last.trouble:
        return warning(
            ABOUT,
            f"nobody is added or taken out: {last.trouble}",
            "check SENDHUB_STAFF_GROUP and its permissions; if that many people have really left, "
            "run `python app.py read-staff --believe`",
        )
    people = counted(last.members, "member")
    if last.read_at is None or now - last.read_at > LATE:
        return warning(ABOUT, f"{people}, but not read for hours", "is the service running?")
    return ok(ABOUT, f"{people}, read within the last hours")
