"""What the house holds of one person: taken out as their own copy, or erased for good."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.keeping import copying, erasing
from app.keeping.copying import Copy
from app.people.actors import Actor
from app.people.joining import person_for
from app.people.models import Person
from app.people.proving import require_fresh
from app.problems import NotAllowed
from app.web.pages.page import OwnPage
from app.web.pages.staff.own_copy import as_zip

router = APIRouter()


@router.get("/staff/people/{person_id}/held")
async def held(page: OwnPage, person_id: str) -> Response:
    found = await page.house.database.read(_look, page.me, person_id)
    return page.show("staff_held.html", person=found)


@router.post("/staff/people/{person_id}/held/copy")
async def copy(page: OwnPage, person_id: str) -> Response:
    """A file that the house does not keep: it is made, handed over, and forgotten."""
    made = await page.house.database.transaction(_copy, page.me, person_id)
    headers = {"Content-Disposition": 'attachment; filename="copy.zip"', "Cache-Control": "no-store"}
    return Response(as_zip(page, made), media_type="application/zip", headers=headers)


@router.post("/staff/people/{person_id}/held/erase")
async def erase(page: OwnPage, person_id: str, name: Annotated[str, Form()] = "") -> Response:
    await page.house.database.transaction(_erase, page.me, person_id, name)
    return page.go("/staff/people")


def _look(session: Session, actor: Actor, person_id: str) -> Person:
    if not (actor.roles.may("export_people") or actor.roles.may("erase_people")):
        raise NotAllowed()
    require_fresh(session, actor)
    return person_for(session, actor, person_id)


def _copy(session: Session, actor: Actor, person_id: str) -> Copy:
    return copying.copy_of(session, actor, person_for(session, actor, person_id))


def _erase(session: Session, actor: Actor, person_id: str, name: str) -> None:
    erasing.erase(session, actor, person_for(session, actor, person_id), name)
