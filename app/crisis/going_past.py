"""Where somebody of the staff is the subject, the worry goes past them, and a lead hears of it.

They are the subject when the words are their own, or when words about being hurt, used or threatened name them. Names
are found as whole words; a name that is left out, or spelled in another way, is not found, so who leads reads too.
"""

import re
import unicodedata

from sqlalchemy import select

from app.crisis.models import Incident
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.people.leading import lead_besides
from app.people.models import Grant, Person
from app.people.roles import STAFF_ROLES, holds
from app.people.tasks import ask_for

ABOUT_PEOPLE = frozenset({"abuse_neglect", "exploitation", "violence", "scam"})
SHORTEST_NAME = 3
TOLD = "worry_past"


def subjects(session: Session, person_id: str, text: str, category: str) -> list[str]:
    """Staff whom words of this kind are about: who wrote them, and who is named in them."""
    staff = select(Person.id, Person.name).join(Grant, Grant.person_id == Person.id)
    here = session.execute(staff.where(Grant.role.in_(STAFF_ROLES), holds()).distinct()).all()
    said = _words(text) if category in ABOUT_PEOPLE else set()
    return sorted(one for one, name in here if one == person_id or _called(name) in said)


def tell_who_leads(session: Session, incident: Incident) -> None:
    """Once for one incident: somebody who leads, and is none of them, looks at it."""
    lead = lead_besides(session, {incident.person_id, *incident.past})
    role, at = "" if lead else "responder", database_now(session)
    ask_for(session, TOLD, incident.person_id, role=role, given_to=lead, due_at=at, incident=incident.id)


def _called(name: str) -> str:
    """What they are called: the first word of their name, if it is long enough to be one."""
    first = next(iter(re.findall(r"\w+", _plain(name))), "")
    return first if len(first) >= SHORTEST_NAME else ""


def _words(text: str) -> set[str]:
    """The words of a text; "Joan's" is Joan's."""
    return set(re.findall(r"[^\W_]+", _plain(text)))


def _plain(text: str) -> str:
    whole = unicodedata.normalize("NFKD", text).casefold()
    return "".join(one for one in whole if not unicodedata.combining(one))
