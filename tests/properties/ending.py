"""How every story ends: everything calms down, and then everybody knows the same, and it is true."""

from typing import Any

from app.foundation.database import Session
from app.rooms import entries, presence
from tests.properties.air import Line
from tests.properties.model.lines import Room, heard
from tests.properties.world import World

HARMED = {"database_away", "mending_put_off", "repair_gave_up"}


async def end_well(world: World) -> None:
    """Nothing more goes wrong, what is on the bus is lost, each process sweeps twice: that must be enough."""
    for process in world.processes:
        process.behave()
    await world.settle()
    for tablet in world.tablets:
        if tablet.socket:
            tablet.socket.wire.outbox.resume()
    await world.settle()
    await _count_who_is_here(world)
    lost = world.air.lose_all()
    for _ in range(2):
        for process in world.processes:
            world.start(process.sweep())
            await world.settle()
    await _require_truth(world)
    await _after_all_arrives_late(world, lost)


async def _count_who_is_here(world: World) -> None:
    for process in world.processes:
        world.start(process.live.here.refresh())
        world.start(process.note_presence())
        await world.settle()


async def _after_all_arrives_late(world: World, lost: list[tuple[Line, bytes]]) -> None:
    """What the bus brings long after changes nothing."""
    for line, message in lost:
        line.heard(message)
    await world.settle()
    await _require_truth(world)


async def _require_truth(world: World) -> None:
    store = world.processes[0].store
    for room in world.rooms:
        here = await store.read(_require_database, room)
        for tablet in [one for one in world.tablets if one.is_on and room.id in one.open]:
            place = room.people[tablet.person]
            assert place.removal is None, f"{tablet.name} was not told that she is out"
            tablet.require_truth(room, here)
    for tablet in [one for one in world.tablets if one.is_on]:
        assert not tablet.asking and not tablet.unanswered, f"{tablet.name} waits for an answer"
        assert tablet.came_with not in world.truth.ended, f"{tablet.name} was not signed out"


def _require_database(session: Session, room: Room) -> list[str]:
    """The book is as it should be, and so is what changed since each version. Answers who is here."""
    counted = session.get_one(entries.Room, room.id)
    assert (counted.last_seq, counted.version) == (len(room.entries), len(room.states))
    fresh = entries.newest(session, room.id)
    assert _heard(fresh.entries) == {entry.seq: entry.told() for entry in room.entries[-entries.PAGE :]}
    assert fresh.more is (len(room.entries) > entries.PAGE)
    for version in range(len(room.states) + 2):
        _require_changes(session, room, version)
    return presence.here_in(session, [room.id])[room.id][1]


def _require_changes(session: Session, room: Room, version: int) -> None:
    """What somebody knew at a version, and then what changed since, is what a fresh reader sees."""
    pages = entries.changes_since(session, room.id, version)
    changed = room.changed_since(version, len(room.states))
    assert pages.version == len(room.states)
    assert pages.reset is (version > len(room.states) or len(changed) > entries.MOST_CHANGES)
    if pages.reset:
        assert _heard(pages.entries) == {entry.seq: entry.told() for entry in room.entries[-entries.PAGE :]}
    else:
        known = {seq: entry.told() for seq, entry in room.as_of(version).items()}
        assert known | _heard(pages.entries) == {entry.seq: entry.told() for entry in room.entries}


def _heard(told: list[Any]) -> dict[int, Any]:
    return {entry["seq"]: heard(entry) for entry in told}


def require_calm(world: World, logs: list[Any]) -> None:
    """Nothing stumbled; and only where a read failed was anything put off."""
    failed = any(process.store.engine.failed_reads for process in world.processes)
    assert not [one for one in logs if not (failed and one["event"] in HARMED)], logs
