import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator

from tests.support.devices import LONG_ENOUGH, Device
from tests.support.person import Person
from tests.support.reader import Frame, shown
from tests.support.waiting import until


async def nothing_was_lost(devices: list[Device]) -> None:
    """No loss, no duplicate, one order for all, and every model is what a fresh `open` would show."""
    for device in devices:
        await device.is_heard()
    history = await devices[0].person.history(devices[0].room)
    texts = [entry["text"] for entry in history]
    for device in devices:
        await device.knows(texts)
    assert [entry["seq"] for entry in history] == list(range(1, len(history) + 1))
    spoken = [text for device in devices for text in device.texts.values()]
    assert sorted(spoken) == sorted(text for text in texts if text in set(spoken))
    by_place = {entry["seq"]: shown(entry) for entry in history}
    for device in devices:
        _agrees(device, by_place)


def _agrees(device: Device, by_place: dict[int, Frame]) -> None:
    for ref, (seq, _) in device.said.items():
        assert by_place[seq]["text"] == device.texts[ref], f"{device.person}'s words are not where they were said"
    model = {entry["seq"]: entry for entry in device.book.shown()}
    assert model == {seq: by_place[seq] for seq in model}
    assert device.wrong == []


class Talk:
    """Everybody says something now and again, until told to stop."""

    def __init__(self, devices: list[Device], *, pause: float = 0.1) -> None:
        self.devices = devices
        self._pause = pause
        self._speakers = [asyncio.create_task(self._speak(*one)) for one in enumerate(devices)]

    async def goes_on(self, *, more: int = 20) -> None:
        """That many more words have been acknowledged."""
        enough = self._acknowledged() + more

        async def has_gone_on() -> bool:
            return self._acknowledged() >= enough

        await until(has_gone_on, within=LONG_ENOUGH, what=f"{more} more words are acknowledged")

    async def stops(self) -> None:
        for speaker in self._speakers:
            speaker.cancel()
        await asyncio.gather(*self._speakers, return_exceptions=True)

    def _acknowledged(self) -> int:
        return sum(len(device.said) for device in self.devices)

    async def _speak(self, speaker: int, device: Device) -> None:
        for number in itertools.count(1):
            await device.say(f"{device.person.name} ({speaker}) {number}")
            await asyncio.sleep(self._pause)


@contextlib.asynccontextmanager
async def talking(people: list[Person], room: str, *, pause: float = 0.1) -> AsyncIterator[Talk]:
    """People at doors of their own, talking; afterwards nothing may have been lost."""
    devices = await coming(people, room)
    talk = Talk(devices, pause=pause)
    try:
        yield talk
        await talk.stops()
        await nothing_was_lost(devices)
    finally:
        await talk.stops()
        for device in devices:
            await device.close()


async def coming(people: list[Person], room: str) -> list[Device]:
    devices = [Device(person, room, doors=[person.door]) for person in people]
    for device in devices:
        await device.is_in()
    return devices
