"""A house is ready when all of it is well, opens once, and until then lets in staff, and members for practice."""

from pathlib import Path

import pytest
from sqlalchemy import update

from app.foundation import due
from app.foundation.database import Session
from app.foundation.due import Due
from app.keeping import test_page as page_test
from app.keeping.ready import look, open_doors, say_rung
from app.people.actors import SYSTEM
from app.people.cards import issue
from app.people.models import Site
from app.people.signing_in import actor_for, seen, sign_in_with_card
from app.people.site import edit_site
from app.people.spoken_codes import make_code
from app.problems import Invalid, NotAllowed, NotFound
from app.rooms.membership import add_member
from app.rooms.models import Room
from app.rooms.opening import make_room, put_together
from app.settings import Settings
from tests.support.company import KEY, Company
from tests.support.databases import pass_time
from tests.support.letterbox import Letterbox
from tests.support.ready import put_in_order

SETTINGS = Settings(data_dir=Path("nowhere"), public_url="https://chat.example.org")


def shut(session: Session) -> None:
    session.execute(update(Site).values(opened_at=None))


@pytest.fixture
async def closed(company: Company) -> Company:
    await company.do(shut)
    return company


@pytest.fixture
async def in_order(closed: Company) -> Company:
    """All that a house needs, and not yet open."""
    await closed.do(put_in_order, closed.at, SETTINGS)
    return closed


async def missing(company: Company, settings: Settings = SETTINGS) -> list[str]:
    return [item.key for item in await company.read(look, settings) if not item.well]


async def test_a_new_house_is_told_all_that_is_missing(closed: Company):
    everything = ["https", "backup", "numbers", "test", "administrators", "outside"]
    assert await missing(closed, Settings(data_dir=Path("nowhere"))) == everything


async def test_a_house_in_order_opens_once(in_order: Company):
    assert await missing(in_order) == []
    for _ in range(2):
        await in_order.do(open_doors, in_order.at.nora, SETTINGS)


@pytest.mark.parametrize(
    ("days", "lapsed"), [(8, ["test"]), (31, ["backup", "test"]), (366, ["backup", "numbers", "test"])]
)
async def test_what_was_looked_at_long_ago_counts_no_more(in_order: Company, days: int, lapsed: list[str]):
    await pass_time(in_order.database, days=days)
    assert await missing(in_order) == lapsed


async def test_a_house_does_not_open_while_something_is_missing(in_order: Company):
    await pass_time(in_order.database, days=8)
    with pytest.raises(Invalid, match="still missing"):
        await in_order.do(open_doors, in_order.at.nora, SETTINGS)


async def test_what_lapses_later_shuts_nobody_out(in_order: Company):
    await in_order.do(open_doors, in_order.at.nora, SETTINGS)
    await pass_time(in_order.database, days=400)
    rose = await in_order.person(in_order.at.rose)
    assert (await in_order.do(issue, in_order.at.nora, rose, KEY)).card.expires_at is None


async def test_a_test_page_to_another_address_counts_no_more(in_order: Company):
    await in_order.do(edit_site, in_order.at.nora, catch_all="desk@example.org")
    assert await missing(in_order) == ["test"]


async def test_only_who_runs_the_house_opens_it_or_says_that_a_number_was_rung(in_order: Company):
    for who in (in_order.at.joan, in_order.at.fay, in_order.at.rose):
        with pytest.raises(NotAllowed):
            await in_order.do(open_doors, who, SETTINGS)
        with pytest.raises(NotAllowed):
            await in_order.do(say_rung, who, SETTINGS, "911")


async def test_a_number_that_is_shown_nowhere_cannot_be_rung(in_order: Company):
    with pytest.raises(NotFound):
        await in_order.do(say_rung, in_order.at.nora, SETTINGS, "0900 1234")


