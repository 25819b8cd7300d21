"""Where a page is as a Word document, below the service's own address.

Both ends read it here: the link on a card, and the route that answers it.
"""

from urllib.parse import quote

from hub.toolkits.page import Toolkit
from hub.toolkits.template import Template

TOOLKITS = "/documents/"
TEMPLATES = "/documents/templates/"
SUFFIX = ".docx"


def document_path(page: Toolkit | Template) -> str:
    """Toolkits and templates stand apart: one slug may be used once in each."""
    folder = TEMPLATES if isinstance(page, Template) else TOOLKITS
    return f"{folder}{quote(page.slug)}{SUFFIX}"
