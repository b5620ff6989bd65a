"""My sign-in: my passkeys, my password, my spare codes, and where I am signed in."""

from typing import Any

from fastapi import APIRouter
from sqlalchemy import select
from starlette.responses import Response

from app.foundation.database import Session
from app.people import codes, proofs, signing_in
from app.people.actors import Actor
from app.people.models import Grant, Person, SignIn
from app.people.proofs import Passkey, Password
from app.people.roles import holds
from app.problems import N_, NotFound
from app.web.pages.names import listed
from app.web.pages.page import OwnPage, Page
from app.web.pages.staff.person import device_name

router = APIRouter()


@router.get("/my-sign-in")
async def look(page: OwnPage, kept: str = "") -> Response:
    if not page.me.roles.staff:
        raise NotFound()
    passkeys, password, spare, sign_ins, admins = await page.house.database.read(find, page.me)
    return page.show(
        "my_sign_in.html",
        kept=kept,
        proved=page.me.roles.proved,
        able=bool(passkeys or password),
        passkeys=[_passkey(page, one) for one in passkeys],
        password=page.say(N_("Set {when}"), when=page.calendar.moment(password.set_at)) if password else "",
        spare=spare,
        sign_ins=[_sign_in(page, one) for one in sign_ins],
        admins=listed(admins, page.language),
    )


@router.post("/my-sign-in/passkeys/{passkey_id}/remove")
async def remove_passkey(page: OwnPage, passkey_id: str) -> Response:
    await page.house.database.transaction(proofs.remove_passkey, page.me, passkey_id)
    return page.go("/my-sign-in?kept=yes")


@router.post("/my-sign-in/spare-codes")
async def new_spare_codes(page: OwnPage) -> Response:
    made = await page.house.database.transaction(codes.new_spare_codes, page.me, page.house.key)
    return page.show("spare_codes.html", codes=made)


@router.post("/my-sign-in/sign-ins/{sign_in_id}/end")
async def end(page: OwnPage, sign_in_id: str) -> Response:
    await page.house.database.transaction(_end, page.me, sign_in_id)
    return page.go("/my-sign-in?kept=yes")


def find(session: Session, actor: Actor) -> tuple[list[Passkey], Password | None, int, list[SignIn], list[str]]:
    person = session.get_one(Person, actor.id)
    admins = select(Person.name).join(Grant, Grant.person_id == Person.id)
    admins = admins.where(Grant.role == "admin", holds(), Person.id != actor.id).order_by(Person.name)
    return (
        proofs.passkeys_of(session, actor.id),
        session.get(Password, actor.id),
        proofs.spare_codes_left(session, actor.id),
        signing_in.sign_ins_of(session, actor, person),
        list(session.scalars(admins)),
    )


def _end(session: Session, actor: Actor, sign_in_id: str) -> None:
    """One of my own: another's is ended on their page."""
    row = session.get(SignIn, sign_in_id)
    if row is None or row.person_id != actor.id:
        raise NotFound()
    signing_in.end_sign_in(session, actor, sign_in_id)


def _passkey(page: Page, one: Passkey) -> dict[str, Any]:
    made = page.calendar.moment(one.made_at)
    words = page.say(N_("Made {made}, not used yet"), made=made)
    if one.last_used_at:
        words = page.say(N_("Made {made}, last used {used}"), made=made, used=page.calendar.moment(one.last_used_at))
    return {"id": one.id, "device": device_name(one.device), "words": words}


def _sign_in(page: Page, one: SignIn) -> dict[str, Any]:
    began, seen = page.calendar.moment(one.began_at), page.calendar.moment(one.last_seen_at)
    here = one.id == page.me.sign_in_id
    return {"id": one.id, "device": device_name(one.device), "began": began, "seen": seen, "here": here}
