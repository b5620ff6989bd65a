"""What Home tells and asks first: what waits, a card on a second tablet, somebody who would like to sit beside."""

from typing import Any

from app.foundation.database import Session
from app.people import second_tablets, supporting
from app.people.actors import Actor
from app.people.models import SignIn
from app.people.reaching import NOTICES, Notice, waiting_notices
from app.people.supporting import Beside
from app.web.pages.page import Page


async def asks(page: Page) -> dict[str, Any]:
    second, mine, theirs, notices = await page.house.database.read(_look, page.me)
    return {
        "notices": [{"title": page.say(NOTICES[one.what]), "path": one.path} for one in notices],
        "second_tablet": {"id": second.id, "when": page.calendar.moment(second.began_at)} if second else None,
        "offered": [one for one in mine if one.support.wanted_at is None],
        "to_promise": [one for one in theirs if one.support.promised_at is None],
        "to_wait": [one for one in theirs if one.support.promised_at and one.support.wanted_at is None],
    }


def _look(session: Session, actor: Actor) -> tuple[SignIn | None, list[Beside], list[Beside], list[Notice]]:
    mine, theirs = supporting.supports_of(session, actor.id), supporting.supported_by(session, actor.id)
    return second_tablets.to_be_known(session, actor), mine, theirs, waiting_notices(session, actor)
