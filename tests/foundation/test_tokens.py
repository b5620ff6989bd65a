"""Names nobody can guess, and the key of the house."""

import re
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.foundation.tokens import BrokenKey, house_key, new_id, new_secret, sealed

ASK = (
    "import sys; from pathlib import Path; from app.foundation.tokens import house_key; "
    "sys.stdin.readline(); print(house_key(Path(sys.argv[1])).decode())"
)


def test_ids_fit_the_wire_and_no_two_are_the_same():
    ids = {new_id() for _ in range(5000)}
    assert len(ids) == 5000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{16}", one) for one in ids)


def test_secrets_carry_at_least_128_bits_and_fit_an_address():
    secrets = {new_secret() for _ in range(1000)}
    assert len(secrets) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22,}", one) for one in secrets)


def test_a_seal_depends_on_the_key_and_on_the_secret():
    seals = {sealed(key, secret) for key in (b"one house", b"another") for secret in ("maple", "river")}
    assert len(seals) == 4
    assert sealed(b"one house", "maple") == sealed(b"one house", "maple")
    assert not any("maple" in seal for seal in seals)


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path):
    file = tmp_path / "data" / "secret"
    key = house_key(file)
    assert len(key) == 64
    assert house_key(file) == key == file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file], "no draft is left behind"


def test_a_key_that_is_there_is_left_alone(tmp_path: Path):
    file = tmp_path / "secret"
    file.write_bytes(b"brought along from another machine, long enough")
    assert house_key(file) == b"brought along from another machine, long enough"


@pytest.mark.parametrize("kept", [b"", b"half a k"])
def test_a_damaged_key_is_never_used_nor_replaced(tmp_path: Path, kept: bytes):
    """With another key every card would be dead, and with an empty one every seal could be made by anybody."""
    file = tmp_path / "secret"
    file.write_bytes(kept)
    with pytest.raises(BrokenKey):
        house_key(file)
    assert file.read_bytes() == kept


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path):
    command = [sys.executable, "-c", ASK, str(tmp_path / "secret")]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    with ThreadPoolExecutor(4) as at_once:
        told = list(at_once.map(lambda process: process.communicate("go\n", 60)[0].strip(), processes))
    assert set(told) == {(tmp_path / "secret").read_text()}


def test_threads_that_start_at_once_agree_on_one_key(tmp_path: Path):
    with ThreadPoolExecutor(8) as at_once:
        keys = set(at_once.map(lambda _: house_key(tmp_path / "secret"), range(8)))
    assert keys == {(tmp_path / "secret").read_bytes()}
