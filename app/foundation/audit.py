"""What staff did and what they looked at: append-only, each row bound to the one before by its hash."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import Instant, now, spoken
from app.foundation.database.model import Model
from app.foundation.database.session import Session

START = "0" * 64
LINKS_A_STEP = 2000


class AuditLink(Model):
    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    who: Mapped[str] = mapped_column(String(40))
    did: Mapped[str] = mapped_column(String(40))
    whom: Mapped[str] = mapped_column(String(40), default="")
    place: Mapped[str] = mapped_column(String(40), default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    hash: Mapped[str] = mapped_column(Text)


class AuditHead(Model):
    """One row: the newest number and hash. Its lock puts the links in one order."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(Text, default=START)


def record(session: Session, who: str, did: str, *, whom: str = "", place: str = "", **details: Any) -> None:
    """Append one link, in the caller's transaction. Ids and reasons only: never what somebody said."""
    head = session.get_one(AuditHead, 1, with_for_update=True, populate_existing=True)
    at = session.scalar(select(now()))
    link = AuditLink(number=head.number + 1, at=at, who=who, did=did, whom=whom, place=place, details=details)
    link.hash = link_hash(head.hash, link)
    head.number, head.hash = link.number, link.hash
    session.add(link)
    session.flush()


def link_hash(before: str, link: AuditLink) -> str:
    facts = [link.number, spoken(link.at), link.who, link.did, link.whom, link.place, link.details]
    canonical = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((before + canonical).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Walk:
    """How far the log was walked: the last link that held, and the first that did not."""

    number: int = 0
    hash: str = START
    broken: int | None = None
    over: bool = False


def walk_on(session: Session, walk: Walk, most: int = LINKS_A_STEP) -> Walk:
    """The next part of the log, link by link; at its end the head is looked at too."""
    number, before = walk.number, walk.hash
    links = session.scalars(select(AuditLink).where(AuditLink.number > number).order_by(AuditLink.number).limit(most))
    for link in links:
        if link.number != number + 1 or link.hash != link_hash(before, link):
            return Walk(number, before, broken=number + 1)
        number, before = link.number, link.hash
    if number == walk.number + most:
        return Walk(number, before)
    head = session.get_one(AuditHead, 1)
    return Walk(number, before, None if (head.number, head.hash) == (number, before) else number + 1, over=True)


def first_broken_link(session: Session) -> int | None:
    """The number of the first link that was changed, lost or cut off; None when the chain is whole."""
    walk = Walk()
    while walk.broken is None and not walk.over:
        walk = walk_on(session, walk)
    return walk.broken
