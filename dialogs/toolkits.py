"""Toolkits in one's own chat: opened, saved, rated, shared, browsed, and the training beyond.

What was typed is told apart next door (toolkit_words.py); what others may read along, in
toolkits_in_public.py.
"""

from collections.abc import Iterable, Sequence

from microsoft_teams.cards import AdaptiveCard

from cards.parts import Verb
from cards.templates import template_card, templates_card
from cards.toolkit import more_card, section_card, share_toolkit_card, toolkit_card
from cards.toolkit_lists import (
    PAGE_SIZE,
    area_card,
    areas_card,
    missed_card,
    ratings_card,
    recent_card,
    saved_card,
    toolkit_gone_card,
)
from cards.toolkit_training import training_card
from dialogs.answer import Answer, OnPress, Press, leads_only
from dialogs.desk import Desk
from hub.booking import OpenSession, Session
from hub.people import Person
from hub.programme import Entry
from hub.toolkits.areas import areas_of
from hub.toolkits.documents import document_path
from hub.toolkits.own import for_leads
from hub.toolkits.page import Toolkit
from hub.toolkits.template import Template
from hub.toolkits.training import related, services_for
from store import missed_searches, sessions, toolkits

SAVED = "Saved. Say “my toolkits” and it is there."
TAKEN_OUT = "I've taken it out of your saved toolkits."
THANKS = "Thank you, that's noted. You can change it any time."


async def show(desk: Desk, person: Person, toolkit: Toolkit, note: str = "") -> Answer:
    """Open a toolkit; it is then among those this person used last."""
    async with desk.database.begin() as db:
        own = await toolkits.opened(db, person, toolkit.slug, desk.now())
    return Answer(toolkit_card(toolkit, own, document_of(desk, toolkit), note))


def document_of(desk: Desk, page: Toolkit | Template) -> str:
    """The address of a page as a Word document; empty where the service has no address."""
    return f"{desk.public_url}{document_path(page)}" if desk.public_url else ""


async def save(desk: Desk, person: Person, toolkit: Toolkit) -> Answer:
    """Keep it among this person's own."""
    async with desk.database.begin() as db:
        own = await toolkits.save(db, person, toolkit.slug, desk.now())
    return Answer(toolkit_card(toolkit, own, document_of(desk, toolkit), SAVED))


async def take_out(desk: Desk, person: Person, toolkit: Toolkit) -> Answer:
    """Keep it no longer."""
    async with desk.database.begin() as db:
        own = await toolkits.take_out(db, person, toolkit.slug)
    return Answer(toolkit_card(toolkit, own, document_of(desk, toolkit), TAKEN_OUT))


async def rate(desk: Desk, person: Person, toolkit: Toolkit, *, is_useful: bool) -> Answer:
    """Keep whether it was useful; the last answer counts."""
    async with desk.database.begin() as db:
        own = await toolkits.rate(db, person, toolkit.slug, is_useful=is_useful)
    return Answer(toolkit_card(toolkit, own, document_of(desk, toolkit), THANKS))


def share(desk: Desk, toolkit: Toolkit) -> Answer:
    """How to pass it on."""
    return Answer(share_toolkit_card(toolkit, desk.chat_link))


async def show_training(desk: Desk, person: Person, toolkit: Toolkit) -> Answer:
    """What to book next after reading it."""
    async with desk.database.read() as db:
        coming = await sessions.open_sessions(db, person, desk.now())
    mine = [each for each in coming if each.is_for_me]
    services = services_for(toolkit, desk.services.open_to(person))
    return Answer(training_card(toolkit, training_on(desk, toolkit, mine), services))


def training_on(desk: Desk, toolkit: Toolkit, coming: list[OpenSession]) -> list[Entry]:
    """Sessions whose title is about this toolkit's subject, then the next of its tiers."""

    def is_about_it(session: Session) -> bool:
        return desk.reader.understand(f"{session.title} {session.strand}").topic == toolkit.slug

    return related(toolkit, coming, is_about_it)


def browse(desk: Desk, person: Person, key: str = "", page: int = 0) -> Answer:
    """The needs, or the toolkits on one of them."""
    areas = areas_of(desk.shelf.toolkits)
    area = next((each for each in areas if each.key == key), None)
    if area:
        return Answer(area_card(area, page_within(area.toolkits, page)))
    return Answer(areas_card(areas, page_within(areas, page), for_leads=person.is_lead))


async def show_saved(desk: Desk, person: Person, page: int = 0) -> Answer:
    """The toolkits this person saved and that are still there."""
    async with desk.database.read() as db:
        found = on_the_shelf(desk, await toolkits.saved(db, person))
    return Answer(saved_card(found, page_within(found, page)))


async def show_recent(desk: Desk, person: Person, page: int = 0) -> Answer:
    """The toolkits this person opened last and that are still there."""
    async with desk.database.read() as db:
        found = on_the_shelf(desk, await toolkits.recent(db, person))
    return Answer(recent_card(found, page_within(found, page)))


def on_the_shelf(desk: Desk, slugs: Iterable[str]) -> list[Toolkit]:
    """The pages of these slugs, in their order; those taken out since are left out."""
    return [page for slug in slugs if (page := desk.shelf.toolkit(slug))]


def show_templates(desk: Desk, toolkit: Toolkit | None = None, page: int = 0) -> Answer:
    """Forms to print: all of them, or those that go with a toolkit."""
    return Answer(forms_card(desk, toolkit, page))


