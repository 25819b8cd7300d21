"""Templates: forms that a person opens in Word, prints and fills in, read from Markdown.

What a form asks differs from one to the next; only what it says about itself is always the same.
"""

from dataclasses import dataclass
from datetime import date

from hub.toolkits.front_matter import PageWrong, as_written, split_page


@dataclass(frozen=True)
class Template:
    """One form."""

    slug: str
    title: str
    #: One line.
    summary: str
    #: Words that staff type when they need this form.
    tags: tuple[str, ...]
    #: Slugs of the toolkits it goes with.
    for_toolkits: tuple[str, ...]
    reviewed_on: date
    sources: tuple[str, ...]
    #: The form itself, with tables to fill in.
    markdown: str
    #: The name of its file.
    name: str


def parse_template(text: str, name: str) -> Template:
    """Read one form; ``name`` is its file's, for errors.

    Raises PageWrong, which says in which line what is missing or out of place.
    """
    front, body = split_page(text, name)
    markdown = as_written(body)
    if not markdown:
        raise PageWrong(name, len(front.lines) + 2, "there is nothing on the form")
    return Template(
        slug=front.slug(),
        title=front.text("title"),
        summary=front.text("summary"),
        tags=front.texts("tags"),
        for_toolkits=front.texts("for_toolkits"),
        reviewed_on=front.day("reviewed_on"),
        sources=front.texts("sources"),
        markdown=markdown,
        name=name,
    )
