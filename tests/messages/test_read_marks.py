"""How far each has read: forward only, never past the last words, and what is new for somebody."""

from app.messages.read_marks import marks_in, news_for, store
from app.people.actors import Actor
from app.rooms.membership import remove_member
from tests.support.company import Company


async def read_to(company: Company, who: Actor, seq: int, room: str = "") -> dict[tuple[str, str], int]:
    return await company.do(store, {(room or company.at.monday, who.id): seq})


async def marks(company: Company) -> dict[str, int]:
    return await company.read(marks_in, company.at.monday)


async def talk(company: Company, *speakers: Actor, room: str = "") -> None:
    for who in speakers:
        await company.say(who, "Good morning", room)


async def test_marks_only_move_forward(company: Company):
    rose = company.at.rose
    await talk(company, *[company.at.harold] * 3)
    await read_to(company, rose, 2)
    await read_to(company, rose, 1)
    assert await marks(company) == {rose.id: 2}
    await read_to(company, rose, 3)
    assert await marks(company) == {rose.id: 3}


async def test_only_marks_that_moved_are_told(company: Company):
    rose, harold = company.at.rose, company.at.harold
    await talk(company, *[company.at.dot] * 3)
    await read_to(company, rose, 2)
    both = {(company.at.monday, rose.id): 1, (company.at.monday, harold.id): 3}
    assert await company.do(store, both) == {(company.at.monday, harold.id): 3}


async def test_nobody_has_read_past_the_last_words(company: Company):
    await talk(company, company.at.harold, company.at.dot)
    assert await read_to(company, company.at.rose, 10**15) == {(company.at.monday, company.at.rose.id): 2}
    assert await marks(company) == {company.at.rose.id: 2}


async def test_marks_of_many_rooms_and_people_are_stored_together(company: Company):
    at = company.at
    await talk(company, at.harold, at.dot)
    await talk(company, at.mei, room=at.thursday)
    kept = await company.do(
        store, {(at.monday, at.rose.id): 1, (at.monday, at.ken.id): 2, (at.thursday, at.luis.id): 1}
    )
    assert len(kept) == 3
    assert await marks(company) == {at.rose.id: 1, at.ken.id: 2}


async def test_a_room_that_is_not_there_keeps_no_mark(company: Company):
    assert await read_to(company, company.at.rose, 1, "no-such-room") == {}
    assert await company.do(store, {}) == {}


async def test_an_empty_room_has_nothing_to_have_read(company: Company):
    await read_to(company, company.at.rose, 5)
    assert (await marks(company)).get(company.at.rose.id, 0) == 0


async def test_what_is_new_is_how_much_and_who_wrote_last(company: Company):
    at = company.at
    await talk(company, at.harold, at.dot, at.harold)
    await talk(company, at.sam, room=at.pair)
    assert await company.read(news_for, at.rose) == {at.monday: (3, "Harold"), at.pair: (1, "Sam")}
    await read_to(company, at.rose, 2)
    assert (await company.read(news_for, at.rose))[at.monday] == (1, "Harold")
    await read_to(company, at.rose, 3)
    assert at.monday not in await company.read(news_for, at.rose)


async def test_my_own_last_words_are_no_news_to_me(company: Company):
    await talk(company, company.at.harold, company.at.rose)
    assert await company.read(news_for, company.at.rose) == {}


async def test_sybil_and_whoever_was_removed_hear_no_news(company: Company):
    await talk(company, company.at.harold)
    await company.do(remove_member, company.at.fay, company.at.monday, company.at.rose.id)
    for who in (company.at.sybil, company.at.mei, company.at.rose, company.at.nora):
        assert await company.read(news_for, who) == {}
