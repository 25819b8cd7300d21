"""Speed and memory, measured on the real parts; ``make bench`` prints them."""

import asyncio
import tempfile
from pathlib import Path

from tests.bench import bad_hour, guards, turns, understanding


def main() -> None:
    guards.measure()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(turns.measure(Path(folder)))
        asyncio.run(bad_hour.measure(Path(folder)))
    understanding.measure()


if __name__ == "__main__":
    main()
