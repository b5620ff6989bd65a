from tests.support.house import House
from tests.support.postgres import Postgres

ROOMS_AT_ONCE = 6


class Houses:
    """Builds houses, and keeps one of each stack for the tests that only need a room in it."""

    def __init__(self) -> None:
        self._postgres: Postgres | None = None
        self._shared: dict[str, House] = {}
        self._own: list[House] = []

    async def shared(self, stack: str) -> House:
        house = self._shared.get(stack)
        if house is None or not house.is_well:
            house = self._shared[stack] = await self.open(stack)
            house.rooms_at_once = ROOMS_AT_ONCE
        return house

    async def open(self, stack: str) -> House:
        """A house of one's own, with its doors open."""
        house = await self.build(stack)
        await house.open_doors()
        return house

    async def build(self, stack: str, postgres: Postgres | None = None) -> House:
        house = await House.build(stack, postgres or (await self.postgres() if stack == "grown" else None))
        self._own.append(house)
        return house

    async def postgres(self) -> Postgres:
        if self._postgres is None:
            self._postgres = await Postgres.shared()
        return self._postgres

    async def close(self) -> None:
        for house in self._own:
            await house.close()
        if self._postgres is not None:
            self._postgres.close()
