"""An administrator makes a set-up link for somebody else of the staff. It is shown once."""

from fastapi import APIRouter
from starlette.responses import Response

from app.foundation.database import Session
from app.people import set_up_links
from app.people.actors import Actor
from app.people.joining import person_for
from app.people.set_up_links import IssuedLink
from app.web.pages.page import OwnPage
from app.web.pages.staff.cards import qr

router = APIRouter()


@router.post("/staff/people/{person_id}/set-up")
async def offer(page: OwnPage, person_id: str) -> Response:
    made = await page.house.database.transaction(_offer, page.me, person_id, page.house.key)
    address = f"{page.address}/set-up#{made.secret}"
    minutes = set_up_links.SECONDS // 60
    return page.show("staff_set_up_link.html", person=made.person, link=address, qr=qr(address), minutes=minutes)


def _offer(session: Session, actor: Actor, person_id: str, key: bytes) -> IssuedLink:
    return set_up_links.offer(session, actor, person_for(session, actor, person_id), key)
