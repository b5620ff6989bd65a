"""A text as the rules see it: folded, split into sentences of tokens, each traceable to the writer's own words."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

ASCII = 128
STOP, COMMA, OWNED = ".", ",", "'s"
POINT = "\x01"
"""Stands for the point inside a number, which ends no sentence."""
BREAKS = {sign: f" {STOP} " for sign in ".!?;…\n\r\u2028\u2029¡¿。！？"}
CLAUSES = {sign: f" {COMMA} " for sign in ",，、"}
QUOTES = dict.fromkeys("’‘`´ʼ′\u2032\uff07", "'")
SPACES = dict.fromkeys('"“”„«»()[]{}<>*_~#|\\/+=^@%:-–—−‐‑‒•·\u00a0\u200b\u200c\u200d\ufeff\ufe0f', " ")
FOLDED = str.maketrans({**BREAKS, **CLAUSES, **QUOTES, **SPACES, "&": " and ", "ß": "ss", "æ": "ae", "œ": "oe"})
ASCII_FOLDED = str.maketrans(
    {sign: to for sign, to in {**dict.fromkeys(BREAKS, STOP), **QUOTES, **SPACES}.items() if sign.isascii()}
)
SPELT_OUT = ((STOP, f" {STOP} "), (COMMA, f" {COMMA} "), ("&", " and "))


@dataclass(frozen=True, slots=True)
class Reader:
    """How one language is read. `spelling` maps a token to what it stands for; `slips` a mistyped form to its word."""

    spelling: Mapping[str, tuple[str, ...]]
    signs: Mapping[int, str]
    known: frozenset[str]
    slips: Mapping[str, str]

    def tokens(self, text: str) -> list[str]:
        """Every token of the text in order; STOP ends a sentence, COMMA a clause."""
        read: list[str] = []
        spelling, known = self.spelling, self.known
        for raw in fold(without_points(text), self.signs).split():
            if raw in spelling:
                read += spelling[raw]
            elif raw in known or raw.isdigit():
                read.append(raw)
            else:
                read += self._guess(raw)
        return read

    def places(self, text: str) -> list[tuple[int, int]]:
        """For each of `tokens` where it stands in the text: its first character, and the one after its last."""
        found: list[tuple[int, int]] = []
        for raw, first, last in _raw_places(text, self.signs):
            found += [(first, last)] * len(self.spell(raw))
        return found

    def spell(self, raw: str) -> tuple[str, ...]:
        if raw in self.spelling:
            return self.spelling[raw]
        return (raw,) if raw in self.known or raw.isdigit() else self._guess(raw)

    def _guess(self, raw: str) -> tuple[str, ...]:
        """A word the rules do not know: a number with a point, owning something, quoted, drawn out, one letter off."""
        if POINT in raw:
            return (raw.partition(POINT)[0] or raw,)
        if raw.endswith(OWNED) and len(raw) > len(OWNED):
            return (*self.spell(raw.removesuffix(OWNED)), OWNED)
        word = raw.strip("'") or raw
        if word != raw and (word in self.known or word in self.spelling):
            return self.spelling.get(word, (word,))
        for shorter in _shorter(word):
            if shorter in self.known or shorter in self.spelling:
                return self.spelling.get(shorter, (shorter,))
        if len(word) > 5 and (meant := self._meant(word)):
            return (meant,)
        return (word,)

    def _meant(self, word: str) -> str | None:
        """The word that was meant by one with a letter missing, added, changed or swapped."""
        slips = self.slips
        if word in slips:
            return slips[word]
        for place in range(1, len(word)):
            if (less := word[:place] + word[place + 1 :]) in slips and one_slip(word, slips[less]):
                return slips[less]
        return None


def fold(text: str, signs: Mapping[int, str]) -> str:
    """Small letters, no accents, one kind of quote, signs that stand for words spelt out; character by character."""
    for number, word in signs.items():
        if number < ASCII and (sign := chr(number)) in text:
            text = text.replace(sign, word)
    if text.isascii():
        text = text.lower().translate(ASCII_FOLDED)
        for sign, spelt in SPELT_OUT:
            text = text.replace(sign, spelt)
        return text
    text = unicodedata.normalize("NFKD", text.translate(signs))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return text.casefold().translate(FOLDED)


def without_points(text: str) -> str:
    """The text with a sign that ends no sentence in place of the point inside each number, character by character."""
    at = text.find(STOP)
    while at >= 0:
        if at and text[at - 1].isdigit() and text[at + 1 : at + 2].isdigit():
            text = text[:at] + POINT + text[at + 1 :]
        at = text.find(STOP, at + 1)
    return text


def forms_with_a_letter_less(word: str) -> list[str]:
    """What a slip leaves of a word, its first letter kept."""
    return [word[:place] + word[place + 1 :] for place in range(1, len(word))]


def one_slip(wrote: str, meant: str) -> bool:
    """Whether one letter was missed, added, changed, or two neighbours were swapped."""
    if abs(len(wrote) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(wrote), len(meant)) and wrote[start] == meant[start]:
        start += 1
    a, b = wrote[start:], meant[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _shorter(word: str) -> list[str]:
    """A drawn-out word with its runs cut to two letters, and to one."""
    two: list[str] = []
    for sign in word:
        if two[-2:] != [sign, sign]:
            two.append(sign)
    if len(two) == len(word):
        return []
    one = [sign for place, sign in enumerate(two) if place == 0 or two[place - 1] != sign]
    return ["".join(two), "".join(one)]


def _raw_places(text: str, signs: Mapping[int, str]) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    word, first, last = "", 0, 0
    for place, sign in enumerate(without_points(text)):
        for part in fold(sign, signs):
            if part.isspace():
                if word:
                    found.append((word, first, last))
                word = ""
            else:
                first = first if word else place
                word, last = word + part, place + 1
    return [*found, (word, first, last)] if word else found
