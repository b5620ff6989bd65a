"""`hearthside invite`: a person, their card, and the rooms they belong to."""

import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.foundation.database import Session
from app.inviting import card_url, invite
from app.people.models import Person
from app.people.roles import GRANTS, Roles, roles_of
from app.people.signing_in import sign_in_with_card
from app.problems import Invalid
from app.rooms.finding import rooms_for
from app.rooms.models import Room
from app.settings import Settings
from tests.support.company import KEY, Company, actor_of

SETTINGS = Settings(data_dir=Path("nowhere"), public_url="https://chat.example.org/")


async def invited(company: Company, name: str, *roles: str, rooms: tuple[str, ...] = ()) -> dict[str, str]:
    return await company.do(invite, SETTINGS, KEY, name, roles, rooms)


async def roles_now(company: Company, made: dict[str, str]) -> Roles:
    return await company.read(roles_of, made["person"])


async def rooms_now(company: Company, made: dict[str, str]) -> list[str]:
    def slugs(session: Session) -> list[str]:
        actor = actor_of(session, session.get_one(Person, made["person"]))
        return [room.slug for room in rooms_for(session, actor)]

    return await company.read(slugs)


async def people(company: Company) -> int:
    return await company.read(lambda session: session.scalar(select(func.count()).select_from(Person)))


async def test_an_invitation_is_a_code_a_link_and_a_person(company: Company):
    made = await invited(company, "Ellen", "member", rooms=("monday-circle",))
    assert set(made) == {"card", "url", "person"}
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d{4}", made["card"])
    assert re.fullmatch(r"https://chat\.example\.org/card#[A-Za-z0-9_-]{22,}", made["url"])
    signed = await company.do(sign_in_with_card, made["url"].partition("#")[2], KEY)
    assert (signed.actor.id, signed.actor.name) == (made["person"], "Ellen")


async def test_they_belong_to_the_rooms_named_and_to_no_other(company: Company):
    made = await invited(company, "Ellen", "member", rooms=("monday-circle", "Thursday Tea"))
    assert await rooms_now(company, made) == ["monday-circle", "thursday-tea"]
    assert await rooms_now(company, await invited(company, "Sybil", "member")) == []


async def test_a_room_that_is_not_there_is_made_open_and_once(company: Company):
    for name in ("Ellen", "Otto"):
        made = await invited(company, name, "member", rooms=("friday-songs",))
        assert await rooms_now(company, made) == ["friday-songs"]
    query = select(Room).where(Room.slug == "friday-songs")
    [room] = await company.read(lambda session: list(session.scalars(query)))
    assert (room.title, room.kind, room.closed_at) == ("Friday Songs", "group", None)


async def test_a_facilitator_keeps_the_rooms_named_and_not_the_house(company: Company):
    made = await invited(company, "Otto", "facilitator", rooms=("monday-circle",))
    assert (await roles_now(company, made)).pairs == {("facilitator", company.at.monday)}
    made = await invited(company, "Otto", "facilitator")
    assert (await roles_now(company, made)).pairs == {("facilitator", "")}


async def test_other_roles_are_for_the_whole_house(company: Company):
    made = await invited(company, "Otto", "member", "mentor", "admin", rooms=("monday-circle",))
    assert (await roles_now(company, made)).pairs == {("member", ""), ("mentor", ""), ("admin", "")}


async def test_a_role_that_is_not_there_makes_nobody_and_no_room(company: Company):
    before = await people(company)
    with pytest.raises(Invalid) as trouble:
        await invited(company, "Sybil", "member", "queen", rooms=("palace",))
    assert trouble.value.values == {"role": "queen", "roles": ", ".join(GRANTS)}
    assert await people(company) == before
    assert await company.read(lambda session: session.scalar(select(Room.id).where(Room.slug == "palace"))) is None


@pytest.mark.parametrize(("name", "room"), [("", "palace"), ("x" * 61, "palace"), ("Sybil", "!!!")])
async def test_a_name_or_a_room_that_cannot_be_makes_nobody_and_no_room(company: Company, name: str, room: str):
    before = await people(company)
    with pytest.raises(Invalid):
        await invited(company, name, "member", rooms=("palace", room))
    assert await people(company) == before
    assert await company.read(lambda session: session.scalar(select(Room.id).where(Room.slug == "palace"))) is None


def test_the_secret_stays_in_the_fragment_which_no_browser_sends():
    assert card_url("https://chat.example.org", "s3cret") == "https://chat.example.org/card#s3cret"
