"""``app.py understand``: messages in, meanings out, one a line."""

import json
from collections.abc import Iterable
from typing import TextIO

from bot.understanding.reader import OfflineReader


def understand_lines(lines: Iterable[str], out: TextIO, *, explain: bool) -> None:
    """Write one JSON object for each line, also for an empty one."""
    reader = OfflineReader()
    for line in lines:
        text = line.rstrip("\r\n")
        meaning = reader.understand(text)
        answer = {
            "text": text,
            "intent": meaning.intent,
            "topic": meaning.topic,
            "topics": list(meaning.topics),
            "tier": meaning.tier,
        }
        if explain:
            answer["why"] = list(meaning.why)
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
        out.flush()
