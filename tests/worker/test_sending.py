"""One person is told, through real servers; what does not arrive is tried again, then goes another way."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.foundation.due import Due
from app.people import asking, tasks
from app.people.checking_ways import send_code, type_code
from app.people.reaching import tell, waiting_notices
from app.people.ways import Way, add_way, choose_hours, end_way
from app.sending import WAITS
from app.settings import Settings
from app.worker import do_one
from tests.support.company import KEY, Company, new_ref
from tests.support.databases import pass_time
from tests.support.letterbox import Letterbox
from tests.support.push_service import PushService

PRIVATE = ("Rose", "Joan", "Monday", "geranium", "Larger")


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def settings(letterbox: Letterbox, service: PushService, tmp_path: Path) -> Settings:
    (tmp_path / "secret").write_bytes(KEY)
    return Settings(
        data_dir=tmp_path, smtp_url=letterbox.url, public_url="https://chat.example.org", push_services=service.url
    )


@pytest.fixture
async def awake(company: Company) -> Company:
    rose = await company.person(company.at.rose)
    never = {"quiet_from": "00:00", "quiet_until": "00:00", "tells": "kind"}
    await company.do(choose_hours, company.at.rose, rose, **never)
    return company


async def work(company: Company, settings: Settings) -> None:
    while await do_one(company.database, settings):
        continue


async def by(company: Company, kind: str, address: str, **more: Any) -> Way:
    return await company.do(add_way, company.at.rose, await company.person(company.at.rose), kind, address, **more)


async def by_push(company: Company, service: PushService) -> Way:
    told = dict(service.subscription)
    return await by(company, "push", told.pop("endpoint"), keys=told)


async def by_mail(company: Company, settings: Settings, letterbox: Letterbox) -> Way:
    """Her address, checked with the numbers that came there."""
    way = await by(company, "email", "rose@example.org")
    await company.do(send_code, company.at.rose, way.id)
    await work(company, settings)
    [(to, letter)] = letterbox.letters
    code = re.search(r"\b\d{6}\b", letter.get_payload(decode=True).decode()).group()
    assert to == ["rose@example.org"]
    assert await company.do(type_code, company.at.rose, way.id, code, KEY)
    letterbox.letters.clear()
    return way


async def answered(company: Company) -> None:
    await company.do(asking.ask, company.at.rose, new_ref(), "Where is my geranium?")
    [(question, _)] = await company.do(asking.open_questions, company.at.joan)
    await company.do(asking.answer, company.at.joan, question.id, "Larger now, in Monday Circle.")


async def the_way(company: Company, way: Way) -> Way:
    return await company.read(lambda session: session.get_one(Way, way.id))


async def test_a_mail_says_that_there_is_an_answer_and_nothing_of_it(awake, settings, letterbox):
    await by_mail(awake, settings, letterbox)
    await answered(awake)
    await work(awake, settings)
    [(to, letter)] = letterbox.letters
    text = letter.get_payload(decode=True).decode()
    assert (to, letter["Subject"]) == (["rose@example.org"], "There is an answer for you")
    assert "https://chat.example.org/ask" in text
    assert not [word for word in PRIVATE if word in letter["Subject"] + text]


async def test_a_push_says_that_there_is_an_answer_and_nothing_of_it(awake, settings, service):
    await by_push(awake, service)
    await answered(awake)
    await work(awake, settings)
    told = {"title": "There is an answer for you", "body": "Open Hearthside when it suits you.", "url": "/ask"}
    assert service.heard == [told]


async def test_who_wants_less_told_is_told_less(awake, settings, service):
    rose = await awake.person(awake.at.rose)
    await awake.do(choose_hours, awake.at.rose, rose, quiet_from="00:00", quiet_until="00:00", tells="nothing")
    await by_push(awake, service)
    await answered(awake)
    await work(awake, settings)
    assert [told["title"] for told in service.heard] == ["Something is waiting for you"]


async def test_nothing_private_stands_in_what_must_happen(awake, settings, letterbox, service):
    await by_push(awake, service)
    await answered(awake)
    await work(awake, settings)
    rows = await awake.read(lambda session: [str(vars(row)) for row in session.scalars(select(Due))])
    assert rows and not [word for row in rows for word in (*PRIVATE, "rose@example.org") if word in row]


async def test_a_mail_server_that_is_away_is_tried_again_and_the_letter_comes_once(awake, settings, letterbox):
    await by_mail(awake, settings, letterbox)
    letterbox.close()
    await answered(awake)
    await work(awake, settings)
    letterbox.open()
    await work(awake, settings)
    assert letterbox.letters == [], "not before its time"
    await pass_time(awake.database, seconds=WAITS[0])
    await work(awake, settings)
    await pass_time(awake.database, days=1)
    await work(awake, settings)
    assert len(letterbox.letters) == 1


async def test_a_mail_that_never_leaves_is_given_up_shown_and_goes_another_way(awake, settings, letterbox, service):
    email = await by_mail(awake, settings, letterbox)
    await by_push(awake, service)
    letterbox.says = "451 later"
    await answered(awake)
    await work(awake, settings)
    for wait in WAITS:
        assert service.pushes == []
        await pass_time(awake.database, seconds=wait)
        await work(awake, settings)
    assert [told["url"] for told in service.heard] == ["/ask"]
    assert (await the_way(awake, email)).trouble == "CouldNotSend"
    late = await awake.read(lambda session: list(session.scalars(select(Due).where(Due.done_at.is_(None)))))
    assert late == []


async def test_when_the_last_way_is_given_up_joan_has_a_task(awake, settings, letterbox):
    await by_mail(awake, settings, letterbox)
    letterbox.says = "550 no"
    await answered(awake)
    for wait in (0, *WAITS):
        await pass_time(awake.database, seconds=wait)
        await work(awake, settings)
    [task] = await awake.read(tasks.open_tasks, awake.at.joan)
    assert (task.kind, task.about_id, task.details) == ("could_not_reach", awake.at.rose.id, {})


async def test_a_way_that_works_again_has_no_trouble_any_more(awake, settings, letterbox):
    email = await by_mail(awake, settings, letterbox)
    await awake.do(lambda session: setattr(session.get_one(Way, email.id), "trouble", "CouldNotSend"))
    await answered(awake)
    await work(awake, settings)
    assert (await the_way(awake, email)).trouble == ""


async def test_a_browser_that_is_gone_is_left_at_once(awake, settings, service, letterbox):
    pushed = await by_push(awake, service)
    service.says = 410
    await answered(awake)
    await work(awake, settings)
    assert (await the_way(awake, pushed)).ended_at is not None
    assert [task.kind for task in await awake.read(tasks.open_tasks, awake.at.joan)] == ["could_not_reach"]


async def test_a_push_to_a_door_inside_our_own_network_is_never_made(awake, settings, service):
    await by_push(awake, service)
    await answered(awake)
    await work(awake, settings.model_copy(update={"push_services": "fcm.googleapis.com"}))
    assert service.pushes == []


async def test_what_was_read_before_the_mail_left_is_not_sent(awake, settings, letterbox):
    await by_mail(awake, settings, letterbox)
    await answered(awake)
    assert await do_one(awake.database, settings)
    await awake.do(asking.my_questions, awake.at.rose)
    await work(awake, settings)
    assert letterbox.letters == []


async def test_a_way_taken_away_before_the_mail_left_is_not_used(awake, settings, letterbox):
    email = await by_mail(awake, settings, letterbox)
    await answered(awake)
    assert await do_one(awake.database, settings)
    await awake.do(end_way, awake.at.rose, email.id)
    await work(awake, settings)
    assert letterbox.letters == []


async def test_numbers_that_could_not_be_sent_leave_their_trouble_on_the_way(awake, settings, letterbox):
    way = await by(awake, "email", "rose@example.org")
    letterbox.says = "550 no"
    await awake.do(send_code, awake.at.rose, way.id)
    for wait in (0, *WAITS):
        await pass_time(awake.database, seconds=wait)
        await work(awake, settings)
    assert (await the_way(awake, way)).trouble == "CouldNotSend"


async def test_it_is_said_in_the_readers_language_and_waits_on_the_home_page_all_the_same(awake, settings, service):
    await by_push(awake, service)
    await awake.do(tell, awake.at.rose.id, "try")
    await work(awake, settings)
    assert len(service.heard) == 1
    assert [notice.what for notice in await awake.read(waiting_notices, awake.at.rose)] == ["try"]
