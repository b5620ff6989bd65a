"""The file of a backup: a line that says what it is, an index, and sealed pieces. One passphrase opens it.

    HEARTHSIDE BACKUP 1
    {"id": …, "made_at": …, "tables": {"people": 21, …}, …}      the index: counts, and no names or words
    <length> <sealed piece> <length> <sealed piece> …            AES-256-GCM over what zlib made small

The key comes from the passphrase by scrypt with the salt in the index. Each piece is bound to the index, to its
number and to whether it is the last, so that a piece that was changed, moved, lost or cut off is found.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FIRST_LINE = b"HEARTHSIDE BACKUP 1\n"
PIECE = 1 << 20
LARGEST_PIECE = PIECE + 1024
SCRYPT = {"n": 1 << 15, "r": 8, "p": 1}
SCRYPT_MEMORY = 64 << 20


class Unreadable(Exception):
    """A sentence for the operator: this file, or this passphrase, opens nothing."""


def shut(file: Path, index: dict[str, Any], passphrase: str, plain: Iterable[bytes]) -> None:
    """Write it beside its name, wait for the disk, and only then give it its name. Never over another."""
    index = index | {"salt": os.urandom(16).hex(), "scrypt": SCRYPT}
    told = json.dumps(index, ensure_ascii=True).encode() + b"\n"
    lock = AESGCM(_key(passphrase, index))
    draft = file.with_name(f"{file.name}.part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        target.write(FIRST_LINE + told)
        for number, (piece, last) in enumerate(_pieces(_small(plain))):
            sealed = lock.encrypt(_nonce(number), piece, _bound(told, last))
            target.write(len(sealed).to_bytes(4, "big") + sealed)
        target.flush()
        os.fsync(target.fileno())
    os.link(draft, file)
    draft.unlink()


def index_of(file: Path) -> dict[str, Any]:
    """What the backup says about itself, without its passphrase."""
    with file.open("rb") as source:
        return dict(json.loads(_told(source)))


def opened(file: Path, passphrase: str) -> Iterator[bytes]:
    """Its content, a line each. Raises Unreadable at the first piece that is not as it was."""
    return _lines(_large(_unsealed(file, passphrase)))


def _key(passphrase: str, index: dict[str, Any]) -> bytes:
    words = " ".join(passphrase.split()).encode()
    return hashlib.scrypt(words, salt=bytes.fromhex(index["salt"]), dklen=32, maxmem=SCRYPT_MEMORY, **index["scrypt"])


def _told(source: BinaryIO) -> bytes:
    if source.readline(80) != FIRST_LINE:
        raise Unreadable("This is not a backup of a Hearthside.")
    return source.readline()


def _unsealed(file: Path, passphrase: str) -> Iterator[bytes]:
    with file.open("rb") as source:
        told = _told(source)
        lock = AESGCM(_key(passphrase, json.loads(told)))
        number, last = 0, False
        while not last:
            sealed = source.read(min(int.from_bytes(source.read(4), "big"), LARGEST_PIECE))
            piece, last = _unsealed_piece(lock, number, sealed, told)
            number += 1
            yield piece


def _unsealed_piece(lock: AESGCM, number: int, sealed: bytes, told: bytes) -> tuple[bytes, bool]:
    for last in (False, True):
        try:
            return lock.decrypt(_nonce(number), sealed, _bound(told, last)), last
        except InvalidTag:
            continue
    if number == 0:
        raise Unreadable("That passphrase does not open this backup, or its beginning is damaged.")
    raise Unreadable("This backup is damaged or cut off. Use another one.")


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _bound(told: bytes, last: bool) -> bytes:
    return hashlib.sha256(told).digest() + (b"last" if last else b"more")


def _small(plain: Iterable[bytes]) -> Iterator[bytes]:
    press = zlib.compressobj(6)
    for part in plain:
        yield press.compress(part)
    yield press.flush()


def _large(pieces: Iterator[bytes]) -> Iterator[bytes]:
    swell = zlib.decompressobj()
    for piece in pieces:
        yield swell.decompress(piece)
    yield swell.flush()


def _pieces(parts: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Pieces of one size, and whether it is the last."""
    kept = b""
    for part in parts:
        kept += part
        while len(kept) > PIECE:
            yield kept[:PIECE], False
            kept = kept[PIECE:]
    yield kept, True


def _lines(parts: Iterator[bytes]) -> Iterator[bytes]:
    kept = b""
    for part in parts:
        *whole, kept = (kept + part).split(b"\n")
        yield from whole
    if kept:
        raise Unreadable("This backup ends in the middle of a line. Use another one.")
