import math
from typing import Any

Frame = dict[str, Any]
Entry = dict[str, Any]

SHOWN = ("seq", "version", "kind", "author", "text", "at", "reply_to", "reactions", "state", "data")
"""What a person sees of an entry, and so what a model and a fresh `open` must agree on."""


class BrokenPromise(AssertionError):
    """The server said what protocol.md says that it never says."""


class Book:
    """One room as one device knows it, checked against promise 2 with every frame."""

    def __init__(self) -> None:
        self.version: int = 0
        self.entries: dict[int, Entry] = {}
        self.arrivals: list[int] = []
        self.repairs = 0
        self._begins_at: float = math.inf

    def start_afresh(self, opened: Frame) -> None:
        places = [entry["seq"] for entry in opened["entries"]]
        _require(places == sorted(set(places)), f"opened is not in order: {places}")
        if not opened["more"]:
            _require(not places or places[0] == 1, f"this is said to be all, yet begins at {places[:1]}")
        self.entries = {entry["seq"]: entry for entry in opened["entries"]}
        self.version = opened["version"]
        self._begins_at = places[0] if places else 1
        self._require_no_gap()

    def catch_up(self, opened: Frame, after: int) -> None:
        versions = [entry["version"] for entry in opened["entries"]]
        _require(versions == sorted(set(versions)), f"changes are not in order: {versions}")
        _require(all(after < one <= opened["version"] for one in versions), f"{versions} after {after}")
        _require(not opened["more"], "changes after a version are whole, or they are a reset")
        for entry in opened["entries"]:
            self._keep(entry)
        self._require_no_gap()
        self.version = opened["version"]

    def repair(self, opened: Frame) -> None:
        _require(opened["version"] >= self.version, f"{self.version} repaired to {opened['version']}")
        self.repairs += 1
        self.catch_up(opened, self.version)

    def add(self, entry: Entry) -> None:
        follows = entry["version"] == self.version + 1
        _require(follows, f"version {entry['version']} came after {self.version}: {entry}")
        self._keep(entry)
        self._require_no_gap()
        self.version = entry["version"]

    def shown(self) -> list[Entry]:
        return [shown(self.entries[seq]) for seq in sorted(self.entries)]

    def _keep(self, entry: Entry) -> None:
        if entry["seq"] not in self.entries:
            self.arrivals.append(entry["seq"])
        self.entries[entry["seq"]] = entry

    def _require_no_gap(self) -> None:
        """Changes to entries older than what was loaded arrive alone; from there on nothing is missing."""
        places = sorted(place for place in self.entries if place >= self._begins_at)
        expected = list(range(places[0], places[0] + len(places))) if places else []
        _require(places == expected, f"a place is missing in {places}")


class Reader:
    """Reads every frame of a device, through as many sockets as it takes, and keeps what they add up to."""

    def __init__(self) -> None:
        self.books: dict[str, Book] = {}
        self._asked: dict[str, int | None] = {}

    def ask(self, room: str, after: int | None) -> None:
        self._asked[room] = after

    def leave(self, room: str) -> None:
        self.books.pop(room, None)

    def read(self, frame: Frame) -> None:
        if frame.get("type") == "opened":
            self._opened(frame)
        elif frame.get("type") == "entry" and frame["room"] in self.books:
            self.books[frame["room"]].add(frame)

    def _opened(self, frame: Frame) -> None:
        known = frame["room"] in self.books
        book = self.books.setdefault(frame["room"], Book())
        after = self._asked.get(frame["room"])
        if frame.get("reset"):
            book.start_afresh(frame)
        elif known and frame.get("repair"):
            book.repair(frame)
        elif after is None:
            book.start_afresh(frame)
        else:
            book.catch_up(frame, after)


def shown(entry: Entry) -> Entry:
    reactions = {name: people for name, people in (entry.get("reactions") or {}).items() if people}
    return {**{field: entry.get(field) for field in SHOWN}, "reactions": reactions}


def _require(kept: bool, otherwise: str) -> None:
    if not kept:
        raise BrokenPromise(otherwise)
