"""Finding toolkits by name, by what was said, and by likeness to titles and tags."""

from rapidfuzz import fuzz, process

from bot.understanding.given_names import FAMILY_NAMES, everyday_names, folded, given_names
from bot.understanding.guards import guard
from bot.understanding.toolkit_search import ToolkitSearch
from hub.toolkit_search import MOST_FOUND, Found
from hub.toolkits.missed import LONGEST_WORD
from hub.toolkits.naming import named_in, says_nothing, spelled_plainly
from hub.toolkits.page import Toolkit
from hub.toolkits.shelf import Shelf

#: From 0 to 100; found by trying slips of the key ("dislexic", "sensery") against other words.
ALIKE = 84
#: Shorter words are too easily like others.
SHORTEST_ALIKE = 5
#: Shorter words say nothing by themselves.
SHORTEST_COUNTED = 4
#: Nobody types more words into a search box; the rest of a pasted text is left out.
MOST_WORDS = 8


class ShelfFinder:
    """Searches one shelf; everything it needs is made ready once."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._search = ToolkitSearch(shelf.toolkits)
        self._words = {each.slug: _words_of(each) for each in shelf.toolkits}
        self._telling = [
            (word, slug)
            for slug, words in self._words.items()
            for word in sorted(words)
            if len(word) >= SHORTEST_ALIKE
        ]

    def find(self, words: str) -> list[Found]:
        """At most three toolkits, best first: named, found by what was said, and only then alike."""
        named = named_in(words, self._shelf.toolkits)
        found = [Found(each.slug, "you named it") for each in named]
        found = found or [
            Found(each.toolkit.slug, f"you said “{each.why[0]}”")
            for each in self._search.find(words)
        ]
        return _each_once(found or self._alike(words))[:MOST_FOUND]

    def countable(self, words: str) -> list[str]:
        """The telling words that may be counted: letters only, and none that is a name."""
        names = given_names() | everyday_names() | FAMILY_NAMES
        said = (folded(word) for word in spelled_plainly(words).split())
        return [
            word
            for word in dict.fromkeys(said)
            if word.isalpha()
            and SHORTEST_COUNTED <= len(word) <= LONGEST_WORD
            and word not in names
            and not says_nothing(word)
            and guard(word) is None
        ]

    def begun(self, words: str) -> list[Found]:
        """Every toolkit all of whose words were at least begun; failing that, what is found."""
        asked = spelled_plainly(words).split()[:MOST_WORDS]
        if not asked:
            return []
        begun = [
            Found(slug, "you are typing its words")
            for slug, known in self._words.items()
            if all(any(word.startswith(each) for word in known) for each in asked)
        ]
        titles = {each.slug: spelled_plainly(each.title) for each in self._shelf.toolkits}
        begun.sort(key=lambda each: not titles[each.slug].startswith(asked[0]))
        return begun or self.find(words)

    def _alike(self, words: str) -> list[Found]:
        """Toolkits with a word that differs from one of these by a slip."""
        said = [word for word in spelled_plainly(words).split() if len(word) >= SHORTEST_ALIKE]
        known = [word for word, _ in self._telling]
        hits = [
            (score, self._telling[at][1], self._telling[at][0])
            for word in said[:MOST_WORDS]
            for _, score, at in process.extract(
                word, known, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_FOUND
            )
        ]
        hits.sort(key=lambda each: -each[0])
        return [Found(slug, f"it looks like “{word}”") for _, slug, word in hits]


def _words_of(toolkit: Toolkit) -> frozenset[str]:
    named = " ".join([toolkit.title, toolkit.slug, *toolkit.tags])
    return frozenset(spelled_plainly(named).split())


def _each_once(found: list[Found]) -> list[Found]:
    first: dict[str, Found] = {}
    for each in found:
        first.setdefault(each.slug, each)
    return list(first.values())