def forms_card(desk: Desk, toolkit: Toolkit | None, page: int) -> AdaptiveCard:
    """One page of the forms, each with its document; the same for everybody."""
    forms = desk.shelf.templates_for(toolkit) if toolkit else desk.shelf.templates
    found = [(each, document_of(desk, each)) for each in forms]
    return templates_card(found, page_within(found, page), toolkit)


def show_template(desk: Desk, template: Template) -> Answer:
    """One form, with the toolkits it goes with."""
    goes_with = on_the_shelf(desk, template.for_toolkits)
    return Answer(template_card(template, document_of(desk, template), goes_with))


async def show_ratings(desk: Desk) -> Answer:
    """For leads: how useful the toolkits are found, in counts."""
    slugs = [each.slug for each in desk.shelf.toolkits]
    async with desk.database.read() as db:
        found = for_leads(await toolkits.usefulness(db, slugs))
    pages = on_the_shelf(desk, [each.slug for each in found])
    return Answer(ratings_card(list(zip(pages, found, strict=True))))


async def count_missed(desk: Desk, said: str) -> None:
    """Count the words for which there is no toolkit; whose they were is not known here."""
    if words := desk.finder.countable(said):
        async with desk.database.begin() as db:
            await missed_searches.count(db, words, desk.now())


async def show_missed(desk: Desk) -> Answer:
    """For leads: what people looked for and did not find."""
    async with desk.database.read() as db:
        return Answer(missed_card(await missed_searches.found_wanting(db)))


def page_within(every: Sequence[object], page: int) -> int:
    """The page asked for; one that emptied meanwhile leads back to the last there is."""
    return min(page, max(0, len(every) - 1) // PAGE_SIZE)


def toolkit_of(desk: Desk, press: Press) -> Toolkit | None:
    """The toolkit that a button speaks of; None when there is none, or none any more."""
    return desk.shelf.toolkit(press.text_of("toolkit"))


async def _one(desk: Desk, person: Person, press: Press) -> Answer:
    """Do what a toolkit's own button says, or tell that the toolkit has gone."""
    toolkit = toolkit_of(desk, press)
    if toolkit is None:
        return Answer(toolkit_gone_card())
    match press.verb:
        case Verb.SAVE_TOOLKIT:
            return await save(desk, person, toolkit)
        case Verb.TAKE_OUT_TOOLKIT:
            return await take_out(desk, person, toolkit)
        case Verb.RATE_TOOLKIT:
            return await rate(desk, person, toolkit, is_useful=press.text_of("useful") == "yes")
        case Verb.SHARE_TOOLKIT:
            return share(desk, toolkit)
        case Verb.TOOLKIT_TRAINING:
            return await show_training(desk, person, toolkit)
        case Verb.TOOLKIT_SECTION:
            return await _section(desk, person, toolkit, press.text_of("section"))
        case Verb.TOOLKIT_MORE:
            async with desk.database.read() as db:
                own = await toolkits.own_of(db, person, toolkit.slug)
            return Answer(more_card(toolkit, own, desk.shelf.templates_for(toolkit)))
        case _:
            return await show(desk, person, toolkit)


async def _section(desk: Desk, person: Person, toolkit: Toolkit, number: str) -> Answer:
    at = int(number) if number.isascii() and number.isdigit() and len(number) == 1 else -1
    if not 0 <= at < len(toolkit.sections):
        return await show(desk, person, toolkit)
    return Answer(section_card(toolkit, toolkit.sections[at]))


async def _browse(desk: Desk, person: Person, press: Press) -> Answer:
    return browse(desk, person, press.text_of("area"), press.page)


async def _saved(desk: Desk, person: Person, press: Press) -> Answer:
    return await show_saved(desk, person, press.page)


async def _recent(desk: Desk, person: Person, press: Press) -> Answer:
    return await show_recent(desk, person, press.page)


async def _templates(desk: Desk, _person: Person, press: Press) -> Answer:
    return show_templates(desk, toolkit_of(desk, press), press.page)


async def _template(desk: Desk, _person: Person, press: Press) -> Answer:
    template = desk.shelf.template(press.text_of("template"))
    return show_template(desk, template) if template else show_templates(desk)


async def _ratings(desk: Desk, _person: Person, _press: Press) -> Answer:
    return await show_ratings(desk)


async def _missed(desk: Desk, _person: Person, _press: Press) -> Answer:
    return await show_missed(desk)


PRESSES: dict[Verb, OnPress] = {
    Verb.TOOLKIT: _one,
    Verb.TOOLKIT_SECTION: _one,
    Verb.TOOLKIT_MORE: _one,
    Verb.TOOLKIT_TRAINING: _one,
    Verb.SAVE_TOOLKIT: _one,
    Verb.TAKE_OUT_TOOLKIT: _one,
    Verb.SHARE_TOOLKIT: _one,
    Verb.RATE_TOOLKIT: _one,
    Verb.BROWSE_TOOLKITS: _browse,
    Verb.MY_TOOLKITS: _saved,
    Verb.RECENT_TOOLKITS: _recent,
    Verb.TEMPLATES: _templates,
    Verb.TEMPLATE: _template,
    Verb.TOOLKIT_RATINGS: leads_only(_ratings),
    Verb.MISSED_SEARCHES: leads_only(_missed),
}
