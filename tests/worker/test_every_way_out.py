"""What leaves the building: by every way, in every language, well or in trouble, no name, no room, no words (G14)."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from app import paging_out, reminding_out
from app.crisis import duty_tests, replies
from app.crisis.lines import lines_of
from app.crisis.models import Incident, IncidentEvent, Page
from app.crisis.raising import raise_help
from app.foundation import due
from app.people.models import Person, Site
from app.people.ways import Way
from app.rooms.models import Room
from app.settings import Settings
from app.wording import say
from tests.crisis.paging_story import has_ways, on_the_rota
from tests.support.company import Company, new_ref
from tests.support.letterbox import Letterbox
from tests.support.ntfy_server import NtfyServer
from tests.support.phone_company import PhoneCompany
from tests.support.push_service import PushService

KINDS = ("push", "ntfy", "text", "ring", "email")
HOUSE, OFFICE, TOPIC = "https://chat.example.org", "office@example.org", "asha-on-call-7f3k"
ROSE, ASHA, ROOM, WORDS = "Rosalind Quillfeather", "Ashanti Brackenbury", "Wisteria Parlour", "pills saved for tonight"
CATEGORIES = ("suicide", "violence", "abuse", "self_harm")
SECRETS = (*ROSE.split(), *ASHA.split(), *ROOM.split(), "pills", "saved", "tonight", *CATEGORIES)
GOLDEN = {
    "page": "Elm House: {tier} {code}, {time}. Open {link}",
    "taken": "Elm House: {code} is taken care of, {time}. {link}",
    "still_with": "Elm House: still with {code}? Write, or answer here: {link}",
    "worry": "Elm House: {tier} {code}, {time}. Nobody has picked it up yet. Open {link}",
    "lowered": "Elm House: {code} need not be hurried any more, {time}. {link}",
    "new_words": "Elm House: something new about {code}, {time}. {link}",
    "hand_over": "Elm House: your turn ends soon, and {code} is still yours. Hand it over: {link}",
    "follow_up": "Elm House: it is time to look in again after {code}. {link}",
}
MAY_BE_NAMED = {"house", "tier", "code", "time", "link", "text"}


class Outside:
    """Every provider there is, on this machine."""

    def __init__(self, folder: Path) -> None:
        self.phones, self.letters, self.pushes, self.ntfy = PhoneCompany(), Letterbox(), PushService(), NtfyServer()
        for one in self.all:
            one.open()
        self.settings = Settings(
            data_dir=folder, smtp_url=self.letters.url, public_url=HOUSE, phone_url=self.phones.url,
            phone_token="a token", push_services=self.pushes.url, ntfy_servers=self.ntfy.url,
        )  # fmt: skip

    @property
    def all(self) -> tuple[Any, ...]:
        return self.phones, self.letters, self.pushes, self.ntfy

    def address(self, kind: str) -> tuple[str, dict[str, str]]:
        told = self.pushes.subscription
        if kind == "push":
            return told["endpoint"], {name: told[name] for name in ("p256dh", "auth")}
        return {"ntfy": f"{self.ntfy.url}/{TOPIC}", "email": OFFICE}.get(kind, "+447700900123"), {}

    def came(self) -> list[str]:
        """All that came, with its title and headers."""
        mails = [
            f"{letter['subject']}\n{letter.get_payload(decode=True).decode()}" for _, letter in self.letters.letters
        ]
        signs = [f"{one.headers.get('title')}\n{one.text}\n{one.headers.get('click')}" for one in self.ntfy.signs]
        return [one.text for one in self.phones.handed] + mails + signs + [str(one) for one in self.pushes.heard]


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    outside = Outside(tmp_path)
    yield outside
    for one in outside.all:
        one.close()


@pytest.fixture
async def called(company: Company, outside: Outside) -> Company:
    """Somebody with an unusual name has called from a room with an unusual name, in unusual words."""

    def rename(session) -> None:
        session.get_one(Site, 1).name = "Elm House"
        session.get_one(Person, company.at.rose.id).name = ROSE
        session.get_one(Person, company.at.asha.id).name = ASHA
        session.get_one(Room, company.at.monday).title = ROOM

    await company.do(rename)
    await on_the_rota(company, 1, company.at.asha)
    await has_ways(company, company.at.asha, *KINDS)
    for kind in KINDS:
        address, keys = outside.address(kind)
        change = update(Way).where(Way.kind == kind).values(address=address, keys=keys)
        await company.do(lambda session, change=change: session.execute(change).close())
    about = {"lines": lines_of(outside.settings)}
    await company.do(raise_help, company.at.rose, new_ref(), company.at.monday, WORDS, **about)
    return company


def holds_no_secret(*told: object) -> None:
    for one in map(str, told):
        assert not [secret for secret in SECRETS if secret.lower() in one.lower()], one


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_template_of_any_language_has_a_place_for_more(language: str):
    replied = [one for name, one in vars(replies).items() if name.isupper() and isinstance(one, str) and "{" in one]
    for sentence in (*paging_out.SAYS.values(), paging_out.REPEAT, *reminding_out.ASKS.values(), *replied):
        assert set(re.findall(r"\{(\w+)\}", say(sentence, language))) <= MAY_BE_NAMED


@pytest.mark.parametrize("language", ["en", "es"])
async def test_each_thing_that_is_said_fits_its_template_by_every_way(called, outside, language):
    assert set(GOLDEN) == set(paging_out.SAYS)
    await called.do(lambda session: session.execute(update(Person).values(language=language)).close())
    ways = await called.read(lambda session: list(session.scalars(select(Way))))
    sent = 0
    for says, tier, way in itertools.product(GOLDEN, paging_out.TIERS, ways):
        await called.do(lambda session, tier=tier: session.execute(update(Incident).values(tier=tier)).close())
        going, expected = await called.read(one_page, outside.settings, says, way.id, repeat=way.kind == "ring")
        await paging_out.hand_over(outside.settings, going)
        assert going.text == expected
        sent += 1
    came = outside.came()
    holds_no_secret(*came)
    assert len(came) == sent


def one_page(session, settings: Settings, says: str, way_id: str, *, repeat: bool) -> tuple[Any, str]:
    """A page as it goes out, and the words that it should have."""
    incident, way = session.scalars(select(Incident)).one(), session.get_one(Way, way_id)
    at, language = incident.raised_at, session.get_one(Person, way.person_id).language
    about = {"incident_id": incident.id, "person_id": way.person_id, "way_id": way_id, "kind": way.kind}
    page = Page(id=new_ref(), says=says, fired_at=at, repeat=repeat, **about)
    in_words = {
        "house": "Elm House", "tier": say(paging_out.TIERS[incident.tier], language), "code": incident.code,
        "time": paging_out.clock(at, settings, language),
        "link": f"{HOUSE}/staff/" + ("tasks" if says == "follow_up" else f"calls/{incident.id}"),
    }  # fmt: skip
    in_english = GOLDEN[says].format(**in_words)
    text = in_english if language == "en" else say(paging_out.SAYS[says], language, **in_words)
    return paging_out.outgoing(session, settings, page), say(paging_out.REPEAT, language, text=text) if repeat else text


@pytest.mark.parametrize("trouble", [503, 400, 410])
async def test_trouble_with_a_provider_tells_neither_log_nor_rows_who_or_what(called, outside, trouble):
    for one in (outside.phones, outside.ntfy, outside.pushes):
        one.says = trouble
    outside.letters.says = f"550 no mailbox for {ASHA}"
    sending: set[Any] = set()
    with capture_logs() as lines:
        await paging_out.send_due(called.database, outside.settings, sending)
    pages = await called.read(lambda session: session.scalars(select(Page.trouble)).all())
    events = await called.read(lambda session: session.scalars(select(IncidentEvent)).all())
    ways = await called.read(lambda session: session.scalars(select(Way.trouble)).all())
    assert [line for line in lines if line["event"] == "page_failed"], "something was in trouble"
    holds_no_secret(*lines, *pages, *ways, *(event.details for event in events), *outside.came())


async def test_providers_that_are_not_there_are_logged_by_their_kind_of_trouble(called, outside):
    gone = {"phone_url": "http://127.0.0.1:9", "smtp_url": "smtp://127.0.0.1:9"}
    for one in outside.all:
        one.close()
    with capture_logs() as lines:
        await paging_out.send_due(called.database, outside.settings.model_copy(update=gone), set())
    holds_no_secret(*lines)
    failed = [line for line in lines if line["event"] == "page_failed"]
    assert failed and all(re.fullmatch(r"\w+", line["trouble"]) for line in failed)


@pytest.mark.parametrize("language", ["en", "es"])
async def test_a_test_and_what_is_answered_to_a_text_name_nobody(called, outside, language):
    await called.do(lambda session: session.execute(update(Person).values(language=language)).close())
    await called.do(duty_tests.ask_now, called.at.vera, called.at.asha.id)
    asked = await called.do(due.claim, [duty_tests.ASK])
    await called.do(duty_tests.begin, asked.id, asked.whom, lines_of(outside.settings))
    while row := await called.do(due.claim, [duty_tests.SEND]):
        await reminding_out.send(called.database, outside.settings, row)
        await called.do(due.done, row)
    code = (await called.read(lambda session: session.scalars(select(Incident)).one())).code
    for text in ("hello", code, code, "9999", WORDS):
        said = await called.do(replies.reply, "+447700900123", text)
        holds_no_secret(say(said.sentence, language, link="", **said.values))
    came = outside.came()
    assert len(came) == len(KINDS) and all("TEST" in one or "PRUEBA" in one for one in came)
    holds_no_secret(*came)
