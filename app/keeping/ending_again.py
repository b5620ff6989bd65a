"""After an older backup was put back: what had ended since then ends again. Each may be done twice."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from app.foundation.clock import now
from app.foundation.database import Session
from app.foundation.journal import Line
from app.keeping.erasing import erase_again
from app.people import consent
from app.people.actors import SYSTEM
from app.people.models import Card, Grant, Person, SignIn
from app.people.proofs import Passkey, Password, SpareCode
from app.people.set_up_links import SetUpLink
from app.people.supporting import Support
from app.people.ways import Way
from app.rooms import entries
from app.rooms.models import Entry, Membership


def end_again(session: Session, lines: list[Line]) -> None:
    """In the order in which it happened: what was put back afterwards stays."""
    for line in lines:
        AGAIN[line.what](session, line.whom, line.details)


def _card(session: Session, person_id: str, said: dict[str, Any]) -> None:
    session.execute(update(Card).where(Card.id == said["card"], Card.ended_at.is_(None)).values(ended_at=now()))


def _cards(session: Session, person_id: str, said: dict[str, Any]) -> None:
    session.execute(update(Card).where(Card.person_id == person_id, Card.ended_at.is_(None)).values(ended_at=now()))


def _sign_in(session: Session, person_id: str, said: dict[str, Any]) -> None:
    _end_sign_ins(session, SignIn.id == said["sign_in"])


def _sign_ins(session: Session, person_id: str, said: dict[str, Any]) -> None:
    _end_sign_ins(session, SignIn.person_id == person_id)


def _end_sign_ins(session: Session, which: Any) -> None:
    ending = update(SignIn).where(which, SignIn.ended_at.is_(None))
    session.execute(ending.values(ended_at=now(), ended_by=SYSTEM.id))


def _role(session: Session, person_id: str, said: dict[str, Any]) -> None:
    mine = (Grant.person_id == person_id, Grant.role == said["role"], Grant.room_id == said["room"])
    session.execute(delete(Grant).where(*mine))


def _role_ends(session: Session, person_id: str, said: dict[str, Any]) -> None:
    """Only a role that the backup knows: none is given again."""
    mine = (Grant.person_id == person_id, Grant.role == said["role"], Grant.room_id == said["room"])
    until = datetime.fromisoformat(said["until"]) if said["until"] else None
    session.execute(update(Grant).where(*mine).values(ends_at=until))


def _member(session: Session, person_id: str, said: dict[str, Any]) -> None:
    place = (Membership.room_id == said["room"], Membership.person_id == person_id, Membership.removed_at.is_(None))
    taken_out = {} if said.get("along") else {"for_id": ""}
    session.execute(update(Membership).where(*place).values(removed_at=now(), **taken_out))


def _support(session: Session, member_id: str, said: dict[str, Any]) -> None:
    session.execute(
        update(Support).where(Support.id == said["support"], Support.ended_at.is_(None)).values(ended_at=now())
    )


def _passkey(session: Session, person_id: str, said: dict[str, Any]) -> None:
    session.execute(delete(Passkey).where(Passkey.id == said["passkey"]))


def _proofs(session: Session, person_id: str, said: dict[str, Any]) -> None:
    for table in (Passkey, Password, SpareCode):
        session.execute(delete(table).where(table.person_id == person_id))


def _password(session: Session, person_id: str, said: dict[str, Any]) -> None:
    session.execute(delete(Password).where(Password.person_id == person_id))


def _spare_code(session: Session, person_id: str, said: dict[str, Any]) -> None:
    session.execute(update(SpareCode).where(SpareCode.id == said["code"]).values(used_at=now()))


def _spare_codes(session: Session, person_id: str, said: dict[str, Any]) -> None:
    session.execute(delete(SpareCode).where(SpareCode.person_id == person_id))


def _set_up_links(session: Session, person_id: str, said: dict[str, Any]) -> None:
    mine = (SetUpLink.person_id == person_id, SetUpLink.ended_at.is_(None))
    session.execute(update(SetUpLink).where(*mine).values(ended_at=now()))


def _way(session: Session, person_id: str, said: dict[str, Any]) -> None:
    session.execute(update(Way).where(Way.id == said["way"], Way.ended_at.is_(None)).values(ended_at=now()))


def _consent(session: Session, person_id: str, said: dict[str, Any]) -> None:
    consent.take_back(session, person_id)


def _words(session: Session, author_id: str, said: dict[str, Any]) -> None:
    _change_words(session, author_id, said, removed_at=now(), removed_by=said["by"], removed_why="")


def _words_back(session: Session, author_id: str, said: dict[str, Any]) -> None:
    _change_words(session, author_id, said, removed_at=None, removed_by=None, removed_why=None)


def _change_words(session: Session, author_id: str, said: dict[str, Any], **values: Any) -> None:
    """A place that the backup does not have, or that somebody else has, is left alone."""
    entry = session.get(Entry, (said["room"], said["seq"]))
    if entry is not None and entry.author_id == author_id:
        entries.change(session, entries.lock(session, [said["room"]])[said["room"]], said["seq"], **values)


def _standing(session: Session, person_id: str, said: dict[str, Any]) -> None:
    until = datetime.fromisoformat(said["until"]) if said["until"] else None
    mine = update(Person).where(Person.id == person_id)
    session.execute(mine.values(standing=said["standing"], standing_until=until))


AGAIN: dict[str, Callable[[Session, str, dict[str, Any]], None]] = {
    "card_ended": _card,
    "cards_ended": _cards,
    "sign_in_ended": _sign_in,
    "sign_ins_ended": _sign_ins,
    "role_taken": _role,
    "role_ends": _role_ends,
    "passkey_ended": _passkey,
    "proofs_ended": _proofs,
    "password_ended": _password,
    "spare_code_used": _spare_code,
    "spare_codes_ended": _spare_codes,
    "set_up_links_ended": _set_up_links,
    "member_removed": _member,
    "stands": _standing,
    "erased": erase_again,
    "support_ended": _support,
    "way_ended": _way,
    "consent_withdrawn": _consent,
    "words_removed": _words,
    "words_put_back": _words_back,
}
"""What a verb noted in the journal, and how it is done once more: (session, whom, details)."""
