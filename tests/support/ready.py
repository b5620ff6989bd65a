"""A house in which all is well that the page Ready to open asks for."""

from app.foundation.database import Session
from app.foundation.tokens import house_key
from app.keeping import test_page
from app.keeping.checks import RESTORED, checked
from app.keeping.ready import rung_numbers, say_rung
from app.people.actors import SYSTEM
from app.people.granting import give_role
from app.people.models import Person
from app.people.site import edit_site
from app.settings import Settings
from tests.support.company import KEY, Gathered
from tests.support.inside import database_of, read

OFFICE = "office@example.org"


def put_in_order(session: Session, at: Gathered, settings: Settings) -> None:
    give_role(session, SYSTEM, session.get_one(Person, at.vera.id), "admin")
    said = {"helper_phone": "555 0100", "outside_name": "Ellen", "outside_reach": "555 0199"}
    site = edit_site(session, SYSTEM, catch_all=OFFICE, **said)
    for number, _ in rung_numbers(session, settings, site):
        say_rung(session, SYSTEM, settings, number)
    checked(session, SYSTEM, RESTORED)
    test_page.begin(session, "page1")
    test_page.answer(session, test_page.token_of("page1", KEY), KEY)


async def ask_in(settings: dict[str, str]) -> str:
    """The link's end of a test page in a house that is up."""
    async with database_of(settings) as database:
        await database.transaction(edit_site, SYSTEM, catch_all=OFFICE)
        await database.transaction(test_page.begin, "shown")
    return test_page.token_of("shown", house_key(read(settings).secret_path))
