"""Every page that ships keeps the Hub's standard, and the standard notices what falls short."""

import re
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.loading.content import load_offer, load_services
from bot.loading.toolkits import read_shelf
from hub.toolkits.front_matter import PageWrong
from hub.toolkits.page import Heading, parse_toolkit
from hub.toolkits.standard import YEARS_BETWEEN_REVIEWS, faults_of, template_faults_of
from hub.toolkits.template import parse_template
from hub.understanding import TOPICS
from tests.hub.reading_age import reading_age
from tests.hub.toolkit_promises import COVERS, TAGS

SHELF, WRONG = read_shelf(None)
PAGE = files("hub.toolkits").joinpath("sensory.md").read_text(encoding="utf-8")
FORM = (
    files("hub.toolkits").joinpath("templates/ta-deployment-audit.md").read_text(encoding="utf-8")
)
REVIEWED = parse_toolkit(PAGE, "sensory.md").reviewed_on

each_toolkit = pytest.mark.parametrize("page", SHELF.toolkits, ids=lambda page: page.slug)
each_template = pytest.mark.parametrize("form", SHELF.templates, ids=lambda form: form.slug)


def test_every_need_has_its_page_in_browsing_order():
    assert WRONG == []
    assert tuple(page.slug for page in SHELF.toolkits) == TOPICS
    assert all(page.name == f"{page.slug}.md" for page in SHELF.toolkits)
    assert len(SHELF.templates) == 5


@each_toolkit
def test_a_page_keeps_the_standard(page):
    assert [str(fault) for fault in faults_of(page, page.reviewed_on)] == []


@each_toolkit
def test_a_page_reads_easily_after_a_long_day(page):
    assert 11 <= reading_age(page) <= 14


@each_toolkit
def test_a_page_covers_what_was_promised(page):
    body = "\n".join(section.markdown for section in page.sections).replace("*", "")

    missing = [words for words in COVERS[page.slug] if not re.search(words, body, re.IGNORECASE)]
    assert missing == []


@each_toolkit
def test_a_page_is_found_by_the_words_staff_type_and_ten_more(page):
    promised = set(TAGS[page.slug].split(", "))

    assert promised <= set(page.tags)
    assert len(set(page.tags) - promised) >= 10
    assert len(set(page.tags)) == len(page.tags)


@each_toolkit
def test_a_page_leads_on_to_training_that_there_is(page):
    services = {key for key in page.tier_links if load_services(None).service(key)}

    assert services
    assert all(load_offer(None).tier(key) for key in set(page.tier_links) - services)


@each_template
def test_a_form_keeps_the_standard_and_goes_with_toolkits_that_there_are(form):
    assert [str(fault) for fault in template_faults_of(form, form.reviewed_on)] == []
    assert all(SHELF.toolkit(slug) for slug in form.for_toolkits)
    assert form.for_toolkits


def changed(old, new, text=PAGE):
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        ("", "", "the page is to begin with a line +++"),
        (changed("+++\nslug", "slug"), "slug", "the page is to begin with a line +++"),
        (changed("]\n+++\n", "]\n"), None, "the second line +++ is missing"),
        (changed('slug = "sensory"', 'slug = "Our Page"'), "Our Page", "slug is to be small letters"),
        (changed('slug = "sensory"', f'slug = "{"x" * 61}"'), "xxx", "slug is to be at most 60 letters"),
        (changed('title = "Sensory needs"', 'title = "Sensory'), "title", "Illegal character"),
        (changed('title = "Sensory needs"', "title = 3"), "title", "title is to be a text in quotes"),
        (changed('title = "Sensory needs"\n', ""), "+++", "title is missing"),
        (changed("= 2026-11-01", '= "2026-11-01"'), "reviewed_on", "reviewed_on is to be a date"),
        (changed("= 2026-11-01", "= 2026-13-01"), "reviewed_on", ""),
        (changed('["3", "4", "6", "cpd-module"]', "[3]"), "tier_links", "tier_links is to be a list of texts"),
        (changed("## At", "Hello.\n\n## At"), "Hello.", "“## At a glance” is to come first"),
        (changed("## Set up the room", "## The room"), "## The room", "“## Set up the room” is to come"),
        (PAGE.partition("## Ask the Hub")[0], None, "“## Ask the Hub when…” is missing"),
        (f"{PAGE}\n## More\n\n- More.\n", "## More", "“More” is one section too many"),
        (changed("## Try", "## Try tomorrow\n\n## Try"), "## Try", "there is nothing under “Try tomorrow”"),
    ],
)  # fmt: skip
def test_a_page_that_cannot_be_read_says_where_and_why(text, at, told):
    lines = text.split("\n")
    line = len(lines) if at is None else next(n for n, each in enumerate(lines, 1) if at in each)

    with pytest.raises(PageWrong) as wrong:
        parse_toolkit(text, "ours.md")
    assert str(wrong.value).startswith(f"ours.md, line {line}: ")
    assert told in str(wrong.value)


def test_a_page_typed_by_hand_or_on_windows_is_read_as_well():
    page = changed("## Ask the Hub when…", "## ask the hub when...").replace(
        "## Did it work?", "## Did it work"
    )

    by_hand = parse_toolkit("\ufeff" + page.replace("\n", "\r\n"), "sensory.md")
    assert by_hand.sections == parse_toolkit(PAGE, "sensory.md").sections


