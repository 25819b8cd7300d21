"""A teacher with two minutes: toolkits found, unfolded, kept, rated, passed on and taken to paper."""

import io
from datetime import timedelta
from importlib.resources import files
from itertools import count

import docx
import pytest
from sqlalchemy import select

from bot.loading.toolkits import load_shelf
from store.tables import ToolkitNoteRow
from tests.conftest import A_MONDAY
from tests.journeys.test_sharing import Shared
from tests.people import SetClock, Shown, teams_running

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def clock():
    return SetClock(A_MONDAY)


@pytest.fixture
def database_url(tmp_path):
    return f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"


@pytest.fixture
async def teams(database_url, clock, trust):
    async with teams_running(database_url, clock, trust) as running:
        yield running


def titles(card):
    return [each["title"] for each in card.buttons]


def in_sight(card):
    body = [each for each in card.content["body"] if each.get("isVisible", True)]
    return Shown({"body": body}).words


async def notes(teams, **of):
    async with teams.service.database.read() as db:
        return list(await db.scalars(select(ToolkitNoteRow).filter_by(**of)))


async def test_a_toolkit_asked_for_is_useful_by_itself_and_unfolds(teams):
    card = await teams.teacher.says("dyslexia toolkit")

    assert "Teach letters and sounds in a set order" in in_sight(card)
    assert "Set up the room" in in_sight(card)
    assert "Print in a plain font" in card.words
    assert "Print in a plain font" not in in_sight(card)
    assert titles(card)[-6:] == [
        "Save",
        "Training on this",
        "Ask the Hub about this",
        "Word document",
        "Share",
        "More",
    ]


async def test_a_section_is_read_by_typing_its_title_and_more_goes_on(teams):
    teacher = teams.teacher
    assert "Of which toolkit?" in (await teacher.says("words that help")).words
    await teacher.says("dyslexia")

    assert "Your argument is strong" in (await teacher.says("Words that help")).words
    assert "note the sounds known" in (await teacher.says("more")).words
    assert "compare reading programmes" in (await teacher.says("more")).words
    assert "More" not in titles(teacher.last)
    assert (await teacher.says("autism try tomorrow")).words.startswith("Autism: Try tomorrow")
    assert (await teacher.says("whole toolkit")).words.startswith("Autism |")


async def test_what_somebody_saves_and_opens_is_there_for_them_alone(teams, clock):
    teacher, senco = teams.teacher, teams.senco
    assert "haven't saved" in (await teacher.says("my toolkits")).words
    assert "haven't opened" in (await teacher.presses("Recently used")).words
    for subject in ("dyslexia", "adhd"):
        clock.at += timedelta(minutes=5)
        await teacher.says(f"{subject} toolkit")
    await teacher.says("save")

    assert "Remove from saved" in titles(teacher.last)
    assert titles(await teacher.says("my toolkits"))[0] == "ADHD"
    assert titles(await teacher.says("recently used"))[:2] == ["ADHD", "Dyslexia"]
    assert "haven't saved" in (await senco.says("my toolkits")).words
    await teacher.says("save the dyslexia toolkit")
    await teacher.presses("Remove from saved", on=await teacher.says("adhd toolkit"))
    assert titles(await teacher.says("favourites"))[:2] == ["Dyslexia", "Recently used"]


async def test_only_the_last_ten_opened_are_kept(teams, clock):
    teacher = teams.teacher
    await teacher.says("hi")
    slugs = [each.slug for each in load_shelf(None).toolkits][:12]
    await teacher.acts("save-toolkit", toolkit=slugs[0])
    for slug in slugs:
        clock.at += timedelta(minutes=1)
        await teacher.acts("toolkit", toolkit=slug)

    kept = {each.slug: each for each in await notes(teams)}
    assert slugs[1] not in kept
    assert kept[slugs[0]].used_at is None
    assert {slug for slug, each in kept.items() if each.used_at} == set(slugs[2:])


async def test_whether_it_helped_is_one_tap_and_changeable(teams):
    teacher = teams.teacher
    await teacher.says("dyslexia toolkit")

    assert "You found this useful" in (await teacher.presses("It was useful")).words
    assert "Not useful to you" in (await teacher.says("that was not helpful")).words

    (kept,) = await notes(teams)
    assert kept.is_useful is False


async def test_leads_read_counts_from_five_answers_on_and_never_who(teams):
    lead = teams.somebody(1)
    people = [teams.somebody(at) for at in range(2, 7)]
    for at, person in enumerate(people):
        await person.says("dyslexia toolkit")
        await person.acts("rate-toolkit", toolkit="dyslexia", useful="no" if at == 3 else "yes")
        if at < 4:
            await person.acts("rate-toolkit", toolkit="autism", useful="yes")

    shown = await lead.says("how useful are the toolkits")

    assert "Dyslexia: 4 of 5 found it useful" in shown.words
    assert "Autism" not in shown.words
    assert people[0].person.name not in shown.words
    assert "for the leads" in (await people[0].acts("toolkit-ratings")).words


