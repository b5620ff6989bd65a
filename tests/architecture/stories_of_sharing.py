"""Posts of a shared tablet and of supporters, for the test that every answer begins after its commit."""

from typing import Any

from sqlalchemy import select

from app.foundation.database import Session
from app.people.cards import Proof, issue
from app.people.models import Person
from app.people.signing_in import Device, begin, sign_in_with_card
from app.people.supporting import Support
from tests.support.company import KEY, actor_of


def shared(session: Session, person_id: str, by: str) -> str:
    """Signed in with a card for shared tablets."""
    person = session.get_one(Person, person_id)
    proof = Proof("pin", "sealed elsewhere")
    card = issue(session, actor_of(session, session.get_one(Person, by)), person, KEY, proof=proof)
    return sign_in_with_card(session, card.code, KEY, proved=True).token


def second(session: Session, person_id: str, by: str) -> str:
    """The card of this person is used on another tablet."""
    person = session.get_one(Person, person_id)
    card = issue(session, actor_of(session, session.get_one(Person, by)), person, KEY)
    begin(session, person, KEY)
    return sign_in_with_card(session, card.code, KEY, at=Device("iPad")).actor.sign_in_id


def support_of(session: Session, member_id: str) -> str:
    query = select(Support.id).where(Support.member_id == member_id, Support.ended_at.is_(None))
    return session.scalars(query).one()


async def on_a_shared_tablet(doors: Any) -> None:
    at = doors.company.at
    for way in ("/leave", "/finished"):
        doors.tokens["Walter"] = await doors.company.do(shared, at.walter.id, at.nora.id)
        await doors.post(at.walter, f"/api/rooms/{at.thursday}/draft", {"text": "I have begun"})
        await doors.post(at.walter, "/api/touched")
        await doors.post(at.walter, "/settings/forget-name")
        await doors.post(at.walter, way)
    await doors.post(at.nora, f"/staff/people/{at.walter.id}/shared-card", pin="8362", form="one")


async def on_two_tablets(doors: Any) -> None:
    at = doors.company.at
    for answer in ("mine", "not-mine"):
        sign_in = await doors.company.do(second, at.ken.id, at.nora.id)
        await doors.post(at.ken, f"/second-tablets/{sign_in}/{answer}")


async def sitting_beside(doors: Any) -> None:
    at = doors.company.at
    beside = f"/staff/people/{at.dot.id}/supporters"
    for who in (at.luis, at.dot):
        doors.tokens[who.name] = (await doors.company.do(begin, await doors.company.person(who), KEY)).token
    for last in ("member", "staff"):
        await doors.post(at.nora, beside, supporter=at.luis.id)
        support = await doors.outside.read(support_of, at.dot.id)
        await doors.post(at.dot, f"/who-helps/{support}/want")
        await doors.post(at.luis, f"/who-helps/{support}/promise")
        await doors.post(at.dot, f"/who-helps/{support}/pairs/open")
        await doors.post(at.dot, f"/who-helps/{support}/pairs/close")
        ending = f"/who-helps/{support}/end" if last == "member" else f"{beside}/{support}/end"
        await doors.post(at.dot if last == "member" else at.nora, ending)


STORIES = (on_a_shared_tablet, on_two_tablets, sitting_beside)
