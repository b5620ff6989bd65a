"""An operator backs up, tries a restore, and restores; each refusal is a sentence, and changes nothing."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import main
from app.foundation import journal
from app.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run `hearthside …` in the data folder of that name."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"HEARTHSIDE_{name.upper()}", raising=False)
    mask = os.umask(0o022)

    def run(folder: str, *words: str) -> Result:
        monkeypatch.setenv("HEARTHSIDE_DATA_DIR", str(tmp_path / folder))
        return CliRunner().invoke(main, list(words))

    yield run
    os.umask(mask)


@pytest.fixture
def file(run: Run, tmp_path: Path) -> Path:
    """The backup of a house with Rose in it."""
    run("here", "invite", "--name", "Rose", "--role", "member")
    made = run("here", "backup", "--to", str(tmp_path / "house.backup"))
    assert made.exit_code == 0, made.output
    assert "1 people" in made.stdout and "nobody can open a backup, not even you" in made.stdout
    return tmp_path / "house.backup"


def refused(result: Result) -> str:
    assert result.exit_code == 2, result.output
    assert result.stdout == "" and "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


def test_the_passphrase_is_made_once_and_then_used(run: Run, file: Path, tmp_path: Path):
    key = (tmp_path / "here" / "backup-key").read_text()
    assert "was made in" not in run("here", "backup", "--to", str(tmp_path / "second.backup")).stdout
    assert (tmp_path / "here" / "backup-key").read_text() == key


def test_a_backup_is_not_written_over_another(run: Run, file: Path):
    assert "is a file" in refused(run("here", "backup", "--to", str(file)))


def test_a_folder_that_is_not_there_is_told(run: Run, file: Path, tmp_path: Path):
    assert "No backup was made." in refused(run("here", "backup", "--to", str(tmp_path / "nowhere" / "x")))


def test_a_house_comes_back_on_an_empty_machine(run: Run, file: Path, tmp_path: Path):
    here = tmp_path / "here"
    told = run("there", "restore", "--from", str(file), "--key", str(here / "backup-key"),
               "--journal", str(here / "journal.jsonl"))  # fmt: skip
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("1 people are back") and "nothing had ended since" in told.stdout
    assert (tmp_path / "there" / "secret").read_bytes() == (here / "secret").read_bytes()
    assert (
        "1 people" in run("there", "backup", "--to", str(tmp_path / "again"), "--key", str(here / "backup-key")).stdout
    )


def test_nothing_is_restored_where_people_live(run: Run, file: Path):
    assert "There is a house here, with 1 people" in refused(run("here", "restore", "--from", str(file)))


def test_a_lost_journal_must_be_said_to_be_lost(run: Run, file: Path, tmp_path: Path):
    words = ["restore", "--from", str(file), "--key", str(tmp_path / "here" / "backup-key")]
    assert "--without-journal" in refused(run("there", *words))
    told = run("there", *words, "--without-journal")
    assert told.exit_code == 0 and "end again what had ended" in told.stdout


def test_a_rehearsal_changes_nothing_leaves_nothing_and_is_noted(run: Run, file: Path, tmp_path: Path):
    told = run("here", "restore", "--from", str(file), "--rehearse")
    assert told.exit_code == 0, told.output
    assert "This backup works: 1 people" in told.stdout
    assert not list((tmp_path / "here").glob("rehearsal-*"))


def test_a_rehearsal_with_another_houses_backup_is_none(run: Run, file: Path, tmp_path: Path):
    run("other", "migrate")
    run("other", "invite", "--name", "Sybil", "--role", "member")
    key = str(tmp_path / "here" / "backup-key")
    assert "another house" in refused(run("other", "restore", "--from", str(file), "--key", key, "--rehearse"))


def test_the_file_is_told_what_is_wrong_with_it(run: Run, file: Path, tmp_path: Path):
    (tmp_path / "letter").write_text("Dear Rose")
    (tmp_path / "wrong").write_text("maple " * 12)
    assert "not a backup" in refused(run("there", "restore", "--from", str(tmp_path / "letter"), "--without-journal",
                                         "--key", str(tmp_path / "wrong")))  # fmt: skip
    assert "passphrase does not open" in refused(run("there", "restore", "--from", str(file), "--without-journal",
                                                     "--key", str(tmp_path / "wrong")))  # fmt: skip
    assert not (tmp_path / "there" / "secret").exists()


def test_the_journal_knows_each_backup(run: Run, file: Path, tmp_path: Path):
    assert [line.what for line in journal.read(tmp_path / "here" / "journal.jsonl")] == ["backup_made"]
