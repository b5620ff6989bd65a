"""Staff set up what they sign in with, and use it: one more story for `test_commit_before_answer`."""

import html
import re
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import select, update

from app.foundation.database import Session
from app.people.actors import SYSTEM, Actor
from app.people.first_administrator import print_link
from app.people.models import Person, SignIn
from app.people.proofs import Passkey
from app.people.set_up_links import SetUpLink, offer, open_at_once
from tests.support.authenticator import Authenticator, code_of
from tests.support.company import KEY

HERE = "http://testserver"
PASSWORD = "correct horse battery"


async def the_first_administrator(doors: Any) -> None:
    link = await doors.company.do(print_link, KEY)
    await doors.company.do(lambda session: session.execute(update(SetUpLink).values(person_id="")))
    await doors.post(None, "/set-up/name", link=link, name="Ellen")


async def setting_up_a_passkey(doors: Any) -> None:
    nora, joan, telephone = doors.company.at.nora, doors.company.at.joan, Authenticator(HERE)
    await doors.post(nora, f"/staff/people/{joan.id}/set-up")
    link = {"link": await doors.company.do(link_for, joan)}
    asked = (await doors.post(None, "/api/set-up/passkey/options", link)).json()
    await doors.post(None, "/api/set-up/passkey", link | answer(asked, telephone.make))
    asked = (await doors.post(None, "/api/sign-in/passkey/options")).json()
    await doors.post(None, "/api/sign-in/passkey", answer(asked, telephone.use))


async def my_own_passkeys(doors: Any) -> None:
    nora, keys = doors.company.at.nora, [Authenticator(HERE), Authenticator(HERE)]
    for key in keys:
        asked = (await doors.post(nora, "/api/me/passkeys/options")).json()
        await doors.post(nora, "/api/me/passkeys", answer(asked, key.make))
    asked = (await doors.post(nora, "/api/sign-in/again/passkey/options")).json()
    again = await doors.post(nora, "/api/sign-in/again/passkey", answer(asked, keys[0].use))
    doors.tokens["Nora"] = again.json()["token"]
    one = await doors.outside.read(lambda session: session.scalars(select(Passkey.id).where(mine(nora))).first())
    await doors.post(nora, f"/my-sign-in/passkeys/{one}/remove")


async def by_password(doors: Any) -> None:
    vera, link = doors.company.at.vera, await doors.company.do(link_for, doors.company.at.vera)
    await doors.post(None, "/set-up/look", link=link)
    page = await doors.post(None, "/set-up/password", link=link, password=PASSWORD)
    telephone = shown(page.text, time.time())
    page = await doors.post(None, "/set-up/code", link=link, **telephone)
    doors.tokens["Vera"] = page.cookies["hearthside"]
    spare = re.findall(r">(\w{5}-\w{5})<", page.text)
    named = {"name": "Vera", "password": PASSWORD}
    await doors.post(None, "/sign-in/staff", **named, code=spare.pop())
    again = await doors.post(vera, "/sign-in/again", password=PASSWORD, code=spare.pop())
    doors.tokens["Vera"] = again.cookies["hearthside"]
    for path in ("/api/sign-in/password", "/api/sign-in/again/password"):
        signed = await doors.post(vera, path, named | {"code": spare.pop()})
        doors.tokens["Vera"] = signed.json()["token"]
    await doors.post(vera, "/my-sign-in/spare-codes")
    page = await doors.post(vera, "/my-sign-in/password", password=f"{PASSWORD} staple")
    telephone = shown(page.text, time.time())
    await doors.post(vera, "/my-sign-in/code", **telephone)
    other = select(SignIn.id).where(SignIn.person_id == vera.id, SignIn.ended_at.is_(None)).order_by(SignIn.began_at)
    await doors.post(vera, f"/my-sign-in/sign-ins/{await doors.outside.read(lambda s: s.scalars(other).first())}/end")


async def at_once(doors: Any) -> None:
    """The demo's door."""
    asha = await doors.company.person(doors.company.at.asha)
    link = await doors.company.do(open_at_once, SYSTEM, asha, KEY)
    await doors.post(None, "/set-up/enter", link=link)


def link_for(session: Session, who: Actor) -> str:
    return offer(session, SYSTEM, session.get_one(Person, who.id), KEY).secret


def answer(asked: dict[str, Any], act: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    return {"challenge": asked["challenge"], "credential": act(asked["options"])}


def shown(text: str, moment: float) -> dict[str, str]:
    """What the page shows to the telephone, and the code that the telephone shows then."""
    challenge = re.search(r'name="challenge" value="(\w+)"', text)
    secret = re.search(r'class="code">([A-Z2-7 ]+)<', text)
    assert challenge and secret, text
    return {"challenge": challenge[1], "code": code_of(html.unescape(secret[1]), moment)}


def mine(who: Actor) -> Any:
    return Passkey.person_id == who.id


STORIES = (the_first_administrator, setting_up_a_passkey, my_own_passkeys, by_password, at_once)
