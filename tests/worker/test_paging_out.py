"""Pages leave the house: through a real mail server and a real provider, once, and again after a crash, marked so."""

import asyncio
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app import paging_out
from app.crisis import escalation, sending_pages
from app.crisis.lines import lines_of
from app.crisis.models import Incident, Page
from app.crisis.putting_aside import AGAIN_SECONDS
from app.crisis.raising import raise_help
from app.crisis.sending_pages import LEASE_SECONDS
from app.people.models import Site
from app.people.ways import Way
from app.settings import Settings
from tests.crisis.paging_story import has_ways, on_the_rota
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time
from tests.support.letterbox import Letterbox
from tests.support.phone_company import PhoneCompany
from tests.support.servers import environment

OFFICE = "office@example.org"
GOLDEN = re.compile(
    r"(REPEAT\. )?Elm House: EMERGENCY \d{4}, \d\d:\d\d\. Open https://chat\.example\.org/staff/calls/\w+"
)


@pytest.fixture
def phones() -> Iterator[PhoneCompany]:
    with PhoneCompany() as phones:
        yield phones


@pytest.fixture
def settings(letterbox: Letterbox, phones: PhoneCompany, tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path, smtp_url=letterbox.url, public_url="https://chat.example.org",
        phone_url=phones.url, phone_token="a token",
    )  # fmt: skip


@pytest.fixture
async def called(company: Company, settings: Settings) -> Company:
    """Rose has called for help. Asha is on call, with a telephone; the office is told when nobody can be."""
    await company.do(lambda session: session.execute(update(Site).values(name="Elm House", catch_all=OFFICE)).close())
    await on_the_rota(company, 1, company.at.asha)
    await has_ways(company, company.at.asha, "text", "ring")
    await company.do(
        raise_help, company.at.rose, new_ref(), company.at.monday, "I have fallen", lines=lines_of(settings)
    )
    return company


async def send_all(company: Company, settings: Settings) -> None:
    """Everything that is due now goes out."""
    sending: set[asyncio.Task[None]] = set()
    while True:
        await paging_out.send_due(company.database, settings, sending)
        if not sending:
            return
        await asyncio.wait(sending)


async def send_all_with_a_second(company: Company, settings: Settings) -> PhoneCompany:
    with PhoneCompany() as second:
        both = {"second_phone_url": second.url, "second_phone_token": "another"}
        await send_all(company, settings.model_copy(update=both))
    return second


async def pages(company: Company) -> list[Page]:
    return await company.read(lambda session: list(session.scalars(select(Page).order_by(Page.due_at, Page.id))))


async def test_what_leaves_says_the_house_the_tier_a_code_the_time_and_a_link(called, settings, phones):
    await send_all(called, settings)
    [handed] = phones.handed
    assert (handed.how, handed.to) == ("text", "+15550000")
    assert GOLDEN.fullmatch(handed.text)
    told = str([handed, [page.trouble for page in await pages(called)]])
    assert not [word for word in ("Rose", "fallen", "Monday", called.at.rose.id) if word in told]


async def test_the_call_follows_a_minute_later_and_stops_when_somebody_has_it(called, settings, phones):
    await send_all(called, settings)
    await pass_time(called.database, seconds=61)
    await send_all(called, settings)
    assert [one.how for one in phones.handed] == ["text", "ring"]
    [sent, *_] = await pages(called)
    assert (sent.state, sent.provider_ref) == ("sent", f"at-{sent.id}")


async def test_an_unreachable_provider_is_followed_by_the_second(called, settings, phones, tmp_path: Path):
    phones.says = 503
    second = await send_all_with_a_second(called, settings)
    assert [len(one.handed) for one in (phones, second)] == [1, 1]
    assert {page.state for page in await pages(called) if page.kind == "text" and page.attempt == 1} == {"sent"}


@pytest.mark.parametrize("status", [401, 402, 403, 404])
async def test_a_provider_that_refuses_the_house_says_nothing_of_the_number(called, settings, phones, status: int):
    phones.says = status
    second = await send_all_with_a_second(called, settings)
    assert [len(one.handed) for one in (phones, second)] == [1, 1]
    [way] = await called.read(lambda session: list(session.scalars(select(Way).where(Way.kind == "text"))))
    assert way.trouble == ""