async def test_related_training_is_booked_from_the_card(teams):
    teacher = teams.teacher
    await teacher.says("can't cope with the dinner hall noise")
    assert teacher.last.words.startswith("Which of these is it about? | Sensory needs")
    await teacher.says("sensory toolkit")
    training = await teacher.presses("Training on this")
    assert "Clinic: sensory needs in the classroom" in training.words.split(" | ")[2]
    assert "Choose strands" in titles(training)
    booked = await teacher.presses("Book my place", beside="sensory needs in the classroom")

    assert "You're booked" in booked.words
    await teacher.acts("show-session", session=str(teams.session("anxiety")))
    assert (await teacher.presses("Toolkit on this")).words.startswith("Attendance")


async def test_what_goes_deeper_is_asked_for_from_the_card(teams):
    teacher = teams.teacher
    training = await teacher.presses(
        "Training on this", on=await teacher.says("ta deployment toolkit")
    )

    assert "TA deployment audit" in training.words
    asked = await teacher.presses("Ask for it", beside="TA deployment audit")
    assert asked.words.startswith("TA deployment audit")
    # What is for leaders only is not offered to a teacher.
    assert "Advice on provision" not in training.words


async def test_sharing_asking_and_browsing_are_one_tap_away(teams):
    teacher = teams.teacher
    await teacher.says("dyslexia toolkit")

    shared = await teacher.presses("Share")
    assert shared.button("Share in Teams")["url"].startswith("https://teams.microsoft.com/share?")
    assert (await teacher.says("share the dyslexia toolkit")).words == shared.words
    asked = await teacher.presses("Ask the Hub about this", on=await teacher.says("dyslexia"))
    assert "1:1 support" in asked.words

    await teacher.says("cancel")
    needs = await teacher.says("find a toolkit")
    assert "Autism · Speech, language and communication" in needs.words
    await teacher.presses("Next page")
    await teacher.says("plans and reviews")
    assert titles(teacher.last) == [
        "The graduated approach",
        "EHC plans and annual re…",
        "Browse by need",
    ]
    assert (await teacher.says("The graduated approach")).words.startswith("The graduated")


async def test_words_that_may_mean_several_are_asked_about_with_why(teams):
    card = await teams.teacher.says("tips for handwriting and fidgeting and spelling")

    assert card.words.startswith("Which of these is it about?")
    assert card.words.count("Because") == 3


async def test_nonsense_finds_nothing_and_leads_on(teams):
    teacher = teams.teacher

    card = await teacher.says("flibbertigibbet toolkit")

    assert "No toolkit on that yet" in card.words
    assert titles(card) == ["Browse by need", "Ask the Hub", "Suggest a topic"]
    assert "1:1 support" in (await teacher.presses("Ask the Hub")).words
    for verb, data in [
        ("toolkit", {}),
        ("toolkit-section", {"toolkit": "dyslexic", "section": "²"}),
        ("browse-toolkits", {"area": {"x": 1}, "page": "99"}),
        ("templates", {"toolkit": ["x"], "page": "-1"}),
        ("template", {"template": "x" * 5000}),
        ("rate-toolkit", {"toolkit": "dyslexia'; --", "useful": "yes"}),
    ]:
        assert (await teacher.acts(verb, **data)).buttons
    assert await notes(teams) == []


async def test_an_old_card_of_a_toolkit_that_was_taken_out_says_so(
    database_url, clock, trust, tmp_path
):
    own = tmp_path / "content" / "toolkits"
    own.mkdir(parents=True)
    shipped = files("hub.toolkits").joinpath("dyslexia.md").read_text(encoding="utf-8")
    page = shipped.replace('slug = "dyslexia"', 'slug = "braille"').replace(
        'title = "Dyslexia"', 'title = "Braille"'
    )
    (own / "braille.md").write_text(page)
    async with teams_running(
        database_url, clock, trust, content_dir=tmp_path / "content"
    ) as running:
        old = await running.teacher.says("braille toolkit")
        await running.teacher.says("save")
        needs = await running.teacher.acts("browse-toolkits", page="2")
        assert "From our trust" in needs.words

    async with teams_running(database_url, clock, trust) as running:
        running.numbers, teacher = count(1000), running.teacher
        for title in ("Save", "More", "Share", "Training on this"):
            assert "isn't there any more" in (await teacher.presses(title, on=old)).words
        assert "haven't saved" in (await teacher.says("my toolkits")).words


async def test_a_document_opens_in_word_and_is_known_again(teams):
    card = await teams.teacher.says("dyslexia toolkit")
    path = "/documents/" + card.button("Word document")["url"].split("/documents/")[1]

    async with teams.http.get(f"{teams.url}{path}") as answer:
        content, headers = await answer.read(), answer.headers
        assert (answer.status, headers["Content-Type"]) == (200, DOCX)
    paragraphs = docx.Document(io.BytesIO(content)).paragraphs
    assert paragraphs[0].text == "Dyslexia"
    assert headers["Content-Disposition"] == 'attachment; filename="dyslexia.docx"'
    assert headers["X-Content-Type-Options"] == "nosniff"

    again = {"If-None-Match": headers["ETag"]}
    async with teams.http.get(f"{teams.url}{path}", headers=again) as answer:
        assert (answer.status, await answer.read()) == (304, b"")
    async with teams.http.head(f"{teams.url}{path}") as answer:
        assert answer.status == 200


