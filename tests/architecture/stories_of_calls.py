"""What staff do around a call for help, and the plan it may lead to, for the test of commit before answer."""

from typing import Any

from tests.architecture.stories_of_helping import signed_in
from tests.support.company import new_ref

PLAN = {"signs": "I lie awake", "shared": "yes"}


async def around_a_call(doors: Any) -> None:
    at = doors.company.at
    for who in (at.dot, at.ben):
        doors.tokens[who.name] = await doors.company.do(signed_in, who.id, staff=who is at.ben)
    await doors.post(at.dot, "/plan", **PLAN)
    incident = (await doors.post(at.dot, "/api/help", {"ref": new_ref(), "room": at.monday})).json()["incident"]
    call = f"/staff/calls/{incident}"
    await doors.post(at.asha, f"{call}/answer")
    await doors.post(at.asha, f"{call}/plan")
    await doors.post(at.ben, f"{call}/window", reason="Asha rang me about it")
    await doors.post(at.fay, f"/get-on-call/{at.harold.id}", room=at.monday)


STORIES = (around_a_call,)
