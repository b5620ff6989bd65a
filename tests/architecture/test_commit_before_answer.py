"""Durable before seen: when an answer begins, all that its request changes is there for everybody."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from json import dumps
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.crisis.worrying import Flag
from app.foundation import due
from app.foundation.clock import database_now
from app.foundation.database import Database, Session, open_database
from app.foundation.database.model import Model
from app.keeping import test_page
from app.keeping.checks import RESTORED, checked
from app.main import create_app
from app.people.actors import SYSTEM, Actor
from app.people.cards import issue
from app.people.models import Card, Grant, Person, SignIn, Site
from app.people.signing_in import begin
from app.settings import Settings
from tests.architecture import (
    stories_of_calls,
    stories_of_helping,
    stories_of_keeping,
    stories_of_on_call,
    stories_of_proving,
    stories_of_sharing,
)
from tests.architecture.test_commits import routes
from tests.support.company import KEY, Company, new_ref
from tests.support.phone_company import sealed
from tests.support.proofs import prove

PHONE_TOKEN = "a token"


def everything(session: Session) -> set[str]:
    """All that is kept, row by row."""
    tables = Model.metadata.sorted_tables
    return {f"{table.name} {tuple(row)}" for table in tables for row in session.execute(select(table))}


class Doors:
    """The whole program over ASGI, watched from a connection of another process."""

    def __init__(self, app: FastAPI, outside: Database, company: Company, tokens: dict[str, str]) -> None:
        self.app, self.outside, self.company, self.tokens = app, outside, company, tokens
        self.used: set[Callable[..., Any]] = set()
        self.when_answered: set[str] = set()
        self.web = httpx.AsyncClient(transport=httpx.ASGITransport(app=self.watched), base_url="http://testserver")

    async def watched(self, scope: Any, receive: Any, send: Any) -> None:
        async def look_then_send(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.used.add(scope["endpoint"])
                self.when_answered = await self.outside.read(everything)
            await send(message)

        await self.app(scope, receive, look_then_send)

    async def post(self, who: Actor | None, path: str, json: Any = None, **form: Any) -> httpx.Response:
        """Post it, as a program (`json`) or as a page's form, and hold the promise against what happened."""
        before = await self.outside.read(everything)
        headers = {"Authorization": f"Bearer {self.tokens[who.name]}"} if who else {}
        body: dict[str, Any] = {"json": json} if path.startswith("/api") else {"data": form}
        if path.startswith("/api/phone"):
            body = {"content": dumps(json)}
            headers = sealed(PHONE_TOKEN, body["content"].encode())
        answer = await self.web.post(path, headers=headers, **body)
        self.web.cookies.clear()
        assert answer.status_code < 400, f"{path}: {answer.status_code} {answer.text[:500]}"
        await self.app.state.house.posting.drained()
        await self.app.state.house.database.transaction(everything)
        after = await self.outside.read(everything)
        assert self.when_answered == after, f"{path} answered before its commit"
        assert (after == before) is path.endswith("/look"), f"{path} changed nothing, and proves nothing"
        return answer


@pytest.fixture
async def doors(company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Doors]:
    monkeypatch.setattr("app.main.logs.begin", lambda level: None)
    monkeypatch.setattr("app.main.say_bye_first", lambda house: None)
    (tmp_path / "secret").write_bytes(KEY)
    phones = {"phone_url": "http://127.0.0.1:1", "phone_token": PHONE_TOKEN}
    settings = Settings(data_dir=tmp_path, database_url=company.database.url, **phones)
    app = create_app(settings, with_worker=False)
    tokens = {}
    for who in (company.at.rose, company.at.harold, company.at.mei, company.at.ken, company.at.fay, company.at.asha):
        tokens[who.name] = (await company.do(begin, await company.person(who), KEY)).token
    tokens["Nora"] = (await company.do(begin, await company.person(company.at.nora), KEY, staff=True)).token
    await company.do(prove)
    outside = open_database(company.database.url)
    async with app.router.lifespan_context(app):
        doors = Doors(app, outside, company, tokens)
        yield doors
        await doors.web.aclose()
    await outside.close()


def card_of(session: Session, who: Actor, by: Actor) -> str:
    return issue(session, by, session.get_one(Person, who.id), KEY).code


async def test_every_answer_begins_after_its_commit(doors: Doors):
    for story in (
        signing_in,
        talking,
        keeping_the_room,
        keeping_it_on_pages,
        calling_for_help,
        joining,
        keeping_the_house,
    ):
        await story(doors)
    others = stories_of_sharing.STORIES + stories_of_proving.STORIES + stories_of_helping.STORIES
    for story in (*others, *stories_of_keeping.STORIES, *stories_of_on_call.STORIES, *stories_of_calls.STORIES):
        await story(doors)
    posts = {route.endpoint for route in routes(doors.app.routes) if "POST" in route.methods}
    assert {f"{one.__module__}.{one.__name__}" for one in posts - doors.used} == set(), "nobody has tried these"


