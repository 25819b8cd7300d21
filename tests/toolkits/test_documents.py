"""What staff open in Word: every toolkit and template, whole, accessible and always the same."""

import io
import re
from functools import cache
from zipfile import ZipFile

import docx
import pytest
import time_machine
from docx.oxml.ns import qn

from bot.documents.toolkit_page import word_document
from bot.loading.toolkits import load_shelf
from hub.toolkits.template import parse_template

SHELF = load_shelf(None)
EVERY_PAGE = (*SHELF.toolkits, *SHELF.templates)
A_FORM = """+++
slug = "our-plan"
title = "Our plan"
summary = "What it is for."
tags = ["plan"]
for_toolkits = ["sensory"]
reviewed_on = 2026-11-01
sources = ["A source (2026)"]
+++
"""


@cache
def opened(page):
    """As Word opens it; only looked at, so one is enough for all the tests."""
    return docx.Document(io.BytesIO(word_document(page)))


def our_plan(body):
    return opened(parse_template(A_FORM + body, "our-plan.md"))


def texts(document, style):
    return [each.text for each in document.paragraphs if each.style.name == style]


def lines(markdown, start):
    found = re.findall(rf"^{re.escape(start)} (.*)$", markdown, re.MULTILINE)
    return [line.replace("**", "").strip() for line in found]


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: page.slug)
def test_every_page_opens_in_word_with_all_it_says(page):
    document = opened(page)

    assert texts(document, "Heading 1") == [page.title]
    assert texts(document, "Subtitle") == [page.summary]
    assert texts(document, "Heading 2") == lines(page.markdown, "##")
    assert texts(document, "List Bullet") == lines(page.markdown, "-")
    assert "*" not in "".join(each.text for each in document.paragraphs)
    footer = "\n".join(each.text for each in document.sections[0].footer.paragraphs)
    day = page.reviewed_on
    assert f"Reviewed on {day.day} {day:%B %Y}" in footer
    assert all(source in footer for source in page.sources)


@pytest.mark.parametrize("form", SHELF.templates, ids=lambda form: form.slug)
def test_every_template_has_its_boxes_under_a_header_row(form):
    tables = opened(form).tables

    assert len(tables) == len(re.findall(r"^\| ---", form.markdown, re.MULTILINE)) > 0
    for table in tables:
        header, *rows = table.rows
        assert header._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(cell.text for cell in header.cells)
        assert rows
        assert any(not cell.text for row in rows for cell in row.cells)
        # A screen reader says what the table is about, and no row is torn between two pages.
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


@pytest.mark.parametrize("form", SHELF.templates, ids=lambda form: form.slug)
def test_every_template_says_that_names_stay_at_school(form):
    first_words = opened(form).paragraphs[2].text
    assert "Names and initials stay in your school’s own system." in first_words
    assert "Never type or send them to the SEND Hub assistant" in first_words


def test_a_page_is_a4_in_british_english_and_knows_its_title():
    document = our_plan("Words.")

    section, about = document.sections[0], document.core_properties
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (about.title, about.subject, about.language) == ("Our plan", "What it is for.", "en-GB")
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_the_same_page_gives_the_same_bytes_at_any_hour():
    page = SHELF.template("clinic-question-sheet")
    with time_machine.travel("2026-11-24T09:00:00Z", tick=False):
        morning = word_document(page)
    with time_machine.travel("2027-06-01T21:30:00Z", tick=False):
        summer = word_document(page)

    assert morning == summer
    assert {each.date_time[:3] for each in ZipFile(io.BytesIO(morning)).infolist()} == {
        (2026, 11, 1)
    }


def test_bold_words_inside_a_box_stay_bold():
    cell = our_plan("| Check | Yes |\n| --- | --- |\n| Say **what** | |").tables[0].cell(1, 0)
    assert [run.text for run in cell.paragraphs[0].runs if run.bold] == ["what"]


def test_two_tables_in_a_row_stay_two_tables():
    table = "| A | B |\n| --- | --- |\n| | |\n"
    body = our_plan(f"{table}\n{table}").element.body
    assert not body.xpath("./w:tbl/following-sibling::*[1][self::w:tbl]")


def test_a_trusts_own_page_may_number_nest_link_and_quote():
    document = our_plan(
        "# Loud title\n\n1. First\n2. Second\n   - Below\n\nThen\n\n1. Anew\n\n"
        "> Said *softly*, see [the guide](https://example.org/guide)\n\n```\nas typed\n```\n"
    )

    # The page's title stays the only heading 1
    assert texts(document, "Heading 2") == ["Loud title"]
    assert texts(document, "List Number") == ["First", "Second", "Anew"]
    assert texts(document, "List Bullet 2") == ["Below"]
    numbered = [each for each in document.paragraphs if each.style.name == "List Number"]
    first, second, anew = (each._p.pPr.numPr.numId.val for each in numbered)
    assert first == second != anew
    words = [each.text for each in document.paragraphs]
    assert "Said softly, see the guide (https://example.org/guide)" in words
    assert "as typed" in words


def test_markup_in_a_trusts_page_is_shown_and_never_run():
    document = our_plan("Fine <b>words</b>\n\n<script>alert(1)</script>")
    words = [each.text for each in document.paragraphs]
    assert "Fine <b>words</b>" in words
    assert "<script>alert(1)</script>" in words


def test_control_characters_that_came_with_pasted_text_are_left_out():
    assert "pasted text" in texts(our_plan("pas\x0cted\x01 text\x0b"), "Normal")
