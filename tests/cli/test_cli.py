"""What an operator types, and the sentence where it cannot be done."""

import json
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app import serving
from app.cli import main
from app.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run `hearthside …` on a house of its own, which is made by whatever needs it."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"HEARTHSIDE_{name.upper()}", raising=False)
    monkeypatch.setenv("HEARTHSIDE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(serving.uvicorn, "run", lambda *args, **options: pytest.fail("it was served all the same"))
    mask = os.umask(0o022)
    yield lambda *words: CliRunner().invoke(main, list(words))
    os.umask(mask)


def refused(result: Result) -> str:
    """The sentence on standard error; nothing else is told."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


def test_several_processes_on_sqlite_stop_with_a_sentence(run: Run):
    sentence = refused(run("serve", "--workers", "2"))
    assert "PostgreSQL and Redis" in sentence and "--workers 1" in sentence


def test_several_processes_without_a_bus_stop_with_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HEARTHSIDE_DATABASE_URL", "postgresql://postgres@127.0.0.1:1/none")
    assert "HEARTHSIDE_REDIS_URL" in refused(run("serve", "--workers", "2"))


def test_a_role_that_is_not_there_stops_with_those_that_are(run: Run):
    sentence = refused(run("invite", "--name", "Sybil", "--role", "queen", "--room", "palace"))
    assert "queen" in sentence and "facilitator" in sentence


@pytest.mark.parametrize("name", ["", "x" * 61])
def test_a_name_that_fits_no_card_stops_with_a_sentence(run: Run, name: str):
    assert refused(run("invite", "--name", name, "--role", "member"))


def test_an_invitation_is_printed_for_people_and_for_programs(run: Run):
    told = run("invite", "--name", "Rose", "--role", "member", "--room", "monday-circle").stdout
    assert told.startswith("Rose\n") and "/card#" in told
    printed = run("invite", "--name", "María", "--role", "member", "--json").stdout
    assert set(json.loads(printed)) == {"card", "url", "person"}


def test_seeded_tokens_are_for_their_owner_alone(run: Run, tmp_path: Path):
    out = tmp_path / "tokens.jsonl"
    told = run("seed", "--rooms", "2", "--members", "1", "--out", str(out)).stdout
    assert told.startswith("4 people in 2 rooms")
    assert len([json.loads(line) for line in out.read_text().splitlines()]) == 4
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_migrating_says_when_it_is_done_and_may_be_repeated(run: Run, tmp_path: Path):
    for _ in range(2):
        assert run("migrate").stdout == "The database is up to date.\n"
    assert [file.name for file in (tmp_path / "data").glob("*.db")] == ["hearthside.db"]


def test_whatever_is_written_is_for_its_owner_alone(run: Run, tmp_path: Path):
    run("migrate")
    files = [tmp_path / "data", *(tmp_path / "data").iterdir()]
    assert not [file for file in files if stat.S_IMODE(file.stat().st_mode) & 0o077]


@pytest.mark.parametrize("command", ["serve", "work", "migrate", "doctor", "invite"])
def test_a_setting_that_cannot_be_used_is_told_by_its_name(run: Run, monkeypatch: pytest.MonkeyPatch, command: str):
    monkeypatch.setenv("HEARTHSIDE_TIMEZONE", "Middle-earth")
    words = ["invite", "--name", "Rose", "--role", "member"] if command == "invite" else [command]
    sentence = refused(run(*words))
    assert sentence.startswith("HEARTHSIDE_TIMEZONE:") and "Europe/Madrid" in sentence


def test_a_restored_backup_begins_a_new_epoch(run: Run, tmp_path: Path):
    def epoch() -> str:
        with closing(sqlite3.connect(tmp_path / "data" / "hearthside.db")) as house:
            return str(house.execute("SELECT epoch FROM beat").fetchone()[0])

    run("migrate")
    before = epoch()
    run("migrate")
    assert epoch() == before
    run("migrate", "--restored")
    assert epoch() != before


def test_the_doctor_marks_what_to_look_at_and_says_so_by_its_exit(run: Run):
    run("migrate")
    result = run("doctor")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert {line.split()[0] for line in lines} == {"ok", "LOOK"}
    assert any(line.startswith("ok") and "database answers" in line for line in lines)


def cut_well(file: Path, links: int) -> None:
    """Whoever owns the file can do this: the tail goes, and the head is turned back to fit."""
    with closing(sqlite3.connect(file, isolation_level=None)) as house:
        for (name,) in house.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            house.execute(f"DROP TRIGGER {name}")
        house.execute("DELETE FROM audit WHERE number > ?", (links,))
        house.execute(
            "UPDATE audit_head SET (number, hash) = (SELECT number, hash FROM audit WHERE number = ?)", (links,)
        )


def test_the_log_is_verified_link_by_link_and_against_what_was_kept_elsewhere(run: Run, tmp_path: Path):
    run("invite", "--name", "Rose", "--role", "member")
    whole = run("verify-audit")
    assert (whole.exit_code, "whole" in whole.stdout) == (0, True)
    file = tmp_path / "data" / "hearthside.db"
    with closing(sqlite3.connect(file)) as house:
        number, hash = house.execute("SELECT number, hash FROM audit_head").fetchone()
    kept = tmp_path / "elsewhere.txt"
    kept.write_text(f"2026-11-22T00:00:00.000Z {number} {hash}\n")
    assert run("verify-audit", "--heads", str(kept)).exit_code == 0
    cut_well(file, number - 1)
    assert run("verify-audit").exit_code == 0, "the file alone cannot tell"
    found = run("verify-audit", "--heads", str(kept))
    assert (found.exit_code, str(number) in found.stdout) == (1, True)
    with closing(sqlite3.connect(file, isolation_level=None)) as house:
        house.execute("UPDATE audit SET who = 'sybil' WHERE number = 1")
    assert "broken at link 1" in run("verify-audit").stdout


def test_a_database_that_is_away_stops_with_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HEARTHSIDE_DATABASE_URL", "postgresql://postgres@127.0.0.1:1/none")
    result = run("invite", "--name", "Rose", "--role", "member")
    assert "Traceback" not in result.stderr and result.exit_code == 2, repr(result.exception)


def test_without_a_word_it_says_what_it_can_do(run: Run):
    told = run().output
    assert all(command in told for command in ("serve", "work", "demo", "invite", "seed", "migrate", "doctor"))
