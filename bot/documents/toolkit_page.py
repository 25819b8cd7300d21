"""One toolkit or template as a Word document, to take into the classroom or to fill in.

What a page looks like is decided next door in ``house_style``, and how its tables do in ``boxes``.
"""

from collections.abc import Sequence

from docx.document import Document
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bot.documents.boxes import fill_table
from bot.documents.house_style import as_bytes, blank_page, start_numbers_again, write_footer
from hub.toolkits.page import Toolkit
from hub.toolkits.template import Template

#: HTML is shown as it was typed: a page never carries anybody's markup into Word.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
#: Word cannot hold control characters, which come along when text is pasted; tabs and ends of line stay.
_NOT_FOR_WORD = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
#: Word's built-in styles go three lists deep.
_DEEPEST_LIST = 3


def word_document(page: Toolkit | Template) -> bytes:
    """The page as a DOCX file; the same page gives the same bytes, whenever it is made."""
    document = blank_page(page.title, page.summary, page.reviewed_on)
    document.add_heading(page.title, level=1)
    document.add_paragraph(page.summary, style="Subtitle")
    subject, markdown = page.title, page.markdown.translate(_NOT_FOR_WORD)
    for block in SyntaxTreeNode(_MARKDOWN.parse(markdown)).children:
        if block.type == "heading":
            subject = _plain_text(block)
        if block.type == "table":
            # What introduces a table is never left behind on the page before.
            document.paragraphs[-1].paragraph_format.keep_with_next = True
        _add_block(document, block, subject)
    write_footer(document, page.reviewed_on, page.sources)
    return as_bytes(document, page.reviewed_on)


def _add_block(document: Document, block: SyntaxTreeNode, subject: str) -> None:
    match block.type:
        case "heading":
            # The title is the only heading 1, so that a screen reader finds it.
            level = max(2, int(block.tag[1]))
            _write(document.add_heading(level=level), block.children)
        case "paragraph":
            _write(document.add_paragraph(), block.children)
        case "bullet_list" | "ordered_list":
            _add_list(document, block, depth=1)
        case "table":
            _add_table(document, block, subject)
        case _ if block.children:
            for child in block.children:
                _add_block(document, child, subject)
        case _ if block.content:
            document.add_paragraph(block.content.strip())


def _add_list(document: Document, block: SyntaxTreeNode, depth: int) -> None:
    kind = "List Number" if block.type == "ordered_list" else "List Bullet"
    style = kind if depth == 1 else f"{kind} {min(depth, _DEEPEST_LIST)}"
    items = []
    for item in block.children:
        for part in item.children:
            if part.type in {"bullet_list", "ordered_list"}:
                _add_list(document, part, depth + 1)
                continue
            first = part is item.children[0]
            paragraph = document.add_paragraph(style=style if first else "List Continue")
            _write(paragraph, part.children)
            if first:
                items.append(paragraph)
    if block.type == "ordered_list":
        start_numbers_again(document, items)


def _add_table(document: Document, block: SyntaxTreeNode, subject: str) -> None:
    rows = [row.children for row in block.walk() if row.type == "tr"]
    texts = [[_plain_text(cell) for cell in row] for row in rows]
    cells = fill_table(document, texts, about=subject)
    for row, paragraphs in zip(rows, cells, strict=True):
        for cell, paragraph in zip(row, paragraphs, strict=True):
            _write(paragraph, cell.children)


def _write(
    paragraph: Paragraph,
    nodes: Sequence[SyntaxTreeNode],
    *,
    bold: bool | None = None,
    italic: bool | None = None,
) -> None:
    """Write words into a paragraph; None leaves it to the paragraph's style."""
    for node in nodes:
        match node.type:
            case "text" | "code_inline":
                run = paragraph.add_run(node.content)
                run.bold, run.italic = bold, italic
            case "softbreak":
                paragraph.add_run(" ")
            case "hardbreak":
                paragraph.add_run().add_break()
            case "strong":
                _write(paragraph, node.children, bold=True, italic=italic)
            case "em":
                _write(paragraph, node.children, bold=bold, italic=True)
            case "link":
                _write(paragraph, node.children, bold=bold, italic=italic)
                # On paper nobody can press a link, so its address is written out.
                if (address := str(node.attrs["href"])) != _plain_text(node):
                    paragraph.add_run(f" ({address})")
            case _:
                _write(paragraph, node.children, bold=bold, italic=italic)


def _plain_text(node: SyntaxTreeNode) -> str:
    leaves = (each for each in node.walk() if each.type in {"text", "code_inline"})
    return "".join(leaf.content for leaf in leaves)
