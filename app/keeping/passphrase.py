"""The passphrase of the backups: twelve common words that can be written on paper, kept in a file of the operator's."""

import secrets
from pathlib import Path

from app.foundation.tokens import write_down
from app.keeping.box import Unreadable
from app.people.cards import card_words

WORDS = 12
"""Of 512 words each: 108 bits."""


def make(file: Path) -> None:
    """A new passphrase, readable by its owner alone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    words = " ".join(secrets.choice(card_words()) for _ in range(WORDS))
    write_down(file, f"{words}\n".encode())


def read(file: Path) -> str:
    if not file.exists():
        raise Unreadable(f"There is no passphrase in {file}. Put the file there, or name it with --key.")
    if len(words := file.read_text("utf-8").split()) < WORDS:
        raise Unreadable(f"The passphrase in {file} is too short: twelve words, such as `hearthside backup` makes.")
    return " ".join(words)
