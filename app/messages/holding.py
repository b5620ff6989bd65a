"""Words that wait: stored at once, seen by their author and by who reviews them, and by nobody else."""

from typing import Any

from sqlalchemy import func, select

from app.foundation.beat import alerts_changed
from app.foundation.clock import now
from app.foundation.database import Session
from app.foundation.tokens import new_id
from app.messages.refs import Held
from app.problems import TooFast
from app.rooms.models import Waiting

MOST_WAITING = 20


def hold(
    session: Session,
    room_id: str,
    author_id: str,
    author_name: str,
    ref: str,
    text: str,
    reply_to: int | None,
    data: dict[str, Any] | None = None,
) -> Held:
    """Keep the words for a facilitator. The room learns nothing of it."""
    mine = (Waiting.room_id == room_id, Waiting.author_id == author_id, Waiting.state == "waiting")
    if (session.scalar(select(func.count()).where(*mine)) or 0) >= MOST_WAITING:
        raise TooFast(retry_after_ms=60_000)
    waiting = Waiting(
        id=new_id(), room_id=room_id, author_id=author_id, author_name=author_name, ref=ref,
        text=text, reply_to=reply_to, data=data, why="review", state="waiting", written_at=now(),
    )  # fmt: skip
    session.add(waiting)
    session.flush()
    alerts_changed(session)
    return Held(waiting.id, "review")
