"""What a backup holds comes back whole, on the same or the other kind of database, and what ended since stays ended."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.foundation import audit, due, journal
from app.foundation.beat import Beat, is_half_restored
from app.foundation.database import Session, open_database
from app.foundation.database.model import Model
from app.foundation.database.whole import read_whole
from app.foundation.journal import JOURNAL, Line
from app.keeping.backup import back_up
from app.keeping.box import Unreadable
from app.keeping.erasing import erase
from app.keeping.restore import Restored, journal_for, restore
from app.messages.removing import put_back, remove
from app.people.actors import SYSTEM, Actor
from app.people.cards import card_for, end_all_sign_ins, issue, revoke
from app.people.consent import agreed_on_paper, state_of, withdraw
from app.people.granting import take_role
from app.people.models import Person
from app.people.signing_in import actor_for, begin, end_sign_in
from app.people.supporting import introduce
from app.problems import NotFound
from app.rooms import supporters
from app.rooms.entries import newest
from app.rooms.finding import room_for
from app.rooms.membership import remove_member
from app.settings import Settings
from tests.support.company import KEY, Company, actor_of
from tests.support.databases import Stores

WORDS = "maple river maple river maple river maple river maple river maple river"


class Keeping:
    """A house with its backup, and an empty place to restore it in."""

    def __init__(self, company: Company, folder: Path, empty: str) -> None:
        self.company = company
        self.here = Settings(data_dir=folder / "here", database_url=company.database.url)
        self.there = Settings(data_dir=folder / "there", database_url=empty)
        self.file = folder / "house.backup"
        self.lines: list[Line] = []
        (folder / "here").mkdir()
        (folder / "here" / "secret").write_bytes(KEY)

    async def back_up(self) -> dict[str, Any]:
        return await back_up(self.here, self.file, WORDS)

    async def restore(self) -> Restored:
        await self.write_journal()
        return await restore(self.there, self.file, WORDS, self.lines)

    async def write_journal(self) -> None:
        """What the worker does, through a real file."""
        database, file = self.company.database, self.here.journal_path
        while row := await database.transaction(due.claim, [JOURNAL]):
            journal.write(file, await database.read(journal.line_of, row))
            await database.transaction(due.done, row)
        self.lines = journal.read(file) if file.exists() else []

    async def after(self, verb: Any, *args: Any) -> Any:
        """What the restored house says."""
        database = open_database(self.there.database)
        try:
            return await database.transaction(verb, *args)
        finally:
            await database.close()


@pytest.fixture(params=["the same kind", "the other kind"])
def kind_there(request: pytest.FixtureRequest, kind: str) -> str:
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[kind]
    return kind if request.param == "the same kind" else other


@pytest.fixture
async def into_nothing(company: Company, kind_there: str, stores: Stores, tmp_path: Path) -> Keeping:
    """Where there is no table yet."""
    return Keeping(company, tmp_path, (await stores.nothing(kind_there)).url)


@pytest.fixture
async def keeping(company: Company, kind_there: str, stores: Stores, tmp_path: Path) -> Keeping:
    """Where a house was opened once, and nobody came."""
    empty = tmp_path / "empty"
    empty.mkdir()
    return Keeping(company, tmp_path, await (await stores.empty(kind_there)).fresh(empty))


def everything(session: Session) -> dict[str, set[str]]:
    """All rows, but for the house's epoch and what tells of the restore itself."""
    own = ("beat", "audit", "audit_head")
    tables = [table for table in Model.metadata.sorted_tables if table.name not in own]
    return {table.name: {str(tuple(row)) for row in session.execute(select(table))} for table in tables}


def epoch(session: Session) -> str:
    return session.scalars(select(Beat.epoch)).one()


async def test_every_row_comes_back_and_the_house_has_a_new_epoch(into_nothing: Keeping):
    keeping, company = into_nothing, into_nothing.company
    await company.say(company.at.rose, 'Ünï\u2028cødé 🏡 \\ "quoted"\nand a second line')
    before = await company.read(everything)
    await keeping.back_up()
    restored = await keeping.restore()
    assert await keeping.after(everything) == before
    assert restored.people == len(before["people"])
    assert await keeping.after(epoch) != await company.read(epoch)
    assert keeping.there.secret_path.read_bytes() == KEY


async def test_the_audit_log_goes_on_and_tells_of_the_restore(keeping: Keeping):
    index = await keeping.back_up()
    await keeping.restore()
    assert await keeping.after(audit.first_broken_link) is None
    newest = select(audit.AuditLink).order_by(audit.AuditLink.number.desc()).limit(1)
    link = await keeping.after(lambda session: session.scalars(newest).one())
    assert (link.did, link.number) == ("restore", index["audit"][0] + 1)
    assert link.details["backup"] == index["id"]


async def test_cards_and_sign_ins_that_ended_since_stay_ended(keeping: Keeping):
    company, at = keeping.company, keeping.company.at
    rose, harold = await company.person(at.rose), await company.person(at.harold)
    lost, kept = [await company.do(issue, at.nora, one, KEY) for one in (rose, harold)]
    stolen, safe = [await company.do(begin, one, KEY) for one in (rose, harold)]
    await keeping.back_up()
    await company.do(lambda session: revoke(session, at.nora, session.merge(lost.card)))
    await company.do(end_sign_in, at.nora, stolen.actor.sign_in_id)
    restored = await keeping.restore()
    assert restored.ended_again == {"card_ended": 1, "sign_in_ended": 1}
    with pytest.raises(NotFound):
        await keeping.after(card_for, lost.code, KEY)
    assert await keeping.after(actor_for, stolen.token, KEY) is None
    assert (await keeping.after(card_for, kept.code, KEY))[1].name == "Harold"
    assert (await keeping.after(actor_for, safe.token, KEY)).name == "Harold"


