"""How well and how fast messages are understood, on the examples beside this checkout."""

import json
import statistics
import time
from collections import Counter
from pathlib import Path

from bot.understanding.reader import OfflineReader

EXAMPLES = Path(__file__).parents[3] / "shared" / "dev-utterances.jsonl"


def measure() -> None:
    if not EXAMPLES.exists():
        print("understanding: no examples beside this checkout")
        return
    reader, took, right, confused = OfflineReader(), [], 0, Counter()
    examples = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    for example in examples:
        began = time.perf_counter()
        found = reader.understand(example["text"]).intent
        took.append(time.perf_counter() - began)
        right += found == example["intent"]
        if found != example["intent"]:
            confused[example["intent"], found.value] += 1
    print(
        f"understanding: {right} of {len(examples)} intents right, "
        f"median {statistics.median(took) * 1000:.2f} ms, slowest {max(took) * 1000:.2f} ms"
    )
    for (meant, found), times in confused.most_common():
        print(f"  {meant} taken for {found}: {times}")