async def signing_in(doors: Doors) -> None:
    at = doors.company.at
    codes = [await doors.company.do(card_of, at.dot, at.nora) for _ in range(3)]
    await doors.post(None, "/api/sign-in/card", {"card": codes[0]})
    await doors.post(None, "/card/look", code=codes[1])
    await doors.post(None, "/card/use", card=codes[1])
    await doors.post(at.harold, "/api/sign-out")
    await doors.post(at.mei, "/sign-out")
    await doors.post(at.rose, "/settings", name="Rosie", letters="28", contrast="high")
    await doors.post(at.rose, "/settings/letters", letters="bigger")
    await doors.post(at.rose, "/language", language="es")


async def talking(doors: Doors) -> None:
    at = doors.company.at
    room, page = f"/api/rooms/{at.monday}", f"/rooms/{at.monday}"
    await doors.post(at.rose, f"{room}/entries", {"ref": new_ref(), "text": "Good morning"})
    await doors.post(at.rose, page, text="It is me, Rose", nonce="a")
    await doors.post(at.rose, f"{room}/entries/1/remove")
    await doors.post(at.rose, f"{room}/entries/1/put-back")
    await doors.post(at.rose, f"{page}/entries/2/remove")
    await doors.post(at.rose, f"{page}/entries/2/put-back")
    await doors.post(at.fay, f"{page}/entries/2/react", reaction="hear_you", on="yes")
    await doors.post(at.fay, f"{page}/desk/entries/2/remove")
    await doors.post(at.fay, f"{page}/desk/entries/2/put-back")


async def keeping_the_room(doors: Doors) -> None:
    at = doors.company.at
    room = f"/api/rooms/{at.monday}"
    await doors.post(at.fay, f"{room}/people/{at.ken.id}/hold", {"on": True})
    for who, decision in ((at.fay, "release"), (at.fay, "decline"), (at.ken, "withdraw")):
        await doors.post(who, f"/api/waiting/{await wait(doors)}/{decision}")
        await doors.post(who, f"/rooms/{at.monday}/waiting/{await wait(doors)}/{decision}")
    muting = {"until": "2030-01-01T00:00:00Z", "reason": "Selling boats"}
    await doors.post(at.fay, f"{room}/people/{at.ken.id}/mute", muting)
    await doors.post(at.fay, f"{room}/people/{at.ken.id}/unmute")
    await doors.post(at.fay, f"{room}/people/{at.ken.id}/remove")


async def wait(doors: Doors) -> str:
    """Ken says something that is held."""
    words = {"ref": new_ref(), "text": "Buy my boat"}
    answer = await doors.post(doors.company.at.ken, f"/api/rooms/{doors.company.at.monday}/entries", words)
    return str(answer.json()["waiting"])


async def keeping_it_on_pages(doors: Doors) -> None:
    at = doors.company.at
    dot = f"/rooms/{at.monday}/desk/people/{at.dot.id}"
    await doors.post(at.fay, f"{dot}/hold", on="yes")
    await doors.post(at.fay, f"{dot}/mute", minutes="60", reason="For a rest")
    await doors.post(at.fay, f"{dot}/unmute")
    await doors.post(at.fay, f"{dot}/remove")


async def calling_for_help(doors: Doors) -> None:
    at = doors.company.at
    answer = await doors.post(at.rose, "/api/help", {"ref": new_ref(), "note": "I have fallen"})
    await doors.post(at.rose, "/help", note="Please come")
    await doors.post(at.rose, "/api/help/told", {"what": "at_home", "answer": "yes"})
    await doors.post(at.rose, "/help/told", what="wants", answer="ring")
    await doors.post(at.rose, "/settings/help-card", quiet="yes")
    call = f"/staff/calls/{answer.json()['incident']}"
    await doors.post(at.asha, f"{call}/answer")
    await doors.post(at.asha, f"{call}/phone")
    await doors.post(at.asha, f"{call}/note", text="She is calm")
    await doors.post(at.asha, f"{call}/services")
    await doors.post(at.fay, f"{call}/take-over")
    await doors.post(at.fay, f"{call}/pass-on", sure="yes")
    await doors.post(at.rose, "/help/lower", why="tablet")
    await doors.post(at.ken, "/api/help", {"ref": new_ref()})
    await doors.post(at.ken, "/api/help/lower", {"why": "mistake"})
    await doors.post(at.asha, f"{call}/close", ended_as="by_mistake", outcome="Rang her daughter")
    for step in ("", "/answer", "/arrive", "/end"):
        await doors.post(at.asha, f"/staff/practice-call{step}")
    words = {"ref": new_ref(), "text": "I wish I could sleep and not wake up"}
    await doors.post(at.rose, f"/api/rooms/{at.monday}/entries", words)
    await doors.post(at.rose, "/help/no")
    flag = await doors.company.read(lambda session: session.scalars(select(Flag).where(Flag.seq > 0)).one().id)
    await doors.post(at.fay, f"/rooms/{at.monday}/worries/{flag}", judgement="with_them")


