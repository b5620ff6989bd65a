"""hearthside: everything an operator does. Thin: each command calls the verbs that the pages call."""

import asyncio
import json
import os
from pathlib import Path
from typing import Annotated

import typer

from app import cli_keeping, cli_screening, inviting, recovering, seeding, serving, worker
from app import doctor as doctoring
from app.demo import run_demo
from app.foundation import logs
from app.foundation.beat import begin_new_epoch
from app.foundation.sealing import Seals
from app.foundation.sealing import rotate as rotate_seals
from app.keeping import verifying
from app.operating import bring_up_to_date, read_settings, run, run_each, stop

main = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
FIRST_ADMINISTRATOR = """
  No administrator of this house can sign in yet. Open this link within a day and become the first:
    {link}
"""


@main.callback()
def keep_files_private() -> None:
    """Whatever this program writes, others on the machine cannot read."""
    os.umask(0o077)


@main.command()
def serve(
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 1,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Leave the worker's jobs to `work`.")] = False,
) -> None:
    """Bring the database up to date and serve."""
    settings = read_settings()
    if sentence := serving.why_not(settings, workers):
        stop(sentence)
    if link := run(recovering.first_link, serving.here(host, port)):
        typer.echo(FIRST_ADMINISTRATOR.format(link=link))
    serving.serve(settings, host, port, workers, with_worker=not no_worker)


@main.command()
def recover(
    name: Annotated[str, typer.Option(help="Whose sign-in is lost, as their name is shown.")],
    person: Annotated[str, typer.Option(help="Their id, where two people bear one name.")] = "",
) -> None:
    """Print a link with which somebody of the staff sets up a new sign-in. Older ways of theirs end when it is used."""
    who, link = run(recovering.recover, name, person)
    typer.echo(f"{who} can set up a new sign-in with this link, once, within 15 minutes:\n  {link}")


@main.command()
def work() -> None:
    """Do the worker's jobs alone, beside servers started with --no-worker."""
    settings = read_settings()
    logs.begin(settings.log_level)
    asyncio.run(worker.work_alone(settings))


@main.command()
def demo(host: str = "127.0.0.1", port: int = 8000) -> None:
    """A fresh house filled with people and a week of talk, served on this machine."""
    run_demo(host, port)


@main.command()
def migrate(
    restored: Annotated[bool, typer.Option("--restored", help="A backup was put back: tablets read afresh.")] = False,
) -> None:
    """Bring the database to this release; an SQLite file is copied first."""
    bring_up_to_date(read_settings())
    if restored:
        run(lambda session, settings, key: begin_new_epoch(session))
    typer.echo("The database is up to date.")


@main.command()
def rotate() -> None:
    """A new key for what is sealed; everything is under it afterwards."""
    seals = Seals(read_settings().sealing_path)
    seals.add_key()
    count = run(lambda session, settings, key: rotate_seals(session, seals))
    seals.drop_all_but(2)
    typer.echo(f"A new sealing key is in use, and {count} sealed records are under it. Keep a copy of {seals.path}.")


@main.command()
def invite(
    name: Annotated[str, typer.Option(help="The name shown to others.")],
    role: Annotated[list[str], typer.Option(help="May be given several times.")],
    room: Annotated[list[str] | None, typer.Option(help="A room's short name; made if it is not there.")] = None,
    on_paper: Annotated[bool, typer.Option("--agreed-on-paper", help="They have agreed to be here, on paper.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON.")] = False,
) -> None:
    """Make a person and their card, and the room where it does not exist yet."""
    made = run(inviting.invite, name, tuple(role), tuple(room or ()), on_paper)
    if as_json:
        typer.echo(json.dumps(made, ensure_ascii=False))
    else:
        typer.echo(f"{name}\n  code  {made['card']}\n  link  {made['url']}")
        if not read_settings().public_url:
            typer.echo("  (The link is for a house at http://localhost:8000. Elsewhere set HEARTHSIDE_PUBLIC_URL.)")


@main.command()
def seed(
    rooms: int = 1,
    members: int = 20,
    out: Annotated[Path, typer.Option(help="One line of JSON for each person.")] = Path("tokens.jsonl"),
    no_limits: Annotated[bool, typer.Option("--no-limits", help="Exempt from too_fast: for load tests only.")] = False,
) -> None:
    """Make rooms full of people and sign them in, for load tests."""
    seeded = run_each(seeding.seed_room, [(members, no_limits)] * rooms)
    lines = [line for room in seeded for line in room]
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
    typer.echo(f"{len(lines)} people in {rooms} rooms: {out}")


@main.command()
def doctor() -> None:
    """Look at this house as an operator would, and say what to mend."""
    findings = asyncio.run(doctoring.examine(read_settings()))
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.well else 'LOOK'}  {finding.sentence}")
    raise typer.Exit(0 if all(finding.well for finding in findings) else 1)


@main.command()
def verify_audit(
    heads: Annotated[
        Path | None, typer.Option(help="Heads kept elsewhere: a time, a number and a hash a line.")
    ] = None,
) -> None:
    """Walk the log of staff acts, and hold it against the heads that were kept outside the database."""
    verified = asyncio.run(verifying.verify_at(read_settings(), heads))
    typer.echo(verified.sentence)
    raise typer.Exit(0 if verified.well else 1)


main.command("screen")(cli_screening.screen_lines)
main.command()(cli_keeping.backup)
main.command()(cli_keeping.restore)


if __name__ == "__main__":
    main()