async def test_a_call_at_which_the_engine_stumbles_holds_up_no_other(called, settings, monkeypatch):
    second = await called.do(raise_help, called.at.dot, new_ref(), lines=lines_of(settings))
    first = await called.read(
        lambda session: session.scalars(select(Incident.id).where(Incident.id != second.incident_id)).one()
    )
    real = escalation.advance

    def stumble(session, incident, at, lines):
        if incident.id == first:
            raise ZeroDivisionError
        real(session, incident, at, lines)

    monkeypatch.setattr(escalation, "advance", stumble)
    await pass_time(called.database, seconds=181)
    for _ in range(3):
        await paging_out.escalate_one(called.database, settings)
    levels = await called.read(lambda session: dict(session.execute(select(Incident.id, Incident.level)).all()))
    assert levels[second.incident_id] > levels[first]
    monkeypatch.setattr(escalation, "advance", real)
    await pass_time(called.database, seconds=AGAIN_SECONDS)
    await paging_out.escalate_one(called.database, settings)
    again = await called.read(lambda session: session.get_one(Incident, first).level)
    assert again == levels[second.incident_id]


async def test_a_failing_text_makes_the_telephone_ring_at_once_and_is_tried_again(called, settings, phones):
    phones.says = 503
    await send_all(called, settings)
    assert [one.how for one in phones.handed[:2]] == ["text", "ring"]
    await pass_time(called.database, seconds=16)
    phones.says = 200
    await send_all(called, settings)
    assert {"text", "ring"} <= {one.how for one in phones.handed[2:]}


async def test_a_wrong_number_is_not_rung_again(called, settings, phones):
    phones.says = 400
    await send_all(called, settings)
    await pass_time(called.database, seconds=50)
    await send_all(called, settings)
    assert [one.how for one in phones.handed].count("text") == 1 + 1, "the first text, and the second step's"


async def test_two_workers_send_each_page_once(called, settings, phones):
    await asyncio.gather(*(send_all(called, settings) for _ in range(4)))
    assert len(phones.handed) == 1


SEND_AND_HANG = """
import asyncio, sys
from app import paging_out
from app.foundation.database import open_database
from app.settings import Settings

async def main():
    settings, database, sending = Settings(), open_database(sys.argv[1]), set()
    await paging_out.send_due(database, settings, sending)
    await asyncio.wait(sending)

asyncio.run(main())
"""


async def test_a_worker_killed_while_it_sends_is_followed_by_one_that_says_repeat(called, settings, phones, tmp_path):
    phones.answers.clear()
    variables = {
        "HEARTHSIDE_PHONE_URL": phones.url, "HEARTHSIDE_PUBLIC_URL": "https://chat.example.org",
        "HEARTHSIDE_DATA_DIR": str(tmp_path),
    }  # fmt: skip
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SEND_AND_HANG, called.database.url, env=environment(variables)
    )
    assert await asyncio.to_thread(phones.came.wait, 30)
    killed.send_signal(signal.SIGKILL)
    await killed.wait()
    phones.answers.set()
    await send_all(called, settings)
    assert len(phones.handed) == 1, "its lease still runs"
    await pass_time(called.database, seconds=LEASE_SECONDS + 1)
    await send_all(called, settings)
    assert [one.text.startswith("REPEAT") for one in phones.handed] == [False, True]


async def test_a_worker_that_woke_too_late_sends_nothing(called, settings, phones):
    page = await called.do(sending_pages.claim)
    await pass_time(called.database, seconds=LEASE_SECONDS + 1)
    await send_all(called, settings)
    await paging_out.send_one(called.database, settings, page)
    assert len(phones.handed) == 1


async def test_where_nobody_can_be_reached_the_office_is_written_to(company: Company, settings, letterbox):
    await company.do(lambda session: session.execute(update(Site).values(name="Elm House", catch_all=OFFICE)).close())
    await company.do(raise_help, company.at.rose, new_ref(), "", "I have fallen", lines=lines_of(settings))
    await send_all(company, settings)
    [(to, letter)] = letterbox.letters
    text = letter.get_payload(decode=True).decode().strip()
    assert (to, letter["Subject"]) == ([OFFICE], "Elm House")
    assert GOLDEN.fullmatch(text)
    code = (await company.read(lambda session: session.scalars(select(Incident)).one())).code
    assert code in text
