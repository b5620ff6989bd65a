"""Logs as JSON lines, with named facts only: ids and kinds, never what somebody said."""

import json
import logging
import sys
from types import TracebackType

import structlog

QUIET = ("uvicorn.error", "uvicorn.access", "asyncio", "httpx", "httpcore", "websockets")


def begin(level: str) -> None:
    """Send our own lines and the libraries' warnings to standard error."""
    threshold = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            where_only,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
    others = logging.StreamHandler(sys.stderr)
    others.setFormatter(PlacesOnly())
    logging.basicConfig(level=logging.WARNING, handlers=[others], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, threshold))


def where_only(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Of an exception keep its kind and the places it passed: its text may hold somebody's words."""
    if event.pop("exc_info", None):
        kind, _, trace = sys.exc_info()
        event["trouble"], event["places"] = kind.__name__ if kind else "", places(trace)
    return event


def places(trace: TracebackType | None) -> list[str]:
    """Where an exception passed, newest last."""
    passed = []
    while trace is not None:
        code = trace.tb_frame.f_code
        passed.append(f"{code.co_filename.rsplit('/app/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return passed[-8:]


class PlacesOnly(logging.Formatter):
    """Libraries' lines as JSON; of an exception its kind and places, and none of a message's arguments."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {"event": str(record.msg), "logger": record.name, "level": record.levelname.lower()}
        if record.exc_info and record.exc_info[0]:
            line |= {"trouble": record.exc_info[0].__name__, "places": places(record.exc_info[2])}
        return json.dumps(line)
