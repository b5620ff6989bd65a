from typing import Any

from app.messages.holding import MOST_WAITING
from app.messages.posting import Alone, Answer, Words
from app.messages.reacting import REACTIONS
from app.messages.refs import Held, Said
from app.problems import Muted, NotAllowed, NotFound, TooFast
from tests.properties.model.ground import Ground, fate
from tests.properties.model.lines import Waiting

TAKE_BACK_MINUTES = 5


class Talk(Ground):
    """What people do with words. Each method bears the name of its verb, and answers what the verb must."""

    def post_batch(self, _: Any, batch: list[Words], pace: Any) -> list[Answer]:
        lasts = {room.id: len(room.entries) for room in self.rooms.values()}
        return [self._say(words, lasts) for words in batch]

    def post_alone(self, answer: Any, words: Words, pace: Any, lines: Any) -> Answer:
        room = self.rooms[words.room_id]
        lasts = {room.id: len(room.entries)}
        expected = self._say(words, lasts)
        if not isinstance(expected, Alone):
            return expected
        mine = [one for one in room.waiting.values() if one.author == words.person_id]
        if len([one for one in mine if one.state == "waiting"]) >= MOST_WAITING:
            return TooFast()
        assert isinstance(answer, Held), f"{words} must wait: {answer!r}"
        waiting = Waiting(answer.waiting, words.person_id, words.ref, words.text, _reply(words, lasts))
        room.waiting[waiting.id] = room.by_ref[words.person_id, words.ref] = waiting
        return Held(answer.waiting, "review")

    def react(self, _: Any, actor: Any, room_id: str, seq: int, reaction: str, on: bool) -> Said:
        room, place = self.place(actor.id, room_id)
        entry = room.entry(seq)
        if entry is None or entry.removed_by:
            raise NotFound
        mine = (reaction, actor.id)
        if (mine in entry.reactions) is on:
            return Said(seq, entry.version)
        if place.muted_until > self.minutes:
            raise Muted
        others = [one for one in entry.reactions if one != mine]
        reactions = sorted([*others, mine] if on else others, key=lambda one: REACTIONS.index(one[0]))
        return Said(seq, room.change(seq, reactions=tuple(reactions)).version)

    def remove(self, _: Any, actor: Any, room_id: str, seq: int) -> Said:
        room, entry = self.in_book(actor.id, room_id, seq)
        in_time = entry.author == actor.id and self.minutes - entry.said_at <= TAKE_BACK_MINUTES
        if actor.id not in self.moderators and not in_time:
            raise NotAllowed
        if not entry.removed_by:
            entry = room.change(seq, removed_by=actor.id, removed_at=self.minutes)
            room.hidden[seq] = self.count
        return Said(seq, entry.version)

    def put_back(self, _: Any, actor: Any, room_id: str, seq: int) -> Said:
        room, entry = self.in_book(actor.id, room_id, seq)
        if not entry.removed_by:
            return Said(seq, entry.version)
        own = entry.removed_by == entry.author == actor.id
        if actor.id not in self.moderators and not (own and self.minutes - entry.removed_at <= TAKE_BACK_MINUTES):
            raise NotAllowed
        del room.hidden[seq]
        return Said(seq, room.change(seq, removed_by=None).version)

    def _say(self, words: Words, lasts: dict[str, int]) -> Answer:
        room = self.rooms[words.room_id]
        known, place = room.by_ref.get((words.person_id, words.ref)), room.people.get(words.person_id)
        if place is None or place.removal is not None:
            return NotFound()
        if known is not None:
            return fate(known)
        if place.muted_until > self.minutes:
            return Muted()
        if place.held:
            return Alone()
        entry = room.append(
            author=words.person_id, ref=words.ref, text=words.text, reply_to=_reply(words, lasts),
            released=False, said_at=self.minutes,
        )  # fmt: skip
        return Said(entry.seq, entry.version)


def _reply(words: Words, lasts: dict[str, int]) -> int | None:
    """Only what was in the book can be answered."""
    return words.reply_to if words.reply_to and words.reply_to <= lasts[words.room_id] else None
