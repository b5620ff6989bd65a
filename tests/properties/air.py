"""The bus between the two processes: whatever can happen to a message on its way happens when the test says so."""

from collections.abc import Awaitable, Callable


class Air:
    """Holds what is on its way. Nothing arrives by itself."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.under_way: list[tuple[Line, bytes]] = []

    def line(self) -> "Line":
        self.lines.append(Line(self))
        return self.lines[-1]

    def send(self, sender: "Line", message: bytes) -> None:
        self.under_way += [(line, message) for line in self.lines if line is not sender]

    def deliver(self, index: int, *, keep: bool = False) -> None:
        """One message arrives; with `keep` it will arrive again."""
        if self.under_way:
            index %= len(self.under_way)
            line, message = self.under_way[index] if keep else self.under_way.pop(index)
            line.heard(message)

    def lose(self, index: int) -> None:
        if self.under_way:
            self.under_way.pop(index % len(self.under_way))

    def lose_all(self) -> list[tuple["Line", bytes]]:
        lost, self.under_way = self.under_way, []
        return lost


class Line:
    """One process's end of it: a `Bus`."""

    well = True
    heard: Callable[[bytes], None]

    def __init__(self, air: Air) -> None:
        self.air = air

    def publish(self, message: Callable[[], bytes]) -> None:
        self.air.send(self, message())

    async def run(self, heard: Callable[[bytes], None], missed: Callable[[], Awaitable[None]]) -> None:
        raise AssertionError("the test hands messages over itself")

    async def close(self) -> None:
        return None
