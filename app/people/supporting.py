"""Supporters: somebody who sits beside a member and types for them, under a card of their own: "Mei, for Rose".

Staff bring the two together; it begins when the member wants it and the supporter has promised that what the group
says stays in the group. Chats for two stay closed until the member opens them. Either may end it at any time.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from app.foundation import audit, journal
from app.foundation.clock import Instant, now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.tokens import new_id
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import require, roles_of
from app.problems import N_, Invalid, NotFound


class Support(Model):
    __tablename__ = "supports"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    supporter_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    made_by: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(Instant)
    wanted_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the member said yes."""
    promised_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the supporter promised to keep what the group says in the group."""
    pairs_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the member opened their chats for two to this supporter; empty while they are closed."""
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[str] = mapped_column(String(40), default="")

    @property
    def holds(self) -> bool:
        return self.wanted_at is not None and self.promised_at is not None and self.ended_at is None


@dataclass(frozen=True, slots=True)
class Beside:
    """One support with both names."""

    support: Support
    supporter: str
    member: str


def introduce(session: Session, actor: Actor, member: Person, supporter: Person) -> Support:
    """Staff name a supporter for a member. Nothing begins before both have said yes; twice is once."""
    require(actor.roles, "introduce_supporters")
    if member.id == supporter.id:
        raise Invalid(N_("Somebody cannot be their own supporter. Choose another person."))
    if roles_of(session, supporter.id).staff:
        raise Invalid(N_("{name} works here. A supporter is somebody of the member's own."), name=supporter.name)
    for known in supports_of(session, member.id):
        if known.support.supporter_id == supporter.id:
            return known.support
    support = Support(
        id=new_id(), supporter_id=supporter.id, member_id=member.id, made_by=actor.id, made_at=now(), ended_by=""
    )
    session.add(support)
    session.flush()
    audit.record(session, actor.id, "introduce_supporter", whom=member.id, supporter=supporter.id)
    return support


def want(session: Session, actor: Actor, support_id: str) -> Support:
    """The member says: yes, I would like that."""
    support = support_for(session, actor, support_id, as_member=True)
    support.wanted_at = support.wanted_at or now()  # type: ignore[assignment]
    return support


def promise(session: Session, actor: Actor, support_id: str) -> Support:
    """The supporter promises the group's confidence."""
    support = support_for(session, actor, support_id, as_supporter=True)
    support.promised_at = support.promised_at or now()  # type: ignore[assignment]
    return support


def end(session: Session, actor: Actor, support_id: str) -> Support:
    """The member, the supporter, or staff who introduce supporters end it."""
    support = any_support_for(session, actor, support_id)
    close(session, actor, support)
    return support


def close(session: Session, actor: Actor, support: Support) -> None:
    """The end itself, for verbs that have asked who may."""
    support.ended_at, support.ended_by = now(), actor.id  # type: ignore[assignment]
    audit.record(session, actor.id, "end_support", whom=support.member_id, supporter=support.supporter_id)
    journal.note(session, "support_ended", support.member_id, support=support.id)
    session.flush()


def all_with(session: Session, person_id: str) -> list[Support]:
    """The living supports of a member, and those of a supporter; locked, in one order."""
    theirs = or_(Support.member_id == person_id, Support.supporter_id == person_id)
    query = select(Support).where(theirs, Support.ended_at.is_(None)).order_by(Support.id).with_for_update()
    return list(session.scalars(query))


def any_support_for(session: Session, actor: Actor, support_id: str) -> Support:
    """For all who may end it."""
    return support_for(session, actor, support_id, as_member=True, as_supporter=True, as_staff=True)


def supports_of(session: Session, member_id: str) -> list[Beside]:
    """Who helps this member, begun or only named, by the time they were named."""
    return _beside(session, Support.member_id == member_id)


def supported_by(session: Session, supporter_id: str) -> list[Beside]:
    """For whom this person is here, begun or only named."""
    return _beside(session, Support.supporter_id == supporter_id)


def support_for(
    session: Session, actor: Actor, support_id: str, *,
    as_member: bool = False, as_supporter: bool = False, as_staff: bool = False,
) -> Support:  # fmt: skip
    """The living support, for whom it concerns. Anybody else finds nothing."""
    support = session.scalar(
        select(Support).where(Support.id == support_id, Support.ended_at.is_(None)).with_for_update()
    )
    mine = support is not None and (
        (as_member and support.member_id == actor.id)
        or (as_supporter and support.supporter_id == actor.id)
        or (as_staff and actor.roles.may("introduce_supporters"))
    )
    if support is None or not mine:
        raise NotFound(N_("That has ended already."))
    return support


def _beside(session: Session, which: ColumnElement[bool]) -> list[Beside]:
    supporter, member = aliased(Person), aliased(Person)
    query = (
        select(Support, supporter.name, member.name)
        .join(supporter, supporter.id == Support.supporter_id)
        .join(member, member.id == Support.member_id)
        .where(which, Support.ended_at.is_(None))
        .order_by(Support.made_at, Support.id)
    )
    return [Beside(*row) for row in session.execute(query)]
