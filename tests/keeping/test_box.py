"""The file of a backup opens with its passphrase alone, and tells when it is not as it was."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.keeping import box, passphrase
from app.keeping.box import FIRST_LINE, Unreadable, index_of, opened, shut

WORDS = "maple river garden"
LINES = [f'{{"row": {number}, "words": "{"x" * 400}"}}\n'.encode() for number in range(40)]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(box, "PIECE", 64)
    file = tmp_path / "house.backup"
    shut(file, {"id": "b1", "tables": {"people": 2}}, WORDS, iter(LINES))
    return file


def test_what_went_in_comes_out(file: Path):
    assert [line + b"\n" for line in opened(file, WORDS)] == LINES


def test_the_index_is_read_without_the_passphrase(file: Path):
    assert index_of(file)["tables"] == {"people": 2}


def test_the_words_of_the_passphrase_may_be_written_over_several_lines(file: Path):
    assert list(opened(file, "maple river\n  garden\n"))


def test_another_passphrase_opens_nothing(file: Path):
    with pytest.raises(Unreadable, match="passphrase"):
        list(opened(file, "maple river gardens"))


def test_nothing_of_the_content_can_be_read_in_the_file(file: Path):
    assert b"words" not in file.read_bytes()


def change_the_index(content: bytes) -> bytes:
    return content.replace(b'"people": 2', b'"people": 3')


def change_a_byte(content: bytes) -> bytes:
    return content[:-100] + bytes([content[-100] ^ 1]) + content[-99:]


def cut_the_end(content: bytes) -> bytes:
    """At the end of a piece: only the mark of the last one can tell."""
    return content[: content.rindex(len_of_a_piece())]


def lose_a_piece(content: bytes) -> bytes:
    first = content.index(len_of_a_piece())
    second = content.index(len_of_a_piece(), first + 1)
    return content[:first] + content[second:]


def len_of_a_piece() -> bytes:
    return (64 + 16).to_bytes(4, "big")


@pytest.mark.parametrize("meddle", [change_the_index, change_a_byte, cut_the_end, lose_a_piece])
def test_whatever_is_done_to_the_file_is_found(file: Path, meddle: Callable[[bytes], bytes]):
    before = file.read_bytes()
    file.write_bytes(meddle(before))
    assert file.read_bytes() != before
    with pytest.raises(Unreadable):
        list(opened(file, WORDS))


def test_a_file_that_is_no_backup_is_told(tmp_path: Path):
    (tmp_path / "letter").write_text("Dear Rose")
    with pytest.raises(Unreadable, match="not a backup"):
        index_of(tmp_path / "letter")


def test_it_is_for_its_owner_alone_and_never_written_over_another(file: Path):
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        shut(file, {"id": "b2"}, WORDS, iter(LINES))
    assert index_of(file)["id"] == "b1"


def test_what_stops_halfway_leaves_no_backup(tmp_path: Path):
    def stumble():
        yield LINES[0]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shut(tmp_path / "house.backup", {"id": "b1"}, WORDS, stumble())
    assert not (tmp_path / "house.backup").exists()


def test_the_first_line_says_what_it_is(file: Path):
    assert file.read_bytes().startswith(FIRST_LINE)
    assert json.loads(file.read_bytes().splitlines()[1])["id"] == "b1"


def test_a_passphrase_is_twelve_words_for_its_owner_alone(tmp_path: Path):
    passphrase.make(tmp_path / "keys" / "backup-key")
    assert len(passphrase.read(tmp_path / "keys" / "backup-key").split()) == 12
    assert (tmp_path / "keys" / "backup-key").stat().st_mode & 0o077 == 0
    with pytest.raises(Unreadable, match="no passphrase"):
        passphrase.read(tmp_path / "other")
    (tmp_path / "short").write_text("maple river")
    with pytest.raises(Unreadable, match="too short"):
        passphrase.read(tmp_path / "short")
