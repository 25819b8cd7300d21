"""Whose turn it is: from the authenticated activity, never from what a card says."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from botbuilder.schema import Activity, ActivityTypes

from bot.graph.people import is_from_outside
from bot.teams.leads import Leads
from dialogs.desk import Desk
from hub.directory import Profile
from hub.outbox import TELLING
from hub.people import NAMELESS, Person, Standing
from store import conversations, outbox, people
from store.conversations import Place

PERSONAL = "personal"
_CHAT_OF_SEVERAL = "19:"


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


@dataclass(frozen=True)
class Membership:
    """How the trust's own people, its guests and its leads are told apart."""

    leads: Leads
    #: Whether the people of this tenant are the trust's own.
    is_home: Callable[[str], bool]
    #: Local mode: emulators know no Entra, so the channel's own user id is taken as well.
    is_emulated: bool


async def is_with_the_bot_alone(desk: Desk, person: Person, activity: Activity) -> bool:
    """Whether this press was made in the person's own chat with the bot.

    To Teams a chat of two colleagues is "personal" as well, and a shared card may sit in it.
    """
    if not is_personal(activity):
        return False
    async with desk.database.read() as db:
        own = await conversations.place_of(db, person.id)
    if own is None:
        return True
    if own.is_hearsay:
        # Graph and the Connector name a bot's chat differently; chats of colleagues begin so.
        return not str(activity.conversation.id).startswith(_CHAT_OF_SEVERAL)
    return bool(own.conversation_id == activity.conversation.id)


async def whose_turn(desk: Desk, membership: Membership, activity: Activity) -> Person | None:
    """The person behind a turn, made when new; None when the channel vouches for nobody.

    Who is a guest and who is a lead is settled here, before anything is shown.
    """
    object_id = _object_id_of(activity, membership)
    if not object_id:
        return None
    tenant, here = tenant_of(activity), _chat_of(activity)
    async with desk.database.read() as db:
        person = await people.person_of(db, tenant, object_id)
        known = await conversations.place_of(db, person.id) if person else None
    profile = await _profile(desk, membership, tenant, object_id, person)
    standing = _standing(membership, tenant, object_id, person, profile)
    is_back = person is not None and person.left_at is not None and _writes(activity)
    is_as_noted = person is not None and person.standing == standing and not is_back
    if is_as_noted and (here is None or known == here):
        return person
    now = desk.now()
    async with desk.database.begin() as db:
        if person is None:
            person = await people.meet(db, tenant, object_id, _name_of(activity, profile), now)
        if person.standing != standing:
            await people.note_standing(db, person, standing)
            person = await people.person_of(db, tenant, object_id) or person
        if is_back:
            await people.welcome_back(db, person)
            person = replace(person, left_at=None)
        if here and known != here:
            await conversations.remember_place(db, person.id, here, now)
            if not here.is_closed:
                await outbox.wake(db, person.id, TELLING, now)
    return person


def _writes(activity: Activity) -> bool:
    """Whether somebody does something here; an app that is put in or taken out does it itself."""
    return activity.type in {ActivityTypes.message, ActivityTypes.invoke}


def _object_id_of(activity: Activity, membership: Membership) -> str:
    sender = activity.from_property
    object_id = getattr(sender, "aad_object_id", None)
    if not object_id and membership.is_emulated:
        object_id = getattr(sender, "id", None)
    return str(object_id or "")[:200].lower()


def _name_of(activity: Activity, profile: Profile | None) -> str:
    said = (activity.from_property.name or "").strip()
    return said or (profile.name if profile else "") or NAMELESS


async def _profile(
    desk: Desk, membership: Membership, tenant: str, object_id: str, person: Person | None
) -> Profile | None:
    """What the directory says of somebody it has not spoken of yet; it knows only its own."""
    if not membership.is_home(tenant) or (person and person.sign_in_name):
        return None
    return await desk.directory.profile_of(object_id)


def _standing(
    membership: Membership,
    tenant: str,
    object_id: str,
    person: Person | None,
    profile: Profile | None,
) -> Standing:
    noted = person.standing if person else Standing("", is_guest=False, is_lead=False)
    sign_in_name = profile.sign_in_name if profile else noted.sign_in_name
    is_guest = profile.is_guest if profile else noted.is_guest or is_from_outside(sign_in_name)
    return Standing(
        sign_in_name,
        is_guest=is_guest or not membership.is_home(tenant),
        is_lead=noted.is_lead or membership.leads.include(object_id, sign_in_name),
    )


def _chat_of(activity: Activity) -> Place | None:
    """Where this person's private chat is; None when the turn does not tell.

    An invoke never does: a compose box or a shared card may be in a chat of two colleagues.
    """
    if not is_personal(activity) or activity.type == ActivityTypes.invoke:
        return None
    return Place(
        conversation_id=activity.conversation.id,
        service_url=activity.service_url,
        channel_id=activity.channel_id or "",
        bot_id=getattr(activity.recipient, "id", None) or "",
        user_id=activity.from_property.id or "",
        is_closed=_was_taken_off(activity),
    )


def _was_taken_off(activity: Activity) -> bool:
    """Whether this tells that the person has removed the app."""
    is_install = activity.type == ActivityTypes.installation_update
    return is_install and str(activity.action or "").startswith("remove")
