"""All pages there are: those that ship, and a trust's own that add to them or take their place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from hub.toolkits.page import Toolkit
from hub.toolkits.template import Template

_Page = TypeVar("_Page", bound=Toolkit | Template)


@dataclass(frozen=True)
class Shelf:
    """What staff can find: each slug once among toolkits, and once among templates."""

    #: In the order in which people browse them.
    toolkits: tuple[Toolkit, ...]
    templates: tuple[Template, ...]

    def toolkit(self, slug: str) -> Toolkit | None:
        """The toolkit with this slug; None when there is none, or none any more."""
        return next((each for each in self.toolkits if each.slug == slug), None)

    def template(self, slug: str) -> Template | None:
        """The template with this slug; None when there is none, or none any more."""
        return next((each for each in self.templates if each.slug == slug), None)

    def templates_for(self, toolkit: Toolkit) -> tuple[Template, ...]:
        """The forms that go with a toolkit."""
        return tuple(each for each in self.templates if toolkit.slug in each.for_toolkits)


def in_order(
    shipped: Iterable[_Page], own: Iterable[_Page], order: Sequence[str] = ()
) -> tuple[_Page, ...]:
    """Every page once, by slug, a trust's own instead of the shipped one.

    Those named in ``order`` come first and in that order, all others by title.
    """
    pages = {page.slug: page for page in (*shipped, *own)}
    places = {slug: place for place, slug in enumerate(order)}
    return tuple(
        sorted(
            pages.values(),
            key=lambda page: (places.get(page.slug, len(places)), page.title.casefold()),
        )
    )
