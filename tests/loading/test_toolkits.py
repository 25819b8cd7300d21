"""A trust's own toolkits from files: they add, they take a page's place, and a broken one harms none."""

from importlib.resources import files

import pytest
from structlog.testing import capture_logs

from bot.loading.toolkits import load_shelf
from bot.service import assembled
from bot.settings import Settings
from hub.understanding import TOPICS

SHIPPED = files("hub.toolkits")
PAGE = SHIPPED.joinpath("sensory.md").read_text(encoding="utf-8")
FORM = SHIPPED.joinpath("templates/clinic-question-sheet.md").read_text(encoding="utf-8")


@pytest.fixture
def trust(tmp_path):
    """A trust's content folder; ``write`` puts a page there."""

    class Trust:
        folder = tmp_path

        def write(self, name, page, slug="sensory", title="Sensory needs", encoding="utf-8"):
            head = f'slug = "{slug}"\ntitle = "{title}"'
            text = page.replace('slug = "sensory"\ntitle = "Sensory needs"', head)
            path = tmp_path / "toolkits" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding=encoding)

    return Trust()


def loaded(folder):
    """The shelf, and what the log says of pages left out."""
    with capture_logs() as log:
        shelf = load_shelf(folder)
    return shelf, [(entry["file"], entry["line"], entry["why"]) for entry in log]


@pytest.mark.parametrize("has_folder", [True, False])
def test_without_pages_of_its_own_a_trust_has_all_that_ship(tmp_path, has_folder):
    shelf, left_out = loaded(tmp_path if has_folder else None)

    assert tuple(page.slug for page in shelf.toolkits) == TOPICS
    assert left_out == []


def test_a_trusts_own_page_takes_the_place_of_the_shipped_one(trust):
    trust.write("our-sensory.md", PAGE, title="Sensory needs at our schools")

    shelf, left_out = loaded(trust.folder)

    assert shelf.toolkit("sensory").title == "Sensory needs at our schools"
    assert tuple(page.slug for page in shelf.toolkits) == TOPICS
    assert left_out == []


def test_pages_on_other_needs_come_after_the_shipped_ones_by_title(trust):
    trust.write("a.md", PAGE, "vision", "Vision")
    trust.write("b.md", PAGE, "hearing", "Hearing")

    shelf, _ = loaded(trust.folder)

    assert [page.title for page in shelf.toolkits[len(TOPICS) :]] == ["Hearing", "Vision"]
    assert shelf.toolkit("nowhere") is None


def test_a_form_of_the_trusts_own_goes_with_its_toolkits(trust):
    trust.write("templates/ours.md", FORM.replace("clinic-question-sheet", "our-sheet", 1))
    trust.write("templates/clinic.md", FORM.replace("Clinic question sheet", "Our own sheet", 1))

    shelf, left_out = loaded(trust.folder)

    forms = shelf.templates_for(shelf.toolkit("dyslexia"))
    assert {form.slug for form in forms} == {"our-sheet", "clinic-question-sheet"}
    assert shelf.template("clinic-question-sheet").title == "Our own sheet"
    assert left_out == []


def test_a_broken_page_is_named_by_line_and_all_others_are_there(trust):
    trust.write("autism.md", PAGE.replace("+++\nslug", "slug"))
    trust.write("broken.md", PAGE.replace("## Did it work?", "## What now?"), "broken")
    trust.write("latin.md", '+++\nslug = "café"\n+++\n', encoding="latin-1")
    trust.write("hearing.md", PAGE, "hearing", "Hearing")

    shelf, left_out = loaded(trust.folder)

    assert {page.slug for page in shelf.toolkits} == {*TOPICS, "hearing"}
    line = PAGE.split("\n").index("## Did it work?") + 1
    assert left_out == [
        ("toolkits/autism.md", 1, "the page is to begin with a line +++"),
        ("toolkits/broken.md", line, "“## Did it work?” is to come here, not “What now?”"),
        ("toolkits/latin.md", 2, "this is not UTF-8: save the file as UTF-8"),
    ]


def test_a_broken_page_leaves_the_shipped_one_in_its_place(trust):
    trust.write("sensory.md", PAGE.replace("## At a glance", "## Glance"))

    shelf, left_out = loaded(trust.folder)

    assert shelf.toolkit("sensory").name == "sensory.md"
    assert [file for file, _, _ in left_out] == ["toolkits/sensory.md"]


def test_of_two_pages_with_one_slug_the_first_by_name_stays(trust):
    trust.write("a.md", PAGE, title="The first")
    trust.write("b.md", PAGE, title="The second")

    shelf, left_out = loaded(trust.folder)

    assert shelf.toolkit("sensory").title == "The first"
    assert left_out == [("toolkits/b.md", 1, "toolkits/a.md has the slug “sensory” already")]


def test_what_else_lies_in_the_folder_is_nobodys_business(trust):
    trust.write(".autosave.md", "half a page")
    trust.write("notes.docx", "not a page")
    (trust.folder / "toolkits" / "old.md").mkdir()

    shelf, left_out = loaded(trust.folder)

    assert tuple(page.slug for page in shelf.toolkits) == TOPICS
    assert left_out == []


async def test_the_service_starts_with_all_pages_but_the_broken_one(trust, clock):
    trust.write("hearing.md", PAGE, "hearing", "Hearing")
    trust.write("broken.md", PAGE.replace("## At a glance", "## Glance"), "broken")
    database = f"sqlite+aiosqlite:///{trust.folder}/hub.sqlite"
    settings = Settings(content_dir=trust.folder, database_url=database)

    with capture_logs() as log:
        async with assembled(settings, clock, migrates=False) as service:
            slugs = [page.slug for page in service.shelf.toolkits]

    assert slugs == [*TOPICS, "hearing"]
    assert "toolkits/broken.md" in [entry.get("file") for entry in log]
