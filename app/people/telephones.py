"""Telephone numbers in what people write."""

import re

from app.people.ways import TELEPHONE

A_NUMBER = re.compile(r"\+?\(?[0-9](?:(?:\) ?| ?\(|[ ./-])?[0-9])*")
DIGITS = range(5, 16)
"""Of so many is a telephone number, where other words stand beside it."""


def numbers_in(words: str) -> list[str]:
    """Those that a tap can ring, in "555 0133, in the evening 555 0144"."""
    if re.fullmatch(TELEPHONE, words.strip()):
        return [words.strip()]
    return [found for found in A_NUMBER.findall(words) if sum(sign.isdigit() for sign in found) in DIGITS]
