"""What each role may do: one page that an auditor can read. A role is given for the house or for one room."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from app.foundation.clock import now
from app.foundation.database import Session
from app.people.models import Grant
from app.problems import NotAllowed, NotFound, ProveFirst

GRANTS: dict[str, frozenset[str]] = {
    "member": frozenset(),
    "mentor": frozenset({"get_on_call"}),
    "advocate": frozenset(),
    "helper": frozenset(
        {
            "see_people", "make_cards", "enrol", "end_sign_ins", "introduce_supporters", "set_standing",
            "look_after_tablets", "write_by_phone", "get_on_call",
        }
    ),
    "facilitator": frozenset(
        {"moderate", "get_on_call", "see_people", "hear_calls_for_help", "see_calls_for_help", "answer_calls_for_help"}
    ),
    "responder": frozenset(
        {"see_people", "hear_calls_for_help", "see_calls_for_help", "answer_calls_for_help", "take_calls", "see_rota"}
    ),
    "supervisor": frozenset(
        {
            "see_people", "set_standing", "see_rooms",
            "hear_calls_for_help", "see_calls_for_help", "answer_calls_for_help", "get_on_call",
            "take_calls", "see_rota", "keep_rota", "review_screen",
        }
    ),
    "admin": frozenset(
        {
            "see_people", "add_people", "enrol", "make_cards", "make_staff_cards", "end_sign_ins", "give_roles",
            "set_standing", "see_audit", "choose_keeping", "export_people", "erase_people",
            "see_rooms", "open_rooms", "choose_members", "introduce_supporters", "edit_site",
            "hear_calls_for_help", "see_calls_for_help", "answer_calls_for_help", "take_calls", "see_rota", "keep_rota",
        }
    ),
}  # fmt: skip
"""Role → what it may do. `moderate` covers a room's words and people: review, hold, release, remove, mute."""

ON_A_CARD_ALONE = frozenset({"moderate", "hear_calls_for_help", "get_on_call"})
"""What staff may do who came in with a card: keep their rooms, hear that somebody asks for help, and get on-call."""

STAFF_ROLES = frozenset(GRANTS) - {"member"}


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of one person: pairs of (role, room id); the room id is empty for the whole house.

    `proved` is false for a sign-in that began with a card alone: then only ON_A_CARD_ALONE is granted.
    """

    pairs: frozenset[tuple[str, str]]
    proved: bool = True

    def names(self) -> list[str]:
        return sorted({role for role, _ in self.pairs})

    def in_room(self, room_id: str) -> list[str]:
        return sorted({role for role, room in self.pairs if room in ("", room_id)})

    def may(self, what: str, room_id: str = "") -> bool:
        """Whether some role, house-wide or in this room, grants it. The system may do everything."""
        return self._counts(what) and any(
            role == "system" or (room in ("", room_id) and what in GRANTS.get(role, frozenset()))
            for role, room in self.pairs
        )

    def may_anywhere(self, what: str) -> bool:
        """Whether some role grants it somewhere, in the house or in any room."""
        return self._counts(what) and any(
            what in GRANTS.get(role, frozenset()) or role == "system" for role, _ in self.pairs
        )

    def _counts(self, what: str) -> bool:
        return self.proved or what in ON_A_CARD_ALONE

    def once_proved(self) -> "Roles":
        return replace(self, proved=True)

    @property
    def staff(self) -> bool:
        return any(role in STAFF_ROLES for role, _ in self.pairs)


def require(actor_roles: Roles, what: str, room_id: str = "") -> None:
    """Raise NotAllowed unless the roles grant it, or ProveFirst where only the proof is lacking."""
    if not actor_roles.may(what, room_id):
        raise ProveFirst() if actor_roles.once_proved().may(what, room_id) else NotAllowed()


def require_to_find(actor_roles: Roles, what: str, sentence: str = "") -> None:
    """The same for what strangers do not even find: NotFound, or ProveFirst where only the proof is lacking."""
    if not actor_roles.may_anywhere(what):
        raise ProveFirst() if actor_roles.once_proved().may_anywhere(what) else NotFound(sentence)


def require_proved_staff(actor_roles: Roles) -> None:
    """For pages that are for staff of every kind, but not on a card alone."""
    if not actor_roles.staff:
        raise NotFound()
    if not actor_roles.proved:
        raise ProveFirst()


def holds() -> ColumnElement[bool]:
    """Of grants: not ended, by the database's clock."""
    return or_(Grant.ends_at.is_(None), Grant.ends_at > now())


def roles_of(session: Session, person_id: str) -> Roles:
    """The roles one person has now."""
    return roles_of_many(session, [person_id])[person_id]


def roles_of_many(session: Session, person_ids: list[str]) -> dict[str, Roles]:
    found: dict[str, set[tuple[str, str]]] = {person_id: set() for person_id in person_ids}
    rows = select(Grant.person_id, Grant.role, Grant.room_id).where(Grant.person_id.in_(person_ids), holds())
    for person_id, role, room_id in session.execute(rows):
        found[person_id].add((role, room_id))
    return {person_id: Roles(frozenset(pairs)) for person_id, pairs in found.items()}


def grants_of(session: Session, person_id: str) -> list[Grant]:
    """The roles one person has now, each with its end."""
    mine = (Grant.person_id == person_id, holds())
    return list(session.scalars(select(Grant).where(*mine).order_by(Grant.role, Grant.room_id)))


def newest_end(session: Session) -> datetime | None:
    """When a role last came to its end: whoever remembers it sees that one more has ended."""
    return session.scalar(select(func.max(Grant.ends_at)).where(Grant.ends_at <= now()))