async def test_roles_places_and_words_taken_away_since_stay_away(keeping: Keeping):
    company, at = keeping.company, keeping.company.at
    said = [await company.say(at.rose, words) for words in ("Please forget this", "This may stay")]
    await keeping.back_up()
    await company.do(lambda session: take_role(session, at.nora, session.get_one(Person, at.asha.id), "responder"))
    await company.do(remove_member, at.fay, at.monday, at.ken.id, "")
    for one in said:
        await company.do(remove, at.rose, at.monday, one.seq)
    await company.do(put_back, at.rose, at.monday, said[1].seq)
    await keeping.restore()
    assert (await keeping.after(asha, at)).roles.names() == []
    with pytest.raises(NotFound):
        await keeping.after(room_for, at.ken, at.monday)
    shown = await keeping.after(seqs_shown, at.monday)
    assert said[1].seq in shown and said[0].seq not in shown


async def test_a_supporter_whom_staff_took_out_since_is_not_let_in_again(keeping: Keeping):
    company, at = keeping.company, keeping.company.at
    support = await company.do(mei_for_rose, at)
    await keeping.back_up()
    await company.do(remove_member, at.fay, at.monday, at.mei.id)
    await keeping.restore()
    await keeping.after(supporters.promise, at.mei, support)
    with pytest.raises(NotFound):
        await keeping.after(room_for, at.mei, at.monday)


def mei_for_rose(session: Session, at: Any) -> str:
    rose, mei = (session.get_one(Person, who.id) for who in (at.rose, at.mei))
    support = introduce(session, at.joan, rose, mei).id
    supporters.want(session, at.rose, support)
    supporters.promise(session, at.mei, support)
    return support


def asha(session: Session, at: Any) -> Actor:
    return actor_of(session, session.get_one(Person, at.asha.id))


def seqs_shown(session: Session, room_id: str) -> list[int]:
    return [entry["seq"] for entry in newest(session, room_id).entries if entry.get("state") != "removed"]


async def test_who_was_erased_or_took_their_agreement_back_since_stays_so(keeping: Keeping):
    company, at = keeping.company, keeping.company.at
    await company.say(at.harold, "The quince is in bloom")
    await company.do(agreed, at.dot)
    await keeping.back_up()
    await company.do(lambda session: erase(session, at.nora, session.get_one(Person, at.harold.id), "Harold"))
    await company.do(withdraw, at.dot)
    assert (await keeping.restore()).ended_again["erased"] == 1
    assert "quince" not in str(await keeping.after(everything)) and "Harold" not in str(await keeping.after(everything))
    assert (await keeping.after(state_of, at.dot.id)).kind == "withdrawn"


def agreed(session: Session, who: Actor) -> None:
    agreed_on_paper(session, SYSTEM, session.get_one(Person, who.id))


async def test_a_second_restore_does_not_do_again_what_the_first_one_did(keeping: Keeping, tmp_path: Path):
    """After a restore places in a book are given anew: an old line must not take words that are innocent."""
    company, at = keeping.company, keeping.company.at
    await keeping.back_up()
    said = await company.say(at.rose, "Please forget this")
    await company.do(remove, at.rose, at.monday, said.seq)
    await keeping.restore()
    database = open_database(keeping.there.database)
    again = Company(database, at, [])
    assert (await again.say(at.rose, "Good morning")).seq == said.seq
    await database.close()
    elsewhere = Settings(data_dir=tmp_path / "elsewhere")
    second = tmp_path / "second.backup"
    await back_up(keeping.there, second, WORDS)
    assert (await restore(elsewhere, second, WORDS, journal.read(keeping.there.journal_path))).ended_again == {}


async def test_the_journal_goes_on_where_the_house_goes_on(keeping: Keeping):
    await keeping.back_up()
    await keeping.company.do(end_sign_ins_of_ken, keeping.company.at)
    await keeping.restore()
    assert journal.read(keeping.there.journal_path) == keeping.lines != []


def end_sign_ins_of_ken(session: Session, at: Any) -> None:
    end_all_sign_ins(session, at.nora, session.get_one(Person, at.ken.id))


async def test_nothing_is_restored_over_people(company: Company, tmp_path: Path):
    keeping = Keeping(company, tmp_path, company.database.url)
    await keeping.back_up()
    before = await company.read(everything)
    with pytest.raises(Unreadable, match="There is a house here"):
        await keeping.restore()
    assert await company.read(everything) == before


async def test_a_journal_that_is_missing_or_of_another_house_is_not_passed_over(keeping: Keeping, tmp_path: Path):
    await keeping.back_up()
    with pytest.raises(Unreadable, match="no journal"):
        journal_for(keeping.file, [tmp_path / "nothing"])
    journal.write(tmp_path / "other", Line("x", "2026-11-22T10:00:00.000Z", "card_ended", "rose", {}, [1, "a"]))
    with pytest.raises(Unreadable, match="does not know of this backup"):
        journal_for(keeping.file, [tmp_path / "other"])
    assert len(journal_for(keeping.file, [tmp_path / "other", keeping.here.journal_path])) == 2


@pytest.mark.parametrize("step", ["journal.carry_on", "end_again"])
async def test_a_restore_that_dies_halfway_lets_nobody_in(keeping: Keeping, monkeypatch: pytest.MonkeyPatch, step: str):
    def die(*anything: object) -> None:
        raise ZeroDivisionError

    await keeping.back_up()
    monkeypatch.setattr(f"app.keeping.restore.{step}", die)
    with pytest.raises(ZeroDivisionError):
        await keeping.restore()
    assert await read_whole(keeping.there.database, is_half_restored)
    with pytest.raises(Unreadable, match="cut short"):
        await keeping.restore()