async def joining(doors: Doors) -> None:
    at, rose = doors.company.at, f"/staff/people/{doors.company.at.rose.id}"
    await doors.post(at.rose, "/agreement/take-back")
    await doors.post(at.nora, f"{rose}/joining", how="phone")
    await doors.post(at.rose, "/welcome/beside", how="beside", name="My daughter Ana")
    await doors.post(at.rose, "/welcome/what", said="yes")
    await doors.post(at.ken, "/agreement/choices/ring", said="yes")
    await doors.post(at.rose, "/practice")
    await doors.post(at.nora, f"{rose}/practice")
    await doors.post(at.nora, f"{rose}/ask-first", on="yes", said_yes="yes")
    await doors.post(at.rose, "/if-i-need-help", where="In the kitchen")
    await doors.post(at.rose, "/if-i-need-help/right")
    await doors.post(at.nora, f"{rose}/help-sheet", phone="555 0133")
    await doors.post(at.nora, f"{rose}/help-sheet/right")
    incident = (await doors.post(at.rose, "/api/help", {"ref": new_ref()})).json()["incident"]
    await doors.post(at.asha, f"/staff/calls/{incident}/answer")
    await doors.post(at.asha, f"/staff/calls/{incident}/sheet")


async def keeping_the_house(doors: Doors) -> None:
    at, nora = doors.company.at, doors.company.at.nora
    rose = f"/staff/people/{at.rose.id}"
    await doors.post(nora, "/staff/people", name="Ellen", role="member")
    await doors.post(nora, f"{rose}/name", name="Rose M.")
    await doors.post(nora, f"{rose}/card")
    await doors.post(nora, f"{rose}/cards/{await newest(doors, Card)}/revoke")
    await doors.post(nora, f"{rose}/sign-ins/{await newest(doors, SignIn)}/end")
    await doors.post(nora, f"{rose}/rooms", room=at.thursday)
    await doors.post(nora, f"{rose}/roles/give", role="helper")
    await doors.post(nora, f"{rose}/roles/take", role="helper")
    await doors.post(nora, "/staff/site", name="Oak House", helper_name="Joan", catch_all="office@example.org")
    await getting_ready(doors)
    await doors.post(nora, "/staff/rooms", title="Friday Songs", kind="group")
    await doors.post(nora, "/staff/rooms/pair", member=at.mei.id, mentor=at.sam.id)
    tea = f"/staff/rooms/{at.thursday}"
    await doors.post(nora, f"{tea}/people", person=at.dot.id)
    await doors.post(nora, f"{tea}/people/{at.dot.id}/remove")
    await doors.post(nora, f"{tea}/close")
    await doors.post(nora, f"{tea}/open")
    await doors.post(nora, f"{tea}/languages", language="es")


async def getting_ready(doors: Doors) -> None:
    """All is well but for the button: the house is closed once more, and opened."""
    nora, house = doors.company.at.nora, doors.app.state.house
    outside = {"public_url": "https://testserver", "smtp_url": "smtp://127.0.0.1:1"}
    doors.app.state.house = replace(house, settings=house.settings.model_copy(update=outside))
    for line in house.helplines.line:
        await doors.post(nora, "/staff/ready/rung", number=line.number)
    await doors.post(nora, "/staff/ready/test-page")
    row = await house.database.transaction(due.claim, [test_page.TEST_PAGE])
    await house.database.transaction(test_page.begin, row.id)
    await doors.post(None, f"/test-page/{test_page.token_of(row.id, KEY)}")
    await house.database.transaction(all_but_open)
    await doors.post(nora, "/staff/ready/open")
    doors.app.state.house = house


def all_but_open(session: Session) -> None:
    checked(session, SYSTEM, RESTORED)
    session.add(Grant(id="second", person_id=session.scalars(select(Person.id).where(Person.name == "Vera")).one(),
                      role="admin", given_by="system", given_at=database_now(session)))  # fmt: skip
    site = session.get_one(Site, 1)
    site.outside_name, site.outside_reach, site.opened_at = "Ellen's church", "555 0199", None


async def newest(doors: Doors, table: type[Card] | type[SignIn]) -> str:
    """Rose's card or sign-in."""
    query = select(table.id).where(table.person_id == doors.company.at.rose.id, table.ended_at.is_(None))
    return await doors.outside.read(lambda session: session.scalars(query).all()[-1])
