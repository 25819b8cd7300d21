"""The guard before anything of a person's words is kept: what it sees, counted and nothing more."""

from prometheus_client import Counter

from dialogs.desk import Desk
from hub.understanding import Guarded, Intent
from store import staff

GUARDED = Counter(
    "sendhub_guarded_texts_total", "Texts that were not kept, by what they seemed to hold", ["kind"]
)


async def seen_in(desk: Desk, text: str) -> Guarded | None:
    """Why these words must not be kept; None when they may be.

    Colleagues are looked up only where something was seen, so most turns cost no query for it.
    """
    guarded = desk.reader.guard(text)
    if guarded and guarded.intent is Intent.PUPIL_DETAILS:
        async with desk.database.read() as db:
            known = await staff.known_names(db)
        guarded = desk.reader.guard(text, known)
    if guarded:
        GUARDED.labels(guarded.intent.value).inc()
    return guarded
