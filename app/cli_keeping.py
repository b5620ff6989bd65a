"""hearthside backup and restore."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from app.foundation import audit
from app.foundation.database import Session
from app.keeping import backup as backing_up
from app.keeping import passphrase, rehearsal
from app.keeping import restore as restoring
from app.keeping.box import Unreadable
from app.keeping.checks import MADE, RESTORED, checked
from app.operating import read_settings, run, stop
from app.people.actors import SYSTEM
from app.settings import Settings

KEY = typer.Option(help="The file with the passphrase; `backup-key` in the data folder unless named.")
ENDED = {
    "card_ended": "a card", "cards_ended": "all of a person's cards", "sign_in_ended": "a sign-in",
    "sign_ins_ended": "all of a person's sign-ins", "role_taken": "a role", "member_removed": "a place in a room",
    "words_removed": "words taken back or removed", "words_put_back": "words put back",
}  # fmt: skip


def backup(
    to: Annotated[Path, typer.Option("--to", help="The new file; never over another.")],
    key: Annotated[Path | None, KEY] = None,
) -> None:
    """Write all that this house is into one sealed file, while it goes on."""
    settings = read_settings()
    key = key or settings.data_dir / "backup-key"
    if not key.exists():
        passphrase.make(key)
        typer.echo(f"A passphrase of twelve words was made in {key}. Write it on paper now.")
    try:
        index = asyncio.run(backing_up.back_up(settings, to, passphrase.read(key)))
    except (Unreadable, OSError) as trouble:
        stop(f"No backup was made. {trouble}")
    run(note, MADE, index["id"])
    typer.echo(f"{to}: {index['tables']['people']} people, {index['tables']['entries']} entries, {index['made_at']}.")
    typer.echo(f"Keep {to.name}, the passphrase in {key} and {settings.journal_path} away from this machine,")
    typer.echo("and not all in one place. Without the passphrase nobody can open a backup, not even you.")


def restore(
    file: Annotated[Path, typer.Option("--from", help="The backup.")],
    key: Annotated[Path | None, KEY] = None,
    journals: Annotated[
        list[Path] | None, typer.Option("--journal", help="The journal beside the data; may be given several times.")
    ] = None,
    without_journal: Annotated[
        bool, typer.Option("--without-journal", help="It is lost: what ended since the backup is alive again.")
    ] = False,
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Only try it, in a folder that is thrown away, and note that it works.")
    ] = False,
) -> None:
    """Make a house again from a backup, in an empty folder or database."""
    settings = read_settings()
    try:
        words = passphrase.read(key or settings.data_dir / "backup-key")
        if rehearse:
            back = asyncio.run(rehearsal.rehearse(settings, file, words))
        else:
            lines = [] if without_journal else restoring.journal_for(file, journals or [settings.journal_path])
            back = asyncio.run(restoring.restore(settings, file, words, lines))
    except (Unreadable, OSError) as trouble:
        stop(f"Nothing was restored. {trouble}")
    run(note, RESTORED, "")
    if rehearse:
        typer.echo(f"This backup works: {back.people} people, as they were at {back.made_at}. Nothing was changed.")
    else:
        typer.echo(f"{back.people} people are back, as they were at {back.made_at}. Tablets will read all afresh.")
        typer.echo(told(back.ended_again, without_journal))


def told(ended: Counter[str], without_journal: bool) -> str:
    if without_journal:
        return "Without the journal: look at cards, sign-ins, roles and erased people, and end again what had ended."
    if not ended:
        return "By the journal nothing had ended since."
    lines = [f"  {count} × {ENDED.get(what, what.replace('_', ' '))}" for what, count in sorted(ended.items())]
    return "\n".join(["Done again by the journal:", *lines])


def note(session: Session, settings: Settings, key: bytes, what: str, backup: str) -> None:
    """The page Ready to open asks for it, and the audit log tells of it."""
    checked(session, SYSTEM, what)
    audit.record(session, SYSTEM.id, what, backup=backup)
