"""Sealing: words that are kept so that the database alone cannot tell them. AES-256-GCM.

Each record has a data key of its own, and that key is wrapped by the newest key of a key file that lies outside the
database. A copy of the database, or of a backup of it, opens nothing. `rotate` puts a new key into the file and wraps
every data key again; no words are read for it.
"""

import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, Text, select, types, update

from app.foundation import audit
from app.foundation.database.model import Model
from app.foundation.database.session import Session
from app.foundation.tokens import BrokenKey, new_id, private_file, write_down

KEY_BYTES, NONCE_BYTES = 32, 12


class SealedWords(types.TypeDecorator[str]):
    """A column that holds only records made by `Seals.seal`: rotating finds it by this type."""

    impl = Text
    cache_ok = True


class CannotOpen(Exception):
    """The record was sealed about something else, was changed, or its key is not in the key file."""


class Seals:
    """The keys of one key file, newest first.

    `about` names what a record belongs to, such as `help_sheet:<person>`: moved to another row, it opens no more.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._content: bytes | None = None
        self._keys: dict[str, bytes] = {}

    def look(self) -> None:
        """Read the file again if a command rotated it as we serve. Missing, it is made once, at the start alone."""
        if self._content is not None and not self.path.exists():
            return
        content = private_file(self.path, lambda: _lines([secrets.token_bytes(KEY_BYTES)]))
        if content != self._content:
            self._keys = {_name(key): key for key in self._parsed(content)}
            self._content = content

    def seal(self, about: str, words: str) -> str:
        self.look()
        data_key = AESGCM.generate_key(256)
        return ".".join([*self._wrapped(data_key), _shut(data_key, words.encode(), about)])

    def open(self, about: str, record: str) -> str:
        return _opened(self._data_key(record), record.rpartition(".")[2], about).decode()

    def wrap_again(self, record: str) -> str:
        """The same sealed words, their data key under the newest key."""
        return ".".join([*self._wrapped(self._data_key(record)), record.rpartition(".")[2]])

    def is_newest(self, record: str) -> bool:
        self.look()
        return record.partition(".")[0] == next(iter(self._keys))

    def add_key(self) -> None:
        """A new newest key. The one before stays, as another process may be sealing with it at this moment."""
        self.look()
        self._write([secrets.token_bytes(KEY_BYTES), *self._keys.values()])

    def drop_all_but(self, count: int) -> None:
        """Forget all keys but the newest ones: what is still under the others can never be opened again."""
        self._write(list(self._keys.values())[:count])

    def _write(self, keys: list[bytes]) -> None:
        draft = self.path.with_name(f"{self.path.name}.{new_id()}")
        write_down(draft, _lines(keys))
        os.replace(draft, self.path)
        self.look()

    def _wrapped(self, data_key: bytes) -> tuple[str, str]:
        name, key = next(iter(self._keys.items()))
        return name, _shut(key, data_key, name)

    def _data_key(self, record: str) -> bytes:
        name, _, rest = record.partition(".")
        if name not in self._keys:
            self.look()
        if name not in self._keys:
            raise CannotOpen()
        return _opened(self._keys[name], rest.partition(".")[0], name)

    def _parsed(self, content: bytes) -> list[bytes]:
        try:
            keys = [bytes.fromhex(line.decode()) for line in content.split()]
        except ValueError:
            keys = []
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise BrokenKey(f"The keys in {self.path} are damaged. Put them back: sealed words need them.")
        return keys


def rotate(session: Session, seals: Seals) -> int:
    """Wrap the data key of every record in every sealed column with the newest key. How many were wrapped."""
    columns = [column for table in Model.metadata.sorted_tables for column in table.columns]
    count = sum(_wrap_column(session, seals, one) for one in columns if isinstance(one.type, SealedWords))
    audit.record(session, "system", "rotate_sealing_keys", count=count)
    return count


def _wrap_column(session: Session, seals: Seals, column: Column[str]) -> int:
    rows = session.execute(select(*column.table.primary_key, column).where(column != "").with_for_update()).all()
    old = [row for row in rows if not seals.is_newest(row[-1])]
    for row in old:
        this = [key == value for key, value in zip(column.table.primary_key, row[:-1], strict=True)]
        session.execute(update(column.table).where(*this).values({column: seals.wrap_again(row[-1])}))
    return len(old)


def _lines(keys: list[bytes]) -> bytes:
    return b"".join(key.hex().encode() + b"\n" for key in keys)


def _name(key: bytes) -> str:
    return sha256(b"hearthside sealing key" + key).hexdigest()[:12]


def _shut(key: bytes, plain: bytes, about: str) -> str:
    nonce = os.urandom(NONCE_BYTES)
    return urlsafe_b64encode(nonce + AESGCM(key).encrypt(nonce, plain, about.encode())).decode()


def _opened(key: bytes, shut: str, about: str) -> bytes:
    try:
        sealed = urlsafe_b64decode(shut)
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode())
    except (InvalidTag, ValueError) as trouble:
        raise CannotOpen() from trouble
