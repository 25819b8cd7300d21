"""A session goes round a chat as a card: who shares it, who books from it, what others see."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from hub.people import Role
from store import booking_reads
from store.people import person_of
from store.programme import keep_sessions
from store.tables import SessionRow
from tests.people import Shown

CLINIC = "sensory needs"
SMALL_CLINIC = "anxiety"
MESSAGE = "application/vnd.microsoft.activity.message"


@dataclass
class Shared:
    """A chat in which others read along; cards in it are pressed by whoever is named."""

    teams: Any
    id: str = "19:staffroom@thread.v2"
    kind: str = "groupChat"

    def fields(self, somebody):
        return {
            "conversation": {
                "id": self.id,
                "conversationType": self.kind,
                "tenantId": somebody.person.tenant_id,
            }
        }

    @property
    def said(self):
        return self.teams.tenant.state.chats.get(self.id, [])

    async def hears(self, somebody, text):
        """Somebody writes to the bot here; the card that everybody then sees."""
        await somebody.sends(type="message", text=text, **self.fields(somebody))
        return Shown(self.said[-1]["attachments"][0]["content"])

    async def pressed_by(self, somebody, verb, **fields):
        """What the one who pressed is shown: a card or words."""
        data = {name: value for name, value in fields.items() if name != "id"}
        action = {"type": "Action.Execute", "verb": verb, "data": data}
        ids = {"id": fields["id"]} if "id" in fields else {}
        status, body = await somebody.sends(
            type="invoke",
            name="adaptiveCard/action",
            value={"action": action},
            **self.fields(somebody),
            **ids,
        )
        assert (status, body["statusCode"]) == (200, 200)
        return body["value"] if body["type"] == MESSAGE else Shown(body["value"])


@pytest.fixture
def staffroom(teams):
    return Shared(teams)


async def standing(teams, somebody):
    """What this person has booked or waits for, read from the truth."""
    async with teams.service.database.read() as db:
        person = await person_of(db, somebody.person.tenant_id, somebody.person.object_id)
        return await booking_reads.bookings_to_come(db, person, datetime(2026, 11, 1, tzinfo=UTC))


async def test_a_press_on_a_shared_card_books_whoever_pressed_and_tells_only_them(teams, staffroom):
    teacher, senco = teams.teacher, teams.senco
    for person in (teacher, senco):
        await person.says("hi")
    clinic = str(teams.session(CLINIC))
    heard = len(senco.chat)

    shown = await staffroom.pressed_by(teacher, "book", session=clinic)
    await teams.service.delivery.drain()

    assert "11 places left" in shown.words
    assert "answered you in our own chat" in shown.words
    assert teacher.person.name not in str(shown.content)
    assert "You're booked" not in shown.words
    assert [each["title"] for each in shown.buttons] == ["Book my place", "See others"]
    mine = teacher.reads()
    assert "You're booked" in mine.words
    assert "in a shared chat" in mine.words
    assert len(teacher.events) == 1
    assert (staffroom.said, len(senco.chat), await standing(teams, senco)) == ([], heard, [])


async def test_the_card_in_the_own_chat_leads_on_as_any_booking_does(teams, staffroom):
    teacher = teams.teacher
    await teacher.says("hi")
    await staffroom.pressed_by(teacher, "book", session=str(teams.session(CLINIC)))
    await teams.service.delivery.drain()
    teacher.reads()

    await teacher.presses("Give up my place")
    gone = await teacher.presses("Yes, give it up")

    assert "given up your place" in gone.words


async def test_somebody_without_a_chat_reads_it_in_words_and_finds_the_card_in_a_chat_of_their_own(
    teams, staffroom
):
    teacher = teams.teacher

    words = await staffroom.pressed_by(teacher, "book", session=str(teams.session(CLINIC)))
    await teams.service.delivery.drain()

    assert words.startswith("You're booked on “Clinic: sensory needs")
    assert "Thu 3 Dec, 10:00–13:00, School B" in words
    assert "Open a chat with me" in words
    assert "You're booked" in teacher.reads().words
    assert len(teacher.chat) == 1


async def test_the_waiting_list_works_the_same(teams, staffroom):
    teacher, senco, assistant = teams.teacher, teams.senco, teams.assistant
    await senco.says("hi")
    small = str(teams.session(SMALL_CLINIC))
    await staffroom.pressed_by(teacher, "book", session=small)

    shown = await staffroom.pressed_by(senco, "book", session=small)
    words = await staffroom.pressed_by(assistant, "book", session=small)
    await teams.service.delivery.drain()

    assert "waiting list" in shown.words
    assert "1st" not in shown.words
    assert [each["title"] for each in shown.buttons] == ["Join the waiting list", "See others"]
    assert "1st" in senco.reads().words
    assert "you're 2nd on the waiting list" in words


async def test_an_answer_goes_out_in_the_evening_too(teams, staffroom, clock):
    teacher = teams.teacher
    await teacher.says("hi")
    clock.at = datetime(2026, 11, 28, 21, 30, tzinfo=UTC)

    await staffroom.pressed_by(teacher, "book", session=str(teams.session(CLINIC)))
    await teams.service.delivery.drain()

    assert "You're booked" in teacher.reads().words
    assert teacher.feed == []


async def test_a_second_press_says_so_and_writes_no_second_card(teams, staffroom):
    teacher = teams.teacher
    await teacher.says("hi")
    clinic = str(teams.session(CLINIC))
    await staffroom.pressed_by(teacher, "book", session=clinic)
    await teams.service.delivery.drain()
    heard = len(teacher.chat)

    again = await staffroom.pressed_by(teacher, "book", session=clinic)
    await teams.service.delivery.drain()

    assert "You've done that already" in again
    assert len(teacher.chat) == heard


async def test_the_same_press_delivered_twice_changes_nothing_twice(teams, staffroom):
    teacher = teams.teacher
    await teacher.says("hi")
    heard, clinic = len(teacher.chat), str(teams.session(CLINIC))

    answers = await asyncio.gather(
        *(staffroom.pressed_by(teacher, "book", session=clinic, id="the same") for _ in range(3))
    )
    await teams.service.delivery.drain()

    assert len({each.words for each in answers}) == 1
    assert len(teacher.chat) == heard + 1
    assert len(await standing(teams, teacher)) == 1


async def test_a_place_given_up_before_the_card_went_out_is_not_announced(teams, staffroom):
    teacher = teams.teacher
    await staffroom.pressed_by(teacher, "book", session=str(teams.session(CLINIC)))
    (booking,) = await standing(teams, teacher)
    await teacher.says("hi")
    await teacher.acts("give-up", booking=str(booking.id))

    await teams.service.delivery.drain()

    assert "You're booked" not in teacher.reads().words


async def test_a_no_is_said_in_words_to_the_one_who_pressed(teams, staffroom, clock):
    teacher = teams.teacher
    meeting = next(
        each for each in teams.trust.sessions if each.tier == "1" and each.starts_at > clock()
    )
    await teacher.says("hi")
    heard = len(teacher.chat)

    words = await staffroom.pressed_by(teacher, "book", session=str(meeting.id))
    await teams.service.delivery.drain()

    assert "is for SENCos" in words
    assert (len(teacher.chat), await standing(teams, teacher)) == (heard, [])


async def test_a_card_whose_session_is_over_or_gone_says_so_and_leads_on(teams, staffroom, clock):
    teacher = teams.teacher
    clinic = str(teams.session(CLINIC))
    clock.at = datetime(2026, 12, 4, 9, tzinfo=UTC)

    for verb in ("book", "show-session"):
        for session in (clinic, "00000000-0000-4000-8000-000000000000"):
            shown = await staffroom.pressed_by(teacher, verb, session=session)
            assert "can't be booked now" in shown.words
            assert [each["title"] for each in shown.buttons] == ["See others"]


async def test_a_partner_school_cannot_book_from_a_shared_card_before_the_release(teams, staffroom):
    partner = teams.somebody(7)
    unreleased = next(each for each in teams.trust.sessions if "language" in each.title)

    words = await staffroom.pressed_by(partner, "book", session=str(unreleased.id))
    shown = await staffroom.pressed_by(partner, "show-session", session=str(unreleased.id))

    assert "not open to partner schools yet" in words
    assert unreleased.title not in str(shown.content)


async def test_whats_on_in_a_channel_shows_nobodys_own_standing(teams):
    channel = Shared(teams, "19:news@thread.tacv2", "channel")
    teacher = teams.teacher
    await teacher.says("hi")
    for title in (CLINIC, SMALL_CLINIC):
        await teacher.acts("book", session=str(teams.session(title)))

    asked = await channel.hears(teacher, "any clinics coming up?")
    pressed = await channel.pressed_by(teacher, "whats-on", tier="4")
    refreshed = await channel.pressed_by(
        teacher, "show-session", session=str(teams.session(CLINIC))
    )

    for shown in (asked, pressed, refreshed):
        assert CLINIC in shown.words
        assert "11 places left" in shown.words
        assert "You have a place" not in shown.words
        assert "Show my booking" not in str(shown.buttons)


async def test_whats_on_in_a_channel_is_the_same_whoever_asks(teams, staffroom):
    teacher, senco = teams.teacher, teams.senco
    await senco.acts("book-all", tier="1")

    for asked in ("what's on", "when is the next senco meeting?"):
        by_teacher = await staffroom.hears(teacher, asked)
        by_senco = await staffroom.hears(senco, asked)
        assert by_teacher.content == by_senco.content
        assert "You" not in by_senco.words
        assert "Book all remaining" not in str(by_senco.buttons)
    assert "For SENCos. " in by_teacher.words

    later = await staffroom.pressed_by(teacher, "whats-on", page="1")
    assert [each["title"] for each in later.buttons][-2:] == ["Earlier", "Later"]
    assert "Once a school year" in (await staffroom.pressed_by(teacher, "whats-on", tier="5")).words


async def test_a_clash_with_ones_own_bookings_is_told_to_oneself_only(teams, staffroom, clock):
    teacher = teams.teacher
    one, other = at_one_time(teams, clock)
    await teacher.says("hi")
    await teacher.acts("book", session=str(one.id))
    heard = len(teacher.chat)

    words = await staffroom.pressed_by(teacher, "book", session=str(other.id))
    await teams.service.delivery.drain()

    assert f"you have a place on “{one.title}” at the same time" in words
    assert len(teacher.chat) == heard
    assert [each.session.id for each in await standing(teams, teacher)] == [one.id]


def at_one_time(teams, clock):
    """Two strands of one morning."""
    strands = [each for each in teams.trust.sessions if each.tier == "3"]
    first = next(each for each in strands if each.starts_at > clock())
    return first, next(
        each for each in strands if each.starts_at == first.starts_at and each != first
    )


async def test_a_schools_own_meeting_is_nothing_for_a_shared_chat(teams, staffroom):
    senco = teams.senco
    meeting = replace(
        teams.trust.sessions[0],
        id=uuid4(),
        tier="5",
        title="Review at School B",
        starts_at=datetime(2027, 1, 12, 9, tzinfo=UTC),
        ends_at=datetime(2027, 1, 12, 12, tzinfo=UTC),
        audience=frozenset({Role.SENCO}),
    )
    async with teams.service.database.begin() as db:
        await keep_sessions(db, [meeting])
        row = await db.get_one(SessionRow, meeting.id)
        row.school_id = senco.person.school.id

    shown = await staffroom.pressed_by(senco, "show-session", session=str(meeting.id))
    listed = await staffroom.pressed_by(senco, "whats-on", tier="5")
    shared = await senco.acts("share-session", session=str(meeting.id))

    assert "Review at" not in f"{shown.content} {listed.content} {shared.content}"


async def test_what_is_personal_is_put_off_in_words_and_the_card_stays(teams, staffroom):
    teacher = teams.teacher

    for verb in ("my-bookings", "reminders", "share-session", "inset-day", "lead-programme"):
        words = await staffroom.pressed_by(teacher, verb)
        assert "our own chat" in words


async def test_a_chat_of_two_colleagues_is_a_shared_one_and_never_taken_for_ones_own(teams):
    """Teams calls it personal, as it does the chat with the bot."""
    teacher, senco = teams.teacher, teams.senco
    await teacher.says("hi")
    two = Shared(teams, "19:two-colleagues@unq.gbl.spaces", "personal")
    clinic = str(teams.session(CLINIC))

    shown = await two.pressed_by(teacher, "book", session=clinic)
    await two.pressed_by(senco, "show-session", session=clinic)
    await two.pressed_by(senco, "book", session=clinic)
    await teams.service.delivery.drain()

    assert "answered you in our own chat" in shown.words
    assert "You're booked" in teacher.reads().words
    assert two.said == []


async def test_a_session_is_shared_from_its_card_with_a_link_and_a_way_back(teams):
    teacher = teams.teacher
    clinic = str(teams.session(CLINIC))

    shown = await teacher.acts("share-session", session=clinic)

    link = shown.button("Share in Teams")["url"]
    assert link.startswith("https://teams.microsoft.com/share?href=https%3A%2F%2Fteams.microsoft")
    assert "sensory%20needs" in link
    assert "3%20December" in link
    assert "SEND Hub below the message box" in shown.words
    assert "For: All staff" in shown.words
    assert "12 places left" in shown.words
    assert CLINIC in (await teacher.presses("Back to the session")).words


async def test_sharing_can_be_typed(teams):
    teacher = teams.teacher

    assert "Which session" in (await teacher.says("can you share this with my team")).words
    shared = await teacher.says("please share the next clinic")
    assert "Share this session" in shared.words
    assert CLINIC in shared.words
    await teacher.says("book me on the next clinic")
    assert "Share this session" in (await teacher.says("share my session")).words


async def test_what_cannot_be_booked_any_more_is_not_shared(teams, clock):
    teacher = teams.teacher
    await teacher.says("hi")
    clinic = str(teams.session(CLINIC))
    clock.at = datetime(2026, 12, 3, 10, tzinfo=UTC) + timedelta(minutes=1)

    assert "already started" in (await teacher.acts("share-session", session=clinic)).words
    assert "couldn't make sense" in (await teacher.acts("share-session", session="x")).words
    partner = teams.somebody(7)
    unreleased = next(each for each in teams.trust.sessions if "working memory" in each.title)
    hidden = await partner.acts("share-session", session=str(unreleased.id))
    assert "isn't there any more" in hidden.words
