"""What every conversation needs from outside: the truth, the clock, and a reader of messages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from hub.directory import Directory
from hub.offer import Offer
from hub.promises import USUAL_PROMISES, Promises
from hub.services import NO_SERVICES, Services
from hub.toolkit_search import ToolkitFinder
from hub.toolkits.shelf import Shelf
from hub.understanding import Reader
from store.database import Database


@dataclass(frozen=True)
class Desk:
    """Handed in at wiring; dialogs never look for these themselves."""

    database: Database
    #: The present instant, aware.
    now: Callable[[], datetime]
    reader: Reader
    offer: Offer
    directory: Directory
    #: The Teams link that opens anybody's own chat with the bot.
    chat_link: str
    #: The toolkits and templates there are.
    shelf: Shelf
    finder: ToolkitFinder
    #: Where staff's browsers reach this service, for documents; empty where they cannot.
    public_url: str
    #: What can be asked for.
    services: Services = NO_SERVICES
    #: How long each step of a request may take.
    promises: Promises = USUAL_PROMISES
