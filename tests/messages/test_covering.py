"""Words covered for the others: nobody but their writer reads them, and they come back where they stood."""

import pytest

from app.messages.covering import cover, own_covered, uncover
from app.messages.reacting import react
from app.messages.reading import history, open_room
from app.messages.removing import remove
from app.people.actors import Actor
from app.problems import NotAllowed, NotFound
from tests.support.company import Company


async def told(company: Company, who: Actor, seq: int = 1) -> dict:
    pages = await company.read(history, who, company.at.monday, None, 50)
    return next(entry for entry in pages.entries if entry["seq"] == seq)


async def test_the_others_see_that_something_is_covered_and_none_of_the_words(company: Company):
    at = company.at
    await company.say(at.dot, "With the pills from the blue box")
    company.heard.clear()
    await company.do(cover, at.fay, at.monday, 1)
    for who in (at.rose, at.dot, at.gil):
        entry = await told(company, who)
        assert (entry["text"], entry["state"], entry["covered"], entry["removed_by"]) == (
            None,
            "removed",
            True,
            "facilitator",
        )
    [change] = [one for one in company.heard if hasattr(one, "hides")]
    assert change.hides and "blue box" not in str(change.body)
    opened = await company.read(open_room, at.rose, at.monday, 1)
    assert "blue box" not in str(opened.pages.entries)


async def test_their_writer_still_has_them_and_nobody_else(company: Company):
    at = company.at
    await company.say(at.dot, "With the pills from the blue box")
    await company.do(cover, at.fay, at.monday, 1)
    assert await company.read(own_covered, at.dot, at.monday) == {1: "With the pills from the blue box"}
    assert await company.read(own_covered, at.fay, at.monday) == {}


async def test_they_are_shown_again_where_they_stood_and_twice_is_once(company: Company):
    at = company.at
    await company.say(at.dot, "It is a hard day")
    await company.do(react, at.rose, at.monday, 1, "hear_you", True)
    covered = [await company.do(cover, at.fay, at.monday, 1) for _ in range(2)]
    assert covered[0] == covered[1]
    shown = [await company.do(uncover, at.gil, at.monday, 1) for _ in range(2)]
    assert shown[0] == shown[1] and shown[0].version == covered[0].version + 1
    entry = await told(company, at.rose)
    assert (entry["text"], entry["reactions"]) == ("It is a hard day", {"hear_you": [at.rose.id]})
    assert "state" not in entry and "covered" not in entry


async def test_only_who_keeps_the_room_covers_and_a_pair_has_nobody_who_does(company: Company):
    at = company.at
    await company.say(at.dot, "It is a hard day")
    for who in (at.dot, at.rose):
        with pytest.raises(NotAllowed):
            await company.do(cover, who, at.monday, 1)
    with pytest.raises(NotFound):
        await company.do(cover, at.asha, at.monday, 1)
    await company.say(at.rose, "Hello Sam", at.pair)
    with pytest.raises(NotAllowed):
        await company.do(cover, at.sam, at.pair, 1)


async def test_what_its_writer_takes_back_is_no_longer_only_covered(company: Company):
    at = company.at
    await company.say(at.dot, "It is a hard day")
    await company.do(cover, at.fay, at.monday, 1)
    await company.do(remove, at.dot, at.monday, 1)
    entry = await told(company, at.rose)
    assert entry["removed_by"] == "author" and "covered" not in entry
