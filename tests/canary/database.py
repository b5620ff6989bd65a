"""The scene's house from behind: who is let in, and everything that its database holds."""

import json

from sqlalchemy import select

from app.foundation.database import Session
from app.foundation.database.model import Model
from app.people.actors import SYSTEM
from app.people.granting import give_role
from app.people.joining import add_person
from app.people.signing_in import begin
from app.rooms.membership import add_member
from app.rooms.opening import make_room

OUTSIDE = {
    "Luis": ("member",),
    "Gil": ("facilitator",),
    "Sam": ("mentor",),
    "Joan": ("helper",),
    "Asha": ("responder",),
    "Vera": ("supervisor",),
    "Nora": ("admin",),
    "Ann": ("advocate",),
}


def let_in(session: Session, key: bytes) -> dict[str, str]:
    """Everybody of OUTSIDE into a room of their own, and Sybil into none: name → token."""
    tea = make_room(session, SYSTEM, "Thursday Tea")
    tokens = {}
    for name, roles in (OUTSIDE | {"Sybil": ()}).items():
        house_wide = () if "facilitator" in roles else roles
        person = add_person(session, SYSTEM, name, roles=house_wide)
        if name != "Sybil":
            add_member(session, SYSTEM, tea, person)
        if "facilitator" in roles:
            give_role(session, SYSTEM, person, "facilitator", tea.id)
        tokens[name] = begin(session, person, key).token
    return tokens


def everything(session: Session) -> dict[str, str]:
    return {
        table.name: "\n".join(json.dumps([plain(value) for value in row]) for row in session.execute(select(table)))
        for table in Model.metadata.sorted_tables
    }


def plain(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
