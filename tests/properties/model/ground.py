from dataclasses import dataclass, field

from app.messages.refs import Fate, Held, Said, SentBack
from app.problems import NotAllowed, NotFound
from tests.properties.model.lines import Entry, Place, Room, Waiting


@dataclass
class Ground:
    """The house as it should be, and finding one's way in it: who may not find something raises what a verb raises."""

    rooms: dict[str, Room]
    moderators: frozenset[str]
    admins: frozenset[str]
    minutes: int = 0
    count: int = 0
    """How many deeds were done."""
    ended: dict[str, int] = field(default_factory=dict)
    """sign-in → the deed that ended it."""

    def place(self, person: str, room_id: str) -> tuple[Room, Place]:
        room = self.rooms[room_id]
        place = room.people.get(person)
        if place is None or place.removal is not None:
            raise NotFound
        return room, place

    def in_book(self, person: str, room_id: str, seq: int) -> tuple[Room, Entry]:
        room, _ = self.place(person, room_id)
        entry = room.entry(seq)
        if entry is None:
            raise NotFound
        return room, entry

    def to_limit(self, actor: str, room_id: str, person: str, *, admins_too: bool = False) -> Place:
        if not (admins_too and actor in self.admins):
            self.place(actor, room_id)
            if actor not in self.moderators:
                raise NotAllowed
        if actor == person:
            raise NotAllowed
        return self.place(person, room_id)[1]

    def waiting(self, waiting_id: str) -> tuple[Room, Waiting]:
        [room] = [room for room in self.rooms.values() if waiting_id in room.waiting]
        return room, room.waiting[waiting_id]

    def to_review(self, actor: str, waiting_id: str) -> tuple[Room, Waiting]:
        room, waiting = self.waiting(waiting_id)
        self.place(actor, room.id)
        if actor not in self.moderators:
            raise NotFound
        if waiting.author == actor:
            raise NotAllowed
        return room, waiting


def fate(known: Entry | Waiting) -> Fate:
    """The life of a ref."""
    if isinstance(known, Entry):
        return Said(known.seq, known.first_version)
    return Held(known.id, "review") if known.state == "waiting" else SentBack()
