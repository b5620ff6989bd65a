"""Things that a person has to do for another person: check an address, ring somebody, look in. Each has an end.

A task is a row with its cause, made once for one `kind`, person and day. The worker makes some, verbs make others;
only people end them, and say how it went.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, false, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation import audit
from app.foundation.clock import Instant, database_now, now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.tokens import new_id
from app.people.actors import Actor
from app.people.models import Person
from app.people.standing import reachable
from app.problems import N_, Invalid, NotFound

LONGEST_OUTCOME = 500
OF_THE_HOUSE = ("rota_hole", "rota_hole_soon")
"""Kinds that are about nobody: such a task names the one person whose work it is."""


class Task(Model):
    """`role` is whose work it is, or `given_to` names one person; it never goes to the person it is about."""

    __tablename__ = "tasks"
    __table_args__ = (UniqueConstraint("kind", "about_id", "due_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    about_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(20), default="")
    given_to: Mapped[str] = mapped_column(String(40), default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant, index=True)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by: Mapped[str] = mapped_column(String(40), default="")
    outcome: Mapped[str] = mapped_column(Text, default="")
    while_here: Mapped[bool] = mapped_column(default=False, server_default=false())
    """A reminder: nobody sees it while the person it is about is away, paused or gone."""

    @property
    def waits_since(self) -> datetime:
        """Some are made late: a hole within a day is told when it opens, of a day that was due before."""
        return max(self.made_at, self.due_at)


def ask_for(
    session: Session, kind: str, about_id: str, *, role: str = "", given_to: str = "",
    due_at: datetime | None = None, while_here: bool = False, **details: Any,
) -> bool:  # fmt: skip
    """Store one task, due now where no day is named. False if it was stored before.

    `while_here` marks reminders, absence tasks and suggestions: they rest while the person is away or paused.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {"id": new_id(), "kind": kind, "about_id": about_id, "role": role, "given_to": given_to, "details": details}
    when = {"made_at": now(), "due_at": due_at or database_now(session), "done_by": "", "outcome": ""}
    when["while_here"] = while_here
    return session.execute(insert(Task).values(**row, **when).on_conflict_do_nothing()).rowcount > 0  # type: ignore[attr-defined]


def open_tasks(session: Session, actor: Actor) -> list[Task]:
    """What waits for this person, by their roles or by name, the oldest first; never what is about themselves."""
    mine = or_(Task.given_to == actor.id, Task.role.in_(actor.roles.names()) & (Task.given_to == ""))
    query = select(Task).join(Person).where(mine, or_(Task.about_id != actor.id, Task.kind.in_(OF_THE_HOUSE)))
    query = query.where(Task.done_at.is_(None), Task.due_at <= now(), or_(Task.while_here.is_(False), reachable()))
    return list(session.scalars(query.order_by(Task.due_at, Task.id)))


def finish(session: Session, actor: Actor, task_id: str, outcome: str) -> Task:
    """It was done, and this is how it went. Only somebody whose task it is finds it."""
    task = next((one for one in open_tasks(session, actor) if one.id == task_id), None)
    if task is None:
        raise NotFound(N_("That is done already, or it is not yours."))
    if len(outcome := outcome.strip()) > LONGEST_OUTCOME:
        raise Invalid(N_("That is too long. {longest} letters are the most."), longest=LONGEST_OUTCOME)
    task.done_at, task.done_by, task.outcome = database_now(session), actor.id, outcome
    audit.record(session, actor.id, "finish_task", whom=task.about_id, task=task.id, kind=task.kind)
    return task


def drop(session: Session, kind: str, about_id: str) -> None:
    """These are no longer asked for: what they were about has changed."""
    waiting = (Task.kind == kind, Task.about_id == about_id, Task.done_at.is_(None))
    session.execute(update(Task).where(*waiting).values(done_at=now(), done_by="system"))


def drop_all(session: Session, about_id: str) -> None:
    """Nothing is asked about somebody who has left."""
    waiting = (Task.about_id == about_id, Task.done_at.is_(None))
    session.execute(update(Task).where(*waiting).values(done_at=now(), done_by="system"))
