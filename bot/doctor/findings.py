"""What the doctor found, as values, and how it is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much it matters."""

    OK = "ok"
    #: Works, but somebody should know.
    WARNING = "warning"
    #: Something does not work until it is put right.
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    level: Level
    #: Which part: settings, database, Graph, …
    about: str
    say: str
    #: What to do about it; empty when nothing needs doing.
    fix: str = ""


def ok(about: str, say: str) -> Finding:
    """All is well here."""
    return Finding(Level.OK, about, say)


def warning(about: str, say: str, fix: str = "") -> Finding:
    """Works, but somebody should know."""
    return Finding(Level.WARNING, about, say, fix)


def problem(about: str, say: str, fix: str) -> Finding:
    """Does not work until somebody does ``fix``."""
    return Finding(Level.PROBLEM, about, say, fix)


def as_text(findings: Iterable[Finding]) -> str:
    """One line a finding and one for what to do, for a terminal; no colour carries meaning."""
    lines = []
    for each in findings:
        lines.append(f"{each.level:<8} {each.about}: {each.say}")
        if each.fix:
            lines.append(f"{'':<8} → {each.fix}")
    return "\n".join(lines)
