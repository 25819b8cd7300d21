"""How well and how fast messages are understood, on those that nothing was learnt from."""

import resource
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bot.loading.toolkits import load_shelf
from bot.understanding.examples import Example, examples_in, shipped_examples
from bot.understanding.reader import OfflineReader
from bot.understanding.toolkit_search import ToolkitSearch

LINES = Path(__file__).parents[1] / "understanding"
OUTSIDE = Path(__file__).parents[3] / "shared" / "dev-utterances.jsonl"
_KILOBYTES_A_MEGABYTE = 1024


def measure() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reader = OfflineReader()
    reader.understand("hello")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"understanding: {(after - before) / _KILOBYTES_A_MEGABYTE:.0f} MB more memory")
    held_out = [each for each in shipped_examples() if each.is_held_out]
    _report("held out", held_out, reader)
    for name in ("indirect", "unseen"):
        lines = (LINES / f"{name}_lines.jsonl").read_text(encoding="utf-8").splitlines()
        _report(name, list(examples_in(lines)), reader)
    if OUTSIDE.exists():
        lines = OUTSIDE.read_text(encoding="utf-8").splitlines()
        _report("outside", list(examples_in(lines)), reader)
    _search(held_out)


def _report(name: str, messages: Sequence[Example], reader: OfflineReader) -> None:
    took, right, first, three, tier, confused = [], 0, 0, 0, 0, Counter()
    about = sum(each.topic is not None for each in messages)
    for each in messages:
        began = time.perf_counter()
        found = reader.understand(each.text)
        took.append((time.perf_counter() - began) * 1000)
        right += found.intent == each.intent
        tier += found.tier == each.tier
        first += each.topic is not None and found.topic == each.topic
        three += each.topic in found.topics
        if found.intent != each.intent:
            confused[each.intent, found.intent.value] += 1
    print(
        f"{name}: {len(messages)} messages, intent {right / len(messages):.1%}, "
        f"toolkit first {first / about:.1%}, in three {three / about:.1%} (of {about}), "
        f"tier {tier / len(messages):.1%}; "
        f"median {statistics.median(took):.2f} ms, slowest {max(took):.2f} ms"
    )
    for (meant, found), times in confused.most_common():
        print(f"  {meant} taken for {found}: {times}")


def _search(messages: Sequence[Example]) -> None:
    search = ToolkitSearch(load_shelf(None).toolkits)
    asked = [each for each in messages if each.topic and each.intent == "find_toolkit"]
    pages = [[found.toolkit.slug for found in search.find(each.text)] for each in asked]
    first = sum(found[:1] == [each.topic] for each, found in zip(asked, pages, strict=True))
    three = sum(each.topic in found for each, found in zip(asked, pages, strict=True))
    print(
        f"toolkit search: {len(asked)} questions, right page first {first / len(asked):.1%}, "
        f"in three {three / len(asked):.1%}"
    )
