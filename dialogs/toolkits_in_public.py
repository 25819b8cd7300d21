"""Toolkits where others read along: the pages are for everybody, whose they are is for nobody.

A page opened here is not counted among anybody's own. "Save for me" saves for whoever pressed, and
says so to them alone.
"""

from microsoft_teams.cards import AdaptiveCard

from cards.parts import Verb
from cards.toolkit import shared_toolkit_card
from cards.toolkit_lists import (
    area_card,
    areas_card,
    found_card,
    no_toolkit_card,
    toolkit_gone_card,
)
from cards.toolkit_training import shared_training_card
from dialogs.answer import OnPublicPress, Press, PublicAnswer
from dialogs.desk import Desk
from dialogs.toolkit_words import BROWSE, FORMS, meant
from dialogs.toolkits import (
    count_missed,
    document_of,
    forms_card,
    page_within,
    toolkit_of,
    training_on,
)
from hub.people import Person, as_anybody
from hub.toolkits.areas import areas_of
from hub.toolkits.page import Toolkit
from hub.understanding import Understanding
from store import sessions, toolkits

SAVED = "Saved for you. Open a chat with me and say “my toolkits”; only you can see them."


async def find(desk: Desk, meaning: Understanding) -> AdaptiveCard:
    """The toolkit that words are about; several to choose from; or that there is none."""
    found = meant(desk, meaning.text)
    if found is None:
        return browse(desk)
    match found:
        case []:
            await count_missed(desk, meaning.text)
            return no_toolkit_card(in_public=True)
        case [(toolkit, _)]:
            return as_everybody_sees(desk, toolkit)
        case _:
            return found_card(found, in_public=True)


def as_everybody_sees(desk: Desk, toolkit: Toolkit) -> AdaptiveCard:
    """The card of a toolkit that holds nothing of anybody's own."""
    return shared_toolkit_card(toolkit, document_of(desk, toolkit))


def browse(desk: Desk, key: str = "", page: int = 0) -> AdaptiveCard:
    """The needs, or the toolkits on one of them."""
    areas = areas_of(desk.shelf.toolkits)
    area = next((each for each in areas if each.key == key), None)
    if area:
        return area_card(area, page_within(area.toolkits, page))
    return areas_card(areas, page_within(areas, page), in_public=True)


def hear(desk: Desk, meaning: Understanding) -> AdaptiveCard | None:
    """Answer what is clearly about toolkits, whatever its intent; None for anything else."""
    if BROWSE.match(meaning.text):
        return browse(desk)
    return forms_card(desk, None, 0) if FORMS.match(meaning.text) else None


async def _browse(desk: Desk, _person: Person, press: Press) -> PublicAnswer:
    return browse(desk, press.text_of("area"), press.page)


async def _templates(desk: Desk, _person: Person, press: Press) -> PublicAnswer:
    return forms_card(desk, toolkit_of(desk, press), press.page)


async def _one(desk: Desk, person: Person, press: Press) -> PublicAnswer:
    toolkit = toolkit_of(desk, press)
    if toolkit is None:
        return toolkit_gone_card(in_public=True)
    match press.verb:
        case Verb.SAVE_TOOLKIT:
            async with desk.database.begin() as db:
                await toolkits.save(db, person, toolkit.slug, desk.now())
            return SAVED
        case Verb.TOOLKIT_TRAINING:
            async with desk.database.read() as db:
                coming = await sessions.open_sessions(db, as_anybody(person), desk.now())
            return shared_training_card(toolkit, training_on(desk, toolkit, coming))
        case _:
            return as_everybody_sees(desk, toolkit)


PRESSES: dict[Verb, OnPublicPress] = {
    Verb.TOOLKIT: _one,
    Verb.SAVE_TOOLKIT: _one,
    Verb.TOOLKIT_TRAINING: _one,
    Verb.BROWSE_TOOLKITS: _browse,
    Verb.TEMPLATES: _templates,
}
