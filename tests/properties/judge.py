"""Looks at every frame in the moment in which a process hands it to the network."""

import json
import re
from dataclasses import dataclass
from typing import Any

from tests.properties.model.lines import Entry, Room, heard
from tests.properties.model.truth import Truth
from tests.properties.process import Process
from tests.properties.store import Deed

Frame = dict[str, Any]
OF_A_ROOM = ("opened", "entry", "presence", "typing", "seen", "hands", "meeting")
WORDS = re.compile(r"words-\d+")


@dataclass(frozen=True)
class Asked:
    """Words that somebody once said, or tried to."""

    room: str
    author: str
    ref: str
    text: str


class Judge:
    def __init__(self, truth: Truth, deeds: list[Deed]) -> None:
        self.truth, self.deeds = truth, deeds
        self.asked: dict[str, Asked] = {}
        """Each text that was ever tried, and each is unlike the others."""
        self.troubles: list[str] = []
        self.shown: list[tuple[Deed, str]] = []
        """What was shown of deeds whose commit this loop had not heard of yet. Readers may see a commit sooner."""

    def look(self, process: Process, person: str, sign_in: str, frame: Frame) -> None:
        try:
            self.truth.follow(self.deeds)
            self._look(process, person, sign_in, frame)
        except AssertionError as trouble:
            self.troubles.append(f"process {process.name} sent {frame} to {person}: {trouble}")

    def settled(self) -> list[str]:
        """What is wrong, now that every commit that happened was heard of."""
        return self.troubles + [
            f"{about}: this was never committed" for deed, about in self.shown if not deed.committed
        ]

    def answered(self, process: Process, deed: Deed) -> None:
        """From now on the process abides by what it said that it has done."""
        self.truth.follow(self.deeds)
        match deed.verb, deed.args:
            case "remove", (_, room_id, seq):
                room = self.truth.rooms[room_id]
                if seq in room.hidden and room.entries[seq - 1].version == deed.outcome.version:
                    process.answered.add(room.hidden[seq])
            case "remove_member" | "end_sign_in", _:
                process.answered.add(self.deeds.index(deed) + 1)

    def _look(self, process: Process, person: str, sign_in: str, frame: Frame) -> None:
        assert not process.abides_by(self.truth.ended.get(sign_in)), "this sign-in was ended"
        if frame["type"] in OF_A_ROOM:
            place = self.truth.rooms[frame["room"]].people.get(person)
            assert place is not None, "a stranger"
            assert not process.abides_by(place.removal), "this person was removed from the room"
        for text in WORDS.findall(json.dumps(frame)):
            self._may_be_read(process, self.asked[text])
        for entry in [frame] if frame["type"] == "entry" else frame.get("entries", []):
            self._is_true(self.truth.rooms[entry["room"]], entry)
        if frame["type"] in ("said", "held", "declined"):
            self._is_right(self.truth.rooms[frame["room"]], person, frame)

    def _may_be_read(self, process: Process, asked: Asked) -> None:
        room = self.truth.rooms[asked.room]
        entry = room.by_ref.get((asked.author, asked.ref))
        assert isinstance(entry, Entry), f"nobody may read {asked.text}"
        assert not process.abides_by(room.hidden.get(entry.seq)), f"{asked.text} were removed"

    def _is_true(self, room: Room, entry: Frame) -> None:
        self._is_durable(room, entry["version"])
        assert heard(entry) == room.states[entry["version"] - 1].told()

    def _is_right(self, room: Room, person: str, frame: Frame) -> None:
        """The life of a ref."""
        known = room.by_ref.get((person, frame["ref"]))
        if frame["type"] == "held":
            assert room.waiting[frame["waiting"]].ref == frame["ref"]
        elif frame["type"] == "declined":
            assert known is not None and not isinstance(known, Entry) and known.state in ("declined", "withdrawn")
        else:
            self._is_durable(room, frame["version"])
            if known is not None:
                assert isinstance(known, Entry), f"{known} is not in the book"
                assert (frame["seq"], frame["version"]) == (known.seq, known.first_version)

    def _is_durable(self, room: Room, version: int) -> None:
        assert 0 <= version <= len(room.states), "this was never said"
        self.shown += [
            (deed, f"{room.id} {version}") for deed in room.made_by[version - 1 : version] if not deed.committed
        ]
