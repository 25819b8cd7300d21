"""Tables to fill in by hand or in Word: a header row, room to write, and nothing that splits."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from bot.documents.house_style import BOX_TEXT, TEXT_WIDTH

#: How high a row to fill in is at least: room for sentences, or for a tick or a date.
_ROOM_FOR_SENTENCES, _ROOM_FOR_A_NOTE = Cm(1.1), Cm(0.85)
#: A column is as wide as its words want, between these numbers of letters.
_NARROWEST, _WIDEST = 6, 44
#: What the empty columns want together, so that there is room to write.
_EMPTY_WANT = 120
#: What is written below these headings is short: a tick, a number, a date.
_SHORT_ANSWERS = {"Yes": 8, "Tick": 8, "1–4": 8, "From": 10, "Date due": 14, "Date done": 14}
#: A table of no more rows than this stays on one page.
_SMALL_TABLE = 6
_HEADER_SHADE = "DCE6F1"


def fill_table(
    document: Document, texts: Sequence[Sequence[str]], about: str
) -> list[list[Paragraph]]:
    """A table as large as these texts, first row its header; returns the paragraphs to write in.

    ``about`` is what a screen reader says the table is.
    """
    table = document.add_table(rows=len(texts), cols=len(texts[0]), style="Table Grid")
    table.autofit = False
    _describe(table, about)
    rows = list(table.rows)
    widths = _widths(texts)
    for row, row_texts in zip(rows, texts, strict=True):
        _keep_whole(row)
        if not all(row_texts):
            sentences = len(row_texts) == 2 or not any(row_texts)  # noqa: PLR2004 - ask, answer
            row.height = _ROOM_FOR_SENTENCES if sentences else _ROOM_FOR_A_NOTE
            row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].style = BOX_TEXT
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _mark_header(rows[0])
    for row in rows[:-1] if len(rows) <= _SMALL_TABLE else rows[:1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    document.add_paragraph(style="No Spacing")
    return [[cell.paragraphs[0] for cell in row.cells] for row in rows]


def _widths(texts: Sequence[Sequence[str]]) -> list[Length]:
    wanted = [_wanted(column, len(texts[0])) for column in zip(*texts, strict=True)]
    return [Length(TEXT_WIDTH * each // sum(wanted)) for each in wanted]


def _wanted(column: Sequence[str], of_columns: int) -> int:
    heading, *below = column
    if heading in _SHORT_ANSWERS:
        return _SHORT_ANSWERS[heading]
    if not any(below):
        return _EMPTY_WANT // of_columns
    longest = max(len(text) for text in below)
    # A heading is bold, and its longest word must not break.
    longest_word = max(map(len, heading.split()), default=0) + 3
    return min(max(longest, longest_word, _NARROWEST), _WIDEST)


def _mark_header(row: _Row) -> None:
    """Bold and shaded, and said again where the table runs on to another page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in row.cells:
        cell.paragraphs[0].style = f"{BOX_TEXT} Heading"
        _shade(cell)


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _HEADER_SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _describe(table: Table, about: str) -> None:
    for name in ("w:tblCaption", "w:tblDescription"):
        words = OxmlElement(name)
        words.set(qn("w:val"), about)
        table._tbl.tblPr.append(words)
