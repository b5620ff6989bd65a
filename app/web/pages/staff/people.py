"""People: find one, add one."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.people import joining
from app.people.actors import Actor
from app.people.models import Person
from app.people.preferences import LANGUAGES
from app.people.roles import GRANTS, Roles, roles_of_many
from app.problems import N_, Invalid
from app.web.pages.names import role_word
from app.web.pages.page import OwnPage, Page

router = APIRouter()


@router.get("/staff/people")
async def people(page: OwnPage, name: str = "") -> Response:
    found = await page.house.database.read(look, page.me, name)
    return page.show(
        "staff_people.html",
        part=name,
        people=[
            {"id": person.id, "name": person.name, "roles": ", ".join(words_of(page, roles))} for person, roles in found
        ],
        may_add=page.me.roles.may("add_people"),
        all_roles=all_roles(page),
    )


@router.post("/staff/people")
async def add(
    page: OwnPage,
    name: Annotated[str, Form()] = "",
    role: Annotated[list[str], Form()] = [],  # noqa: B006
    language: Annotated[str, Form()] = LANGUAGES[0],
) -> Response:
    if not role:
        raise Invalid(N_("Choose at least one thing that they do here."))
    person = await page.house.database.transaction(
        joining.add_person, page.me, name, roles=tuple(role), language=language
    )
    return page.go(f"/staff/people/{person.id}")


def look(session: Session, actor: Actor, part: str) -> list[tuple[Person, Roles]]:
    found = joining.find_people(session, actor, part)
    roles = roles_of_many(session, [person.id for person in found])
    return [(person, roles[person.id]) for person in found]


def words_of(page: Page, roles: Roles) -> list[str]:
    return [role_word(role, page.language) for role in roles.names()]


def all_roles(page: Page) -> list[dict[str, str]]:
    return [{"key": role, "word": role_word(role, page.language)} for role in GRANTS]
