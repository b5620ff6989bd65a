"""Logs as JSON lines, with named facts only: ids and kinds, never what somebody said."""

import logging
import sys

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
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, threshold))


def where_only(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Of an exception keep its kind and the places it passed: its text may hold somebody's words."""
    if event.pop("exc_info", None):
        kind, _, trace = sys.exc_info()
        event["trouble"] = kind.__name__ if kind else ""
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename.rsplit('/app/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        event["places"] = places[-8:]
    return event
