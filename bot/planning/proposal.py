"""A plan as a CSV file in the columns of ``load``: what is written here is read there."""

import csv
import io
from collections.abc import Iterable

from bot.loading.session_rows import SESSION
from hub.booking import Session
from hub.people import Role


def as_csv(sessions: Iterable[Session]) -> str:
    """One row a session, after a row that names the columns; the same sessions, the same bytes."""
    out = io.StringIO()
    rows = csv.DictWriter(out, SESSION, lineterminator="\n")
    rows.writeheader()
    rows.writerows(_row(each) for each in sessions)
    return out.getvalue()


def _row(session: Session) -> dict[str, str]:
    released = session.released_to_partners_at
    return {
        "tier": session.tier,
        "title": session.title,
        "date": f"{session.starts_at:%d/%m/%Y}",
        "start": f"{session.starts_at:%H:%M}",
        "end": f"{session.ends_at:%H:%M}",
        "venue": session.venue,
        "online_url": session.online_url,
        "capacity": str(session.capacity),
        "leads": ";".join(session.leads),
        "strand": session.strand,
        "slot": session.slot,
        "audience": ";".join(role for role in Role if role in session.audience),
        "release_to_partners_on": f"{released:%d/%m/%Y}" if released else "",
        "notes": session.notes,
    }
