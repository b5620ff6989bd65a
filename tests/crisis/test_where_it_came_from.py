"""The room of a call stays where the words were: what is said around it can be read, and nobody is named by it."""

from app.crisis.answering import answer
from app.crisis.ending import close
from app.crisis.lines import EVERY_LINE
from app.crisis.looking import read_window
from app.crisis.models import Incident
from app.crisis.raising import raise_help
from app.crisis.screening import Screened
from app.crisis.worrying import worry
from app.people.actors import Actor
from app.people.tasks import open_tasks
from app.rooms import presence
from tests.support.company import Company, new_ref

SAD = Screened("concern", "distress", (), "1", whole=True)
DARK = Screened("emergency", "suicide", (), "1", whole=True)


async def wrote(company: Company, who: Actor, room: str, found: Screened) -> Incident:
    flag = await company.do(worry, who.id, room, new_ref(), found, "said", 1, EVERY_LINE)
    return await company.read(lambda session: session.get_one(Incident, flag.incident_id))


async def read(company: Company, who: Actor, call: str) -> list[str]:
    seen = await company.do(read_window, who, call)
    assert seen
    return [one.text for one in seen.entries]


async def said_to_harold(company: Company, who: Actor) -> list[dict]:
    tasks = await company.read(open_tasks, who)
    return [one.details for one in tasks if (one.kind, one.about_id) == ("are_you_all_right", company.at.harold.id)]


async def has_open(company: Company, room: str, *people: Actor) -> None:
    await company.do(presence.note, "a-process", {(room, one.id) for one in people}, set())


async def test_a_tap_in_the_group_leaves_the_worry_where_it_was_written(company: Company):
    at = company.at
    await company.say(at.rose, "I cannot bear it", at.pair)
    worried = await wrote(company, at.rose, at.pair, SAD)
    await company.say(at.harold, "Good morning", at.monday)
    raised = await company.do(raise_help, at.rose, new_ref(), at.monday)
    assert (raised.incident_id, raised.incident.tier, raised.incident.room_id) == (worried.id, "emergency", at.pair)
    await company.do(answer, at.asha, worried.id)
    assert await read(company, at.asha, worried.id) == ["I cannot bear it"]


async def test_graver_words_are_looked_at_where_they_stand(company: Company):
    at = company.at
    await company.say(at.rose, "I cannot bear it", at.pair)
    await wrote(company, at.rose, at.pair, SAD)
    await company.say(at.rose, "It is tonight", at.monday)
    call = await wrote(company, at.rose, at.monday, DARK)
    assert call.room_id == at.monday
    await company.do(answer, at.asha, call.id)
    assert await read(company, at.asha, call.id) == ["It is tonight"]


async def test_a_tap_gives_a_room_to_a_worry_that_has_none(company: Company):
    at = company.at
    await wrote(company, at.rose, "", SAD)
    assert (await company.do(raise_help, at.rose, new_ref(), at.monday)).incident.room_id == at.monday


async def test_danger_told_to_who_came_leaves_the_group_s_words_to_read_and_names_nobody(company: Company):
    at = company.at
    await has_open(company, at.monday, at.rose, at.harold)
    await company.say(at.rose, "I cannot bear it", at.monday)
    call = (await wrote(company, at.rose, at.monday, SAD)).id
    helped_in = (await company.do(answer, at.asha, call)).help_room_id
    await has_open(company, helped_in, at.rose, at.asha)
    incident = await wrote(company, at.rose, helped_in, DARK)
    assert (incident.id, incident.tier, incident.room_id) == (call, "emergency", at.monday)
    await company.do(answer, at.ben, call)
    assert await read(company, at.ben, call) == ["I cannot bear it"]
    await company.do(close, at.ben, call, "safe_with_plan", "They talked")
    asked = [one for who in (at.fay, at.gil) for one in await said_to_harold(company, who)]
    assert [one["room"] for one in asked] == ["Monday Circle"]
    everybody = (at.fay, at.gil, at.vera, at.nora, at.ben, at.asha)
    tasks = [one for who in everybody for one in await company.read(open_tasks, who) if one.kind == "are_you_all_right"]
    assert {one.about_id for one in tasks} == {at.harold.id}, "who came to help was not there as it happened"


async def test_who_was_in_the_group_as_she_tapped_is_asked_with_the_name_of_the_group(company: Company):
    at = company.at
    await wrote(company, at.rose, at.pair, SAD)
    await has_open(company, at.monday, at.rose, at.harold)
    call = (await company.do(raise_help, at.rose, new_ref(), at.monday)).incident_id
    await company.do(answer, at.asha, call)
    await company.do(close, at.asha, call, "safe_with_plan", "They talked")
    asked = [one for who in (at.fay, at.gil) for one in await said_to_harold(company, who)]
    assert [one["room"] for one in asked] == ["Monday Circle"]
