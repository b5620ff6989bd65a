"""`hearthside demo`: a fresh house with people and a week of gentle talk; three cards, and a way in for Nora."""

import asyncio
import os
import signal
import tempfile
from datetime import UTC, datetime
from types import FrameType

import typer

from app import serving
from app.demo_week import Entry, Room, Week, load_week
from app.demo_week import Person as WeekPerson
from app.foundation.clock import later
from app.foundation.database import Session, open_database
from app.foundation.migrating import migrate
from app.foundation.sealing import Seals
from app.foundation.tokens import house_key
from app.inviting import card_url
from app.people import cards, consent, help_sheet
from app.people.actors import SYSTEM
from app.people.granting import give_role
from app.people.joining import add_person
from app.people.models import Person, Site
from app.people.open_house import open_to_all
from app.people.set_up_links import open_at_once
from app.recovering import link_url
from app.rooms import entries, opening
from app.rooms.membership import add_member
from app.settings import Settings

DAY_SECONDS = 24 * 3600
ROOM_ROLES = ("facilitator",)


def run_demo(host: str, port: int) -> None:
    """Make it, print three cards and the way to the staff pages, serve until Ctrl-C, and leave nothing behind."""
    signal.signal(signal.SIGTERM, _end_kindly)
    with tempfile.TemporaryDirectory(prefix="hearthside-demo-") as folder:
        address = serving.here(host, port)
        os.environ |= {
            "HEARTHSIDE_DATA_DIR": folder, "HEARTHSIDE_DATABASE_URL": "", "HEARTHSIDE_REDIS_URL": "",
            "HEARTHSIDE_SECRET_FILE": f"{folder}/secret",
        }  # fmt: skip
        settings = Settings()
        printed = asyncio.run(make_house(settings, address))
        typer.echo(welcome(printed, address))
        serving.serve(settings, host, port, 1, with_worker=True)


def _end_kindly(number: int, frame: FrameType | None) -> None:
    """uvicorn hands the signal on when it has stopped: leave by the door, so that the folder is cleared."""
    raise SystemExit(0)


def welcome(printed: list[tuple[Person, str, str]], address: str) -> str:
    """What a newcomer reads first."""
    lines = ["", "  This is a Hearthside with made-up people. Nothing in it is kept when you stop it.", ""]
    for person, code, url in printed:
        words = [f"    the words on the card   {code}", f"    or open this link       {url}"]
        door = [f"    opens the staff pages   {url}"]
        lines += [f"  {person.name}", *(words if code else door), ""]
    lines += [
        "  Open two of the links in two different browsers (or one in a private window),",
        "  go into Monday Circle with both, and write to each other.",
        f"  The house itself is at {address}. Press Ctrl-C here to stop it.",
        "",
    ]
    return "\n".join(lines)


async def make_house(settings: Settings, address: str) -> list[tuple[Person, str, str]]:
    """Fill a new database; for each printed card the person, the code and the link. Nora's link needs no card."""
    await migrate(settings.database)
    database = open_database(settings.database)
    try:
        return await database.transaction(fill, settings, house_key(settings.secret_path), address, load_week())
    finally:
        await database.close()


def fill(session: Session, settings: Settings, key: bytes, address: str, week: Week) -> list[tuple[Person, str, str]]:
    open_to_all(session)
    site = session.get_one(Site, 1)
    site.name, site.helper_name, site.helper_phone, site.helper_hours = (
        "Elm House",
        "Joan",
        "555 0100",
        "9 to 5",
    )
    people = {one.name: _person(session, one, Seals(settings.sealing_path)) for one in week.person}
    now = datetime.now(UTC).astimezone()
    for room in week.room:
        _room(session, room, people, now)
    printed = []
    for name in week.cards_for():
        issued = cards.issue(session, SYSTEM, people[name], key)
        if issued.card.expires_at:
            issued.card.expires_at = later(DAY_SECONDS)  # type: ignore[assignment]
        printed.append((people[name], issued.code, card_url(address, issued.secret)))
    for keeper in [people[one.name] for one in week.person if "admin" in one.roles][:1]:
        printed.append((keeper, "", link_url(address, open_at_once(session, SYSTEM, keeper, key))))
    return printed


def _person(session: Session, one: WeekPerson, seals: Seals) -> Person:
    person = add_person(session, SYSTEM, one.name, roles=tuple(r for r in one.roles if r not in ROOM_ROLES))
    consent.agreed_on_paper(session, SYSTEM, person)
    person.letters, person.contrast = one.letters, one.contrast
    if one.sheet:
        help_sheet.fill_in_for(session, SYSTEM, person, one.sheet, seals)
    return person


def _room(session: Session, told: Room, people: dict[str, Person], now: datetime) -> None:
    if told.kind == "pair":
        member, mentor = told.people
        room = opening.put_together(session, SYSTEM, people[member], people[mentor])
    else:
        room = opening.make_room(session, SYSTEM, told.title, told.kind, told.slug)
        for name in sorted(told.everyone):
            add_member(session, SYSTEM, room, people[name])
        for name in told.facilitators:
            give_role(session, SYSTEM, people[name], "facilitator", room.id)
    books = entries.lock(session, [room.id])
    seqs: dict[str, int] = {}
    for entry in told.entry:
        seqs[entry.key or f"entry {len(seqs)}"] = _entry(session, books, room.id, entry, people, seqs, now)


def _entry(
    session: Session, books: dict[str, entries.Book], room_id: str, entry: Entry,
    people: dict[str, Person], seqs: dict[str, int], now: datetime,
) -> int:  # fmt: skip
    book = books[room_id]
    book.now = entry.said_at(now).astimezone(UTC)
    author = people[entry.by]
    new = entries.NewEntry(
        room_id, author.id, author.name, entry.text, kind=entry.kind, reply_to=seqs.get(entry.reply_to),
        data={"what": entry.what} if entry.kind == "notice" else None,
    )  # fmt: skip
    seq = entries.append(session, books, [new])[0].seq
    if entry.reactions:
        said = {phrase: [people[name].id for name in names] for phrase, names in entry.reactions.items()}
        entries.change(session, book, seq, reactions=said)
    if entry.removed:
        entries.change(session, book, seq, removed_at=book.now, removed_by=author.id)
    return seq
