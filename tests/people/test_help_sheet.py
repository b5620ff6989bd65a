"""*If I need help*: sealed, read by its own person, written into by a helper, asked after every three months."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app.foundation.audit import AuditLink
from app.foundation.sealing import CannotOpen, Seals, rotate
from app.people.help_sheet import CHECK, HelpSheet, fill_in_for, keep_own, own_sheet, still_right
from app.people.tasks import open_tasks
from app.problems import Invalid, NotAllowed, NotFound
from app.settings import Settings
from app.worker import do_one
from tests.support.company import Company
from tests.support.databases import pass_time

KEY_SAFE = "The key is under the blue pot."
MINE = {"where": "In the kitchen", "way_in": KEY_SAFE, "phone": "555 0133", "whom": "My daughter Ana, 555 0144"}


@pytest.fixture
def seals(tmp_path: Path) -> Seals:
    return Seals(tmp_path / "sealing-keys")


async def words_of(company: Company, seals: Seals) -> dict[str, str]:
    found = await company.read(own_sheet, company.at.rose, seals)
    assert found is not None
    return {field: said for field, said in found.words.items() if said}


async def test_rose_reads_what_she_wrote_and_the_database_alone_tells_nothing(company: Company, seals: Seals):
    assert await company.read(own_sheet, company.at.rose, seals) is None
    await company.do(keep_own, company.at.rose, MINE, seals)
    assert await words_of(company, seals) == MINE
    kept = await company.read(lambda session: session.scalars(select(HelpSheet.sealed)).one())
    assert not [words for words in MINE.values() if words in kept]


async def test_what_rose_clears_is_gone(company: Company, seals: Seals):
    await company.do(keep_own, company.at.rose, MINE, seals)
    await company.do(keep_own, company.at.rose, MINE | {"way_in": ""}, seals)
    assert "way_in" not in await words_of(company, seals)


async def test_joan_writes_into_it_and_what_she_leaves_empty_stays(company: Company, seals: Seals):
    rose = await company.person(company.at.rose)
    await company.do(keep_own, company.at.rose, MINE, seals)
    await company.do(fill_in_for, company.at.joan, rose, {"phone": "555 0199", "way_in": " "}, seals)
    assert await words_of(company, seals) == MINE | {"phone": "555 0199"}
    with pytest.raises(Invalid):
        await company.do(fill_in_for, company.at.joan, rose, {"way_in": " "}, seals)


async def test_joan_can_be_the_first_to_write_and_only_who_helps_people_in_can(company: Company, seals: Seals):
    rose = await company.person(company.at.rose)
    for who in (company.at.harold, company.at.fay, company.at.asha, company.at.vera):
        with pytest.raises(NotAllowed):
            await company.do(fill_in_for, who, rose, MINE, seals)
    await company.do(fill_in_for, company.at.joan, rose, MINE, seals)
    assert await words_of(company, seals) == MINE


async def test_the_log_of_acts_names_the_fields_and_never_the_words(company: Company, seals: Seals):
    rose = await company.person(company.at.rose)
    await company.do(fill_in_for, company.at.joan, rose, MINE, seals)
    links = await company.read(lambda session: session.scalars(select(AuditLink)).all())
    [link] = [one for one in links if one.did == "fill_in_help_sheet"]
    assert (link.who, link.whom, link.details) == (company.at.joan.id, rose.id, {"fields": sorted(MINE)})
    assert "blue pot" not in str([one.details for one in links])


async def test_too_much_is_refused_with_a_sentence_and_what_was_there_stays(company: Company, seals: Seals):
    await company.do(keep_own, company.at.rose, MINE, seals)
    with pytest.raises(Invalid):
        await company.do(keep_own, company.at.rose, MINE | {"tell": "x" * 601}, seals)
    assert await words_of(company, seals) == MINE


async def test_after_three_months_joan_is_asked_to_check_and_again_three_months_later(company: Company, seals: Seals):
    await company.do(keep_own, company.at.rose, MINE, seals)
    assert await to_check(company) == []
    await pass_time(company.database, days=92)
    assert await to_check(company) == [company.at.rose.id]
    await company.do(still_right, company.at.joan, await company.person(company.at.rose))
    assert await to_check(company) == []
    await pass_time(company.database, days=92)
    assert await to_check(company) == [company.at.rose.id]
    await pass_time(company.database, days=92)
    assert await to_check(company) == [company.at.rose.id]


async def test_who_looks_at_her_own_in_time_is_not_asked(company: Company, seals: Seals):
    await company.do(keep_own, company.at.rose, MINE, seals)
    await pass_time(company.database, days=60)
    await company.do(still_right, company.at.rose, await company.person(company.at.rose))
    await pass_time(company.database, days=60)
    assert await to_check(company) == []


async def to_check(company: Company) -> list[str]:
    while await do_one(company.database, Settings()):
        pass
    return [task.about_id for task in await company.read(open_tasks, company.at.joan) if task.kind == CHECK]


async def test_what_was_never_filled_in_cannot_be_right(company: Company):
    with pytest.raises(NotFound):
        await company.do(still_right, company.at.joan, await company.person(company.at.rose))


async def test_a_sheet_moved_to_another_person_opens_for_nobody(company: Company, seals: Seals):
    await company.do(keep_own, company.at.rose, MINE, seals)
    await company.do(keep_own, company.at.harold, {"where": "In the hall"}, seals)

    def swap(session):
        rose, harold = session.get(HelpSheet, company.at.rose.id), session.get(HelpSheet, company.at.harold.id)
        harold.sealed = rose.sealed

    await company.do(swap)
    with pytest.raises(CannotOpen):
        await company.read(own_sheet, company.at.harold, seals)


async def test_rotating_the_keys_changes_no_word_and_the_old_key_opens_it_no_more(company: Company, seals: Seals):
    await company.do(keep_own, company.at.rose, MINE, seals)
    before = await company.read(lambda session: session.scalars(select(HelpSheet.sealed)).one())
    seals.add_key()
    assert await company.do(rotate, seals) == 1
    assert await company.do(rotate, seals) == 0
    seals.drop_all_but(1)
    assert await words_of(company, Seals(seals.path)) == MINE
    with pytest.raises(CannotOpen):
        Seals(seals.path).open(f"help_sheet:{company.at.rose.id}", before)
