"""One row that every process reads every two seconds: what changed for everybody at once."""

from sqlalchemy import Connection, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.announcements import AccessChanged, AlertsChanged
from app.foundation.database.model import Model
from app.foundation.database.session import Session
from app.foundation.tokens import new_id

RESTORING = "restoring"
"""The epoch of a house that a restore has not finished: nobody may be let in."""


class Beat(Model):
    """`epoch` changes at every restore; the versions rise with sign-ins, memberships, roles, and with alerts."""

    __tablename__ = "beat"

    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[str] = mapped_column(String(40))
    access_version: Mapped[int] = mapped_column(default=0)
    alert_version: Mapped[int] = mapped_column(default=0)


def access_changed(session: Session) -> None:
    """Somebody may no longer (or may now) do something: every process looks again within two seconds."""
    session.execute(update(Beat).values(access_version=Beat.access_version + 1))
    session.announce(AccessChanged())


def begin_new_epoch(session: Session) -> None:
    """A backup was put back, so what tablets remember may never have been: they read everything afresh."""
    session.execute(update(Beat).values(epoch=new_id()))


def is_half_restored(connection: Connection) -> bool:
    return connection.scalar(select(Beat.epoch)) == RESTORING


def alerts_changed(session: Session) -> None:
    session.execute(update(Beat).values(alert_version=Beat.alert_version + 1))
    session.announce(AlertsChanged())
