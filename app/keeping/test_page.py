"""A test page: a mail to the catch-all address which says that it is only a test, with a link that answers it.

Once a week the worker asks by itself. Whoever opens the link need not be signed in; the seal in it is proof enough.
"""

from datetime import datetime, timedelta

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation import audit
from app.foundation.clock import Instant, database_now, later, now
from app.foundation.database import Database, Session
from app.foundation.database.model import Model
from app.foundation.delivery import mail
from app.foundation.due import Due, must_happen
from app.foundation.tokens import house_key, sealed
from app.people.actors import Actor
from app.people.models import Site
from app.people.roles import require
from app.problems import N_, Invalid, NotFound
from app.settings import Settings
from app.wording import say

TEST_PAGE, LOOK = "test_page", "look_for_test_page"
AGAIN_SECONDS = 6 * 24 * 3600
ANSWER_IN = timedelta(days=7)
SEAL = 32
TITLE = N_("A test: nobody needs help")
TEXT = N_(
    "This is a test of the way by which calls for help reach you. Nobody needs help.\n"
    "Please open {link} and press the button, so that the house knows that somebody is there.\n"
)


class TestPage(Model):
    __tablename__ = "test_pages"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    address: Mapped[str] = mapped_column(String(200))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)


def ask(session: Session, actor: Actor, *, by_mail: bool) -> None:
    """Send one now. `by_mail` says whether mail can leave this house at all."""
    require(actor.roles, "edit_site")
    if not session.get_one(Site, 1).catch_all:
        raise Invalid(N_("Write the mail address that is told of calls for help on the page This house first."))
    if not by_mail:
        raise Invalid(N_("No mail can leave this house yet. The person who looks after the machine can set that."))
    must_happen(session, TEST_PAGE, "catch_all", database_now(session))
    audit.record(session, actor.id, "ask_test_page")


async def send(database: Database, settings: Settings, row: Due) -> None:
    """The worker's part. Tried again after a crash, it is the same page."""
    address = await database.transaction(begin, row.id)
    if address:
        link = f"{settings.address.rstrip('/')}/test-page/{token_of(row.id, house_key(settings.secret_path))}"
        await mail.send(settings.smtp_url, address, say(TITLE), say(TEXT, link=link))


async def look(database: Database, settings: Settings, row: Due) -> None:
    """Each day: is it time for the week's test?"""
    if settings.smtp_url:
        await database.transaction(_ask_weekly)


def token_of(page_id: str, key: bytes) -> str:
    return f"{page_id}-{sealed(key, f'test page {page_id}')[:SEAL]}"


def page_for(session: Session, token: str, key: bytes) -> TestPage:
    """The page that a link speaks of, for a week."""
    page_id = token.partition("-")[0]
    page = session.get(TestPage, page_id) if token == token_of(page_id, key) else None
    if page is None or page.asked_at < database_now(session) - ANSWER_IN:
        raise NotFound(N_("This test is over. A new one comes every week."))
    return page


def answer(session: Session, token: str, key: bytes) -> None:
    """Somebody at that address says that they have it. The first answer counts."""
    page = page_for(session, token, key)
    page.answered_at = page.answered_at or database_now(session)


def last_answered(session: Session, address: str) -> datetime | None:
    query = select(TestPage.answered_at).where(TestPage.address == address, TestPage.answered_at.is_not(None))
    return session.scalar(query.order_by(TestPage.answered_at.desc()).limit(1))


def begin(session: Session, page_id: str) -> str:
    """Keep that it is asked, and give the address; nothing where there is none any more."""
    address = session.get_one(Site, 1).catch_all
    if address and session.get(TestPage, page_id) is None:
        session.add(TestPage(id=page_id, address=address, asked_at=now()))
    return address


def _ask_weekly(session: Session) -> None:
    newest = select(TestPage.id).where(TestPage.asked_at > later(-AGAIN_SECONDS)).limit(1)
    if session.get_one(Site, 1).catch_all and session.scalar(newest) is None:
        must_happen(session, TEST_PAGE, "catch_all", database_now(session))
