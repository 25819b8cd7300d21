"""Command line of the SEND Hub assistant: what starts, with which settings."""

import asyncio
import gc
import io
import signal
import sys
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from bot.settings import Settings, load_settings
from hub.errors import HubError

#: How many new objects call for a search for rubbish: what starts up makes many, and all stay.
LOOK_FOR_RUBBISH_AFTER = 100_000

app = typer.Typer(
    help="The SEND Hub assistant: a Microsoft Teams bot for a trust's SEND Hub.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def serve(
    migrate: Annotated[
        bool, typer.Option("--migrate/--no-migrate", help="Bring the database up to date first.")
    ] = True,
) -> None:
    """Run the bot service."""
    settings = load_settings()

    async def run(told_to_stop: asyncio.Event) -> None:
        from bot.clock import clock_from
        from bot.service import serving

        async with serving(settings, clock_from(settings.clock), migrates=migrate) as (_, port):
            print(f"Listening on http://{settings.host}:{port}/api/messages", flush=True)
            await told_to_stop.wait()

    _run(settings, run)


@app.command()
def demo(
    load_only: Annotated[
        bool, typer.Option("--load-only", help="Load the demo trust and end.")
    ] = False,
    playground: Annotated[
        bool, typer.Option("--playground/--no-playground", help="Start the Agents Playground.")
    ] = True,
    faults: Annotated[
        int | None,
        typer.Option(
            "--faults", metavar="SEED", help="Let Microsoft 365 fail often, by this seed."
        ),
    ] = None,
) -> None:
    """Run the bot beside a stand-in Microsoft 365 on this machine, with a made-up trust."""
    settings = load_settings()

    async def run(told_to_stop: asyncio.Event) -> None:
        from bot.demo import load_demo_trust, run_demo

        if load_only:
            await load_demo_trust(settings)
            print("The demo trust is loaded.")
            return
        await run_demo(settings, with_playground=playground, faults=faults, until=told_to_stop.wait)

    _run(settings, run)


@app.command()
def understand(
    explain: Annotated[bool, typer.Option("--explain", help="Add what decided it.")] = False,
) -> None:
    """Read one message a line on standard input; write what each means, as JSON lines."""
    from bot.understanding.command import understand_lines

    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    understand_lines(sys.stdin, sys.stdout, explain=explain)


@app.command()
def load(
    files: Annotated[list[Path], typer.Argument(help="TOML, CSV or XLSX files.")],
) -> None:
    """Load or update schools, people, calendar and sessions: all of it, or nothing."""
    settings = load_settings()

    async def run(_: asyncio.Event) -> None:
        from bot.loading.command import load_into

        print(await load_into(settings, files))

    _run(settings, run)


@app.command("plan-year")
def plan_year(
    year: Annotated[str, typer.Argument(help="Such as 2026-27; its calendar must be loaded.")],
    out: Annotated[Path | None, typer.Option("--out", help="Where the CSV goes.")] = None,
    busy: Annotated[
        Path | None, typer.Option("--busy", help="Days to avoid: a file with date,reason.")
    ] = None,
    hub_schools: Annotated[
        str, typer.Option("--hub-schools", help="Where tier 2c goes, parted by ';'.")
    ] = "",
    specialist_site: Annotated[
        str, typer.Option("--specialist-site", help="Where the INSET days are.")
    ] = "Hebden Green School",
    from_day: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            formats=["%Y-%m-%d"],
            help="Propose nothing before this day; never before tomorrow.",
        ),
    ] = None,
) -> None:
    """Propose a year of sessions that meets every cadence, as a CSV that load takes."""
    settings = load_settings()

    async def run(_: asyncio.Event) -> None:
        from bot.planning.command import PlanWishes, proposal_for

        first = from_day.date() if from_day else None
        wishes = PlanWishes(year, busy, hub_schools, specialist_site, first)
        proposal, gaps = await proposal_for(settings, wishes)
        if out:
            out.write_text(proposal, encoding="utf-8", newline="")
        else:
            sys.stdout.buffer.write(proposal.encode())
        for gap in gaps:
            print(f"send-hub: {gap}", file=sys.stderr)

    _run(settings, run)


@app.command("read-staff")
def read_staff(
    believe: Annotated[
        bool, typer.Option("--believe", help="Take it at its word, however many have left.")
    ] = False,
) -> None:
    """Read the trust's staff group now, as the service does every hour."""
    settings = load_settings()

    async def run(_: asyncio.Event) -> None:
        from bot.clock import clock_from
        from bot.service import assembled

        async with assembled(settings, clock_from(settings.clock)) as service:
            group = service.staff_group
            print(await (group.read_trusting() if believe else group.read()))

    _run(settings, run)


