"""Shapes that several calls answer with, and the problems they may answer instead."""

from typing import Any, Literal

from pydantic import BaseModel, Field


class ProblemDetails(BaseModel):
    """RFC 9457. `detail` is one plain sentence; `code` is for programs."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[dict[str, str]] = []
    retry_after_ms: int | None = None


class Person(BaseModel):
    id: str
    name: str
    roles: list[str]


class Entry(BaseModel):
    """An entry as everyone in the room is told it; a removed one has no text."""

    type: Literal["entry"]
    room: str
    seq: int
    version: int
    kind: Literal["message", "notice"]
    author: dict[str, str]
    text: str | None
    at: str
    ref: str | None = None
    reply_to: int | None = None
    reactions: dict[str, list[str]]
    state: Literal["removed"] | None = None
    removed_by: Literal["author", "facilitator"] | None = None
    erased: bool | None = None
    data: dict[str, Any] | None = None


class Place(BaseModel):
    seq: int
    version: int


class Reason(BaseModel):
    reason: str = Field("", max_length=2000)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problem answers of a call, for OpenAPI."""
    return {
        status: {"model": ProblemDetails, "content": {"application/problem+json": {}}}
        for status in (400, 401, 403, 413, 422, 503, *statuses)
    }
