from typing import Any

from app.messages.refs import Said
from app.problems import Declined, NotFound
from tests.properties.model.ground import Ground, fate
from tests.properties.model.lines import Place, Waiting


class Care(Ground):
    """What keeps a room kind. Each method bears the name of its verb, and answers what the verb must."""

    def release(self, _: Any, actor: Any, waiting_id: str) -> Any:
        room, waiting = self.to_review(actor.id, waiting_id)
        if waiting.state == "released":
            return fate(room.by_ref[waiting.author, waiting.ref])
        _end(waiting, "released")
        entry = room.append(
            author=waiting.author, ref=waiting.ref, text=waiting.text, reply_to=waiting.reply_to,
            released=True, said_at=self.minutes,
        )  # fmt: skip
        return Said(entry.seq, entry.version)

    def decline(self, _: Any, actor: Any, waiting_id: str) -> None:
        _, waiting = self.to_review(actor.id, waiting_id)
        if waiting.state != "declined":
            _end(waiting, "declined")

    def withdraw(self, _: Any, actor: Any, waiting_id: str) -> None:
        _, waiting = self.waiting(waiting_id)
        if waiting.author != actor.id:
            raise NotFound
        if waiting.state != "withdrawn":
            _end(waiting, "withdrawn")

    def hold_words(self, _: Any, actor: Any, room_id: str, person: str, on: bool) -> None:
        self.to_limit(actor.id, room_id, person).held = on

    def mute_a_while(self, _: Any, actor: Any, room_id: str, person: str, minutes: int) -> None:
        self.to_limit(actor.id, room_id, person).muted_until = self.minutes + minutes

    def unmute(self, _: Any, actor: Any, room_id: str, person: str) -> None:
        self.to_limit(actor.id, room_id, person).muted_until = 0

    def remove_member(self, _: Any, actor: Any, room_id: str, person: str) -> None:
        self.to_limit(actor.id, room_id, person, admins_too=True).removal = self.count

    def add_again(self, _: Any, actor: Any, room_id: str, person: str) -> None:
        if self.rooms[room_id].people[person].removal is not None:
            self.rooms[room_id].people[person] = Place()

    def end_sign_in(self, _: Any, actor: Any, sign_in: str) -> None:
        self.ended[sign_in] = self.count

    def move_clock(self, _: Any, actor: Any, minutes: int) -> None:
        self.minutes += minutes


def _end(waiting: Waiting, state: str) -> None:
    if waiting.state != "waiting":
        raise Declined
    waiting.state = state