@app.command("export-person")
def export_person(
    person: Annotated[str, typer.Argument(help="Our id, the object id, or the sign-in name.")],
    out: Annotated[Path | None, typer.Option("--out", help="Where the JSON goes.")] = None,
) -> None:
    """Write everything that is held about one person, as JSON."""
    settings = load_settings()

    async def run(_: asyncio.Event) -> None:
        from bot.privacy.command import exported

        told = await exported(settings, person)
        if out:
            out.write_text(f"{told}\n", encoding="utf-8")
        else:
            sys.stdout.buffer.write(f"{told}\n".encode())

    _run(settings, run)


@app.command("forget-person")
def forget_person(
    person: Annotated[str, typer.Argument(help="Our id, the object id, or the sign-in name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it; it can't be undone.")] = False,
) -> None:
    """Erase one person: nothing that tells who they were is left."""
    settings = load_settings()

    async def run(_: asyncio.Event) -> None:
        from bot.privacy.command import forgotten

        print(await forgotten(settings, person, confirmed=yes))

    _run(settings, run)


@app.command()
def simulate(
    year: Annotated[str, typer.Option(help="Such as 2026-27.")],
    people: Annotated[int, typer.Option(min=1, max=20_000, help="How many staff.")] = 60,
    seed: Annotated[int, typer.Option(help="The same seed lives the same year.")] = 1,
    events: Annotated[
        Path | None, typer.Option("--events", help="Where a line for each nudge goes (JSON).")
    ] = None,
    page: Annotated[
        Path | None, typer.Option("--page", help="Where the year as a page goes (HTML).")
    ] = None,
    faults: Annotated[
        float, typer.Option(min=0, max=0.5, help="The share of calls to Microsoft 365 that fail.")
    ] = 0.03,
) -> None:
    """Live a whole school year on a virtual clock, and check every promise about nudges."""
    settings = load_settings()

    async def run(_: asyncio.Event) -> None:
        from bot.simulation.command import Files, simulated
        from bot.simulation.year import Wanted

        told, is_kept = await simulated(
            settings, Wanted(year, people, seed, faults=faults), Files(events, page)
        )
        print(told)
        if not is_kept:
            raise typer.Exit(1)

    # A year's worth of messages that went well would bury what is printed.
    _run(settings.model_copy(update={"log_level": "WARNING"}), run)


@app.command()
def manifest(
    out: Annotated[Path, typer.Option("--out", help="Where the app package goes (.zip).")],
    version: Annotated[str, typer.Option(help="Such as 1.4.0; raise it with every change.")] = "",
    developer: Annotated[str, typer.Option(help="Who publishes the app: your trust.")] = "SEND Hub",
    website: Annotated[str, typer.Option(help="https address of a support page.")] = "",
    privacy: Annotated[str, typer.Option(help="https address of the privacy notice.")] = "",
    terms: Annotated[str, typer.Option(help="https address of the terms of use.")] = "",
) -> None:
    """Build and validate the Teams app package."""
    from manifest.build import LOCAL_APP_ID, AppDetails, build, program_version

    links = {"website": website, "privacy": privacy, "terms": terms}
    details = AppDetails(
        app_id=load_settings().app_id or LOCAL_APP_ID,
        version=version or program_version(),
        developer=developer,
        **{name: link for name, link in links.items() if link},
    )
    for warning in build(details, out):
        print(f"send-hub: {warning}", file=sys.stderr)
    print(f"{out} is written, and Teams' rules are kept.")


@app.command()
def doctor(
    accept: Annotated[
        list[str] | None, typer.Option(help="A permission withheld on purpose; repeatable.")
    ] = None,
) -> None:
    """Check configuration, database, Graph permissions and the manifest; say what to fix."""
    from bot.clock import clock_from
    from bot.doctor.examination import consult
    from bot.logs import set_up_logs
    from manifest.build import program_version

    settings = load_settings()
    set_up_logs(settings.log_level)
    now = clock_from(settings.clock)()
    words, code = asyncio.run(consult(settings, program_version(), now, accept or ()))
    print(words)
    raise typer.Exit(code)


def _run(settings: Settings, work: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    """Do this until it is done; the event it is given is set by Ctrl-C or a request to stop."""
    from bot.logs import set_up_logs

    async def stoppable() -> None:
        told_to_stop, loop = asyncio.Event(), asyncio.get_running_loop()

        def stop(heard: signal.Signals) -> None:
            told_to_stop.set()
            # A second Ctrl-C does not wait for anything.
            loop.remove_signal_handler(heard)

        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, stop, each)
        await work(told_to_stop)

    set_up_logs(settings.log_level)
    asyncio.run(stoppable())


def main() -> None:
    """Run a command; a mistake of the caller's ends with one clear line and exit code 2."""
    gc.set_threshold(LOOK_FOR_RUBBISH_AFTER)
    try:
        sys.exit(app(standalone_mode=False))
    except TyperException as error:
        print(f"send-hub: {error.format_message()}", file=sys.stderr)
        sys.exit(2)
    except HubError as error:
        print(f"send-hub: {error}", file=sys.stderr)
        sys.exit(2)
    except OSError as error:
        print(f"send-hub: {error.strerror or error}: {error.filename or ''}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
