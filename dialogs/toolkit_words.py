"""Toolkits asked for in words: by subject, by section, as a document, or one's own."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from cards.templates import document_card
from cards.toolkit import section_card
from cards.toolkit_lists import found_card, no_toolkit_card, which_toolkit_card
from dialogs import toolkits
from dialogs.answer import Answer
from dialogs.desk import Desk
from hub.people import Person
from hub.toolkit_search import MOST_FOUND
from hub.toolkits.naming import heading_named, named_in, says_nothing, spelled_plainly, tagged_in
from hub.toolkits.page import Heading, Toolkit
from hub.toolkits.template import Template
from hub.understanding import TOPICS, Intent, Understanding
from store import toolkits as kept

#: Only so long after opening a toolkit, "it was useful" can be about nothing else.
STILL_MEANT = timedelta(hours=1)

#: The reason where nothing needs to be explained.
NAMED = "you named it"

_PLEASE = r"^\W*(?:(?:please|can i|could i|i want to|i'd like to|let me|show|see|list|find|get|browse|open|have|me|a|the|all|any|of|your|to)\W+)*"
BROWSE = re.compile(
    rf"{_PLEASE}(?:toolkits?|tool kits?|quick[ -]references?)(?: by need)?\W*$"
    r"|^\W*browse(?: by need)?\W*$|\b(?:which|what) (?:toolkits|quick[ -]references) (?:are there|have you|do you have|is there)\b",
    re.IGNORECASE,
)
FORMS = re.compile(rf"{_PLEASE}(?:templates?|forms to print|printables)\W*$", re.IGNORECASE)
#: Said outright; in the middle of a sentence the word may be part of anything.
_A_FORM = re.compile(
    rf"{_PLEASE}templates? (?:for|on|about) \S|\b(?:templates?|forms?|printables?)(?: please)?\W*$",
    re.IGNORECASE,
)
_MAYBE_A_FORM = re.compile(r"\b(?:templates?|forms?|printables?)\b", re.IGNORECASE)
_MINE = re.compile(
    r"\bmy (?:saved )?(?:toolkits?|favou?rites?)\b|\b(?:saved|favou?rite) toolkits?\b"
    r"|^\W*(?:my )?favou?rites?\W*$|^\W*(?:what|which) toolkits? (?:have|did) i (?:save|keep)d?\W*$",
    re.IGNORECASE,
)
_RECENT = re.compile(
    rf"{_PLEASE}(?:my )?(?:recently used(?: toolkits?)?|(?:recent|last) toolkits?)\W*$"
    r"|\btoolkits? i (?:used|opened|looked at|read)\b"
    r"|^\W*what (?:did|have) i (?:just )?(?:look(?:ed)? at|open(?:ed)?|read|used?) (?:recently|lately|last)\W*$",
    re.IGNORECASE,
)
_THIS = r"(?:this|that|it|(?:this|that) (?:one|toolkit|page)|the toolkit)"
_SAVE = re.compile(
    rf"^\W*(?:please )?(?:save|bookmark|favou?rite) (?:{_THIS}\W*$|.*\btoolkit\b)", re.IGNORECASE
)
_TAKE_OUT = re.compile(
    rf"^\W*(?:please )?(?:unsave (?:{_THIS}\W*$|.*\btoolkit\b)"
    r"|(?:remove|take) .*\b(?:saved|favou?rites|saved toolkits)\W*$)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"^\W*(?:please |can (?:i|we) |could (?:i|we) )*share (?:it\W*$|.*\btoolkit\b)", re.IGNORECASE
)
_AS_A_DOCUMENT = re.compile(
    r"\b(?:word (?:doc(?:ument)?s?|file|version)|docx|as a (?:doc|document|file)|printable version)\b"
    r"|\bprint (?:out )?(?:this|that|it|the .*toolkit)\b",
    re.IGNORECASE,
)
_USEFUL = re.compile(
    r"^\W*(?:(?:it|that|this|(?:that|this|the) toolkit)(?: was|'s| is| wasn't| isn't) |(?:wasn't|was) )"
    r"(?P<not>not )?(?:very |really |so |all that |any )*(?:useful|helpful|use|help)\W*$"
    r"|^\W*(?:it|that|this)(?: really)?(?: helped| didn't help)\W*$",
    re.IGNORECASE,
)
_TRAINING = re.compile(
    r"^\W*(?:please |show |me |any |what |is there |have you got )*(?:related |more )?training"
    r"(?: on this| on it| on that|(?: (?:on|about|in|for) (?P<subject>.+?)))?\W*$",
    re.IGNORECASE,
)
_OF_THIS = re.compile(r"\bon (?:this|it|that)\W*$", re.IGNORECASE)
_AFTER_A_HEADING = re.compile(r" (?:for|on|about|in|of|from|with)$")
_RATINGS = re.compile(
    r"\bhow useful (?:are|do (?:people|staff) find) the toolkits\b|^\W*toolkit ratings\W*$",
    re.IGNORECASE,
)

_MISSED = re.compile(
    r"\b(?:what|which)\b.*\b(?:did|do|could|can)(?: people| staff| anybody| nobody|n't| not)+ (?:not )?(?:find|found)\b"
    r"|\b(?:searches|search) (?:without (?:a |any )?(?:hits?|results?)|that found nothing)\b"
    r"|^\W*(?:what was )?(?:looked for and )?not found\W*$|^\W*missed searches\W*$",
    re.IGNORECASE,
)


#: What is done with one toolkit, once it is known which.
_OnToolkit = Callable[[Desk, Person, Toolkit], Awaitable[Answer]]


async def hear(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Answer what is clearly about toolkits, whatever its intent; None for anything else."""
    said = meaning.text.strip()
    if _SAVE.match(said):
        return await _with_one(desk, person, said, toolkits.save)
    if _TAKE_OUT.match(said):
        return await _with_one(desk, person, said, toolkits.take_out)
    if _SHARE.match(said):
        return await _with_one(desk, person, said, _share)
    if answer := await _a_list(desk, person, said):
        return answer
    if (form := form_meant(desk, said)) and _A_FORM.search(said):
        return form
    if _AS_A_DOCUMENT.search(said):
        return await _with_one(desk, person, said, _document)
    if found := _USEFUL.match(said):
        no = found["not"] or "n't" in said.lower().replace("’", "'")
        return await _with_one(desk, person, said, _not_useful if no else _useful)
    if found := _TRAINING.match(said):
        return await _training(desk, person, said, meaning, found["subject"])
    if template := _form_by_title(desk, said):
        return toolkits.show_template(desk, template)
    if own := _own_by_tag(desk, said):
        return await toolkits.show(desk, person, own)
    return await _section(desk, person, said)


