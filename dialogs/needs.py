"""Which needs somebody's words name, and which quick references go with what was asked for.

Of the needs that are kept nothing is put down beside those that were named.
"""

import re

from dialogs.desk import Desk
from hub.request_answers import Answers, told
from hub.requests import Request, State
from hub.services import Kind, Service
from hub.toolkits.naming import named_in, tagged_in
from hub.topics import NEEDS
from hub.understanding import Understanding

#: That somebody is hard put to it says nothing of what it is about.
_STRUGGLING = re.compile(r"\bstruggl\w+", re.IGNORECASE)


def needs_said(
    desk: Desk, meaning: Understanding, service: Service | None = None
) -> tuple[str, ...]:
    """The needs that are named, as toolkit slugs; where none is, the likeliest one, if any.

    ``meaning.topics`` are the best three to look into, and likeliness is no fact. The name of
    ``service``, for which somebody asks, is not what it is about.
    """
    pages, said = desk.shelf.toolkits, _STRUGGLING.sub(" ", meaning.text)
    for each in sorted(service.said if service else (), key=len, reverse=True):
        said = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", " ", said, flags=re.IGNORECASE)
    named = [each.slug for each in named_in(said, pages)]
    tagged = tagged_in(said, pages)
    # "Won't come in" says less than "won't come in from the playground", where that was said.
    named += [
        page.slug
        for page, tag in tagged
        if not any(tag != longer and tag in longer for _, longer in tagged)
    ]
    if found := tuple(slug for slug in dict.fromkeys(named) if slug in NEEDS):
        return found
    is_all = said == meaning.text
    return (meaning if is_all else desk.reader.understand(said)).topics[:1]


def toolkits_for(desk: Desk, request: Request) -> list[tuple[str, str]]:
    """Quick references (slug and title) that may help while somebody waits, best first.

    By the needs it is about; of a service that does not ask for them, by its name and the answers.
    """
    was_visited = request.state is State.VISITED and not request.follow_up_wanted_at
    if not request.is_open or was_visited:
        return []
    service = desk.services.service(request.service)
    slugs = [each for each in request.answers.get("needs", "").split(",") if each]
    if service and not service.question("needs"):
        slugs = _told_of(desk, service, request.answers)
    found = [desk.shelf.toolkit(each) for each in slugs]
    return [(each.slug, each.title) for each in found if each]


def _told_of(desk: Desk, service: Service, answers: Answers) -> list[str]:
    chosen = [told(each, answers) for each in service.questions if each.choices]
    if named := named_in(" . ".join([service.name, *chosen]), desk.shelf.toolkits):
        return [each.slug for each in named]
    texts = [each.key for each in service.questions if each.kind is Kind.TEXT]
    said = " ".join(answers.get(each, "") for each in texts)
    return [each.slug for each in desk.finder.find(said)] if said.strip() else []
