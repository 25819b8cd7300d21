"""Takes a nudge to the mail of somebody whom Teams does not reach.

A calendar file goes along when the news is about a session they hold a place on, and either it
changed or their own calendar could not be reached: then nothing else would put it right.
"""

from dataclasses import dataclass

from msgraph.graph_service_client import GraphServiceClient

from bot.clock import Clock
from bot.graph.mail import Letter, address_of, send_mail
from bot.nudges.calendar_file import calendar_file
from bot.nudges.chat_courier import write_card
from bot.nudges.outcome import Settled, held_up
from bot.nudges.ready import LOOKS_AGAIN, Nudger, Ready, make_ready
from bot.nudges.told import digest_bell
from bot.teams.chat_sender import ChatSender
from cards.as_text import as_text
from hub.errors import PermissionMissing
from hub.nudges import ABOUT_A_BOOKING, ABOUT_THE_PAST, Rule
from hub.outbox import OutboxItem
from hub.people import NAMELESS, Person
from hub.reach import Barrier
from store import booking_reads
from store.calendar_files import entry_of
from store.database import Database

#: News that changes what stands in a calendar.
CHANGES = frozenset({Rule.SESSION_MOVED, Rule.SESSION_CANCELLED, Rule.SESSION_BACK_ON})
LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class MailWays:
    """Where mail goes out, and what its reader may open instead."""

    graph: GraphServiceClient
    chat: ChatSender
    #: The mailbox it is sent from; empty when the settings name none.
    sender: str
    chat_link: str


async def send_by_mail(nudger: Nudger, ways: MailWays, item: OutboxItem) -> Settled:
    """Send the words of an item by mail. Raises DeliveryFailed."""
    database, now = nudger.database, nudger.now
    ready = await make_ready(nudger, item)
    if not isinstance(ready, Ready):
        return ready
    # They may have come back since it was handed on: then the card, and no mail.
    place = ready.place if ready.place and not ready.place.is_closed else None
    if place and await write_card(database, ways.chat, now, ready, place) is None:
        return ready.sent
    if not ways.sender:
        return held_up(now() + LOOKS_AGAIN, Barrier.MAY_NOT_MAIL)
    try:
        return await _sent(database, ways, now, ready)
    except PermissionMissing:
        return held_up(now() + LOOKS_AGAIN, Barrier.MAY_NOT_MAIL)


async def _sent(database: Database, ways: MailWays, now: Clock, ready: Ready) -> Settled:
    address = await address_of(ways.graph, ready.person.object_id)
    if not address:
        return held_up(now() + LOOKS_AGAIN, Barrier.NO_ADDRESS)
    letter = await _letter(database, ways, now, ready, address)
    await send_mail(ways.graph, ways.sender, letter)
    return ready.sent


async def _letter(
    database: Database, ways: MailWays, now: Clock, ready: Ready, address: str
) -> Letter:
    file, is_kept = await _calendar_file(database, now, ready)
    lines = [
        f"Hello {_greeted(ready.person)},",
        *(as_text(each.card) for each in ready.told),
        *([_about_the_file(is_kept=is_kept)] if file else []),
        "This comes by mail because I could not write to you in Teams. To answer, or to change "
        f"anything, open the SEND Hub there: {ways.chat_link}",
        "No Teams? Please speak to your Trust SEND Lead. Replies to this mail are not read by me.",
        "SEND Hub",
    ]
    return Letter(
        to=address,
        name=ready.person.name,
        subject=digest_bell(ready.told).headline[:LONGEST_SUBJECT],
        text="\n\n".join(lines) + "\n",
        calendar_file=file,
    )


def _greeted(person: Person) -> str:
    return person.first_name if person.name != NAMELESS else "there"


def _about_the_file(*, is_kept: bool) -> str:
    if is_kept:
        return (
            "Your work calendar follows by itself. The attached file is for any other calendar "
            "you keep."
        )
    return "To put it into your calendar, open the attached file."


async def _calendar_file(database: Database, now: Clock, ready: Ready) -> tuple[bytes | None, bool]:
    """The file that goes along, if any, and whether Graph keeps the person's calendar itself."""
    if ready.rule not in ABOUT_A_BOOKING or ready.rule in ABOUT_THE_PAST:
        return None, False
    async with database.read() as db:
        booking = await booking_reads.booking_to_tell(db, ready.subject_id)
        entry = await entry_of(db, ready.subject_id)
    if booking is None or entry is None or (entry.is_kept and ready.rule not in CHANGES):
        return None, False
    return calendar_file(booking.session, entry.id, now()), entry.is_kept
