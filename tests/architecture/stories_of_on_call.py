"""Posts about who is on call, for the test that every answer begins after its commit."""

from typing import Any

from sqlalchemy import select

from app.crisis.on_call import Override, Shift
from tests.support.on_call import PLAN


async def keeping_the_rota(doors: Any) -> None:
    nora, asha, page = doors.company.at.nora, doors.company.at.asha.id, "/staff/on-call"
    await doors.post(nora, f"{page}/shifts", person=asha, level="1", day="0", starts="09:00", ends="17:00")
    await doors.post(nora, f"{page}/shifts/{await newest(doors, Shift)}/end")
    turn = {"from_at": "2090-01-07T09:00", "until_at": "2090-01-07T17:00"}
    await doors.post(nora, f"{page}/changes", person=asha, level="1", **turn)
    await doors.post(nora, f"{page}/changes/{await newest(doors, Override)}/end")
    await doors.post(nora, f"{page}/plan", **PLAN)


async def newest(doors: Any, table: type[Shift] | type[Override]) -> str:
    return str(await doors.outside.read(lambda session: session.scalars(select(table.id)).one()))


STORIES = (keeping_the_rota,)
