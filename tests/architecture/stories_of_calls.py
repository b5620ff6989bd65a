"""What staff do around a call for help, and the plan it may lead to, for the test of commit before answer."""

from typing import Any

from sqlalchemy import select

from app.crisis.worrying import Flag
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
    desk = f"/rooms/{at.monday}/desk"
    said = await doors.company.say(at.harold, "Good evening")
    for what in (f"entries/{said.seq}/cover", f"entries/{said.seq}/uncover", "pause", "resume"):
        await doors.post(at.fay, f"{desk}/{what}")


async def looking_after_a_rule(doors: Any) -> None:
    at = doors.company.at
    for who in (at.harold, at.vera):
        doors.tokens[who.name] = await doors.company.do(signed_in, who.id, staff=who is at.vera)
    words = {"ref": new_ref(), "text": "I wish I could sleep and not wake up"}
    await doors.post(at.harold, f"/api/rooms/{at.monday}/entries", words)
    mine = select(Flag.id).where(Flag.person_id == at.harold.id)
    flag = await doors.company.read(lambda session: session.scalars(mine).one())
    await doors.post(at.fay, f"/rooms/{at.monday}/worries/{flag}", judgement="not_a_worry")
    await doors.post(at.vera, f"/staff/screen/flag/{flag}", verdict="wrong")


STORIES = (around_a_call, looking_after_a_rule)
