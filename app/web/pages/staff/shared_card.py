"""A card for a shared tablet: the member chooses a picture or four digits, with the helper beside them."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.foundation.slow_seals import beside
from app.people import cards
from app.people.actors import Actor
from app.people.card_proofs import made_of
from app.people.cards import IssuedCard, Proof
from app.people.joining import person_for
from app.people.roles import require
from app.problems import Invalid
from app.web.pages.page import OwnPage, Page
from app.web.pages.pictures import pictures
from app.web.pages.problem import sentence_of
from app.web.pages.staff.cards import made_already, show_paper

router = APIRouter()


@router.get("/staff/people/{person_id}/shared-card")
async def choose(page: OwnPage, person_id: str) -> Response:
    return await ask(page, person_id)


@router.post("/staff/people/{person_id}/shared-card")
async def make(
    page: OwnPage,
    person_id: str,
    picture: Annotated[str, Form()] = "",
    pin: Annotated[str, Form()] = "",
    form: Annotated[str, Form()] = "",
) -> Response:
    """Four digits, where some were typed; the picture otherwise. Older cards end: one person, one way in."""
    require(page.me.roles, "make_cards")
    kind, value = ("pin", pin) if pin.strip() else ("picture", picture)
    try:
        proof = await beside(made_of, page.house.key, kind, value)
        issued = await page.house.database.transaction(_make, page.me, person_id, page.house.key, proof, form[:40])
    except cards.MadeAlready as problem:
        return made_already(page, person_id, problem)
    except Invalid as problem:
        return await ask(page, person_id, sentence_of(problem, page))
    return show_paper(page, issued, reissued=True)


async def ask(page: Page, person_id: str, problem: str = "") -> Response:
    person = await page.house.database.read(_look, page.me, person_id)
    shown = {"person": person, "pictures": pictures(page), "problem": problem, "form": uuid4()}
    return page.show("staff_shared_card.html", 422 if problem else 200, **shown)


def _look(session: Session, actor: Actor, person_id: str) -> object:
    require(actor.roles, "make_cards")
    return person_for(session, actor, person_id)


def _make(session: Session, actor: Actor, person_id: str, key: bytes, proof: Proof, form: str) -> IssuedCard:
    person = person_for(session, actor, person_id)
    return cards.reissue(session, actor, person, key, end_sign_ins=False, proof=proof, form=form)
