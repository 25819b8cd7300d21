"""What the doctor says, in lines."""

import re
from datetime import UTC, datetime

from bot.doctor.examination import consult
from bot.graph.permissions import PERMISSIONS
from bot.settings import Settings

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
APP_ID = "0f9a1b5e-8a51-4ad5-9d3d-5f4f1b0a2c77"
TENANT_ID = "9d1c40b7-2f6f-4a0b-8d5a-6f1f0a3b2c11"
ALL = frozenset(each.name for each in PERMISSIONS)


async def told(settings: Settings, *accepted: str) -> tuple[list[str], int]:
    """The doctor's lines, each with what to do joined on, and the exit code."""
    text, code = await consult(settings, "1.4.0", NOW, accepted)
    return re.sub(r"\n +→", " →", text).split("\n"), code


def about(lines: list[str], level: str) -> list[str]:
    return [line for line in lines if line.startswith(level)]