async def _training(
    desk: Desk, person: Person, said: str, meaning: Understanding, subject: str | None
) -> Answer | None:
    """Training on the toolkit that is named, or on the one opened last; None for anything else."""
    if subject is None:
        is_of_it = "related" in said.lower() or bool(_OF_THIS.search(said))
        return await _with_one(desk, person, "", toolkits.show_training) if is_of_it else None
    named = named_in(subject, desk.shelf.toolkits)
    if meaning.intent not in {Intent.WHATS_ON, Intent.FIND_TOOLKIT} or not named:
        return None
    return await toolkits.show_training(desk, person, named[0])


def _form_by_title(desk: Desk, said: str) -> Template | None:
    words = spelled_plainly(said)
    return next((e for e in desk.shelf.templates if words == spelled_plainly(e.title)), None)


def _own_by_tag(desk: Desk, said: str) -> Toolkit | None:
    """A trust's own page whose tag is all that was said: no example was ever learnt for it."""
    words = spelled_plainly(said)
    own = (each for each in desk.shelf.toolkits if each.slug not in TOPICS)
    return next((e for e in own if words in {spelled_plainly(tag) for tag in e.tags}), None)


async def _a_list(desk: Desk, person: Person, said: str) -> Answer | None:
    if _MINE.search(said):
        return await toolkits.show_saved(desk, person)
    if _RECENT.search(said):
        return await toolkits.show_recent(desk, person)
    if BROWSE.match(said):
        return toolkits.browse(desk, person)
    if FORMS.match(said):
        return toolkits.show_templates(desk)
    if _RATINGS.search(said) and person.is_lead:
        return await toolkits.show_ratings(desk)
    if _MISSED.search(said) and person.is_lead:
        return await toolkits.show_missed(desk)
    return None


