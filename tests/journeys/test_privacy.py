"""What the Hub holds about a person: shown, copied, and erased so that nothing tells who it was."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from bot.privacy.command import exported, forgotten
from bot.settings import Settings
from hub.errors import NobodyFound, NotConfirmed
from hub.held_words import KINDS
from store import people
from store.erasing import FATES
from store.held import columns_about_people, tables_about_people
from tests.journeys.requests.test_follow_ups import has_a_call
from tests.journeys.requests.test_lead_queue import asks_for_support
from tests.journeys.requests.test_support_request import arranged

NEXT_MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NAME = "Zebedee Quillfeather"
TEACHER = 0
OBJECT_ID = "5a0f8c1e-aaaa-4bbb-8ccc-00000000e5ed"


@pytest.fixture(scope="module")
def trust(trust):
    """The trust, with one name in it that is nowhere else, so that every byte can be searched."""
    people = list(trust.people)
    people[TEACHER] = replace(people[TEACHER], name=NAME, object_id=OBJECT_ID)
    return replace(trust, people=people)


@pytest.fixture
def zebedee(teams):
    return teams.somebody(TEACHER)


sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def goes_out(teams):
    await teams.service.plan()
    await teams.service.delivery.drain()


async def lives_a_little(teams, clock, zebedee, lead):
    """Booked on a session, waited for by nobody; a request, a topic, an opinion, a choice."""
    await zebedee.says("hi")
    await zebedee.says("I'm a class teacher at School A")
    await zebedee.says("book me on the next clinic")
    await zebedee.says("skip")
    await zebedee.says("suggest a topic: doodling in maths")
    await zebedee.says("I don't work Fridays")
    await asks_for_support(zebedee)
    await lead.says("SH-0001")
    await lead.says("propose 3 December 15:00 for SH-0001")
    await goes_out(teams)


async def our_id_of(teams, object_id=OBJECT_ID):
    async with teams.service.database.read() as db:
        statement = sql("SELECT CAST(id AS VARCHAR(40)) FROM people WHERE object_id = :them")
        return await db.scalar(statement, {"them": object_id})


async def everything_kept(teams, database_url):
    """Every byte of SQLite's files, or every row of PostgreSQL's tables."""
    if database_url.startswith("sqlite"):
        file = Path(database_url.partition("///")[2])
        return b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
    names = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    kept = []
    async with teams.service.database.read() as db:
        for (table,) in (await db.execute(sql(names))).all():
            kept += (await db.execute(sql(f'SELECT CAST(t AS TEXT) FROM "{table}" t'))).all()
    return json.dumps([str(each[0]) for each in kept]).encode()


def test_every_column_that_refers_to_a_person_has_a_fate_and_every_table_a_name():
    referring = {f"{each.table.name}.{each.name}" for each in columns_about_people()}

    assert referring == set(FATES)
    assert set(tables_about_people()) == set(KINDS)


async def test_an_erased_person_is_in_no_byte_and_in_no_row(teams, clock, zebedee, database_url):
    lead = teams.somebody(1)
    await lead.says("hi")
    await lives_a_little(teams, clock, zebedee, lead)
    our_id = await our_id_of(teams)
    assert len(zebedee.events) == 1
    assert NAME.encode() in await everything_kept(teams, database_url)

    await zebedee.says("delete my data")
    told = await zebedee.says("Yes, erase it all")
    assert "That's done" in told.words
    await goes_out(teams)
    await teams.service.tidy()

    assert zebedee.events == []
    kept = await everything_kept(teams, database_url)
    for trace in (NAME, "Zebedee", "Quillfeather", OBJECT_ID, our_id, our_id.replace("-", "")):
        assert trace.encode() not in kept, trace
    assert bytes.fromhex(our_id.replace("-", "")) not in kept
    request = await lead.says("SH-0001")
    assert "Withdrawn" in request.words
    assert "Somebody no longer here" in request.words
    assert "Year 3" not in request.words


@sqlite_only
async def test_what_is_held_is_shown_in_words_and_copied_page_by_page(teams, clock, zebedee):
    lead = teams.somebody(1)
    await lead.says("hi")
    await lives_a_little(teams, clock, zebedee, lead)

    shown = await zebedee.says("what do you hold about me?")
    assert NAME in shown.words
    for kind in (
        "1 booking,",
        "1 request and",
        "1 clinic topic you proposed",
        "1 choice of reminders",
    ):
        assert kind in shown.words
    copied = await zebedee.presses("Send me a copy")
    words = copied.words
    while any(each["title"] == "More" for each in copied.buttons):
        copied = await zebedee.presses("More")
        words += copied.words
    assert "ensory" in words
    assert "SH-0001" in words
    assert "doodling in maths" in words
    assert (await zebedee.says("send me a copy of my data")).words.startswith("Your copy, page 1")
    assert "What I keep" in (await zebedee.says("privacy")).words
    asked = await zebedee.presses("Erase all about me")
    assert "Places to come are given up" in asked.words
    assert "1 booking," in (await zebedee.presses("Keep it")).words
    assert await our_id_of(teams)


@sqlite_only
async def test_a_place_of_somebody_erased_goes_to_whoever_waits_and_they_come_back_as_new(
    teams, clock, zebedee
):
    senco, clinic = teams.senco, teams.session("sensory")
    async with teams.service.database.begin() as db:
        await db.execute(sql("UPDATE sessions SET capacity = 1 WHERE tier = '4'"))
    await zebedee.says("hi")
    await senco.says("hi")
    for person in (zebedee, senco):
        await person.acts("book", session=str(clinic))
    first = await our_id_of(teams)

    await zebedee.says("erase me")
    assert "That's done" in (await zebedee.presses("Yes, erase it all")).words
    clock.at = NEXT_MORNING
    heard = len(zebedee.chat)
    await goes_out(teams)

    assert "A place has come up" in str(senco.chat[-1])
    assert len(zebedee.chat) == heard
    await zebedee.says("hi")
    assert "ensory" not in (await zebedee.says("my bookings")).words
    assert await our_id_of(teams) not in (None, first)


async def test_a_visit_of_somebody_erased_is_in_no_calendar_any_more(teams, zebedee):
    lead = teams.somebody(1)
    await lead.says("hi")
    await arranged(teams, zebedee, lead)
    await goes_out(teams)
    assert (len(zebedee.events), len(lead.events)) == (1, 1)

    await zebedee.says("erase me")
    await zebedee.presses("Yes, erase it all")
    await goes_out(teams)

    assert (zebedee.events, lead.events) == ([], [])


async def test_whoever_waits_for_a_lead_who_is_erased_hears_that_somebody_else_will_come(
    teams, clock, zebedee
):
    teacher, lead = teams.assistant, teams.somebody(1)
    await make_lead(teams)
    for person in (zebedee, lead, teacher):
        await person.says("hi")

    # Given one visit that she comes to, one whose times she proposed, and one call with her
    await arranged(teams, teacher, zebedee)
    await asks_for_support(teams.senco)
    await zebedee.says("propose 3 December at 9am for SH-0002")
    await goes_out(teams)
    assert len(zebedee.events) == len(teacher.events) == 1

    await zebedee.says("erase me")
    assert "That's done" in (await zebedee.presses("Yes, erase it all")).words
    await goes_out(teams)

    # Then nothing is left in either calendar, the asker knows, and the leads have it back
    assert (zebedee.events, teacher.events) == ([], [])
    told = teacher.reads()
    assert "SH-0001 has gone back to the leads: somebody else will take it on" in told.words
    assert "The visit on Thu 3 Dec, 15:00 is off" in told.words
    assert "is arranging what comes next" in told.words
    assert "can no longer deal with SH-000" in lead.reads().words
    assert "The visit on" in str(lead.chat)
    queue = await lead.says("queue")
    assert queue.words.count("Acknowledged. Promised: times for a visit") == 2
    trail = await lead.says("who saw SH-0001")
    assert "Somebody no longer here can no longer deal with it" in trail.words
    assert "no times to choose from" in (await teams.senco.says("none of these times suit")).words
    # And another lead can take it from there
    await lead.says("propose 4 December at 9am for SH-0001")
    await teacher.says("SH-0001")
    await teacher.presses("Fri 4 Dec, 09:00")
    await goes_out(teams)
    assert len(lead.events) == len(teacher.events) == 1


@sqlite_only
async def test_a_follow_up_call_with_somebody_erased_is_wanted_again_and_in_no_calendar(
    teams, clock, zebedee
):
    teacher, lead = teams.assistant, teams.somebody(1)
    await make_lead(teams)
    for person in (zebedee, lead):
        await person.says("hi")
    await has_a_call(teams, clock, teacher, zebedee)
    await goes_out(teams)
    assert len(zebedee.events) == 2

    await zebedee.says("erase me")
    await zebedee.presses("Yes, erase it all")
    await goes_out(teams)

    assert [each["start"]["dateTime"] for each in teacher.events] == ["2026-12-03T15:00:00"]
    assert "The follow-up call on Thu 10 Dec, 15:30 is off" in teacher.reads().words
    await teacher.presses("Choose another time")
    card = await teacher.presses("Thu 10 Dec, 15:30")
    assert f"Arranged, with {lead.person.name}" in card.words
    assert "A quiet start by the side door" in card.words


@sqlite_only
async def test_an_event_of_somebody_erased_whose_answer_was_lost_is_taken_out_too(teams, zebedee):
    lead = teams.somebody(1)
    await lead.says("hi")
    await arranged(teams, zebedee, lead)
    await goes_out(teams)
    assert len(zebedee.events) == 1
    async with teams.service.database.begin() as db:
        await db.execute(sql("UPDATE visit_events SET graph_event_id = NULL, told = ''"))

    await zebedee.says("erase me")
    await zebedee.presses("Yes, erase it all")
    await goes_out(teams)

    assert zebedee.events == []
    async with teams.service.database.read() as db:
        assert OBJECT_ID not in str((await db.execute(sql("SELECT payload FROM outbox"))).all())


async def make_lead(teams):
    """Let Zebedee be one of the leads."""
    async with teams.service.database.begin() as db:
        await people.appoint_known(db, [OBJECT_ID])


@sqlite_only
async def test_a_lead_who_is_erased_leaves_news_and_sessions_without_a_name(teams, zebedee):
    database = teams.service.database
    await zebedee.says("hi")
    async with database.begin() as db:
        them = {"them": OBJECT_ID}
        await db.execute(sql("UPDATE people SET is_appointed = true WHERE object_id = :them"), them)
        await db.execute(sql("UPDATE sessions SET leads = :l"), {"l": json.dumps([NAME, "Jo"])})
        await db.execute(
            sql(
                "INSERT INTO announcements (id, author_id, words, meant_for, recipients, sent_at) "
                "SELECT id, id, 'The hall is booked', '{}', 3, created_at FROM people "
                "WHERE object_id = :them"
            ),
            them,
        )
        await db.execute(
            sql(
                "INSERT INTO meetings (id, session_id, organiser_id, is_wanted, graph_event_id, "
                "told) SELECT s.id, s.id, p.id, true, 'event-1', '' FROM sessions s, people p "
                "WHERE p.object_id = :them AND s.tier = '4' AND s.starts_at > '2026-12-01' LIMIT 1"
            ),
            them,
        )

    assert "That's done" in (await zebedee.acts("erase-me")).words

    async with database.read() as db:
        leads = set(await db.scalars(sql("SELECT leads FROM sessions")))
        (said,) = await db.execute(
            sql("SELECT a.words, p.name FROM announcements a JOIN people p ON p.id = a.author_id")
        )
        owed = set(await db.scalars(sql("SELECT kind FROM outbox WHERE state = 'waiting'")))
        (meeting,) = await db.execute(sql("SELECT organiser_id, graph_event_id FROM meetings"))
    assert leads == {'["Jo"]'}
    assert tuple(said) == ("The hall is booked", "Somebody no longer here")
    assert owed == {"calendar", "meeting"}
    assert tuple(meeting) == (None, None)


@sqlite_only
async def test_by_the_command_line_somebody_is_exported_and_forgotten(
    teams, clock, zebedee, database_url
):
    lead = teams.somebody(1)
    await lead.says("hi")
    await lives_a_little(teams, clock, zebedee, lead)
    settings = Settings.model_validate({"database_url": database_url, "clock": clock()})

    told = json.loads(await exported(settings, OBJECT_ID))

    assert told["person"]["name"] == NAME
    assert set(told["held"]) == set(tables_about_people())
    assert {name for name, rows in told["held"].items() if rows} >= {
        *("bookings", "requests", "request_entries", "request_visits", "topic_ideas", "outbox"),
        *("conversations", "calendar_events", "nudge_choices", "nudges", "dialog_state"),
    }
    again = json.loads(await exported(settings, await our_id_of(teams)))
    assert again["held"] == told["held"]
    with pytest.raises(NotConfirmed):
        await forgotten(settings, OBJECT_ID, confirmed=False)
    assert "Erased" in await forgotten(settings, OBJECT_ID.upper(), confirmed=True)
    with pytest.raises(NobodyFound):
        await forgotten(settings, OBJECT_ID, confirmed=True)
    clock.at = NEXT_MORNING
    await goes_out(teams)
    assert zebedee.events == []


async def test_old_school_years_become_numbers_and_the_last_two_stay_whole(
    teams, clock, zebedee, database_url
):
    lead, database = teams.somebody(1), teams.service.database
    await lead.says("hi")
    await lives_a_little(teams, clock, zebedee, lead)
    async with database.begin() as db:
        await db.execute(sql("UPDATE requests SET state = 'withdrawn', closed_at = submitted_at"))

    async def kept(rows):
        async with database.read() as db:
            return await db.scalar(sql(f"SELECT COUNT(*) FROM {rows}"))

    # In the year after, everything is there but for the machinery's notes
    clock.at = datetime(2028, 8, 31, 12, tzinfo=UTC)
    await teams.service.tidy()
    assert (await kept("bookings"), await kept("requests")) == (1, 1)
    assert await kept("yearly_counts") == 0
    assert await kept("dialog_state") == 0
    assert await kept("outbox WHERE state != 'waiting'") == 0

    # In the one after that it is numbers, however often it is tidied
    clock.at = datetime(2028, 9, 1, 12, tzinfo=UTC)
    for _ in range(2):
        await teams.service.tidy()

    async with database.read() as db:
        rows = await db.execute(
            sql("SELECT school_year, kind, about, outcome, total FROM yearly_counts ORDER BY kind")
        )
        counts = [tuple(each) for each in rows]
    assert counts[:2] == [
        ("2026-27", "bookings", "4", "confirmed", 1),
        ("2026-27", "requests", "tier-6", "withdrawn", 1),
    ]
    assert [each[1] for each in counts] == ["bookings", "requests", "topic ideas"]
    for empty in ("bookings", "requests", "topic_ideas", "nudges", "calendar_events"):
        assert await kept(empty) == 0, empty
    assert NAME.encode() not in await everything_kept(teams, database_url)