async def test_before_it_is_open_a_members_card_is_for_practice_and_ends_after_a_day(closed: Company):
    rose = await closed.person(closed.at.rose)
    issued = await closed.do(issue, closed.at.nora, rose, KEY)
    assert issued.card.practice
    signed = await closed.do(sign_in_with_card, issued.secret, KEY)
    await pass_time(closed.database, hours=2)
    await closed.do(seen, signed.actor.sign_in_id)
    assert await closed.read(actor_for, signed.token, KEY)
    await pass_time(closed.database, hours=23)
    assert await closed.read(actor_for, signed.token, KEY) is None
    with pytest.raises(NotFound):
        await closed.do(sign_in_with_card, issued.secret, KEY)


async def test_before_it_is_open_staff_cards_are_what_they_always_are(closed: Company):
    issued = await closed.do(issue, closed.at.nora, await closed.person(closed.at.asha), KEY)
    assert issued.card.once and not issued.card.practice


async def test_before_it_is_open_no_member_is_let_into_a_room_and_staff_are(closed: Company):
    at = closed.at
    room, mei, asha = await closed.room(at.monday), await closed.person(at.mei), await closed.person(at.asha)
    with pytest.raises(NotAllowed, match="not open yet"):
        await closed.do(add_member, at.nora, room, mei)
    with pytest.raises(NotAllowed, match="not open yet"):
        await closed.do(make_code, at.joan, mei, KEY)
    await closed.do(add_member, at.nora, room, asha)


async def test_an_operator_at_the_command_line_is_not_asked(closed: Company):
    issued = await closed.do(issue, SYSTEM, await closed.person(closed.at.rose), KEY)
    assert not issued.card.practice
    await closed.do(add_member, SYSTEM, await closed.room(closed.at.monday), await closed.person(closed.at.mei))


async def test_a_small_house_has_one_group_and_no_pairs(company: Company):
    at = company.at
    await company.do(edit_site, at.nora, small=True)
    with pytest.raises(Invalid, match="one group"):
        await company.do(make_room, at.nora, "Friday Songs")
    with pytest.raises(Invalid, match="no pairs"):
        await company.do(put_together, at.nora, await company.person(at.mei), await company.person(at.sam))
    assert (await company.do(make_room, at.nora, "Back office", "staff")).kind == "staff"
    await company.do(edit_site, at.nora, small=False)
    assert isinstance(await company.do(make_room, at.nora, "Friday Songs"), Room)


async def test_a_test_page_needs_an_address_and_a_way_out(company: Company):
    with pytest.raises(Invalid, match="This house first"):
        await company.do(page_test.ask, company.at.nora, by_mail=True)
    await company.do(edit_site, company.at.nora, catch_all="office@example.org")
    with pytest.raises(Invalid, match="No mail can leave"):
        await company.do(page_test.ask, company.at.nora, by_mail=False)


async def test_a_link_that_somebody_made_up_or_kept_for_a_week_answers_nothing(in_order: Company):
    with pytest.raises(NotFound):
        await in_order.do(page_test.answer, "page1-" + "0" * 32, KEY)
    await pass_time(in_order.database, days=8)
    with pytest.raises(NotFound):
        await in_order.do(page_test.answer, page_test.token_of("page1", KEY), KEY)


async def test_a_test_page_goes_out_once_a_week_and_its_link_answers_it(
    company: Company, tmp_path: Path, letterbox: Letterbox
):
    settings = Settings(data_dir=tmp_path, smtp_url=letterbox.url, public_url="https://chat.example.org")
    (tmp_path / "secret").write_bytes(KEY)
    await company.do(edit_site, company.at.nora, catch_all="office@example.org")
    for _ in range(2):
        await page_test.look(company.database, settings, Due())
        while row := await company.do(due.claim, [page_test.TEST_PAGE]):
            await page_test.send(company.database, settings, row)
            await company.do(due.done, row)
    [(to, letter)] = letterbox.letters
    assert to == ["office@example.org"]
    link = next(word for word in letter.get_payload(decode=True).decode().split() if word.startswith("https://"))
    await company.do(page_test.answer, link.rpartition("/")[2], KEY)
    assert "test" not in await missing(company, settings)
