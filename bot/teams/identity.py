"""Whose turn it is: from the authenticated activity, never from what a card says."""

from datetime import datetime
from typing import Any

from botbuilder.schema import Activity

from hub.outbox import Kind
from hub.people import Person
from store import conversations, outbox, people
from store.conversations import Place
from store.database import Database

PERSONAL = "personal"
#: What somebody is called until their name is known.
NAMELESS = "Colleague"


def tenant_of(activity: Activity) -> str:
    """The tenant that vouches for the sender; empty when the channel names none."""
    tenant = getattr(activity.conversation, "tenant_id", None)
    data: Any = activity.channel_data
    if not tenant and isinstance(data, dict) and isinstance(data.get("tenant"), dict):
        tenant = data["tenant"].get("id")
    return str(tenant or "")[:100].lower()


def is_personal(activity: Activity) -> bool:
    """Whether nobody but the sender sees this conversation (emulators leave the type out)."""
    kind = activity.conversation.conversation_type
    return kind == PERSONAL or (not kind and not activity.conversation.is_group)


async def whose_turn(
    database: Database, activity: Activity, now: datetime, *, emulated: bool
) -> Person | None:
    """The person behind a turn, made when new; None when the channel vouches for nobody.

    ``emulated`` (local mode) also takes the channel's own user id, since emulators know no Entra.
    """
    sender = activity.from_property
    object_id = getattr(sender, "aad_object_id", None) or (emulated and getattr(sender, "id", None))
    if not object_id:
        return None
    tenant, object_id = tenant_of(activity), str(object_id)[:200].lower()
    here = _chat_of(activity)
    async with database.read() as db:
        person = await people.person_of(db, tenant, object_id)
        known = await conversations.place_of(db, person.id) if person else None
    if person and (here is None or known == here):
        return person
    async with database.begin() as db:
        if person is None:
            name = (sender.name or NAMELESS).strip() or NAMELESS
            person = await people.meet(db, tenant, object_id, name, now)
        if here:
            await conversations.remember_place(db, person.id, here, now)
            await outbox.wake(db, person.id, Kind.CHAT, now)
    return person


def _chat_of(activity: Activity) -> Place | None:
    """Where this person's private chat is; None when the turn is not in it."""
    if not is_personal(activity):
        return None
    return Place(
        conversation_id=activity.conversation.id,
        service_url=activity.service_url,
        channel_id=activity.channel_id or "",
        bot_id=getattr(activity.recipient, "id", None) or "",
        user_id=activity.from_property.id or "",
    )
