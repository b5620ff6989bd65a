"""Text as it is kept: composed (NFC), one kind of line break, no control characters, no loose surrogates."""

import re
import unicodedata

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
SURROGATES = re.compile("[\ud800-\udfff]")
BIDI_CONTROLS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """What somebody wrote, fit to be stored and shown; what nobody can see is nothing."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = SURROGATES.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = unicodedata.normalize("NFC", CONTROLS.sub("", text)).strip()
    return kept if any(unicodedata.category(sign)[0] not in "CZ" for sign in kept) else ""


def clean_name(name: str) -> str:
    """A name on one line, without characters that turn the text around it."""
    return " ".join(clean(BIDI_CONTROLS.sub("", name)).split())
