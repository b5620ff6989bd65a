"""Rules on trial are kept beside the words and act on nothing; people look after the rules by what was noticed."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.crisis.judging import judge
from app.crisis.lines import EVERY_LINE
from app.crisis.models import Incident, Page
from app.crisis.reviewing import marked, read_words, review, rules_so_far
from app.crisis.screening import CATEGORIES, TIERS, screen, worry_in
from app.crisis.shadowing import TrialFinding
from app.crisis.worrying import Flag
from app.foundation.audit import AuditLink
from app.foundation.phrases.ruleset import load
from app.messages.removing import remove
from app.people.actors import Actor
from app.problems import Invalid, NotFound
from tests.messages.test_screened import says
from tests.support.company import Company, new_ref

LONELY = "me siento muy sola desde que murió mi Paco"
WORRY = "I wish I could go to sleep and not wake up"
TRIAL = "es-prueba-soledad"


async def every(company: Company, table: Any) -> list[Any]:
    return await company.read(lambda session: list(session.scalars(select(table))))


async def judged_none(company: Company) -> Flag:
    """Dot wrote something, and Fay said that it is not a worry."""
    await says(company, company.at.dot, WORRY)
    [flag] = await every(company, Flag)
    await company.do(judge, company.at.fay, flag.id, "not_a_worry", EVERY_LINE)
    return flag


def test_what_a_rule_on_trial_finds_is_told_apart():
    told = screen(LONELY, "es")
    assert told is not None
    assert (told.tier, told.findings) == ("none", ())
    assert [(one.rule, one.level) for one, _ in told.on_trial] == [(TRIAL, "watch")]
    both = worry_in(f"{LONELY}. Esta noche me voy a matar")
    assert both is not None and both.tier == "emergency"
    assert TRIAL not in [one.rule for one in both.findings]
    assert [one.rule for one, _ in both.on_trial] == [TRIAL]


def test_one_rule_or_a_whole_file_can_be_on_trial(tmp_path: Path):
    about = 'level="watch"\nkind="pii"\nany=["tea"]\nsource="x"\nreviewed_by="x"\nmatches=["tea"]\npasses=["x"]\n'
    rule = '[[rule]]\nid="{}"\n' + about
    (tmp_path / "a.toml").write_text(rule.format("acts") + rule.format("one").replace("kind", "trial=true\nkind"))
    (tmp_path / "b.toml").write_text("trial = true\n" + rule.format("file"))
    assert load(tmp_path, TIERS, CATEGORIES).on_trial == {"one", "file"}


async def test_a_rule_on_trial_is_kept_and_nothing_follows(company: Company):
    await says(company, company.at.dot, LONELY)
    [found] = await every(company, TrialFinding)
    assert (found.person_id, found.rule, found.tier, found.acted) == (company.at.dot.id, TRIAL, "watch", "none")
    assert "Paco" not in str(found.words)
    assert [await every(company, table) for table in (Flag, Incident, Page)] == [[], [], []]


async def test_words_that_are_sent_again_are_kept_once(company: Company):
    ref = new_ref()
    for _ in range(2):
        await says(company, company.at.dot, LONELY, ref)
    assert len(await every(company, TrialFinding)) == 1


async def test_a_rule_on_trial_does_not_hide_what_the_others_see(company: Company):
    await says(company, company.at.dot, f"{LONELY}. Esta noche me voy a matar")
    [found], [flag] = await every(company, TrialFinding), await every(company, Flag)
    assert (found.acted, flag.tier) == ("emergency", "emergency")
    assert TRIAL not in str(flag.rules)


async def test_what_is_not_a_worry_waits_for_a_supervisor_by_its_rule(company: Company):
    flag = await judged_none(company)
    await says(company, company.at.harold, LONELY)
    rules = {one.rule: one for one in await company.read(rules_so_far, company.at.vera)}
    mine = rules[flag.rules[0][0]]
    assert (mine.on_trial, mine.noticed, mine.not_a_worry, mine.pages) == (False, 1, 1, 0)
    assert [(one.id, one.room_title) for one in mine.waiting] == [(flag.id, "Monday Circle")]
    tried = rules[TRIAL]
    assert (tried.on_trial, tried.noticed, tried.missed_by_others, len(tried.waiting)) == (True, 1, 1, 1)


async def test_what_nobody_has_judged_is_counted_and_cannot_be_read_here(company: Company):
    await says(company, company.at.dot, WORRY)
    [flag] = await every(company, Flag)
    [rule] = await company.read(rules_so_far, company.at.vera)
    assert (rule.noticed, rule.not_a_worry, rule.waiting) == (1, 0, [])
    with pytest.raises(NotFound):
        await company.do(read_words, company.at.vera, "flag", flag.id)


async def test_reading_the_words_is_written_down_first(company: Company):
    flag = await judged_none(company)
    read = await company.do(read_words, company.at.vera, "flag", flag.id)
    assert "".join(text for text, _ in read.words) == WORRY
    assert any(of_rule for _, of_rule in read.words)
    [link] = [one for one in await every(company, AuditLink) if one.did == "read_screened_words"]
    assert (link.who, link.whom, link.place) == (company.at.vera.id, company.at.dot.id, company.at.monday)
    assert "sleep" not in str(link.details)


async def test_words_that_were_taken_out_are_not_shown(company: Company):
    flag = await judged_none(company)
    await company.do(remove, company.at.fay, company.at.monday, flag.seq)
    assert (await company.do(read_words, company.at.vera, "flag", flag.id)).words == []


@pytest.mark.parametrize("verdict", ["right", "wrong"])
async def test_a_person_says_if_the_rule_was_right(company: Company, verdict: str):
    flag = await judged_none(company)
    await company.do(review, company.at.vera, "flag", flag.id, verdict)
    [rule] = await company.read(rules_so_far, company.at.vera)
    assert (rule.right, rule.wrong, rule.waiting) == (int(verdict == "right"), int(verdict == "wrong"), [])
    assert "review_rule" in [link.did for link in await every(company, AuditLink)]


async def test_there_are_two_answers(company: Company):
    flag = await judged_none(company)
    with pytest.raises(Invalid):
        await company.do(review, company.at.vera, "flag", flag.id, "perhaps")


async def test_strangers_to_the_rules_find_nothing(company: Company):
    flag = await judged_none(company)
    for name in ("rose", "fay", "sam", "joan", "asha", "nora", "sybil"):
        await finds_nothing(company, getattr(company.at, name), flag)


async def test_nobody_reviews_what_is_about_themselves(company: Company):
    await says(company, company.at.dot, LONELY)
    [found] = await every(company, TrialFinding)
    await company.do(lambda session: setattr(session.get_one(TrialFinding, found.id), "person_id", company.at.vera.id))
    assert await company.read(rules_so_far, company.at.vera) == []
    with pytest.raises(NotFound):
        await company.do(read_words, company.at.vera, "trial", found.id)


async def finds_nothing(company: Company, who: Actor, flag: Flag) -> None:
    with pytest.raises(NotFound):
        await company.read(rules_so_far, who)
    with pytest.raises(NotFound):
        await company.do(read_words, who, "flag", flag.id)
    with pytest.raises(NotFound):
        await company.do(review, who, "flag", flag.id, "right")


def test_the_words_of_a_rule_are_cut_out_wherever_they_stand():
    assert marked("one two three", [[4, 7]]) == [("one ", False), ("two", True), (" three", False)]
    assert marked("one two", [[0, 3], [2, 7]]) == [("one", True), (" two", True)]
    assert marked("", [[0, 4]]) == []
    assert marked("one", [[9, 12], [2, 1]]) == [("one", False)]
