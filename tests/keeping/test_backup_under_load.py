"""A house is backed up while people talk, and comes back on an empty machine: both stacks, real servers."""

import asyncio
from pathlib import Path

import pytest

from app.foundation import journal
from tests.conftest import STACKS
from tests.support.circle import Circle
from tests.support.client import Live, new_ref
from tests.support.house import House
from tests.support.houses import Houses
from tests.support.person import Person
from tests.support.waiting import until

TALKERS = 4
BEFORE, DURING = 20, 8
"""Words of each talker that are acknowledged before the backup begins, and at the least while it is made."""


class Talk:
    """Everybody talks without a pause, and keeps the ref of every word that was acknowledged."""

    def __init__(self, circle: Circle) -> None:
        self.circle = circle
        self.said: dict[str, int] = {}
        self.over = asyncio.Event()
        self.each = [0] * TALKERS

    async def talk(self, number: int, live: Live) -> None:
        while not self.over.is_set():
            ref = new_ref()
            answer = await live.say(self.circle.id, f"Word {self.each[number]} of {number}", ref=ref)
            assert answer["type"] == "said", answer
            self.said[ref] = answer["seq"]
            self.each[number] += 1

    async def have_said(self, more: int) -> None:
        goals = [count + more for count in self.each]

        async def far_enough() -> bool:
            return all(have >= goal for have, goal in zip(self.each, goals, strict=True))

        await until(far_enough, what="they talked")


@pytest.mark.faults
@pytest.mark.parametrize("stack", STACKS)
async def test_a_backup_made_while_people_talk_brings_back_all_that_was_acknowledged(
    stack: str, houses: Houses, tmp_path: Path
):
    house = await houses.open(stack)
    circle = await house.circle(no_limits=True)
    lives = await circle.enter(*circle.members)
    talk = Talk(circle)
    talking = [asyncio.create_task(talk.talk(number, live)) for number, live in enumerate(lives)]
    await talk.have_said(BEFORE)
    known = lives[0].heard("opened")[0]["version"], lives[0].heard("welcome")[0]["epoch"]
    acknowledged = dict(talk.said)
    backing_up = asyncio.create_task(house.command("backup", "--to", str(tmp_path / "house.backup")))
    await talk.have_said(DURING)
    await backing_up
    talk.over.set()
    await asyncio.gather(*talking)
    ended = await end_things(house, circle)
    await house.hang_up()
    for server in house.servers:
        server.kill()

    there = await back_on_an_empty_machine(houses, house, tmp_path / "house.backup", stack)
    rose = Person(there, "Rose", circle.rose.token)
    book = {entry["ref"]: entry["seq"] for entry in await rose.history(circle.id)}
    assert acknowledged.items() <= book.items()
    assert sorted(book.values()) == list(range(1, len(book) + 1)), "places without a gap"
    await she_starts_afresh(rose, circle.id, *known)
    assert (await Person(there, "Dot", ended).get("/api/me")).status_code == 401
    await there.hang_up()


async def end_things(house: House, circle: Circle) -> str:
    """After the backup Dot's sign-in is ended; the worker writes it into the journal."""
    answer = await circle.dot.post("/api/sign-out")
    assert answer.is_success, answer.text
    file = Path(house.settings["HEARTHSIDE_DATA_DIR"]) / "journal.jsonl"

    async def written() -> bool:
        return any(line.what == "sign_in_ended" for line in journal.read(file))

    await until(written, what="it is in the journal")
    return circle.dot.token


async def back_on_an_empty_machine(houses: Houses, house: House, file: Path, stack: str) -> House:
    there, data = await houses.build(stack), Path(house.settings["HEARTHSIDE_DATA_DIR"])
    keys = ["--key", str(data / "backup-key"), "--journal", str(data / "journal.jsonl")]
    told = await there.command("restore", "--from", str(file), *keys)
    assert "1 × a sign-in" in told
    await there.open_doors()
    return there


async def she_starts_afresh(rose: Person, room: str, version: int, epoch: str) -> None:
    """Her tablet comes back with what it knew: it is told to forget the room, and talk goes on."""
    live = await rose.connect()
    assert (await live.expect("welcome"))["epoch"] != epoch
    opened = await live.open(room, after=version, epoch=epoch)
    assert opened["reset"] is True
    assert (await live.say(room, "I am back"))["type"] == "said"
