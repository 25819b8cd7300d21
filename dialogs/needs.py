"""Which needs somebody's words name, for what is kept of them: nothing beside is put down."""

from dialogs.desk import Desk
from hub.toolkits.naming import named_in, tagged_in
from hub.topics import NEEDS
from hub.understanding import Understanding


def needs_said(desk: Desk, meaning: Understanding) -> tuple[str, ...]:
    """The needs that are named, as toolkit slugs; where none is, the likeliest one, if any.

    ``meaning.topics`` are the best three to look into, and likeliness is no fact.
    """
    pages = desk.shelf.toolkits
    named = [each.slug for each in named_in(meaning.text, pages)]
    named += [each.slug for each, _ in tagged_in(meaning.text, pages)]
    return tuple(slug for slug in dict.fromkeys(named) if slug in NEEDS) or meaning.topics[:1]
