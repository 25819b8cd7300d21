"""The command line as somebody types it: help, one clear line for a mistake, exit codes."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app.py"
COMMANDS = (
    "serve",
    "demo",
    "load",
    "plan-year",
    "understand",
    "manifest",
    "doctor",
    "read-staff",
    "export-person",
    "forget-person",
)


def run(folder, *arguments, said="", **environment):
    return subprocess.run(
        [sys.executable, str(APP), *arguments],
        cwd=folder,
        input=said,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "NO_COLOR": "1", **environment},
        check=False,
    )


def test_every_command_explains_itself(tmp_path):
    told = run(tmp_path, "--help")
    assert told.returncode == 0
    assert all(command in told.stdout for command in COMMANDS)
    for command in COMMANDS:
        told = run(tmp_path, command, "--help")
        assert (told.returncode, told.stderr) == (0, "")
        assert "Usage" in told.stdout


MISTAKES = {
    "unknown command": (["florble"], {}, "florble"),
    "unknown option": (["serve", "--florble"], {}, "florble"),
    "no file": (["load"], {}, "Missing argument"),
    "a file that is not there": (["load", "none.csv"], {}, "none.csv: No such file"),
    "nobody to export": (["export-person", "florble"], {}, "nobody is known by florble"),
    "nobody to forget": (["forget-person", "florble", "--yes"], {}, "nobody is known by florble"),
    "no out": (["manifest"], {}, "--out"),
    "out in no folder": (["manifest", "--out", "no/such/place.zip"], {}, "place.zip"),
    "half a registration": (
        ["serve"],
        {"MicrosoftAppId": "5a0f8c1e-0000-4000-8000-000000000001"},
        "MicrosoftAppTenantId and MicrosoftAppPassword is missing",
    ),
    "a password alone": (["serve"], {"MicrosoftAppPassword": "x"}, "MicrosoftAppId is missing"),
    "open to the world": (["serve"], {"SENDHUB_HOST": "0.0.0.0"}, "loopback only"),
    "no such port": (["serve"], {"PORT": "99999"}, "PORT"),
    "no such zone": (["serve"], {"SENDHUB_TIMEZONE": "Mars/Base"}, "SENDHUB_TIMEZONE"),
    "no group": (["read-staff"], {"SENDHUB_STAFF_GROUP": "staff"}, "object id of a group"),
    "a clock without a zone": (["serve"], {"SENDHUB_CLOCK": "2026-11-23T15:40:00"}, "time zone"),
    "another database": (["serve"], {"SENDHUB_DATABASE_URL": "mysql://x/y"}, "mysql"),
    "no database there": (
        ["serve"],
        {"SENDHUB_DATABASE_URL": "postgresql+asyncpg://127.0.0.1:1/x"},
        "database cannot be reached",
    ),
    "a demo in production": (
        ["demo", "--load-only"],
        {"SENDHUB_CONTENT_DIR": "nowhere", "SENDHUB_LOG_LEVEL": "LOUD"},
        "SENDHUB_LOG_LEVEL",
    ),
}


@pytest.mark.parametrize(
    ("arguments", "environment", "words"), MISTAKES.values(), ids=list(MISTAKES)
)
def test_a_mistake_ends_with_a_clear_line_and_code_2(tmp_path, arguments, environment, words):
    told = run(tmp_path, *arguments, **environment)

    assert told.returncode == 2
    assert words in told.stderr
    assert "Traceback" not in told.stderr
    assert told.stdout == ""


def test_every_line_understood_gives_one_json_object(tmp_path):
    lines = ["any clinics coming up?", "", "dyslexia toolkit", "x" * 20_000, "هل", "senco mtg"]

    told = run(tmp_path, "understand", said="\n".join(lines) + "\n")

    found = [json.loads(line) for line in told.stdout.splitlines()]
    assert [each["text"] for each in found] == lines
    assert all(each.keys() == {"text", "intent", "topic", "topics", "tier"} for each in found)
    assert (found[0]["intent"], found[0]["tier"]) == ("whats_on", "4")
    assert found[2]["topic"] == "dyslexia"


def test_the_demo_trust_loads_and_loads_again(tmp_path):
    for _ in range(2):
        told = run(tmp_path, "demo", "--load-only")
        assert (told.returncode, told.stdout) == (0, "The demo trust is loaded.\n")


def test_a_package_is_built_and_the_doctor_reads_the_house(tmp_path):
    assert run(tmp_path, "manifest", "--out", "app.zip").returncode == 0
    assert (tmp_path / "app.zip").stat().st_size > 0
    told = run(tmp_path, "doctor")
    assert "Traceback" not in told.stderr
    assert told.returncode in {0, 1}


def started(folder, **environment):
    service = subprocess.Popen(
        [sys.executable, str(APP), "serve"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PORT": "0", **environment},
    )
    assert service.stdout.readline().startswith("Listening on http://127.0.0.1:")
    return service


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_service_ends_cleanly_when_told_to(tmp_path, ending):
    service = started(tmp_path)
    service.send_signal(ending)
    _, told = service.communicate(timeout=20)

    assert service.returncode == 0
    assert "Traceback" not in told


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = run(tmp_path, "serve", PORT=str(taken.getsockname()[1]))

    assert told.returncode == 2
    assert "address already in use" in told.stderr.lower()
    assert "Traceback" not in told.stderr


def test_without_node_the_demo_says_so_and_runs_on(tmp_path):
    demo = subprocess.Popen(
        [sys.executable, str(APP), "demo"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PORT": "0", "PATH": ""},
    )
    lines = [demo.stdout.readline() for _ in range(3)]
    demo.send_signal(signal.SIGINT)
    demo.communicate(timeout=20)

    assert lines[2].startswith("No Playground: Node.js is not installed")
    assert demo.returncode == 0
