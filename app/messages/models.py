"""The tables of reading."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.database.model import Model


class ReadMark(Model):
    """How far somebody has read in a room."""

    __tablename__ = "read_marks"

    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    seq: Mapped[int]
