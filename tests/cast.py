"""The people of Hearthside's tests, demo and screenshots. Sybil is in nobody's room, ever."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Character:
    name: str
    roles: tuple[str, ...]
    about: str

    def __str__(self) -> str:
        return self.name


ROSE = Character("Rose", ("member",), "79, her first tablet")
HAROLD = Character("Harold", ("member",), "widower of Ellen")
DOT = Character("Dot", ("member",), "writes more than she says")
MEI = Character("Mei", ("member",), "reads at night")
LUIS = Character("Luis", ("member",), "new this month")
WALTER = Character("Walter", ("member",), "on a slow line")
ANN = Character("Ann", ("member",), "uses the keyboard alone")
KEN = Character("Ken", ("member",), "his words get held")
FAY = Character("Fay", ("facilitator",), "keeps the Monday Circle")
GIL = Character("Gil", ("facilitator",), "keeps it with her")
SAM = Character("Sam", ("mentor",), "Rose's mentor")
JOAN = Character("Joan", ("helper",), "555 0100, 9 to 5")
ASHA = Character("Asha", ("responder",), "on call")
BEN = Character("Ben", ("responder",), "next on call")
NORA = Character("Nora", ("admin",), "makes the cards")
VERA = Character("Vera", ("supervisor",), "supports the supporters")
SYBIL = Character("Sybil", (), "a stranger, never let in anywhere")

MONDAY_CIRCLE = "monday-circle"
THURSDAY_TEA = "thursday-tea"
