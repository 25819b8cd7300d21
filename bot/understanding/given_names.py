"""Given names: those that are hardly anything else, and those that are everyday words too.

Compiled from common knowledge of names in use in England and in the languages spoken at home there;
a name says nothing by itself, as staff have names too. What stands beside it decides.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
#: Commonest family names, which people also type without a capital.
FAMILY_NAMES = frozenset(
    """smith jones taylor brown williams wilson johnson davies patel robinson wright thompson evans
    roberts jackson clarke clark khan ahmed ali hussain begum singh kaur akhtar green lewis harris
    jenkins edwards hughes morris rogers watson cooke turner cooper bailey collins bell shaw murphy
    miller richardson cox marshall simpson adams ellis foster mitchell kelly rahman miah chowdhury
    kowalski nowak okafor adeyemi mensah osei mohamed hassan sharma shah kumar gill""".split()  # noqa: SIM905
)


@cache
def given_names() -> frozenset[str]:
    """Names that are hardly anything else, in plain lower-case letters."""
    return _read("given_names.txt")


@cache
def everyday_names() -> frozenset[str]:
    """Names that are everyday words, months or places as well."""
    return _read("everyday_names.txt")


def _read(name: str) -> frozenset[str]:
    lines = (_HERE / name).read_text(encoding="ascii").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def folded(word: str) -> str:
    """The word in plain lower-case letters: ``Zoë`` is ``zoe``."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", re.sub("[łŁ]", "l", word))
    return "".join(each for each in apart if not unicodedata.combining(each)).lower()
