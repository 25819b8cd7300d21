"""One toolkit: useful at a glance, the rest of it one tap away.

The words of a page are its writer's Markdown and are shown as such; they were read from files of
the product or the trust, never from a message.
"""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    Column,
    ColumnSet,
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
    plain,
    quiet,
    toolkit_button,
    toolkits_button,
)
from cards.shared_session import LONGEST_SHARED_TEXT
from cards.toolkit_sections import folded_sections, section_text, shown_section
from hub.spoken import short_day
from hub.toolkits.own import Own
from hub.toolkits.page import Heading, Section, Toolkit
from hub.toolkits.template import Template

#: How much of a page is read aloud or put in a notification.
LONGEST_FALLBACK = 600
MOST_SOURCES = 12


def toolkit_card(toolkit: Toolkit, own: Own, document: str, note: str = "") -> AdaptiveCard:
    """A page for whoever asked: what to try tomorrow in sight, all else folded.

    ``document`` is the address of it as a Word document; empty where there is none.
    """
    notes = [line(note)] if note else []
    return card(
        " ".join(filter(None, [note, _in_brief(toolkit)])),
        [heading(plain(toolkit.title)), *notes, *_page(toolkit), _was_it_useful(toolkit, own)],
        [
            _save_button(toolkit, own),
            button("Training on this", Verb.TOOLKIT_TRAINING, toolkit=toolkit.slug),
            ask_about_button(toolkit),
            *word_buttons(document),
            button("Share", Verb.SHARE_TOOLKIT, toolkit=toolkit.slug),
            button("More", Verb.TOOLKIT_MORE, toolkit=toolkit.slug),
        ],
    )


def shared_toolkit_card(toolkit: Toolkit, document: str) -> AdaptiveCard:
    """The same as everybody may see it: nothing of whoever asked for it or sent it."""
    return card(
        _in_brief(toolkit),
        [heading(plain(toolkit.title)), *_page(toolkit)],
        [
            button("Save for me", Verb.SAVE_TOOLKIT, toolkit=toolkit.slug),
            button("Training on this", Verb.TOOLKIT_TRAINING, toolkit=toolkit.slug),
            *word_buttons(document),
            toolkits_button("Other toolkits"),
        ],
    )


def _page(toolkit: Toolkit) -> list[CardElement]:
    folded = [each for each in toolkit.sections if each.heading != Heading.TRY_TOMORROW]
    return [
        line(plain(toolkit.summary)),
        *shown_section(toolkit.section(Heading.TRY_TOMORROW)),
        *folded_sections(folded),
    ]


def _in_brief(toolkit: Toolkit) -> str:
    moves = " ".join(toolkit.section(Heading.TRY_TOMORROW).items)
    return short(
        f"{toolkit.title}. {toolkit.summary} Try tomorrow: {moves.replace('**', '')}",
        LONGEST_FALLBACK,
    )


def _was_it_useful(toolkit: Toolkit, own: Own) -> CardElement:
    """The question and its two answers in one line; the same buttons are under "More"."""
    said = {None: "Was this useful?", True: "You found this useful", False: "Not useful to you"}
    return ColumnSet(
        separator=True,
        spacing="Medium",
        columns=[
            Column(
                width="stretch",
                items=[TextBlock(text=said[own.is_useful], wrap=True, is_subtle=True)],
            ),
            _answer("👍 Yes", useful_button(toolkit)),
            _answer("👎 No", not_useful_button(toolkit)),
        ],
    )


def _answer(text: str, press: ExecuteAction) -> Column:
    shown = TextBlock(text=text, wrap=True, color="Accent", weight="Bolder")
    return Column(width="auto", items=[shown], select_action=press)


def useful_button(toolkit: Toolkit) -> ExecuteAction:
    """One tap; another changes it."""
    return button("It was useful", Verb.RATE_TOOLKIT, toolkit=toolkit.slug, useful="yes")


def not_useful_button(toolkit: Toolkit) -> ExecuteAction:
    """One tap; another changes it."""
    return button("It was not useful", Verb.RATE_TOOLKIT, toolkit=toolkit.slug, useful="no")


