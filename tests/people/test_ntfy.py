"""On-call staff may name a topic at an ntfy server: checked by numbers that come there, and only for calls."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app import sending
from app.crisis.lines import EVERY_LINE
from app.crisis.readiness import readiness
from app.foundation import due
from app.foundation.delivery import ntfy
from app.foundation.delivery.mail import CouldNotSend
from app.foundation.delivery.phone import Never
from app.foundation.tokens import house_key
from app.people import checking_ways, reaching
from app.people.checking_ways import SEND_CODE
from app.people.models import Person
from app.people.ways import Way, add_way
from app.problems import Invalid
from app.settings import Settings
from tests.support.company import Company
from tests.support.ntfy_server import NtfyServer


@pytest.fixture
def server() -> Iterator[NtfyServer]:
    with NtfyServer() as server:
        yield server


async def has_a_topic(company: Company, who, server: NtfyServer) -> Way:
    person = await company.person(who)
    return await company.do(add_way, who, person, "ntfy", f"{server.url}/asha-7f3k")


async def test_numbers_come_to_the_topic_and_check_it(company: Company, server: NtfyServer, tmp_path: Path):
    settings = Settings(data_dir=tmp_path, ntfy_servers=server.url)
    way = await has_a_topic(company, company.at.asha, server)
    await company.do(checking_ways.send_code, company.at.asha, way.id)
    await sending.send_code(company.database, settings, await company.do(due.claim, [SEND_CODE]))
    [sign] = server.signs
    assert (sign.topic, sign.headers["priority"]) == ("asha-7f3k", "3")
    code = "".join(letter for letter in sign.text if letter.isdecimal())
    key = house_key(settings.secret_path)
    assert await company.do(checking_ways.type_code, company.at.asha, way.id, code, key)
    [asha] = [one for one in await company.read(readiness, company.at.vera, EVERY_LINE) if one.name == "Asha"]
    assert asha.reached_by == ["ntfy"]


async def test_it_is_for_the_on_call_staff_and_nobody_else(company: Company, server: NtfyServer):
    for who in (company.at.rose, company.at.fay, company.at.joan):
        with pytest.raises(Invalid):
            await has_a_topic(company, who, server)


async def test_what_waits_for_somebody_never_goes_there(company: Company, server: NtfyServer):
    way = await has_a_topic(company, company.at.asha, server)

    def checked(session) -> None:
        session.get_one(Way, way.id).verified_at = session.get_one(Person, company.at.asha.id).joined_at
        reaching.tell(session, company.at.asha.id, "try", "/ways")

    await company.do(checked)
    notice = await company.read(lambda session: session.scalars(select(reaching.Notice.id)).one())
    await company.do(reaching.next_step, notice, EVERY_LINE.zone)
    whats = await company.read(lambda session: set(session.scalars(select(due.Due.what))))
    assert not whats & {reaching.SEND_MAIL, reaching.SEND_PUSH} and server.signs == []


@pytest.mark.parametrize(
    ("topic", "is_allowed"),
    [
        ("https://ntfy.sh/asha-7f3k", True),
        ("https://ntfy.sh/", False),
        ("https://ntfy.sh/a/b", False),
        ("https://ntfy.sh.example.org/asha", False),
        ("https://ntfy.sh@localhost/asha", False),
        ("http://ntfy.sh/asha", False),
        ("http://169.254.169.254/asha", False),
        ("https://ntfy.sh/asha?x=1", False),
        ("asha", False),
    ],
)
def test_only_a_topic_at_a_named_server_is_spoken_to(topic: str, is_allowed: bool):
    assert ntfy.allowed(topic, "https://ntfy.sh") is is_allowed


async def test_a_server_that_is_not_named_any_more_is_not_spoken_to(server: NtfyServer):
    with pytest.raises(Never):
        await ntfy.send(f"{server.url}/asha", "https://ntfy.sh", "Elm House", "4821", "https://chat.example.org")
    assert server.signs == []


@pytest.mark.parametrize(("status", "for_good"), [(404, True), (410, True), (401, False), (403, False), (503, False)])
async def test_a_server_that_refuses_the_house_says_nothing_of_the_topic(
    server: NtfyServer, status: int, for_good: bool
):
    server.says = status
    with pytest.raises(CouldNotSend) as trouble:
        await ntfy.send(f"{server.url}/asha-7f3k", server.url, "Elm House", "EMERGENCY", "https://x.example")
    assert isinstance(trouble.value, Never) == for_good
