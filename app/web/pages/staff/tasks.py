"""Things to do: what waits for this person by role or by name, the oldest first. Only people end them."""

from typing import Annotated

from fastapi import APIRouter, Form
from sqlalchemy import select
from starlette.responses import Response

from app.crisis import ending
from app.foundation.database import Session
from app.people import tasks
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import require_proved_staff
from app.people.tasks import Task
from app.web.pages.page import OwnPage
from app.web.pages.staff.task_words import path_for, words_for

router = APIRouter()


@router.get("/staff/tasks")
async def show(page: OwnPage) -> Response:
    require_proved_staff(page.me.roles)
    found = await page.house.database.read(look, page.me)
    listed = [
        {
            "id": task.id,
            "name": name,
            "words": words_for(page, task, name),
            "since": page.calendar.moment(task.waits_since),
            "path": path_for(page, task),
        }
        for task, name in found
    ]
    return page.show("staff_tasks.html", tasks=listed)


@router.post("/staff/tasks/{task_id}")
async def finish(page: OwnPage, task_id: str, outcome: Annotated[str, Form()] = "") -> Response:
    require_proved_staff(page.me.roles)
    await page.house.database.transaction(ending.finish_task, page.me, task_id, outcome)
    return page.go("/staff/tasks")


def look(session: Session, actor: Actor) -> list[tuple[Task, str]]:
    found = tasks.open_tasks(session, actor)
    query = select(Person.id, Person.name).where(Person.id.in_({task.about_id for task in found}))
    names = {person_id: name for person_id, name in session.execute(query)}
    return [(task, names[task.about_id]) for task in found]
