"""Sealed words: the database alone tells nobody, and a new key changes no word."""

import stat
from pathlib import Path

import pytest

from app.foundation.sealing import CannotOpen, Seals
from app.foundation.tokens import BrokenKey

KEY_SAFE = "The key is under the blue pot."


def test_what_was_sealed_opens_again_and_only_where_it_belongs(tmp_path: Path):
    seals = Seals(tmp_path / "sealing-keys")
    record = seals.seal("help_sheet:rose", KEY_SAFE)
    assert seals.open("help_sheet:rose", record) == KEY_SAFE
    with pytest.raises(CannotOpen):
        seals.open("help_sheet:harold", record)


def test_a_record_tells_nothing_of_its_words(tmp_path: Path):
    seals = Seals(tmp_path / "sealing-keys")
    records = {seals.seal("a", KEY_SAFE) for _ in range(50)}
    assert len(records) == 50
    assert not any("blue" in record for record in records)


def test_a_record_with_one_letter_changed_does_not_open(tmp_path: Path):
    seals = Seals(tmp_path / "sealing-keys")
    record = seals.seal("a", KEY_SAFE)
    places = range(len(record.partition(".")[0]) + 1, len(record) - 2, 7)
    for place in places:
        other = "A" if record[place] != "A" else "B"
        with pytest.raises(CannotOpen):
            seals.open("a", record[:place] + other + record[place + 1 :])


@pytest.mark.parametrize("record", ["", ".", "..", "a.b.c", "no record"])
def test_what_is_no_record_does_not_open(tmp_path: Path, record: str):
    with pytest.raises(CannotOpen):
        Seals(tmp_path / "sealing-keys").open("a", record)


def test_the_keys_are_made_once_for_their_owner_alone(tmp_path: Path):
    file = tmp_path / "data" / "sealing-keys"
    record = Seals(file).seal("a", KEY_SAFE)
    assert Seals(file).open("a", record) == KEY_SAFE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file], "no draft is left behind"


@pytest.mark.parametrize("kept", [b"", b"\n", b"not a key", b"00" * 31])
def test_damaged_keys_are_never_used_nor_replaced(tmp_path: Path, kept: bytes):
    file = tmp_path / "sealing-keys"
    file.write_bytes(kept)
    with pytest.raises(BrokenKey):
        Seals(file).look()
    assert file.read_bytes() == kept


def test_keys_that_vanish_are_not_replaced_while_we_serve(tmp_path: Path):
    seals = Seals(tmp_path / "sealing-keys")
    record = seals.seal("a", KEY_SAFE)
    seals.path.unlink()
    assert seals.open("a", seals.seal("a", KEY_SAFE)) == seals.open("a", record) == KEY_SAFE
    assert not seals.path.exists()


def test_with_another_houses_keys_nothing_opens(tmp_path: Path):
    record = Seals(tmp_path / "ours").seal("a", KEY_SAFE)
    with pytest.raises(CannotOpen):
        Seals(tmp_path / "theirs").open("a", record)


def test_a_process_that_serves_meanwhile_goes_on_under_the_new_key(tmp_path: Path):
    serving, command = Seals(tmp_path / "sealing-keys"), Seals(tmp_path / "sealing-keys")
    before = serving.seal("a", KEY_SAFE)
    command.add_key()
    after = serving.seal("a", KEY_SAFE)
    assert not command.is_newest(before)
    assert command.is_newest(after)
    assert serving.open("a", command.wrap_again(before)) == command.open("a", before) == KEY_SAFE
    assert stat.S_IMODE(command.path.stat().st_mode) == 0o600


def test_a_key_that_was_dropped_opens_nothing_any_more(tmp_path: Path):
    seals = Seals(tmp_path / "sealing-keys")
    old = seals.seal("a", KEY_SAFE)
    seals.add_key()
    moved = seals.wrap_again(old)
    seals.drop_all_but(1)
    assert seals.open("a", moved) == KEY_SAFE
    with pytest.raises(CannotOpen):
        Seals(seals.path).open("a", old)
