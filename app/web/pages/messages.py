"""What a message looks like to one reader: the values for message.html, as message.js has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.problems import N_
from app.web.pages.few_words import in_words_of
from app.web.pages.names import listed, role_word
from app.web.pages.notices import notice_words
from app.web.pages.times import Calendar
from app.wording import say

TAKE_BACK_SECONDS = 5 * 60

PHRASES = {
    "hear_you": N_("I hear you"),
    "thank_you": N_("Thank you"),
    "me_too": N_("Me too"),
    "well_done": N_("Well done"),
}
ONE_SAYS = {
    "hear_you": N_("hears you"),
    "thank_you": N_("thanks you"),
    "me_too": N_("says: me too"),
    "well_done": N_("says: well done"),
}
MANY_SAY = {
    "hear_you": N_("hear you"),
    "thank_you": N_("thank you"),
    "me_too": N_("say: me too"),
    "well_done": N_("say: well done"),
}
TAKE_PHRASE_BACK = N_("Take back: {phrase}")
I_SAID = N_("said: {phrase}")
BY_PHONE = N_("by phone, written by {name}")
GONE_MINE = N_("You took these words back.")
GONE_BY_AUTHOR = N_("{name} took these words back.")
GONE_REMOVED = N_("These words were taken out of the room.")
GONE_ERASED = N_("Who wrote this has left, and took their words with them.")
GONE_COVERED = N_("These words are covered for a while.")
GONE_COVERED_MINE = N_("Your words are covered for the others for a while. You did nothing wrong.")
GONE_QUOTE = N_("These words are no longer here.")


@dataclass(frozen=True, slots=True)
class Quote:
    seq: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    names: str
    says: str


@dataclass(frozen=True, slots=True)
class Message:
    seq: int = 0
    version: int = 0
    author_id: str = ""
    ref: str = ""
    name: str = ""
    role: str = ""
    by: str = ""
    at: str = ""
    time: str = ""
    text: str = ""
    gone: str = ""
    own: str = ""
    """What of one's own words is covered for the others."""
    state: str = ""
    mine: bool = False
    notice: bool = False
    quote: Quote | None = None
    answers: list[AnswerLine] = field(default_factory=list)
    my_answers: frozenset[str] = frozenset()
    answerable: bool = True
    can_take_back: bool = False
    can_put_back: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and what they know of the people in the room."""

    id: str
    names: dict[str, str]
    facilitators: frozenset[str]
    calendar: Calendar
    covered: Mapping[int, str] = field(default_factory=dict)
    """Their own words that are covered for the others, by place."""

    def say(self, sentence: str, **values: object) -> str:
        return say(sentence, self.calendar.language, **values)


def shown(entries: list[dict[str, Any]], reader: Reader) -> list[Message]:
    """Entries as the wire tells them, for one reader."""
    by_seq = {entry["seq"]: entry for entry in entries}
    return [_shown(entry, by_seq, reader) for entry in entries]


def phrases(language: str) -> list[dict[str, str]]:
    return [
        {
            "key": key,
            "words": say(words, language),
            "take_back": say(TAKE_PHRASE_BACK, language, phrase=say(words, language)),
            "one": say(ONE_SAYS[key], language),
            "many": say(MANY_SAY[key], language),
            "mine": say(I_SAID, language, phrase=say(words, language)),
        }
        for key, words in PHRASES.items()
    ]


def moment_of(entry: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(entry["at"])


def _shown(entry: dict[str, Any], by_seq: dict[int, dict[str, Any]], reader: Reader) -> Message:
    author, notice = entry["author"]["id"], entry["kind"] == "notice"
    mine = author == reader.id and not notice
    gone = _why_gone(entry, mine, reader) if entry.get("state") == "removed" else ""
    young = (reader.calendar.now - moment_of(entry)).total_seconds() < TAKE_BACK_SECONDS
    taken_back = entry.get("removed_by") == "author"
    return Message(
        seq=entry["seq"],
        version=entry["version"],
        author_id=author,
        ref=entry.get("ref", ""),
        name=entry["author"]["name"],
        role=role_word("facilitator", reader.calendar.language) if author in reader.facilitators else "",
        by=_by(entry, reader),
        at=entry["at"],
        time=reader.calendar.moment(moment_of(entry)),
        text=_text(entry, reader),
        gone=gone,
        own=reader.covered.get(entry["seq"], "") if entry.get("covered") else "",
        state=reader.say(N_("Sent")) if mine and young and not gone else "",
        mine=mine,
        notice=notice,
        quote=_quote(by_seq.get(entry.get("reply_to") or 0), reader),
        answers=_answers(entry.get("reactions", {}), reader),
        my_answers=frozenset(key for key, who in entry.get("reactions", {}).items() if reader.id in who),
        answerable=not (mine or notice or gone),
        can_take_back=mine and not gone and young,
        can_put_back=mine and bool(gone) and taken_back and young,
    )


def _by(entry: dict[str, Any], reader: Reader) -> str:
    """Who wrote it down for somebody on the telephone."""
    written_by = (entry.get("data") or {}).get("by_phone")
    return reader.say(BY_PHONE, name=written_by["name"]) if written_by else ""


def _text(entry: dict[str, Any], reader: Reader) -> str:
    language = reader.calendar.language
    return notice_words(entry, language) if entry["kind"] == "notice" else in_words_of(language, entry["text"] or "")


def _why_gone(entry: dict[str, Any], mine: bool, reader: Reader) -> str:
    if entry.get("erased"):
        return reader.say(GONE_ERASED)
    if entry.get("covered"):
        return reader.say(GONE_COVERED_MINE if mine else GONE_COVERED)
    if entry.get("removed_by") != "author":
        return reader.say(GONE_REMOVED)
    return reader.say(GONE_MINE) if mine else reader.say(GONE_BY_AUTHOR, name=entry["author"]["name"])


def _quote(entry: dict[str, Any] | None, reader: Reader) -> Quote | None:
    if entry is None:
        return None
    return Quote(entry["seq"], entry["author"]["name"], _text(entry, reader) or reader.say(GONE_QUOTE))


def _answers(reactions: dict[str, list[str]], reader: Reader) -> list[AnswerLine]:
    lines = []
    for key in PHRASES:
        people = reactions.get(key, [])
        others = [reader.names.get(who) or reader.say(N_("Somebody")) for who in people if who != reader.id]
        if others:
            says = reader.say((MANY_SAY if len(others) > 1 else ONE_SAYS)[key])
            lines.append(AnswerLine(listed(others, reader.calendar.language), says))
        if reader.id in people:
            lines.append(AnswerLine(reader.say(N_("You")), reader.say(I_SAID, phrase=reader.say(PHRASES[key]))))
    return lines
