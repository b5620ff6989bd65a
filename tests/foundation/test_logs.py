"""Logs tell what happened and where, and never what somebody said."""

import json
import subprocess
import sys

TELL = """
import structlog
from app.foundation import logs
logs.begin("{level}")
log = structlog.get_logger()
def open_the_room(words):
    raise ValueError(words)
log.info("opened", room="monday")
try:
    open_the_room("Ellen died on Sunday")
except ValueError:
    log.exception("stumbled")
"""


def told(level: str = "INFO") -> list[dict[str, object]]:
    """What a process of its own logs."""
    ran = subprocess.run([sys.executable, "-c", TELL.format(level=level)], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in ran.stderr.splitlines()]


def test_each_line_is_one_fact_with_its_time():
    first, _ = told()
    assert (first["event"], first["room"], first["level"]) == ("opened", "monday", "info")
    assert str(first["timestamp"]).endswith("Z")


def test_an_exception_is_told_by_its_kind_and_places_and_never_by_its_text():
    _, stumbled = told()
    assert stumbled["trouble"] == "ValueError"
    assert str(stumbled["places"][-1]).endswith("open_the_room")
    assert "Ellen" not in json.dumps(stumbled)


def test_what_is_below_the_level_is_not_told():
    assert [line["event"] for line in told("WARNING")] == ["stumbled"]
