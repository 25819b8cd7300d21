"""Cards of toolkits: one that ships, and one that tries the layout (the others: tests/toolkits)."""

from dataclasses import replace

from bot.loading.toolkits import load_shelf
from cards import templates, toolkit, toolkit_lists, toolkit_training
from hub.booking import BookingState, OpenSession
from hub.toolkits.areas import areas_of
from hub.toolkits.missed import Missed
from hub.toolkits.own import Own, Usefulness
from hub.toolkits.page import Block
from tests.cards.made_up import HARD_WORDS, a_session

SHELF = load_shelf(None)
DOCUMENT = "https://sendhub.example/documents/page.docx"
SAVED = Own(is_saved=True, is_useful=True)
ENDLESS = tuple(Block(HARD_WORDS, is_item=at % 9 > 0, line=at) for at in range(60))
DYSLEXIA = SHELF.toolkits[5]
#: Such as a trust may write: long words everywhere, and sections without end.
OWN_PAGE = replace(
    DYSLEXIA,
    title=HARD_WORDS,
    summary=HARD_WORDS,
    sections=tuple(replace(each, blocks=ENDLESS) for each in DYSLEXIA.sections),
    sources=(HARD_WORDS,) * 40,
)
OWN_FORM = replace(SHELF.templates[0], title=HARD_WORDS, summary=HARD_WORDS)
SESSIONS = [
    OpenSession(a_session(HARD_WORDS), left, 2, own)
    for left, own in [(3, None), (0, None), (0, BookingState.OFFERED)]
]
AREAS = areas_of([*SHELF.toolkits, replace(OWN_PAGE, slug="our-own")])
MANY = [OWN_PAGE] * 18
FORMS = [(OWN_FORM, DOCUMENT)] * 9
CARDS = {
    "toolkit": toolkit.toolkit_card(DYSLEXIA, Own(), DOCUMENT),
    "toolkit, shared": toolkit.shared_toolkit_card(DYSLEXIA, DOCUMENT),
    "more on a toolkit": toolkit.more_card(DYSLEXIA, SAVED, SHELF.templates),
    "section of a toolkit": toolkit.section_card(DYSLEXIA, DYSLEXIA.sections[0]),
    "toolkit of a trust": toolkit.toolkit_card(OWN_PAGE, SAVED, DOCUMENT, HARD_WORDS),
    "toolkit of a trust, shared": toolkit.shared_toolkit_card(OWN_PAGE, ""),
    "more on a trust's": toolkit.more_card(OWN_PAGE, Own(is_useful=False), [OWN_FORM] * 5),
    "share a toolkit": toolkit.share_toolkit_card(OWN_PAGE, "https://teams.microsoft.com/l/chat"),
    "training on a toolkit": toolkit_training.training_card(OWN_PAGE, SESSIONS),
    "no training on a toolkit": toolkit_training.training_card(OWN_PAGE, []),
    "training for all": toolkit_training.shared_training_card(OWN_PAGE, SESSIONS),
    "needs, first": toolkit_lists.areas_card(AREAS, 0, for_leads=True),
    "needs, in between": toolkit_lists.areas_card(AREAS, 1),
    "needs, last": toolkit_lists.areas_card(AREAS, 2, in_public=True),
    "one need": toolkit_lists.area_card(replace(AREAS[0], toolkits=tuple(MANY)), 2),
    "saved": toolkit_lists.saved_card(MANY, 1),
    "none saved": toolkit_lists.saved_card([], 0),
    "recently used": toolkit_lists.recent_card(MANY, 1),
    "none used": toolkit_lists.recent_card([], 0),
    "found": toolkit_lists.found_card([(OWN_PAGE, HARD_WORDS)] * 3),
    "none found": toolkit_lists.no_toolkit_card(),
    "none found for all": toolkit_lists.no_toolkit_card(in_public=True),
    "toolkit gone": toolkit_lists.toolkit_gone_card(),
    "which toolkit": toolkit_lists.which_toolkit_card(),
    "templates": templates.templates_card(FORMS, 1),
    "templates for a toolkit": templates.templates_card(FORMS, 1, OWN_PAGE),
    "templates without documents": templates.templates_card([(OWN_FORM, "")], 0),
    "no templates": templates.templates_card([], 0, OWN_PAGE),
    "template": templates.template_card(OWN_FORM, DOCUMENT, [OWN_PAGE] * 2),
    "template without a document": templates.template_card(OWN_FORM, "", MANY),
    "document": templates.document_card(OWN_PAGE, DOCUMENT),
    "no document": templates.document_card(OWN_PAGE, ""),
    "ratings": toolkit_lists.ratings_card([(OWN_PAGE, Usefulness("a", 7, 9))] * 40),
    "no ratings": toolkit_lists.ratings_card([]),
    "not found": toolkit_lists.missed_card(Missed((("w" * 40, 1234),) * 30, 5)),
    "all found": toolkit_lists.missed_card(Missed((), 0)),
}
