"""Who sits beside a member: staff name them, the member has to want it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.people.actors import Actor
from app.people.joining import find_people, person_for
from app.people.models import Person
from app.people.roles import require, roles_of_many
from app.people.supporting import Beside, introduce, supports_of
from app.rooms import supporters
from app.web.pages.page import OwnPage

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Found:
    person: Person
    supports: list[Beside]
    others: list[Person]


@router.get("/staff/people/{person_id}/supporters")
async def who(page: OwnPage, person_id: str) -> Response:
    found = await page.house.database.read(look, page.me, person_id)
    return page.show("staff_supporters.html", person=found.person, supports=found.supports, others=found.others)


@router.post("/staff/people/{person_id}/supporters")
async def name(page: OwnPage, person_id: str, supporter: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(_introduce, page.me, person_id, supporter)
    return page.go(f"/staff/people/{person_id}/supporters")


@router.post("/staff/people/{person_id}/supporters/{support_id}/end")
async def end(page: OwnPage, person_id: str, support_id: str) -> Response:
    await page.house.database.transaction(supporters.end, page.me, support_id)
    return page.go(f"/staff/people/{person_id}/supporters")


def look(session: Session, actor: Actor, person_id: str) -> Found:
    require(actor.roles, "introduce_supporters")
    person = person_for(session, actor, person_id)
    supports = supports_of(session, person_id)
    people = find_people(session, actor)
    roles = roles_of_many(session, [one.id for one in people])
    known = {person_id, *(one.support.supporter_id for one in supports)}
    others = [one for one in people if one.id not in known and not roles[one.id].staff]
    return Found(person, supports, others)


def _introduce(session: Session, actor: Actor, person_id: str, supporter_id: str) -> None:
    introduce(session, actor, person_for(session, actor, person_id), person_for(session, actor, supporter_id))