def form_meant(desk: Desk, said: str) -> Answer | None:
    """The form that these words name, or those of the toolkit they name."""
    templates = desk.shelf.templates
    named = [*named_in(said, templates), *(each for each, _ in tagged_in(said, templates))]
    if named:
        return toolkits.show_template(desk, named[0])
    about = named_in(said, desk.shelf.toolkits)
    return toolkits.show_templates(desk, about[0]) if about else None


async def find(desk: Desk, person: Person, meaning: Understanding) -> Answer:
    """The toolkit that words are about; several to choose from; or that there is none."""
    if _MAYBE_A_FORM.search(meaning.text) and (form := form_meant(desk, meaning.text)):
        return form
    found = meant(desk, meaning.text)
    if found is None:
        return toolkits.browse(desk, person)
    match found:
        case []:
            await toolkits.count_missed(desk, meaning.text)
            return Answer(no_toolkit_card())
        case [(toolkit, why)]:
            note = "" if why == NAMED else f"I think it is this one, because {why}."
            return await toolkits.show(desk, person, toolkit, note)
        case _:
            return Answer(found_card(found))


def meant(desk: Desk, said: str) -> list[tuple[Toolkit, str]] | None:
    """The toolkits that words may mean, best first, each with why; None when they name nothing."""
    if says_nothing(said):
        return None
    if named := named_in(said, desk.shelf.toolkits):
        return [(each, NAMED) for each in named[:MOST_FOUND]]
    found = ((desk.shelf.toolkit(each.slug), each.why) for each in desk.finder.find(said))
    return [(page, why) for page, why in found if page]


async def _with_one(
    desk: Desk, person: Person, said: str, act: _OnToolkit, within: timedelta | None = STILL_MEANT
) -> Answer | None:
    """Do it with the toolkit that was named, or else with the one opened last.

    "It" is a toolkit only for so long after one was opened; then it may be about anything.
    """
    says_toolkit = "toolkit" in said.lower()
    named = named_in(said, desk.shelf.toolkits)
    if not named and says_toolkit:
        named = [page for page, _ in meant(desk, said) or []]
    if named:
        return await act(desk, person, named[0])
    since = None if says_toolkit or within is None else desk.now() - within
    async with desk.database.read() as db:
        opened = toolkits.on_the_shelf(desk, await kept.recent(db, person, since))
    if opened:
        return await act(desk, person, opened[0])
    return None if since else Answer(which_toolkit_card())


async def opened_last(desk: Desk, person: Person) -> Toolkit | None:
    """The toolkit that "this" can mean; none where the last was opened long ago."""
    async with desk.database.read() as db:
        slugs = await kept.recent(db, person, desk.now() - STILL_MEANT)
    return next(iter(toolkits.on_the_shelf(desk, slugs)), None)


async def _share(desk: Desk, _person: Person, toolkit: Toolkit) -> Answer:
    return toolkits.share(desk, toolkit)


async def _document(desk: Desk, _person: Person, toolkit: Toolkit) -> Answer:
    return Answer(document_card(toolkit, toolkits.document_of(desk, toolkit)))


async def _useful(desk: Desk, person: Person, toolkit: Toolkit) -> Answer:
    return await toolkits.rate(desk, person, toolkit, is_useful=True)


async def _not_useful(desk: Desk, person: Person, toolkit: Toolkit) -> Answer:
    return await toolkits.rate(desk, person, toolkit, is_useful=False)


async def _section(desk: Desk, person: Person, said: str) -> Answer | None:
    """A section by its title: of the toolkit named before it, or else of the one opened last."""
    if heading := heading_named(said):
        return await _with_one(desk, person, "", partial(_show_section, heading), None)
    for toolkit in named_in(said, desk.shelf.toolkits):
        words, title = spelled_plainly(said), spelled_plainly(toolkit.title)
        rest = words.removeprefix(title).removesuffix(title).strip()
        for part in (rest, _AFTER_A_HEADING.sub("", rest)):
            if heading := heading_named(part):
                return await _show_section(heading, desk, person, toolkit)
    return None


async def _show_section(heading: Heading, _desk: Desk, _person: Person, toolkit: Toolkit) -> Answer:
    return Answer(section_card(toolkit, toolkit.section(heading)))
