"""Posts of the helper's page and of reaching, for the test that every answer begins after its commit."""

from typing import Any

from sqlalchemy import select

from app.foundation.database import Session
from app.people.asking import Question
from app.people.checking_ways import new_code
from app.people.models import Person, SignIn
from app.people.signing_in import begin
from app.people.spoken_codes import make_code
from app.people.tasks import Task
from app.people.ways import Way
from tests.support.company import KEY, actor_of
from tests.support.proofs import prove
from tests.support.push_service import PushService


def signed_in(session: Session, person_id: str, *, staff: bool = False) -> str:
    token = begin(session, session.get_one(Person, person_id), KEY, staff=staff).token
    if staff:
        prove(session, [person_id])
    return token


def code_for(session: Session, person_id: str, by: str) -> str:
    return make_code(session, actor_of(session, session.get_one(Person, by)), session.get_one(Person, person_id), KEY)


def the_way(session: Session, kind: str) -> str:
    return session.scalars(select(Way.id).where(Way.kind == kind, Way.ended_at.is_(None))).one()


def a_question(session: Session) -> str:
    return session.scalars(select(Question.id).where(Question.answered_at.is_(None))).one()


def a_task(session: Session) -> str:
    return session.scalars(select(Task.id).where(Task.kind == "check_way", Task.done_at.is_(None))).one()


def a_tablet(session: Session, person_id: str) -> str:
    return session.scalars(select(SignIn.id).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))).first()


async def being_reached(doors: Any) -> None:
    at, read = doors.company.at, doors.outside.read
    doors.tokens["Rose"] = await doors.company.do(signed_in, at.rose.id)
    await doors.post(at.rose, "/ways", kind="ring", address="555 0123", day="0")
    await doors.post(at.rose, "/ways", kind="email", address="rose@example.org")
    await doors.post(at.rose, "/ways/hours", quiet_from="20:00", quiet_until="09:00", tells="nothing")
    await doors.post(at.rose, "/ways/try")
    email = await read(the_way, "email")
    await doors.post(at.rose, f"/ways/{email}/code")
    _, code = await doors.company.do(new_code, email, KEY)
    await doors.post(at.rose, f"/ways/{email}/check", code=code)
    await doors.post(at.rose, f"/ways/{email}/first")
    await doors.post(at.rose, f"/ways/{email}/end")
    told = {**PushService().keys, "endpoint": "https://fcm.googleapis.com/fcm/send/rose"}
    await doors.post(at.rose, "/ways/push", **told)


async def helping(doors: Any) -> None:
    at, read = doors.company.at, doors.outside.read
    doors.tokens["Joan"] = await doors.company.do(signed_in, at.joan.id, staff=True)
    await doors.post(at.joan, f"/staff/tasks/{await read(a_task)}", outcome="It is hers")
    await doors.post(at.rose, "/ask", text="My letters are small", nonce="a")
    await doors.post(at.joan, f"/staff/questions/{await read(a_question)}", text="Larger now")
    await doors.post(at.joan, "/staff/helper/hours", hours="10 to 4")
    await doors.post(at.joan, "/staff/helper/cover", name="Ann", phone="555 0101", until="2090-01-01")
    rose, mei = f"/staff/helper/{at.rose.id}", f"/staff/helper/{at.mei.id}"
    await doors.post(at.joan, f"{rose}/letters", letters="36")
    await doors.post(at.joan, f"{rose}/calls", about="letters", note="Larger now")
    await doors.post(at.joan, f"{mei}/code")
    await doors.post(at.joan, f"{mei}/say", room=at.thursday, text="Cannot come", nonce="a", said_yes="yes")
    await doors.post(at.joan, f"{rose}/ways", kind="paper", address="Door 12")
    await doors.post(at.joan, f"{rose}/ways", kind="email", address="rosie@example.org")
    await doors.post(at.joan, f"{rose}/ways/hours", quiet_from="21:00", quiet_until="08:00", tells="kind")
    paper, email = await read(the_way, "paper"), await read(the_way, "email")
    await doors.post(at.joan, f"{rose}/ways/{paper}/tick")
    await doors.post(at.joan, f"{rose}/ways/{paper}/first")
    await doors.post(at.joan, f"{rose}/ways/{email}/code")
    await doors.post(at.joan, f"{rose}/ways/{email}/end")
    await doors.post(at.joan, f"{rose}/tablets/{await read(a_tablet, at.rose.id)}/end")


async def coming_in_by_numbers(doors: Any) -> None:
    at = doors.company.at
    code = await doors.company.do(code_for, at.walter.id, at.joan.id)
    await doors.post(None, "/code/look", code=code)
    await doors.post(None, "/code/use", code=code)


STORIES = (being_reached, helping, coming_in_by_numbers)
