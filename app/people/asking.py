"""*Write to Joan*: somebody asks their helper in writing, and is answered in writing."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation import audit
from app.foundation.beat import alerts_changed
from app.foundation.clock import Instant, now
from app.foundation.database import Session
from app.foundation.database.model import Model
from app.foundation.tokens import new_id
from app.foundation.words import clean
from app.people.actors import Actor
from app.people.models import Person
from app.people.reaching import seen, tell
from app.people.roles import require_to_find
from app.problems import N_, Invalid, NotFound, TooFast, TooLong

LONGEST_QUESTION = 2000
MOST_OPEN = 10
MANY_OPEN = N_("Your helper has your last words and will answer them first. If it cannot wait, please ring.")


class Question(Model):
    """What somebody asked, and what they were answered. `ref` makes a form that is sent twice one question."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("person_id", "ref"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    ref: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Instant)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(String(40), default="")
    answered_at: Mapped[datetime | None] = mapped_column(Instant)


def ask(session: Session, actor: Actor, ref: str, text: str) -> None:
    """Ask the helper. The same form twice is one question."""
    session.scalar(select(Person.id).where(Person.id == actor.id).with_for_update())
    mine = Question.person_id == actor.id
    if session.scalar(select(Question.id).where(mine, Question.ref == ref)):
        return
    if (session.scalar(select(func.count()).where(mine, Question.answered_at.is_(None))) or 0) >= MOST_OPEN:
        raise TooFast(MANY_OPEN)
    session.add(Question(id=new_id(), person_id=actor.id, ref=ref, text=_words(text), written_at=now()))
    session.flush()
    alerts_changed(session)


def my_questions(session: Session, actor: Actor) -> list[Question]:
    """What I asked and was answered, the newest first; having it open is having read the answers."""
    seen(session, actor, "answer")
    query = select(Question).where(Question.person_id == actor.id).order_by(Question.written_at.desc())
    return list(session.scalars(query.limit(20)))


def open_questions(session: Session, actor: Actor) -> list[tuple[Question, str]]:
    """What waits for an answer, the oldest first, with who asks. The look is recorded; one's own are left out."""
    require_to_find(actor.roles, "look_after_tablets")
    query = (
        select(Question, Person.name)
        .join(Person, Person.id == Question.person_id)
        .where(Question.answered_at.is_(None), Question.person_id != actor.id)
        .order_by(Question.written_at)
    )
    found = [(question, name) for question, name in session.execute(query)]
    if found:
        audit.record(session, actor.id, "look_at_questions", questions=[question.id for question, _ in found])
    return found


def answer(session: Session, actor: Actor, question_id: str, text: str) -> None:
    """Answer it; they are told that there is an answer. The first answer stands."""
    require_to_find(actor.roles, "look_after_tablets")
    question = session.get(Question, question_id, with_for_update=True)
    if question is None or question.person_id == actor.id:
        raise NotFound()
    if question.answered_at is not None:
        raise Invalid(N_("Somebody has answered this already."))
    question.answer, question.answered_by, question.answered_at = _words(text), actor.id, now()  # type: ignore[assignment]
    audit.record(session, actor.id, "answer_question", whom=question.person_id, question=question.id)
    tell(session, question.person_id, "answer", "/ask")
    alerts_changed(session)


def _words(text: str) -> str:
    text = clean(text)
    if not text:
        raise Invalid(N_("There are no words in it yet."))
    if len(text) > LONGEST_QUESTION:
        raise TooLong()
    return text
