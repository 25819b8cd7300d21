"""Forms to print and fill in, and pages as Word documents."""

from collections.abc import Sequence

from microsoft_teams.cards import (
    ActionSet,
    AdaptiveCard,
    CardElement,
    Container,
    ExecuteAction,
    OpenUrlAction,
    TextBlock,
)

from cards.choosing import short
from cards.parts import (
    Verb,
    button,
    card,
    heading,
    line,
    near,
    plain,
    quiet,
    toolkit_button,
    toolkits_button,
)
from cards.toolkit import word_buttons
from cards.toolkit_lists import MOST_WAYS, PAGE_SIZE, open_button, page_of, pages
from hub.toolkits.page import Toolkit
from hub.toolkits.template import Template

WITHOUT_NAMES = "Names stay in your school's own system: never send them to me."


def templates_card(
    templates: Sequence[tuple[Template, str]], page: int, toolkit: Toolkit | None = None
) -> AdaptiveCard:
    """Forms to print and fill in, each with the address of its document (empty: none)."""
    title = f"Templates for {toolkit.title}" if toolkit else "Templates to print and fill in"
    shown = page_of(templates, page)
    where = {"toolkit": toolkit.slug} if toolkit else {}
    ways = pages(templates, page, Verb.TEMPLATES, **where)
    if toolkit:
        ways += [button("All templates", Verb.TEMPLATES)]
    note = "" if templates else "There is no template for this yet."
    return card(
        f"{title}. {'. '.join(each.title for each, _ in shown)} {note}",
        [
            heading(plain(title)),
            *([line(note)] if note else [quiet(WITHOUT_NAMES)]),
            *[_template_row(each, document) for each, document in shown],
        ],
        [*ways, toolkits_button("Browse by need")][:MOST_WAYS],
    )


def _template_row(template: Template, document: str) -> CardElement:
    press: ExecuteAction | OpenUrlAction = button(
        short(template.title, 24), Verb.TEMPLATE, template=template.slug
    )
    if document:
        press = OpenUrlAction(title="Word document", url=document)
    return Container(
        separator=True,
        items=[
            TextBlock(text=plain(template.title), weight="Bolder", wrap=True),
            near(plain(template.summary)),
            ActionSet(actions=[press]),
        ],
    )


def template_card(template: Template, document: str, toolkits: Sequence[Toolkit]) -> AdaptiveCard:
    """One form: what it is for, and the form itself as a document."""
    how = "Open it in Word, then print it or fill it in. It stays with you: I keep nothing of it."
    if not document:
        how = "Word documents aren't set up here yet. The Trust SEND Lead can send you this form."
    few = toolkits if len(toolkits) < PAGE_SIZE else ()
    return card(
        f"{template.title}. {template.summary} {how}",
        [
            heading(plain(template.title)),
            line(plain(template.summary)),
            line(how),
            quiet(WITHOUT_NAMES),
        ],
        [
            *word_buttons(document),
            *[open_button(each) for each in few],
            button("All templates", Verb.TEMPLATES),
            toolkits_button("Browse by need"),
        ],
    )


def document_card(toolkit: Toolkit, document: str) -> AdaptiveCard:
    """A toolkit as a document, for whoever asked for it in words."""
    title = f"{toolkit.title} as a Word document"
    how = "One or two pages to print, with the same words as here."
    if not document:
        how = "Word documents aren't set up here yet, but the toolkit is all in this chat."
    return card(
        f"{title}. {how}",
        [heading(plain(title)), line(how)],
        [
            *word_buttons(document),
            toolkit_button("Show it here", toolkit.slug),
            button("Templates", Verb.TEMPLATES, toolkit=toolkit.slug),
            toolkits_button("Other toolkits"),
        ],
    )
