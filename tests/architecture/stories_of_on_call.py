"""Posts about who is on call, for the test that every answer begins after its commit."""

from typing import Any

from sqlalchemy import select, update

from app.crisis import duty_tests
from app.crisis.lines import EVERY_LINE
from app.crisis.models import Incident, Page
from app.crisis.on_call import Override, Shift
from app.foundation import due
from app.foundation.database import Session
from tests.crisis.paging_story import has_ways, on_the_rota
from tests.support.company import new_ref
from tests.support.on_call import PLAN


async def keeping_the_rota(doors: Any) -> None:
    nora, asha, page = doors.company.at.nora, doors.company.at.asha.id, "/staff/on-call"
    await doors.post(nora, f"{page}/shifts", person=asha, level="1", day="0", starts="09:00", ends="17:00")
    await doors.post(nora, f"{page}/shifts/{await newest(doors, Shift)}/end")
    turn = {"from_at": "2090-01-07T09:00", "until_at": "2090-01-07T17:00"}
    await doors.post(nora, f"{page}/changes", person=asha, level="1", **turn)
    await doors.post(nora, f"{page}/changes/{await newest(doors, Override)}/end")
    await doors.post(nora, f"{page}/plan", **PLAN)
    await has_ways(doors.company, doors.company.at.asha, "text")
    await doors.post(nora, f"{page}/tests/{asha}")
    await doors.post(nora, f"{page}/tests")
    row = await doors.company.do(due.claim, [duty_tests.ASK])
    await doors.company.do(duty_tests.begin, row.id, doors.company.at.nora.id, EVERY_LINE)
    await doors.post(nora, f"{page}/test")


async def newest(doors: Any, table: type[Shift] | type[Override]) -> str:
    return str(await doors.outside.read(lambda session: session.scalars(select(table.id)).one()))


async def answering_by_text(doors: Any) -> None:
    at = doors.company.at
    await on_the_rota(doors.company, 1, at.asha)
    call = (await doors.post(at.ken, "/api/help", {"ref": new_ref()})).json()["incident"]
    incident = await doors.company.read(lambda session: session.get_one(Incident, call))
    await doors.company.do(page_went)
    await doors.post(None, "/api/phone/report", {"ref": "at-1", "status": "undelivered", "order": 1})
    await doors.post(None, "/api/phone/reply", {"from": "+15550000", "text": incident.code})


def page_went(session: Session) -> None:
    session.execute(update(Page).where(Page.kind == "text").values(state="sent", provider=1, provider_ref="at-1"))


STORIES = (keeping_the_rota, answering_by_text)
