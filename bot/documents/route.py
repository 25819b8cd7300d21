"""``GET /documents/…``: every toolkit and template as a Word document, for whoever has its address.

A link instead of a file, because of what Teams does with files of bots (Teams documentation, "Send
and receive files using bots"): they work in personal chats only, ask for consent each time, are written
into the person's OneDrive, and are missing from some clouds. A link works in a channel, in a chat
of two and in a card that somebody sent on, on a phone as well, and asks for no permission.

The pages hold nothing personal and nothing is logged of who fetches one, so nobody signs in; a trust's
own pages are as open as the shipped ones (docs/toolkits.md says so).
"""

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from aiohttp import web

from bot.documents.toolkit_page import word_document
from hub.toolkits.documents import SUFFIX, TEMPLATES, TOOLKITS
from hub.toolkits.page import Toolkit
from hub.toolkits.shelf import Shelf
from hub.toolkits.template import Template

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: A page changes when the service starts anew; browsers may ask once an hour.
LASTS_SECONDS = 3600


@dataclass(frozen=True)
class _File:
    """A finished document and the tag by which a browser knows it again."""

    content: bytes
    tag: str


class Documents:
    """The documents of one shelf, each made once, when it is first asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._toolkits = _Folder(shelf.toolkits)
        self._templates = _Folder(shelf.templates)

    def add_to(self, app: web.Application) -> None:
        """Put both folders on the service."""
        app.router.add_get(f"{TOOLKITS}{{slug}}{SUFFIX}", self._toolkits.answer)
        app.router.add_get(f"{TEMPLATES}{{slug}}{SUFFIX}", self._templates.answer)


class _Folder:
    def __init__(self, pages: Iterable[Toolkit | Template]) -> None:
        self._pages = {each.slug: each for each in pages}
        self._files: dict[str, _File] = {}
        # Making one takes a third of a second of a processor: never twice, never two at a time.
        self._making = asyncio.Lock()

    async def answer(self, request: web.Request) -> web.Response:
        """The document of the page in the address; 404 in words where there is none."""
        page = self._pages.get(request.match_info["slug"])
        if page is None:
            raise web.HTTPNotFound(
                text="There is no such page any more. Ask the SEND Hub in Teams."
            )
        file = await self._file(page)
        headers = {
            "Cache-Control": f"public, max-age={LASTS_SECONDS}",
            "Content-Disposition": f'attachment; filename="{page.slug}{SUFFIX}"',
            "ETag": file.tag,
            "X-Content-Type-Options": "nosniff",
        }
        if any(file.tag == f'"{each.value}"' for each in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
        return web.Response(body=file.content, content_type=DOCX, headers=headers)

    async def _file(self, page: Toolkit | Template) -> _File:
        async with self._making:
            if page.slug not in self._files:
                content = await asyncio.to_thread(word_document, page)
                tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
                self._files[page.slug] = _File(content, tag)
            return self._files[page.slug]
