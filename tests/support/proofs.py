"""Staff who have proved who they are, without going through the pages that ask for it."""

from datetime import UTC, datetime

from sqlalchemy import select, update

from app.foundation.beat import access_changed
from app.foundation.database import Session, open_database
from app.people.models import Grant, SignIn
from app.settings import Settings

ALWAYS = datetime(9000, 1, 1, tzinfo=UTC)
"""Whoever proved it then is never asked again."""


def prove(session: Session, person_ids: list[str] | None = None) -> None:
    """Every sign-in of these people, or of everybody who was given more to do than a member, is proved."""
    staff = select(Grant.person_id).where(Grant.role != "member")
    whose = SignIn.person_id.in_(staff if person_ids is None else person_ids)
    session.execute(update(SignIn).where(whose).values(proved_at=ALWAYS))
    access_changed(session)


async def prove_in(settings: dict[str, str], person_ids: list[str] | None = None) -> None:
    """The same in the database of a house that is up."""
    options = {name.removeprefix("HEARTHSIDE_").lower(): value for name, value in settings.items()}
    database = open_database(Settings.model_validate(options).database)
    try:
        await database.transaction(prove, person_ids)
    finally:
        await database.close()
