"""Cards: made, made anew for a lost one, ended. A card is shown once, on the page that makes it."""

from typing import Annotated

import segno
from fastapi import APIRouter, Form
from markupsafe import Markup
from starlette.responses import Response

from app.foundation.database import Session
from app.people import cards
from app.people.actors import Actor
from app.people.cards import STAFF_CARD_SECONDS, IssuedCard, live_cards
from app.people.joining import person_for
from app.problems import N_, NotFound
from app.web.pages.page import OwnPage, Page

router = APIRouter()


@router.post("/staff/people/{person_id}/card")
async def make(
    page: OwnPage,
    person_id: str,
    reissue: Annotated[str, Form()] = "",
    end_sign_ins: Annotated[str, Form()] = "",
    form: Annotated[str, Form()] = "",
) -> Response:
    how = (person_id, page.house.key, reissue == "yes", end_sign_ins == "yes", form[:40])
    try:
        issued, others = await page.house.database.transaction(_make, page.me, *how)
    except cards.MadeAlready as problem:
        return made_already(page, person_id, problem)
    return show_paper(page, issued, reissued=reissue == "yes", others=others)


@router.post("/staff/people/{person_id}/cards/{card_id}/revoke")
async def revoke(page: OwnPage, person_id: str, card_id: str) -> Response:
    await page.house.database.transaction(_revoke, page.me, person_id, card_id)
    return page.go(f"/staff/people/{person_id}")


def show_paper(page: Page, issued: IssuedCard, *, reissued: bool = False, others: int = 0) -> Response:
    """The one time that a card is seen, with what became of the cards before it."""
    return page.show("staff_card.html", card=paper(page, issued), reissued=reissued, others=others)


def made_already(page: Page, person_id: str, problem: cards.MadeAlready) -> Response:
    return page.show(
        "problem.html", problem.status, heading=page.say(N_("That card is made")), sentence=page.say(problem.sentence),
        onward=f"/staff/people/{person_id}", onward_words=page.say(N_("Back to their cards")),
    )  # fmt: skip


def paper(page: Page, issued: IssuedCard) -> dict[str, object]:
    """What is printed."""
    return {
        "person_id": issued.person.id,
        "name": issued.person.name,
        "language": issued.person.language,
        "code": issued.code,
        "address": f"{page.address.removeprefix('https://')}/card",
        "qr": qr(f"{page.address}/card#{issued.secret}"),
        "proof": issued.card.proof,
        "practice": issued.card.practice,
        "minutes": STAFF_CARD_SECONDS // 60 if issued.card.once else 0,
    }


def qr(address: str) -> Markup:
    """A QR code as inline SVG; its size is the style sheet's, 45 mm."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None))


def _make(
    session: Session, actor: Actor, person_id: str, key: bytes, reissue: bool, end_sign_ins: bool, form: str
) -> tuple[IssuedCard, int]:
    """The card, and how many others of theirs open the door as well."""
    person = person_for(session, actor, person_id)
    if reissue:
        return cards.reissue(session, actor, person, key, end_sign_ins=end_sign_ins, form=form), 0
    others = len(live_cards(session, person))
    return cards.issue(session, actor, person, key, form=form), others


def _revoke(session: Session, actor: Actor, person_id: str, card_id: str) -> None:
    person = person_for(session, actor, person_id)
    card = next((one for one in live_cards(session, person) if one.id == card_id), None)
    if card is None:
        raise NotFound()
    cards.revoke(session, actor, card)
