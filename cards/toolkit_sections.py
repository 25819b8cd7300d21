"""The sections of a toolkit: one in sight, the others folded under their headings.

A heading unfolds where it stands, without asking the bot (Action.ToggleVisibility, Adaptive Cards
1.2 and later), so it still works on an old card and without a connection. It is the heading itself that is
tapped: a card's few buttons stay for what changes something.
"""

from collections.abc import Iterator, Sequence

from microsoft_teams.cards import (
    CardElement,
    Column,
    ColumnSet,
    Container,
    TextBlock,
    ToggleVisibilityAction,
)

from cards.parts import line
from hub.toolkits.page import Block, Heading, Section

#: A trust's own page may be long; a card must stay small. The document has all of it.
LONGEST_SECTION = 1500
CUT_SHORT = "There is more of this in the Word document."


def shown_section(section: Section) -> list[CardElement]:
    """A section in full sight, under its heading."""
    return [_heading(section.heading), *section_text(section)]


def folded_sections(sections: Sequence[Section]) -> list[CardElement]:
    """Sections of which only the headings are in sight; a tap on one shows or hides what it says."""
    return [element for each in sections for element in _folded(each)]


def _folded(section: Section) -> Iterator[CardElement]:
    number = list(Heading).index(section.heading)
    body, is_closed, is_open = f"section-{number}", f"closed-{number}", f"open-{number}"
    unfold = ToggleVisibilityAction(
        title=f"Show or hide: {section.heading}", target_elements=[body, is_closed, is_open]
    )
    yield ColumnSet(
        separator=True,
        spacing="Medium",
        select_action=unfold,
        columns=[
            Column(width="stretch", items=[_heading(section.heading)]),
            Column(
                width="auto",
                items=[
                    TextBlock(id=is_closed, text="Show ▾", wrap=True, color="Accent"),
                    TextBlock(
                        id=is_open, text="Hide ▴", wrap=True, color="Accent", is_visible=False
                    ),
                ],
            ),
        ],
    )
    yield Container(id=body, is_visible=False, items=section_text(section))


def _heading(text: str) -> TextBlock:
    # A heading is large unless told otherwise, larger even than a card's title.
    return TextBlock(text=text, size="Default", weight="Bolder", wrap=True, style="heading")


def section_text(section: Section) -> list[CardElement]:
    """What it says: paragraphs, and lists as Markdown that every client shows as a list."""
    texts: list[str] = []
    in_list, length = False, 0
    for block in section.blocks:
        length += len(block.text)
        if length > LONGEST_SECTION and texts:
            texts.append(CUT_SHORT)
            break
        said = _said(block)[:LONGEST_SECTION]
        if block.is_item and in_list:
            texts[-1] += f"\n{said}"
        else:
            texts.append(said)
        in_list = block.is_item
    return [line(each) for each in texts]


def _said(block: Block) -> str:
    return f"- {block.text}" if block.is_item else block.text
