"""How well and how fast the guards see, on the labelled lines; those held out by themselves."""

import statistics
import time
import tracemalloc

from tests.understanding.labelled_lines import (
    CONCERN,
    DETAILS,
    FRESH,
    judged,
    labelled_lines,
    precision,
    recall,
)


def measure() -> None:
    tracemalloc.start()
    from bot.understanding.guards import guard

    guard("warm up: Tommy in Y4")
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    lines = labelled_lines()
    for name, some in (
        ("development", [each for each in lines if not each.is_held_out]),
        ("held out", [each for each in lines if each.is_held_out]),
        ("fresh", labelled_lines(FRESH)),
    ):
        counts = judged(guard, some)
        print(
            f"guards, {name}: {len(some)} lines, recall {recall(counts, CONCERN):.1%} of concerns "
            f"and {recall(counts, DETAILS):.1%} of details, precision {precision(counts):.1%}"
        )
        for (meant, found), times in counts.most_common():
            print(f"  {meant} taken for {found}: {times}")
    took = sorted(_seconds(guard, each.text) for each in lines)
    print(
        f"guards: median {statistics.median(took) * 1000:.2f} ms, "
        f"99 of 100 within {took[len(took) * 99 // 100] * 1000:.2f} ms; "
        f"{held / 2**20:.1f} MiB for names and rules not loaded before"
    )


def _seconds(guard, text):
    began = time.perf_counter()
    guard(text)
    return time.perf_counter() - began
