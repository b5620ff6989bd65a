"""What a helper does for one person on the telephone."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis.lines import Lines, lines_of
from app.foundation.database import Session
from app.messages.by_phone import post_by_phone
from app.messages.posting import Answer
from app.messages.refs import Held, SentBack
from app.people import phone_calls, preferences, signing_in, spoken_codes
from app.people.actors import Actor
from app.people.joining import person_for
from app.people.roles import require_to_find
from app.people.spoken_codes import LASTS_SECONDS
from app.problems import Declined
from app.web.pages.page import OwnPage
from app.web.pages.room_say import ref_of

router = APIRouter()


@router.post("/staff/helper/{person_id}/letters")
async def change_look(
    page: OwnPage,
    person_id: str,
    letters: Annotated[int | None, Form()] = None,
    contrast: Annotated[str | None, Form()] = None,
    language: Annotated[str | None, Form()] = None,
) -> Response:
    await page.house.database.transaction(_change_look, page.me, person_id, letters, contrast, language)
    return page.go(f"/staff/helper/{person_id}?kept=yes")


@router.post("/staff/helper/{person_id}/code")
async def make_code(page: OwnPage, person_id: str) -> Response:
    """Shown once, on the page that makes it."""
    name, code = await page.house.database.transaction(_make_code, page.me, person_id, page.house.key)
    spoken = f"{code[:3]} {code[3:]}"
    address = f"{page.address.removeprefix('https://')}/code"
    person = {"id": person_id, "name": name}
    return page.show("staff_code.html", person=person, code=spoken, address=address, minutes=LASTS_SECONDS // 60)


@router.post("/staff/helper/{person_id}/tablets/{sign_in_id}/end")
async def end_tablet(page: OwnPage, person_id: str, sign_in_id: str) -> Response:
    await page.house.database.transaction(signing_in.end_sign_in, page.me, sign_in_id)
    return page.go(f"/staff/helper/{person_id}?kept=yes")


@router.post("/staff/helper/{person_id}/calls")
async def log_call(
    page: OwnPage, person_id: str, about: Annotated[str, Form()] = "", note: Annotated[str, Form()] = ""
) -> Response:
    await page.house.database.transaction(_log_call, page.me, person_id, about, note)
    return page.go(f"/staff/helper/{person_id}?kept=yes")


@router.post("/staff/helper/{person_id}/say")
async def say(
    page: OwnPage,
    person_id: str,
    room: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    nonce: Annotated[str, Form()] = "",
    said_yes: Annotated[str, Form()] = "",
) -> Response:
    answer = await page.house.database.transaction(
        _say,
        page.me,
        person_id,
        room,
        text,
        ref_of(nonce, room + text),
        said_yes == "yes",
        lines_of(page.house.settings),
    )
    if isinstance(answer, SentBack):
        raise Declined()
    return page.go(f"/staff/helper/{person_id}?kept={'held' if isinstance(answer, Held) else 'said'}")


def _change_look(
    session: Session, actor: Actor, person_id: str, letters: int | None, contrast: str | None, language: str | None
) -> None:
    require_to_find(actor.roles, "look_after_tablets")
    person = person_for(session, actor, person_id)
    preferences.choose_for(session, actor, person, letters=letters, contrast=contrast, language=language)


def _make_code(session: Session, actor: Actor, person_id: str, key: bytes) -> tuple[str, str]:
    require_to_find(actor.roles, "look_after_tablets")
    person = person_for(session, actor, person_id)
    return person.name, spoken_codes.make_code(session, actor, person, key)


def _log_call(session: Session, actor: Actor, person_id: str, about: str, note: str) -> None:
    require_to_find(actor.roles, "look_after_tablets")
    phone_calls.log_call(session, actor, person_for(session, actor, person_id), about, note)


def _say(
    session: Session, actor: Actor, person_id: str, room_id: str, text: str, ref: str, said_yes: bool, lines: Lines
) -> Answer:
    require_to_find(actor.roles, "look_after_tablets")
    person = person_for(session, actor, person_id)
    return post_by_phone(session, actor, person, room_id, text, ref=ref, said_yes=said_yes, lines=lines)