@pytest.mark.parametrize(
    "path", ["nothing.docx", "../../etc/passwd", "%2e%2e%2fapp.py.docx", "dyslexia", "%00.docx"]
)
async def test_no_other_file_is_served(teams, path):
    async with teams.http.get(f"{teams.url}/documents/{path}") as answer:
        assert answer.status == 404


async def test_forms_are_opened_in_word_too(teams):
    teacher = teams.teacher

    every = await teacher.says("templates")
    form = await teacher.says("graduated approach plan template")
    assert "Names stay in your school's own system" in every.words
    assert form.words.startswith("Graduated-approach plan")
    url = form.button("Word document")["url"]
    async with teams.http.get(f"{teams.url}/documents/{url.split('/documents/')[1]}") as answer:
        assert docx.Document(io.BytesIO(await answer.read())).tables
    assert "Templates for Dyslexia" in (await teacher.says("templates for dyslexia")).words
    assert (await teacher.says("dyslexia as a word document")).button("Word document")


async def test_a_channel_gets_the_page_and_nothing_of_anybody(teams):
    staffroom, teacher, senco = Shared(teams), teams.teacher, teams.senco
    await teacher.says("hi")

    card = await staffroom.hears(teacher, "dyslexia toolkit")

    assert "Teach letters and sounds" in card.words
    assert titles(card) == ["Save for me", "Training on this", "Word document", "Other toolkits"]
    said = await staffroom.pressed_by(senco, "save-toolkit", toolkit="dyslexia")
    assert said.startswith("Saved for you")
    assert titles(await senco.says("my toolkits"))[0] == "Dyslexia"
    assert [each.used_at for each in await notes(teams)] == [None]
    training = await staffroom.pressed_by(teacher, "toolkit-training", toolkit="sensory")
    assert "12 places left" in training.words
    senco_training = await staffroom.pressed_by(teacher, "toolkit-training", toolkit="ehcp")
    assert "For SENCos" in senco_training.words
    assert "No toolkit" in (await staffroom.hears(teacher, "flibbertigibbet toolkit")).words
    assert "what is it about" in (await staffroom.hears(teacher, "find a toolkit")).words
    assert "Templates to print" in (await staffroom.hears(teacher, "templates")).words
    own = await staffroom.pressed_by(teacher, "my-toolkits")
    assert own.startswith("Let's do that in our own chat")
    gone = await staffroom.pressed_by(teacher, "toolkit", toolkit="braille")
    assert titles(gone) == ["Browse by need"]


async def test_help_leads_to_toolkits(teams):
    teacher = teams.teacher
    await teacher.says("help")

    assert "what is it about" in (await teacher.presses("Toolkits")).words
    await teacher.says("dyslexia toolkit")
    await teacher.presses("Save")
    assert "1 toolkit you opened, saved or rated" in (await teacher.says("privacy")).words


async def test_words_said_of_a_toolkit_reach_it_without_its_buttons(teams):
    """Each is said after something else, so that no button of the last card is meant."""
    teacher = teams.teacher
    await teacher.says("dyslexia toolkit")
    for said, begins in [
        ("what did i look at recently", "Recently used | Dyslexia"),
        ("related training", "Training on Dyslexia"),
        ("training on sensory needs", "Training on Sensory needs"),
        ("that helped", "Dyslexia | Thank you"),
        ("wasn't helpful", "Dyslexia | Thank you"),
        ("words that help for autism", "Autism: Words that help"),
        ("which toolkits are there?", "Toolkits: what is it about?"),
        ("clinic question sheet", "Clinic question sheet"),
        ("ask the hub about this", "1:1 support"),
    ]:
        assert (await teacher.says(said)).words.startswith(begins), said
    await teacher.says("cancel")
    await teacher.says("adhd toolkit")
    assert (await teacher.says("share it")).words.startswith("Share “ADHD”")


async def test_a_trusts_own_page_is_found_by_its_tag_alone_beside_one_that_is_broken(
    database_url, clock, trust, tmp_path, capsys
):
    own = tmp_path / "content" / "toolkits"
    own.mkdir(parents=True)
    shipped = files("hub.toolkits").joinpath("sensory.md").read_text(encoding="utf-8")
    page = shipped.replace('slug = "sensory"', 'slug = "hearing"')
    page = page.replace('title = "Sensory needs"', 'title = "Hearing"')
    (own / "hearing.md").write_text(page.replace("tags = [", 'tags = [\n  "glue ear",', 1))
    (own / "broken.md").write_text("+++\nslug = 3\n+++\n")
    async with teams_running(
        database_url, clock, trust, content_dir=tmp_path / "content"
    ) as running:
        assert (await running.teacher.says("glue ear")).words.startswith("Hearing")
        assert (await running.teacher.says("dyslexia toolkit")).words.startswith("Dyslexia")
    assert "file=toolkits/broken.md line=2" in " ".join(capsys.readouterr().out.split())
