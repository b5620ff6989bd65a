"""Is this way really theirs? A code by mail, or a person who rang, wrote or knocked and ticks it."""

import hmac
import secrets

from sqlalchemy import func, select

from app.foundation import audit
from app.foundation.clock import database_now, later, now
from app.foundation.database import Session
from app.foundation.due import Due, must_happen
from app.foundation.tokens import sealed
from app.people import tasks
from app.people.actors import Actor
from app.people.roles import require
from app.people.ways import BY_HAND, CODED, Way, way_for, ways_in_use
from app.problems import N_, Invalid, NotAllowed, TooFast

SEND_CODE = "send_code"
CODE_SECONDS = 30 * 60
MOST_TRIES = 5
MOST_CODES_AN_HOUR = 5
"""To all addresses of one person: nobody fills a stranger's mailbox from here."""
ENOUGH = N_("We have sent several mails. Look there first, or ask for new numbers in an hour.")
CODE_TITLE = N_("The numbers that you asked for")
CODE_TEXT = N_("Your numbers are {code}. Type them on your tablet within half an hour. If you did not ask, do nothing.")
NOT_THESE = N_("Those are not the numbers. Look at the mail once more, or ask for new ones.")


def send_code(session: Session, actor: Actor, way_id: str) -> None:
    """Have six numbers sent to a mail address, to be typed by who reads there."""
    way = way_for(session, actor, way_id)
    if way.kind not in CODED:
        raise Invalid(N_("Only a mail address is checked with numbers."))
    theirs = select(Way.id).where(Way.person_id == way.person_id)
    lately = (Due.what == SEND_CODE, Due.whom.in_(theirs), Due.due_at > later(-3600))
    if (session.scalar(select(func.count()).where(*lately)) or 0) >= MOST_CODES_AN_HOUR:
        raise TooFast(ENOUGH)
    must_happen(session, SEND_CODE, way.id, database_now(session))


def new_code(session: Session, way_id: str, key: bytes) -> tuple[str, str] | None:
    """The address and fresh numbers for it; only their seal is kept. None if it is not used any more."""
    way = session.get(Way, way_id, with_for_update=True)
    if way is None or way.ended_at is not None:
        return None
    code = f"{secrets.randbelow(1_000_000):06d}"
    way.code_seal, way.code_tries, way.code_until = _seal(key, way, code), 0, later(CODE_SECONDS)  # type: ignore[assignment]
    return way.address, code


def type_code(session: Session, actor: Actor, way_id: str, code: str, key: bytes) -> bool:
    """Whether these are the numbers: then it is checked. Five wrong ones, and new numbers are needed."""
    way = way_for(session, actor, way_id)
    fresh = way.code_until is not None and way.code_until > database_now(session) and way.code_tries < MOST_TRIES
    digits = "".join(sign for sign in code if sign.isdecimal() and sign.isascii())
    if not fresh or not hmac.compare_digest(way.code_seal, _seal(key, way, digits)):
        way.code_tries += 1
        return False
    way.code_seal, way.code_until = "", None
    _is_theirs(way, actor)
    return True


def tick(session: Session, actor: Actor, way_id: str) -> None:
    """Somebody rang, wrote or knocked, and reached them: never the person themself."""
    require(actor.roles, "look_after_tablets")
    way = way_for(session, actor, way_id)
    if actor.id == way.person_id:
        raise NotAllowed(N_("This is about yourself. Please ask somebody else to do it."))
    if way.kind not in BY_HAND:
        raise Invalid(N_("A mail address is checked with numbers that we send there."))
    _is_theirs(way, actor)
    audit.record(session, actor.id, "tick_way", whom=way.person_id, way=way.id, kind=way.kind)
    if all(one.verified_at for one in ways_in_use(session, way.person_id) if one.kind in BY_HAND):
        tasks.drop(session, "check_way", way.person_id)


def _is_theirs(way: Way, actor: Actor) -> None:
    way.verified_at, way.verified_by, way.trouble, way.trouble_at = now(), actor.id, "", None  # type: ignore[assignment]


def _seal(key: bytes, way: Way, code: str) -> str:
    return sealed(key, f"way {way.id} {way.address} {code}")
