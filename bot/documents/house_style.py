"""How every page looks: A4, a plain typeface, British English, a footer that says where it is from.

Only what Word's own styles do not say is set here, so that a school can restyle a page in Word.
"""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from hub.spoken import MONTHS

TYPEFACE = "Arial"
LANGUAGE = "en-GB"
_DARK_BLUE, _DARK_GREY = RGBColor(0x1F, 0x38, 0x64), RGBColor(0x40, 0x40, 0x40)
_A4_WIDTH, _A4_HEIGHT, _MARGIN = Cm(21), Cm(29.7), Cm(1.8)
#: Sources may take three lines of the footer.
_BOTTOM_MARGIN, _FOOTER_DISTANCE = Cm(2.4), Cm(0.8)
#: From margin to margin.
TEXT_WIDTH = Length(_A4_WIDTH - 2 * _MARGIN)
#: The paragraph style of a table's cells; its header row has "… Heading".
BOX_TEXT = "Box Text"
#: Sizes and spaces in points: (size, before, after).
_STYLES = {
    "Normal": (11, 0, 4),
    "Heading 1": (20, 0, 2),
    "Heading 2": (13, 8, 3),
    "Heading 3": (12, 6, 2),
    "Subtitle": (12, 0, 4),
    "List Bullet": (11, 0, 2),
    "List Number": (11, 0, 2),
    "Footer": (8, 0, 0),
    # What stands between a table and what follows; two tables would else become one.
    "No Spacing": (4, 0, 0),
}
#: What Word 2013 and later call themselves; anything older opens in "Compatibility Mode".
_WORD_VERSION = "15"


def blank_page(title: str, summary: str, reviewed_on: date) -> Document:
    """An empty A4 document in our style that knows its title, its language and its date."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = _A4_WIDTH, _A4_HEIGHT
    section.left_margin = section.right_margin = section.top_margin = _MARGIN
    section.bottom_margin, section.footer_distance = _BOTTOM_MARGIN, _FOOTER_DISTANCE
    _set_styles(document)
    _set_language(document)
    properties = document.core_properties
    properties.title, properties.subject, properties.language = title, summary, LANGUAGE
    properties.author = properties.last_modified_by = "SEND Hub"
    properties.comments = ""
    properties.created = properties.modified = datetime.combine(reviewed_on, time(), UTC)
    return document


def _set_styles(document: Document) -> None:
    styles = document.styles
    box = styles.add_style(BOX_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    heading = styles.add_style(f"{BOX_TEXT} Heading", WD_STYLE_TYPE.PARAGRAPH)
    heading.base_style, heading.font.bold = box, True
    for name, (size, before, after) in {**_STYLES, BOX_TEXT: (10, 2, 2)}.items():
        style = styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size = Pt(size)
        _set_typeface(style)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.08
        if name.startswith("Heading"):
            style.font.color.rgb = _DARK_BLUE
    subtitle = styles["Subtitle"]
    subtitle.font.italic, subtitle.font.color.rgb = False, _DARK_GREY
    # Word's own subtitle is spread out, which is harder to read.
    for spread in subtitle.element.rPr.findall(qn("w:spacing")):
        subtitle.element.rPr.remove(spread)


def _set_typeface(style: ParagraphStyle) -> None:
    style.font.name = TYPEFACE
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # A theme's typeface, where one is named, wins over ours.
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _set_language(document: Document) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_VERSION)


def write_footer(document: Document, reviewed_on: date, sources: Sequence[str]) -> None:
    """When the page was last looked over, which page of how many, and what it rests on."""
    footer = document.sections[0].footer
    line = footer.paragraphs[0]
    line.paragraph_format.tab_stops.clear_all()
    line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    # Word's footer style has two stops of its own, and the first would catch our tab.
    for theirs in document.styles["Footer"].paragraph_format.tab_stops:
        line.paragraph_format.tab_stops.add_tab_stop(theirs.position, WD_TAB_ALIGNMENT.CLEAR)
    reviewed = f"{reviewed_on.day} {MONTHS[reviewed_on.month - 1]} {reviewed_on.year}"
    line.add_run(f"SEND Hub · Reviewed on {reviewed}\tPage ")
    _add_field(line, "PAGE")
    line.add_run(" of ")
    _add_field(line, "NUMPAGES")
    footer.add_paragraph(f"Sources: {'; '.join(sources)}.", style="Footer")


def _add_field(paragraph: Paragraph, code: str) -> None:
    """A number that Word works out itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    shown = paragraph.add_run("1")
    field.append(shown._r)
    paragraph._p.append(field)


def start_numbers_again(document: Document, items: Sequence[Paragraph]) -> None:
    """Number these from one: Word would count on from the list before."""
    if not items:
        return
    style = items[0].style
    assert style is not None
    numbering = document.part.numbering_part.element
    shared = numbering.num_having_numId(style.element.pPr.numPr.numId.val)
    own = numbering.add_num(shared.abstractNumId.val)
    own.add_lvlOverride(ilvl=0).add_startOverride(1)
    for item in items:
        item._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = own.numId


def as_bytes(document: Document, reviewed_on: date) -> bytes:
    """The file, packed so that the same page gives the same bytes at any hour."""
    loose, settled = io.BytesIO(), io.BytesIO()
    document.save(loose)
    packed_on = (reviewed_on.year, reviewed_on.month, reviewed_on.day, 0, 0, 0)
    with ZipFile(loose) as parts, ZipFile(settled, "w", ZIP_DEFLATED) as pack:
        for name in parts.namelist():
            entry = ZipInfo(name, packed_on)
            entry.compress_type = ZIP_DEFLATED
            pack.writestr(entry, parts.read(name))
    return settled.getvalue()
