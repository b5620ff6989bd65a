from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from tests.support.client import Live
from tests.support.person import Person

if TYPE_CHECKING:
    from tests.support.house import House


class Circle:
    """A room: Rose, Harold, Dot and Mei, and Fay who facilitates, each at the next door along."""

    def __init__(self, house: House, id: str, slug: str, members: list[Person], facilitator: Person) -> None:
        self.house = house
        self.id = id
        self.slug = slug
        self.members = members
        self.facilitator = facilitator

    @property
    def rose(self) -> Person:
        return self.members[0]

    @property
    def harold(self) -> Person:
        return self.members[1]

    @property
    def dot(self) -> Person:
        return self.members[2]

    @property
    def mei(self) -> Person:
        return self.members[3]

    @property
    def fay(self) -> Person:
        return self.facilitator

    @property
    def everyone(self) -> list[Person]:
        return [*self.members, self.facilitator]

    @property
    def path(self) -> str:
        return f"/api/rooms/{self.id}"

    async def enter(self, *people: Person) -> list[Live]:
        return [await person.enter(self.id) for person in people or self.everyone]

    async def act(self, person: Person, deed: str, **details: Any) -> None:
        """The facilitator does something to a person here: mute, remove, hold."""
        answer = await self.fay.post(f"{self.path}/people/{await person.id()}/{deed}", details)
        assert answer.is_success, f"{deed}: {answer.status_code} {answer.text}"

    @classmethod
    def all_of(cls, house: House, lines: list[dict[str, str]]) -> list[Circle]:
        """`seed` writes the members of a room, then its facilitator, room after room."""
        return [cls._of(house, list(people)) for _, people in groupby(lines, key=lambda line: line["room"])]

    @classmethod
    def _of(cls, house: House, lines: list[dict[str, str]]) -> Circle:
        people = [Person(house, line["name"], line["token"], door=door) for door, line in enumerate(lines)]
        return cls(house, lines[0]["room"], lines[0]["slug"], people[:-1], people[-1])
