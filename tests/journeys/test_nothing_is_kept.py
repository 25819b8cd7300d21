"""Promise 7: a pupil's details and a concern are typed wherever there is room, and are nowhere after."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from bot.teams.message_extension import SEARCH_SESSIONS, SEARCH_TEXT
from cards.parts import Verb
from store import booking_reads
from tests.cards.test_boxes import boxes

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NAMED = "tommy zzyzx in y4 bites"
BORN = "he was born 03/02/2018 and his mum is on 07700 900123"
WORRY = "she told me her uncle quuxley touches her"
DETAILED = (NAMED, BORN, WORRY)
#: None of these may be left anywhere.
TRACES = (b"zzyzx", b"03/02/2018", b"900123", b"quuxley")
IN_THE_ROOM = datetime(2026, 12, 3, 11, tzinfo=UTC)
SHARED = {"id": "19:news@thread.tacv2", "conversationType": "channel", "tenantId": "t"}


@pytest.fixture
def nowhere(teams, database_url, clock, capfd):
    """Look at every byte of the database, of the logs and of what the bot has said to anybody."""

    async def look(when):
        await teams.service.plan()
        await teams.service.delivery.drain()
        file = Path(database_url.partition("///")[2])
        kept = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
        written = "".join(capfd.readouterr()).encode()
        state = teams.tenant.state
        sent = json.dumps([state.chats, state.feeds, state.calendars], ensure_ascii=False).encode()
        for trace in TRACES:
            assert trace not in kept, f"{when}: {trace!r} is in the database"
            assert trace not in written, f"{when}: {trace!r} is in the log"
            assert trace not in sent, f"{when}: {trace!r} was said by the bot"

    return look


async def booking_of(teams, somebody, clock):
    async with teams.service.database.read() as db:
        (booking,) = await booking_reads.bookings_to_come(db, somebody.person, clock())
    return str(booking.id)


async def test_whatever_is_typed_at_whatever_step_is_held_back_and_the_step_goes_on(teams, nowhere):
    teacher = teams.teacher
    lead = teams.somebody(1)
    for opening in (
        "hi",
        "book me on the next clinic",
        "suggest a topic",
        "give up my place",
        "who am i",
    ):
        await teacher.says(opening)
        for words in DETAILED:
            assert "haven't kept" in (await teacher.says(words)).words
            assert "haven't kept" in (await teacher.says(f"{opening}. {words} " * 60)).words
    for sentence in (
        "tell all SENCos that {}",
        "can we have a clinic on {}",
        "yes, {}",
        "next steps: {}",
    ):
        for words in DETAILED:
            assert "haven't kept" in (await lead.says(sentence.format(words))).words
    await nowhere("typing")


async def test_whatever_is_put_into_a_form_is_held_back_and_nobodys_answer_gives_it_back(
    teams, nowhere, clock
):
    teacher, lead = teams.teacher, teams.somebody(1)
    await teacher.says("hi")
    await teacher.says("book me on the next clinic")
    clinic, booking = str(teams.session("sensory")), await booking_of(teams, teacher, clock)
    fields = (
        *("title", "venue", "strand", "slot", "notes", "reason", "note", "leads", "online_url"),
        *("date", "start", "end", "capacity", "release_on", "audience", "tier", "words", "hopes"),
        *("name", "news", "steps", "why", "topic", "school", "roles", "rating", "person", "times"),
        *("search", "service", "step", "minutes", "how", "slots", "about", "tried", "times_words"),
        *("question", "answer", "owner", "into", "request", "helped", "go", "show", "visit"),
        *("seen", "counted", "revision", "shown", "page", "half_day", "need", "slot", "year"),
    )
    ids = {
        "booking": booking,
        "session": clinic,
        "announcement": str(uuid4()),
        "idea": str(uuid4()),
    }
    for verb in Verb:
        for words in DETAILED:
            for told in (ids, ids | {"rating": "3", "sentence": "yes"}):
                typed = dict.fromkeys(fields, words) | told
                for somebody in (teacher, lead):
                    shown = await pressed(somebody, verb, typed)
                    assert not [t for t in TRACES if t in shown], f"{verb} gives it back"
        clock.at = IN_THE_ROOM if verb is Verb.SAVE_SESSION else clock.at
    await nowhere("forms")


async def test_each_box_by_itself_is_looked_at_whichever_button_sends_it(teams, nowhere):
    teacher, lead = teams.teacher, teams.somebody(1)
    await teacher.says("hi")
    await teacher.says("book me on the next clinic")
    ids = {"session": str(teams.session("sensory")), "booking": str(uuid4())}
    for verb, name in boxes():
        for somebody in (teacher, lead):
            for words in (NAMED, WORRY):
                shown = await pressed(somebody, verb, ids | {name: words})
                assert not [t for t in TRACES if t in shown], f"{verb} gives {name} back"
    await nowhere("boxes one by one")


async def test_one_field_after_the_other_of_the_form_of_a_session_is_looked_at(teams, nowhere):
    lead = teams.somebody(1)
    await lead.says("hi")
    whole = {
        "tier": "4",
        "title": "Clinic",
        "date": "2027-01-14",
        "start": "10:00",
        "end": "13:00",
        "venue": "School A",
        "capacity": "12",
        "online_url": "",
        "leads": "",
        "strand": "",
        "slot": "",
        "audience": "",
        "release_on": "",
        "notes": "",
        "reason": "",
        "note": "",
    }
    for name in whole:
        shown = await pressed(lead, "save-session", {**whole, name: NAMED, "session": str(uuid4())})
        assert not [t for t in TRACES if t in shown], f"{name} gives it back"
    await nowhere("the form of a session")


async def pressed(somebody, verb, data):
    """What a press of any shape is answered, as bytes."""
    action = {"type": "Action.Execute", "verb": str(verb), "data": data}
    status, body = await somebody.sends(
        type="invoke", name="adaptiveCard/action", value={"action": action}
    )
    assert status == 200
    return json.dumps(body, ensure_ascii=False).encode()


async def test_names_of_files_and_shared_conversations_are_looked_at_too(teams, nowhere):
    teacher = teams.teacher
    await teacher.says("hi")
    for name, told in (("IEP_tommy_zzyzx_y4.docx", "haven't kept"), ("bruises quuxley.jpg", "999")):
        file = {"contentType": "application/vnd.microsoft.teams.file.download.info", "name": name}
        await teacher.sends(type="message", text="", attachments=[file])
        assert told in teacher.reads().words
        await teacher.sends(type="message", text="see this please", attachments=[file])
        assert told in teacher.reads().words
    channel = teams.tenant.state.chats.setdefault(SHARED["id"], [])
    for words in DETAILED:
        await teacher.sends(type="message", text=words, conversation=SHARED)
        said = str(channel[-1]["attachments"][0]["content"])
        assert "delete" in said
        assert ("Designated Safeguarding Lead" in said) == (words == WORRY)
        typed = {"name": SEARCH_TEXT, "value": words}
        value = {"commandId": SEARCH_SESSIONS, "parameters": [typed]}
        status, body = await teacher.sends(
            type="invoke", name="composeExtension/query", value=value
        )
        told = body["composeExtension"]["text"]
        assert status == 200
        assert ("Designated Safeguarding Lead" in told) == (words == WORRY)
        assert "haven't" in told
    await nowhere("files and channels")


async def test_a_message_can_be_said_without_the_detail(teams, nowhere):
    teacher = teams.teacher
    await teacher.says("hi")

    seen = await teacher.says("any clinics for tommy zzyzx in y4?")
    assert "a pupil's name" in seen.words
    (left,) = [each["value"] for each in seen.content["body"] if each.get("id") == "words"]
    assert left == "any clinics for a pupil in y4?"
    again = await teacher.presses("Say this instead", on=seen, words=NAMED)
    assert "haven't kept" in again.words

    shown = await teacher.presses("Say this instead", on=seen, words=left)

    assert "sensory" in shown.words
    # When a question is open, the words typed again answer that
    await teacher.says("book me on the next clinic")
    asked = await teacher.says("support for tommy zzyzx in y4")
    assert "Say this instead" not in str(asked.content)
    assert "passed that on" in (await teacher.says("support with reading in y4")).words
    worry = await teacher.says(WORRY)
    assert "actions" not in worry.content
    await nowhere("carrying on")


async def test_a_reason_that_must_not_be_kept_is_answered_and_the_place_is_free(teams, nowhere):
    teacher = teams.teacher
    await teacher.says("hi")
    await teacher.says("book me on the next clinic")
    asked = await teacher.says("give up my place")

    told = await teacher.presses("Yes, give it up", on=asked, reason=WORRY)

    assert "given up your place" in told.words
    assert "Designated Safeguarding Lead" in told.words
    await nowhere("a reason")


async def test_a_colleague_known_to_the_hub_may_be_named(teams):
    lead, known = teams.somebody(1), teams.teacher
    await lead.says("hi")
    shown = await lead.says(f"tell all SENCos that {known.person.name} in Year 4 keeps the list")

    assert "haven't kept" not in shown.words
