"""The questions before the first room, one at a time: begun alone or with a helper, left and found again.

1. `begin` finds the asking that was left half-done, or begins one. A helper begins it for somebody else.
2. `answer` keeps each answer at once, so that leaving loses nothing.
3. The last answer, "agree", is kept only when every other question was answered.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.foundation import audit
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.tokens import new_id
from app.foundation.words import clean_name
from app.people import consent
from app.people.actors import Actor
from app.people.agreement.reading import LAST, Agreement, agreement, newest_version
from app.people.consent import Consent
from app.people.models import Person
from app.people.roles import require
from app.problems import N_, Invalid, NotFound

WAYS = ("beside", "phone", "alone")
BESIDE = "beside"
"""The question that comes before the others: is somebody with you?"""
A_VISIT = timedelta(hours=6)
"""So long somebody who came to help counts as being there."""


def begin(session: Session, actor: Actor, person: Person) -> Consent:
    """Somebody's own asking: the one that was left, or a new one."""
    session.get_one(Person, person.id, with_for_update=True, populate_existing=True)
    found = half_done(session, person.id)
    if found is None:
        found = Consent(
            id=new_id(), person_id=person.id, version=newest_version(), language=person.language,
            how="", beside_id="", beside_name="", answers={}, begun_at=database_now(session),
        )  # fmt: skip
        session.add(found)
        session.flush()
    elif found.version != newest_version():
        found.version, found.answers = newest_version(), {}
    found.language = person.language
    return found


def begin_with(session: Session, actor: Actor, person: Person, how: str) -> Consent:
    """A helper begins it, beside somebody or on the phone; they answer on their own tablet."""
    require(actor.roles, "enrol")
    if actor.id == person.id:
        raise Invalid(N_("This is about yourself. Please ask somebody else to do it."))
    if how not in ("beside", "phone"):
        raise Invalid(N_("Please choose one."))
    found = begin(session, actor, person)
    if consent.state_of(session, person.id).kind == "given":
        raise Invalid(N_("{name} has joined already."), name=person.name)
    found.how, found.beside_id, found.beside_name = how, actor.id, actor.name
    found.there_at = database_now(session)
    audit.record(session, actor.id, "begin_joining", whom=person.id, consent=found.id, how=how)
    return found


def half_done(session: Session, person_id: str) -> Consent | None:
    """The asking that somebody has begun and not ended."""
    open_still = (Consent.person_id == person_id, Consent.agreed_at.is_(None))
    return session.scalar(select(Consent).where(*open_still).order_by(Consent.begun_at.desc()).limit(1))


def questions(asked: Consent) -> list[str]:
    """All of them, in their order."""
    return [BESIDE, *(screen.key for screen in told(asked).screen)]


def next_question(asked: Consent, at: datetime) -> str:
    """The first that has no answer yet. Who is there is asked anew at each visit, as that is kept with the answers."""
    there = asked.how if asked.there_at and at - asked.there_at < A_VISIT else ""
    answered = {BESIDE: there} | asked.answers
    return next((key for key in questions(asked) if not answered.get(key)), LAST)


def told(asked: Consent) -> Agreement:
    return agreement(asked.version, asked.language)


def say_who_is_there(session: Session, actor: Actor, how: str, name: str = "") -> Consent:
    """Is somebody with you? The helper who began it stays named only while they are there."""
    if how not in WAYS:
        raise Invalid(N_("Please choose one."))
    asked = begin(session, actor, session.get_one(Person, actor.id))
    name = clean_name(name)[:80]
    if how == "alone" or (name and name != asked.beside_name):
        asked.beside_id, asked.beside_name = "", ""
    asked.how, asked.there_at = how, database_now(session)
    asked.beside_name = "" if how == "alone" else name or asked.beside_name
    return asked


def answer(session: Session, actor: Actor, key: str, said: str) -> Consent:
    """Keep one answer. Saying yes to the last question is joining; saying no to it leaves all as it is."""
    asked = begin(session, actor, session.get_one(Person, actor.id))
    screen = told(asked).screen_for(key)
    if screen is None:
        raise NotFound()
    if said not in screen.answers:
        raise Invalid(N_("Please choose one."))
    if key != LAST:
        asked.answers = asked.answers | {key: said}
    elif said == "yes":
        if next_question(asked, database_now(session)) != LAST:
            raise Invalid(N_("One question before this has no answer yet."))
        asked.answers = asked.answers | {key: said}
        consent.keep(session, asked)
    return asked
