"""Telephone numbers in what people write. Better none than a wrong one: the words themselves stand beside it."""

import re

from app.people.ways import TELEPHONE

A_NUMBER = re.compile(r"\+?\(?[0-9](?:(?:\) ?| ?\(|[ ./-])?[0-9])*")
SHORTEST, LONGEST, LONGEST_AT_HOME = 5, 15, 13
"""In digits: where other words stand beside it; with its country before it; without."""
WHOLE = 7
"""So many on both sides of a stroke are two numbers; fewer are the number of a town, 030/123456."""
HOUR = r"(?:[01]?[0-9]|2[0-4])"
HOURS = re.compile(rf" {HOUR} ?- ?{HOUR}\Z")
ONE_FIGURE = re.compile(r"(?<=[0-9]{2})(?:[ -][0-9]){1,2}\Z")
SHORT_END = re.compile(r"[ -][0-9]{1,2}\Z")
GOES_ON = re.compile(
    r"\s?(?:[ap]\.?m|hs?|hrs?|st|nd|rd|th)\b|[ºª]|:[0-9]|\s(?:to|till|until|a|hasta)\s[0-9]|\s?[–—]\s?[0-9]", re.I
)
"""What follows the figures of an hour or a floor: 9am, 2nd, 10:00, 10 to 12."""


def numbers_in(words: str) -> list[str]:
    """Those that a tap can ring, in "555 0133, in the evening 555 0144"."""
    whole = words.strip()
    if re.fullmatch(TELEPHONE, whole) and (alone := _numbers(whole, "", shortest=3)):
        return alone
    pieces = [_numbers(found.group(), words[found.end() :], shortest=SHORTEST) for found in A_NUMBER.finditer(words)]
    return [number for piece in pieces for number in piece]


def _numbers(found: str, after: str, *, shortest: int) -> list[str]:
    apart = [part for piece in re.split(r"\s+/\s*|/\s+", found) for part in _at_strokes(piece)]
    fits = []
    for number, one in enumerate(apart, 1):
        kept = _without_hours(one, after if number == len(apart) else "")
        longest = LONGEST if kept.startswith(("+", "00")) else LONGEST_AT_HOME
        if (shortest if kept == one else SHORTEST) <= _digits(kept) <= longest:
            fits.append(kept)
    return fits


def _at_strokes(found: str) -> list[str]:
    parts = found.split("/")
    return parts if all(_digits(part) >= WHOLE for part in parts) else [found]


def _without_hours(found: str, after: str) -> str:
    found = HOURS.sub("", found)
    if GOES_ON.match(after):
        found = SHORT_END.sub("", found)
    return ONE_FIGURE.sub("", found)


def _digits(words: str) -> int:
    return sum(sign.isdigit() for sign in words)