def _save_button(toolkit: Toolkit, own: Own) -> ExecuteAction:
    if own.is_saved:
        return button("Remove from saved", Verb.TAKE_OUT_TOOLKIT, toolkit=toolkit.slug)
    return button("Save", Verb.SAVE_TOOLKIT, style="positive", toolkit=toolkit.slug)


def ask_about_button(toolkit: Toolkit) -> ExecuteAction:
    """The way to a person, with the subject filled in."""
    return button("Ask the Hub about this", Verb.ASK_ABOUT_TOOLKIT, toolkit=toolkit.slug)


def word_buttons(document: str) -> list[OpenUrlAction]:
    """The page as a document, where the service has an address to fetch it from."""
    return [OpenUrlAction(title="Word document", url=document)] if document else []


def section_card(toolkit: Toolkit, section: Section) -> AdaptiveCard:
    """One section by itself, for whoever typed its title; "More" leads to the next."""
    after = toolkit.sections.index(section) + 1
    following = toolkit.sections[after : after + 1]
    more = [
        button("More", Verb.TOOLKIT_SECTION, toolkit=toolkit.slug, section=str(after))
        for _ in following
    ]
    title = f"{toolkit.title}: {section.heading}"
    return card(
        short(f"{title}. {' '.join(each.text for each in section.blocks)}", LONGEST_FALLBACK),
        [heading(plain(title)), *section_text(section)],
        [
            *more,
            toolkit_button("Whole toolkit", toolkit.slug),
            ask_about_button(toolkit),
            toolkits_button("Other toolkits"),
        ],
    )


def more_card(toolkit: Toolkit, own: Own, templates: Sequence[Template]) -> AdaptiveCard:
    """What else goes with a page: forms, sources, whether it helped, and ways to others."""
    title = f"More on {toolkit.title}"
    forms = [f"- {plain(each.title)}" for each in templates]
    sources = [f"- {plain(each)}" for each in toolkit.sources[:MOST_SOURCES]]
    said = {
        None: "Was this toolkit useful? One tap, and you can change it later.",
        True: "You said that this was useful. Thank you; you can change it.",
        False: "You said that this was not useful. Thank you; you can change it.",
    }
    when = f"{short_day(toolkit.reviewed_on)} {toolkit.reviewed_on.year}"
    return card(
        f"{title}. {said[own.is_useful]}",
        [
            heading(plain(title)),
            line(said[own.is_useful]),
            *([line("**To print and fill in**\n" + "\n".join(forms))] if forms else []),
            line("**Where it comes from**\n" + "\n".join(sources)),
            quiet(f"Last reviewed on {when}. Leads only see how many found it useful, never who."),
        ],
        [
            useful_button(toolkit),
            not_useful_button(toolkit),
            button("Templates", Verb.TEMPLATES, toolkit=toolkit.slug),
            button("My toolkits", Verb.MY_TOOLKITS),
            toolkits_button("Other toolkits"),
            toolkit_button("Back to the toolkit", toolkit.slug),
        ],
    )


def share_toolkit_card(toolkit: Toolkit, chat_link: str) -> AdaptiveCard:
    """The two ways to pass a page on, as with a session."""
    how = (
        "“Share in Teams” sends its name to anybody you choose, with a link to me. In any chat you "
        "can also open SEND Hub below the message box and pick the toolkit: it then comes as a card."
    )
    title = f"Share “{toolkit.title}”"
    return card(
        f"{title}. {how}",
        [heading(plain(title)), line(plain(toolkit.summary)), quiet(how)],
        [
            OpenUrlAction(title="Share in Teams", url=_share_link(toolkit, chat_link)),
            toolkit_button("Back to the toolkit", toolkit.slug),
            toolkits_button("Other toolkits"),
        ],
    )


def _share_link(toolkit: Toolkit, chat_link: str) -> str:
    """Teams' own page for sending a link; see ``cards.shared_session.share_link``."""
    words = f"{toolkit.title}: {toolkit.summary} Ask the SEND Hub for “{toolkit.title} toolkit”."
    said = {"href": chat_link, "msgText": short(words, LONGEST_SHARED_TEXT)}
    return f"https://teams.microsoft.com/share?{urlencode(said, quote_via=quote)}"
