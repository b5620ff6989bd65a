"""How somebody stands with this house, and until which day they are away."""

from datetime import date, datetime, time
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.people.actors import Actor
from app.people.joining import person_for
from app.people.models import Person
from app.people.standing import STANDINGS, standing_at
from app.problems import N_, Invalid
from app.rooms.standing import set_standing
from app.web.pages.page import OwnPage, Page

router = APIRouter()

WORDS = {
    "joined": N_("Here, as always"),
    "away": N_("Away for a while"),
    "paused": N_("Paused"),
    "moved_on": N_("Moved on"),
    "died": N_("Died"),
}
SAYS = {
    "away": N_("Away. No reminder goes out, and nobody is asked to look for them."),
    "paused": N_("Paused. No reminder goes out, and nobody is asked to look for them."),
    "moved_on": N_("Moved on. Their cards and sign-ins have ended. Their words and name stay."),
    "died": N_("Died. Their cards and sign-ins have ended. Their words and name stay."),
}


@router.post("/staff/people/{person_id}/standing")
async def say_how(
    page: OwnPage, person_id: str, standing: Annotated[str, Form()] = "", until: Annotated[str, Form()] = ""
) -> Response:
    day = day_of(page, until) if standing == "away" else None
    await page.house.database.transaction(_say, page.me, person_id, standing, day)
    return page.go(f"/staff/people/{person_id}#standing")


def standing_values(page: Page, person: Person, said_by: str) -> dict[str, Any]:
    """What the person's page shows of it."""
    roles, about_others = page.me.roles, person.id != page.me.id
    choices = [
        {"key": key, "words": page.say(WORDS[key]), "chosen": key == standing_at(person, page.now)} for key in STANDINGS
    ]
    standing = {"says": _says(page, person, said_by), "choices": choices}
    return {
        "standing": standing | {"may": about_others and roles.may("set_standing")},
        "may_keep": about_others and (roles.may("export_people") or roles.may("erase_people")),
    }


def day_of(page: Page, typed: str) -> datetime | None:
    """The beginning of that day, as it is in this house."""
    if not typed:
        return None
    try:
        return datetime.combine(date.fromisoformat(typed), time.min, page.calendar.zone)
    except (ValueError, OverflowError):
        raise Invalid(N_("We could not read that day.")) from None


def _says(page: Page, person: Person, said_by: str) -> str:
    standing = standing_at(person, page.now)
    if standing not in SAYS:
        return ""
    says = [page.say(SAYS[standing])]
    if standing == "away" and person.standing_until:
        says.append(page.say(N_("Back on {day}."), day=page.calendar.date(person.standing_until)))
    if person.standing_at:
        by, when = said_by or page.say(N_("Somebody")), page.calendar.moment(person.standing_at)
        says.append(page.say(N_("{name} said so, {when}."), name=by, when=when))
    return " ".join(says)


def _say(session: Session, actor: Actor, person_id: str, standing: str, until: datetime | None) -> None:
    set_standing(session, actor, person_for(session, actor, person_id), standing, until=until)
