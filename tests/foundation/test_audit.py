"""What staff did is one chain: a link that is changed, lost or cut off is found."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select, update

from app.foundation import audit
from app.foundation.audit import AuditHead, AuditLink, first_broken_link, record
from app.foundation.database import Database, Session
from tests.support.meddling import look_away


def keep_five(session: Session) -> None:
    for number in range(5):
        record(session, "fay", "mute", whom="ken", place="monday", reason=f"once and {number} times", seq=number)


def change_words(session: Session) -> None:
    look_away(session)
    session.execute(update(AuditLink).where(AuditLink.number == 3).values(details={"reason": "nothing happened"}))


def change_who(session: Session) -> None:
    look_away(session)
    session.execute(update(AuditLink).where(AuditLink.number == 3).values(who="gil"))


def seal_again(session: Session) -> None:
    """Changed by somebody who knows how links are made."""
    look_away(session)
    before, link = (session.get_one(AuditLink, number) for number in (2, 3))
    link.who = "gil"
    link.hash = audit.link_hash(before.hash, link)


def lose_one(session: Session) -> None:
    look_away(session)
    session.execute(delete(AuditLink).where(AuditLink.number == 3))


def cut_the_tail(session: Session) -> None:
    look_away(session)
    session.execute(delete(AuditLink).where(AuditLink.number >= 3))


def lose_all(session: Session) -> None:
    look_away(session)
    session.execute(delete(AuditLink))


def turn_the_head_back(session: Session) -> None:
    look_away(session)
    session.execute(update(AuditHead).values(number=4))


async def test_an_untouched_chain_is_whole(database: Database):
    await database.transaction(keep_five)
    assert await database.read(first_broken_link) is None


async def test_a_house_where_nothing_happened_is_whole(database: Database):
    assert await database.read(first_broken_link) is None


@pytest.mark.parametrize(
    ("meddle", "found"),
    [(change_words, 3), (change_who, 3), (seal_again, 4), (lose_one, 3), (cut_the_tail, 3), (lose_all, 1)],
)
async def test_whatever_is_done_to_a_link_is_found(database: Database, meddle: Callable[[Session], None], found: int):
    await database.transaction(keep_five)
    await database.transaction(meddle)
    assert await database.read(first_broken_link) == found


async def test_a_head_turned_back_is_found(database: Database):
    await database.transaction(keep_five)
    await database.transaction(turn_the_head_back)
    assert await database.read(first_broken_link) is not None


async def test_links_are_numbered_in_the_order_of_the_acts(database: Database):
    await database.transaction(keep_five)
    reasons = select(AuditLink.details).order_by(AuditLink.number)
    told = await database.read(lambda session: [details["seq"] for details in session.scalars(reasons)])
    assert told == [0, 1, 2, 3, 4]


async def test_an_act_that_is_not_committed_leaves_no_link(database: Database):
    def stumble(session: Session) -> None:
        keep_five(session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.transaction(stumble)
    assert await database.read(lambda session: session.scalars(select(AuditLink)).all()) == []
    await database.transaction(keep_five)
    assert await database.read(first_broken_link) is None


async def test_any_name_or_reason_keeps_the_chain_whole(database: Database):
    await database.transaction(
        record, "fay", "mute", whom="ken", reason='"Ünï\u2028cødé" 🏡 {"a": 1}', list=[1, None, 0.5]
    )
    assert await database.read(first_broken_link) is None
