"""What reaches the log: a trace to find the fault by, and never a token or a person's words."""

import io
import json
from contextlib import redirect_stderr

import structlog

from bot.logs import set_up_logs

SECRET = "eyJhbGciOi.a-token"


def test_a_trace_names_the_lines_and_shows_no_values():
    written = io.StringIO()
    before = structlog.get_config()
    with redirect_stderr(written):
        set_up_logs("INFO")
        try:
            _fails_with(SECRET)
        except ValueError:
            structlog.get_logger().exception("a turn went wrong")
    structlog.configure(**before)

    entry = json.loads(written.getvalue())
    assert entry["exception"][0]["exc_type"] == "ValueError"
    assert "_fails_with" in written.getvalue()
    assert SECRET not in written.getvalue()


def _fails_with(token):
    headers = {"Authorization": f"Bearer {token}"}
    raise ValueError("no good") if headers else None
