"""After danger that came from a room, a person asks everybody who was there how they are."""

from sqlalchemy import select

from app.crisis.answering import answer
from app.crisis.ending import close
from app.crisis.raising import raise_help
from app.foundation.clock import spoken
from app.people.models import Person
from app.people.tasks import Task, open_tasks
from app.rooms import presence
from tests.support.company import Company, new_ref


async def present(company: Company, *people: str) -> None:
    """They have the Monday Circle open."""
    came = {(company.at.monday, getattr(company.at, name).id) for name in people}
    await company.do(presence.note, "a-process", came, set())


async def ended(company: Company, ended_as: str = "safe_with_plan", room: str = "monday") -> None:
    place = getattr(company.at, room) if room else ""
    call = (await company.do(raise_help, company.at.dot, new_ref(), place)).incident_id
    await company.do(presence.note, "a-process", set(), {(company.at.monday, company.at.harold.id)})
    await company.do(answer, company.at.asha, call)
    await company.do(close, company.at.asha, call, ended_as, "They talked")


async def asked(company: Company) -> dict[str, str]:
    """Whom they are about → who asks."""
    query = select(Task).where(Task.kind == "are_you_all_right")
    tasks = await company.read(lambda session: list(session.scalars(query)))
    names = await company.read(lambda session: {one.id: one.name for one in session.scalars(select(Person))})
    return {names[task.about_id]: names.get(task.given_to, task.role) for task in tasks}


async def test_everybody_who_was_there_is_asked_by_who_keeps_the_room_and_staff_by_who_leads(company: Company):
    await present(company, "rose", "harold", "dot", "fay")
    await ended(company)
    found = await asked(company)
    assert set(found) == {"Rose", "Harold", "Fay"}
    assert {found["Rose"], found["Harold"]} <= {"Fay", "Gil"} and found["Fay"] == "Vera"


async def test_it_is_there_at_once_says_until_when_and_never_whose_moment_it_was(company: Company):
    await present(company, "rose")
    await ended(company)
    [task] = [one for who in (company.at.fay, company.at.gil) for one in await company.read(open_tasks, who)]
    assert task.details["by"] > spoken(task.due_at)
    assert company.at.dot.id not in str(task.details) and "Dot" not in str(task.details)


async def test_a_mistake_and_what_was_no_danger_leave_nothing_to_ask(company: Company):
    await present(company, "rose", "dot")
    for how in ("by_mistake", "not_a_crisis"):
        await ended(company, how)
    assert await asked(company) == {}


async def test_a_call_from_no_room_asks_nobody(company: Company):
    await present(company, "rose", "dot")
    await ended(company, room="")
    assert await asked(company) == {}
