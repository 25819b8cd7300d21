"""Microsoft's Agents Playground, once for each person whose chat is to be seen.

The Playground is a Teams-like web page that renders real Adaptive Cards; npm brings it, from the
lock file in ``playground_app/``, the first time only. Each one gets a folder with its own person.
"""

import asyncio
import json
import os
import shutil
import signal
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from uuid import NAMESPACE_URL, uuid5

import aiohttp

from hub.people import Person

_APP = Path(__file__).parent / "playground_app"
_PROGRAM = Path("node_modules/@microsoft/m365agentsplayground/cli.js")
FIRST_PORT = 56150
#: npm fetches one package of 15 MB; starting takes a second or two.
INSTALL_SECONDS = 180
START_SECONDS = 40
#: With fewer or more than this the Playground ends at once, after saying that it listens.
USERS = 5
BOT = {"id": "28:send-hub", "name": "SEND Hub"}


class NoNode(Exception):
    """The Playground cannot be shown; the words say why, and the demo goes on without it."""


@dataclass(frozen=True)
class Seat:
    """Somebody whose chat with the bot a Playground shows."""

    object_id: str
    name: str
    tenant_id: str

    @classmethod
    def of(cls, person: Person) -> Self:
        """The seat of a person of the trust."""
        return cls(person.object_id, person.name, person.tenant_id)


@asynccontextmanager
async def playgrounds(
    bot_url: str, seats: Sequence[Seat], people: Sequence[Person], folder: Path
) -> AsyncIterator[list[str]]:
    """Show each seat's chat until the end of the block; gives their addresses, in order.

    Raises NoNode when Node.js is missing or the Playground does not start.
    """
    node, program = await _installed(_made(folder))
    async with AsyncExitStack() as stack:
        addresses = []
        port = FIRST_PORT
        for seat in seats:
            port = _free_port(port)
            home = _made(folder / seat.object_id)
            _write_config(home, seat, people)
            await stack.enter_async_context(_running(node, program, home, bot_url, port))
            addresses.append(f"http://127.0.0.1:{port}")
            port += 1
        yield addresses


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder.absolute()


async def _installed(folder: Path) -> tuple[str, Path]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise NoNode("Node.js is not installed, so the Agents Playground is not shown")
    if not (folder / _PROGRAM).exists():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(_APP / name, folder / name)
        await _npm_ci(npm, folder)
    return node, folder / _PROGRAM


async def _npm_ci(npm: str, folder: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        npm,
        *("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, complaint = await asyncio.wait_for(process.communicate(), INSTALL_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise NoNode("npm took too long to fetch the Agents Playground") from None
    if process.returncode:
        words = complaint.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise NoNode(f"npm could not fetch the Agents Playground: {words[0]}")


def _free_port(first: int) -> int:
    for port in range(first, first + 200):
        with socket.socket() as probe:
            # As a server would: what a Playground left behind a moment ago does not count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise NoNode(f"no free port from {first} on for the Agents Playground")


def _write_config(home: Path, seat: Seat, people: Sequence[Person]) -> None:
    """Tell one Playground who sits at it and whom it knows; JSON is YAML enough."""
    others = [_user(each) for each in people if each.object_id != seat.object_id]
    extras = [
        _user_named(f"Colleague {number + 1}", str(uuid5(NAMESPACE_URL, f"colleague {number}")))
        for number in range(USERS)
    ]
    config = {
        "version": "0.1.1",
        "tenantId": seat.tenant_id,
        "bot": BOT,
        "currentUser": _user_named(seat.name, seat.object_id),
        "users": [*others, *extras][:USERS],
        "personalChat": {"id": f"a:{seat.object_id}"},
        "groupChat": {"id": f"19:group-{seat.object_id}@thread.v2", "name": "Staffroom"},
        "team": {
            "id": f"19:team-{seat.object_id}@thread.tacv2",
            "name": "Teaching team",
            "aadGroupId": str(uuid5(NAMESPACE_URL, f"team {seat.object_id}")),
            "channels": [{"id": f"19:news-{seat.object_id}@thread.tacv2", "name": "News"}],
        },
    }
    (home / ".m365agentsplayground.yml").write_text(json.dumps(config, indent=1), encoding="utf-8")


def _user(person: Person) -> dict[str, Any]:
    return _user_named(person.name, person.object_id)


def _user_named(name: str, object_id: str) -> dict[str, Any]:
    first, _, rest = name.partition(" ")
    address = f"{object_id[:8]}@demo.send-hub.example"
    return {
        "id": f"29:{object_id}",
        "name": name,
        # The Playground's own spelling.
        "userPrincipleName": address,
        "aadObjectId": object_id,
        "givenName": first,
        "surname": rest or first,
        "email": address,
    }


@asynccontextmanager
async def _running(
    node: str, program: Path, home: Path, bot_url: str, port: int
) -> AsyncIterator[None]:
    log = home / "activities.log"
    log.unlink(missing_ok=True)
    with (home / "output.log").open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            node,
            *(str(program), "start", "-e", bot_url, "-c", "msteams", "-p", str(port), "--dt"),
            cwd=home,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
            # A group of its own: Ctrl-C reaches the demo, and the demo ends what it started.
            start_new_session=True,
            env={
                **os.environ,
                "TEAMSAPPTESTER_BROWSER": "none",
                "M365_AGENTS_PLAYGROUND_LOGFILE": str(log),
            },
        )
        try:
            await _until_it_answers(process, port, log)
            yield
        finally:
            await _end(process)


async def _until_it_answers(process: asyncio.subprocess.Process, port: int, log: Path) -> None:
    async with aiohttp.ClientSession() as http:
        for _ in range(START_SECONDS * 5):
            if process.returncode is not None:
                raise NoNode(f"the Agents Playground ended at once: {_complaint(log)}")
            try:
                async with http.get(f"http://127.0.0.1:{port}/"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.2)
    raise NoNode(f"the Agents Playground did not answer within {START_SECONDS} s")


def _complaint(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    return next((line for line in lines if "Reason" in line), "it gave no reason")


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), 5)
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
