"""What the provider of texts and calls tells the house: sealed under its token, or it changes nothing."""

import itertools
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from app.crisis.models import Incident, Page
from app.crisis.raising import raise_help
from app.foundation.database import Session
from app.main import create_app
from app.people.models import Site
from app.people.ways import Way
from app.settings import Settings
from tests.crisis.paging_story import has_ways, on_the_rota
from tests.support.company import KEY, Company, new_ref
from tests.support.databases import pass_time
from tests.support.phone_company import sealed

HOUSE = "https://chat.example.org"
TOKEN, SECOND, ASHA = "the first token", "the second token", "+1 555 0000"


class Doors:
    def __init__(self, web: httpx.AsyncClient, company: Company) -> None:
        self.web, self.company = web, company

    async def tell(self, what: str, words: object, token: str = TOKEN, ahead: float = 0, **headers: str):
        body = json.dumps(words).encode()
        return await self.web.post(
            f"/api/phone/{what}", content=body, headers=sealed(token, body, ahead) | headers
        )  # fmt: skip

    async def incident(self) -> Incident:
        return await self.company.read(lambda session: session.scalars(select(Incident)).one())

    async def page(self) -> Page:
        return await self.company.read(lambda session: session.scalars(select(Page).where(Page.kind == "text")).one())


@pytest.fixture
async def doors(company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Doors]:
    """Dot has called for help, and the first provider has taken Asha's text as "7"."""
    monkeypatch.setattr("app.main.logs.begin", lambda level: None)
    monkeypatch.setattr("app.main.say_bye_first", lambda house: None)
    (tmp_path / "secret").write_bytes(KEY)
    await on_the_rota(company, 1, company.at.asha)
    await has_ways(company, company.at.asha, "text", "ring")
    await company.do(raise_help, company.at.dot, new_ref(), "", "I have fallen")
    await company.do(taken_as, "7", 1)
    settings = Settings(
        data_dir=tmp_path, database_url=company.database.url, public_url=HOUSE,
        phone_token=TOKEN, second_phone_token=SECOND,
    )  # fmt: skip
    app = create_app(settings, with_worker=False)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=HOUSE) as web:
            yield Doors(web, company)


def taken_as(session: Session, ref: str, provider: int) -> None:
    session.get_one(Site, 1).name = "Elm House"
    session.execute(update(Page).values(state="sent", provider=provider, provider_ref=ref))


async def test_a_text_that_is_sealed_by_either_provider_answers(doors: Doors):
    incident = await doors.incident()
    answer = await doors.tell("reply", {"from": ASHA, "text": f"yes {incident.code}", "sent_at": "10:52"}, SECOND)
    told = f"Elm House: you have {incident.code}. Open https://chat.example.org/staff/calls/{incident.id}"
    assert (answer.status_code, answer.json()) == (200, {"text": told})
    assert (await doors.incident()).owner_id == doors.company.at.asha.id


WRONG: list[dict[str, Any]] = [
    {"token": "another token"},
    {"token": ""},
    {"x-hearthside-signature": ""},
    {"x-hearthside-signature": b"\xf1"},
    {"x-hearthside-time": "soon"},
    {"x-hearthside-time": b"\xb2\xb3"},
    {"x-hearthside-time": "-1"},
    {"ahead": 400},
    {"ahead": -400},
]


@pytest.mark.parametrize("what", ["reply", "report"])
async def test_what_is_not_sealed_now_changes_nothing_and_is_logged(doors: Doors, what: str):
    words = {"reply": {"from": ASHA, "text": (await doors.incident()).code}, "report": REPORT}[what]
    for wrong in WRONG:
        with capture_logs() as lines:
            answer = await doors.tell(what, words, **{"token": TOKEN} | wrong)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), wrong
        assert ((await doors.incident()).owner_id, (await doors.page()).reported) == ("", ""), wrong
        assert [(line["event"], line["door"]) for line in lines] == [("phone_door_refused", f"/api/phone/{what}")], (
            wrong
        )
        assert "5550000" not in str(lines) and words.get("text", "no code") not in str(lines), wrong


REPORT = {"ref": "7", "status": "undelivered", "order": 1}


async def test_the_seal_is_held_against_the_house_s_own_clock(doors: Doors):
    await pass_time(doors.company.database, hours=2)
    assert (await doors.tell("report", REPORT)).status_code == 403
    assert (await doors.tell("report", REPORT, ahead=7200)).status_code == 204


async def test_another_body_under_an_old_seal_is_refused(doors: Doors):
    code = (await doors.incident()).code
    old = sealed(TOKEN, json.dumps({"from": ASHA, "text": "hello"}).encode())
    assert (await doors.tell("reply", {"from": ASHA, "text": code}, **old)).status_code == 403


async def test_reports_in_any_order_leave_the_newest_and_answer_nothing(doors: Doors):
    for status, order in (("delivered", 20), ("sent", 10), ("delivered", 20), ("sent", 20)):
        assert (await doors.tell("report", {"ref": "7", "status": status, "order": order})).status_code == 204
    page = await doors.page()
    assert (page.reported, page.reported_order, (await doors.incident()).owner_id) == ("delivered", 20, "")


async def test_what_did_not_arrive_makes_the_telephone_ring_and_marks_the_way_until_one_arrives(doors: Doors):
    assert (await doors.tell("report", REPORT)).status_code == 204
    kinds = await doors.company.read(lambda session: set(session.scalars(select(Page.kind))))
    assert kinds == {"text", "ring"}
    assert await trouble(doors) == "undelivered"
    await doors.tell("report", {"ref": "7", "status": "delivered", "order": 2})
    assert await trouble(doors) == ""


async def trouble(doors: Doors) -> str:
    return await doors.company.read(
        lambda session: session.scalars(select(Way.trouble).where(Way.kind == "text")).one()
    )


async def test_a_reference_that_nobody_or_only_the_other_provider_gave_is_unknown(doors: Doors):
    with capture_logs() as lines:
        assert (await doors.tell("report", REPORT | {"ref": "8"})).status_code == 404
        assert (await doors.tell("report", REPORT, SECOND)).status_code == 404
    assert [line["event"] for line in lines] == ["phone_report_of_nothing_known"] * 2
    assert (await doors.page()).reported == ""


UNREADABLE = (b"", b"{", b"[]", b'{"from": 1}', b'{"ref": "7", "status": "answered", "order": 1}')


async def test_what_cannot_be_read_is_told_so(doors: Doors):
    for what, body in itertools.product(("reply", "report"), UNREADABLE):
        answer = await doors.web.post(f"/api/phone/{what}", content=body, headers=sealed(TOKEN, body))
        assert answer.status_code in (400, 422), (what, body)
        assert answer.headers["content-type"] == "application/problem+json", (what, body)


async def test_a_house_without_a_token_believes_nobody(company: Company, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("app.main.logs.begin", lambda level: None)
    monkeypatch.setattr("app.main.say_bye_first", lambda house: None)
    app = create_app(Settings(data_dir=tmp_path, database_url=company.database.url), with_worker=False)
    transport = httpx.ASGITransport(app=app)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url=HOUSE) as web:
        assert (await Doors(web, company).tell("report", REPORT, "")).status_code == 403
