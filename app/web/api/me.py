"""Who I am."""

from fastapi import APIRouter

from app.web.api.shapes import Person, problems
from app.web.dependencies import Me

router = APIRouter(tags=["me"])


@router.get("/me", responses=problems())
async def who_am_i(me: Me) -> Person:
    return Person(id=me.id, name=me.name, roles=me.roles.names())