def test_a_move_over_two_lines_is_one_move_and_numbers_are_as_good_as_dashes():
    text = changed("Pick one red spot and", "Pick one red spot\n  and").replace(
        "- Agree a way", "3. Agree a way"
    )

    moves = parse_toolkit(text, "sensory.md").section(Heading.TRY_TOMORROW)
    assert moves.items == parse_toolkit(PAGE, "sensory.md").section(Heading.TRY_TOMORROW).items
    assert moves.markdown in text


def test_a_page_says_the_same_before_and_after_reading():
    assert parse_toolkit(PAGE, "sensory.md").markdown in PAGE


MOVE = "- For uniform: allow soft, label-free items in the same colour.\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (changed(MOVE, MOVE * 2), "“Try tomorrow” has 9 moves; 5 to 8 are right"),
        (changed(MOVE, ""), None),
        (changed(MOVE, f"- {'Very ' * 40}long.\n"), "a move is one line"),
        (changed(MOVE, f"{MOVE}\nOne more thing.\n"), "is to begin with “- ”"),
        (changed(MOVE, MOVE + "and on it goes. " * 40), "words; 250 to 400 are right"),
        (changed("- Avoid: “It’s", "- Never: “It’s"), "a line here begins with “- Say: ” or “- Avoid: ”"),
        (changed("- Avoid:", "- Say:"), "is to have a line “- Avoid: “…””"),
        (changed('"Equality Act (2010)"', '"Equality Act"'), "“Equality Act” is to end with its year"),
        (changed("Map the day, change", "x" * 140), "the summary is to be one line of at most 140"),
        (changed('tier_links = ["3", "4", "6", "cpd-module"]', "tier_links = []"), "tier_links is empty"),
        (changed("same colour.", "same colour <b>please</b>."), "cannot show HTML"),
        (changed("same colour.", "same colour.\n\n| a | b |"), "cannot show a table"),
        (changed("same colour.", "same colour ![x](y)."), "cannot show an image"),
        (changed("Upset that", "A learner who suffers from upset that"), "“suffers from”: write instead: has"),
        (changed("Upset that", "Attention-seeking that"), "“Attention-seeking”: write instead"),
        (changed("Upset that", "Insecure and secure upset that"), None),
        (changed("Upset that", "This will cure upset that"), "“cure”: write instead: support"),
        (changed("It’s not that loud.", "SEN kids are low ability."), None),
        (changed("Upset that", "Signs of abuse, or upset that"), "where safety comes up, point to the DSL"),
        (changed("Upset that", "Signs of abuse (tell your DSL), or upset that"), None),
    ],
)  # fmt: skip
def test_what_falls_short_of_the_standard_is_told_by_line(text, told):
    found = [str(fault) for fault in faults_of(parse_toolkit(text, "sensory.md"), REVIEWED)]

    assert bool(found) is bool(told)
    assert told is None or any(told in fault for fault in found)


def test_a_fault_names_its_file_and_line():
    text = changed("Upset that", "Naughty upset that")
    line = text.split("\n").index(next(each for each in text.split("\n") if "Naughty" in each)) + 1

    (fault,) = faults_of(parse_toolkit(text, "sensory.md"), REVIEWED)
    assert str(fault).startswith(f"sensory.md, line {line}: “Naughty”")


@pytest.mark.parametrize(
    ("reviewed", "today", "is_fresh"),
    [
        (date(2026, 11, 1), date(2028, 11, 1), True),
        (date(2026, 11, 1), date(2028, 11, 2), False),
        (date(2024, 2, 29), date(2026, 2, 28), True),
        (date(2024, 2, 29), date(2026, 3, 1), False),
        (date(2026, 11, 2), date(2026, 11, 1), False),
    ],
)
def test_a_review_holds_for_two_years(reviewed, today, is_fresh):
    page = replace(SHELF.toolkits[0], reviewed_on=reviewed)

    assert (faults_of(page, today) == []) is is_fresh
    assert YEARS_BETWEEN_REVIEWS == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (FORM.replace("for_toolkits", "goes_with"), "for_toolkits is missing"),
        ("+++".join(FORM.split("+++")[:2]) + "+++\n", "there is nothing on the form"),
    ],
)
def test_a_form_that_cannot_be_read_says_where_and_why(text, told):
    with pytest.raises(PageWrong, match=r"^ours\.md, line \d+: ") as wrong:
        parse_template(text, "ours.md")

    assert told in str(wrong.value)


def test_a_form_with_words_that_belittle_is_pointed_out():
    form = parse_template(FORM.replace("| 0–5 |", "| Bottom set |", 1), "ours.md")

    (fault,) = template_faults_of(form, form.reviewed_on)
    assert "“Bottom set”" in str(fault)


lines = st.lists(st.one_of(st.sampled_from(PAGE.split("\n")), st.text(max_size=30)), max_size=60)


@given(lines.map("\n".join))
@example("+++\n+++")
@example("+++")
def test_whatever_a_file_holds_is_a_page_or_a_mistake_with_its_line(text):
    for parse in (parse_toolkit, parse_template):
        try:
            page = parse(text, "any.md")
        except PageWrong as wrong:
            assert 1 <= wrong.line <= text.count("\n") + 1
        else:
            assert page.slug
