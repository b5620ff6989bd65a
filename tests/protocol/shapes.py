"""What protocol.md says each thing looks like."""

import re
from typing import Any

import httpx

ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
CODE = re.compile(r"[a-z]+-[a-z]+-\d{4}")
REACTIONS = {"hear_you", "thank_you", "me_too", "well_done"}


def is_id(value: Any) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None


def is_time(value: Any) -> bool:
    return isinstance(value, str) and TIME.fullmatch(value) is not None


def require_entry(entry: dict[str, Any]) -> None:
    assert isinstance(entry["seq"], int) and isinstance(entry["version"], int)
    assert entry["kind"] in ("message", "notice")
    assert is_id(entry["author"]["id"]) and isinstance(entry["author"]["name"], str)
    assert isinstance(entry["text"], str) or (entry["text"] is None and entry["state"] == "removed")
    assert is_time(entry["at"])
    assert set(entry["reactions"]) <= REACTIONS
    assert all(isinstance(people, list) for people in entry["reactions"].values())


def require_problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].split(";")[0] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["code"] == code
    assert isinstance(problem["type"], str) and isinstance(problem["title"], str)
    assert problem["detail"].endswith((".", "?")), problem["detail"]
    return problem
