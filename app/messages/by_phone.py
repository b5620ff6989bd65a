"""Words of a member who is on the telephone, written down by their helper: "Rose, by phone, written by Joan"."""

from app.crisis.lines import EVERY_LINE, Lines
from app.foundation import audit
from app.foundation.database import Session
from app.foundation.tokens import new_id
from app.messages.pace import Pace
from app.messages.posting import Alone, Answer, post_alone, words_of
from app.messages.refs import Held, Said
from app.people.actors import Actor
from app.people.models import LEFT, Person
from app.people.roles import require, roles_of
from app.problems import N_, Invalid, NotAllowed, NotFound, Problem
from app.rooms.finding import rooms_for
from app.rooms.models import Room

ASK_FIRST = N_("Please read the words back, ask whether you may send them, and tick that they said yes.")


def rooms_by_phone(session: Session, person: Person) -> list[Room]:
    """The group rooms in which this person may be written for: what is between two people stays between them."""
    if person.standing in LEFT:
        return []
    them = Actor(person.id, person.name, roles_of(session, person.id))
    return [room for room in rooms_for(session, them) if room.kind == "group" and room.closed_at is None]


def post_by_phone(
    session: Session, actor: Actor, person: Person, room_id: str, text: str, *, ref: str = "", said_yes: bool,
    lines: Lines = EVERY_LINE,
) -> Answer:  # fmt: skip
    """Say it as theirs, with the helper's name on it. What limits their voice limits it here; each one is recorded."""
    require(actor.roles, "write_by_phone")
    if actor.id == person.id:
        raise NotAllowed(N_("You are signed in yourself. Please write in the room."))
    if not said_yes:
        raise Invalid(ASK_FIRST, fields=(("said_yes", ASK_FIRST),))
    them = Actor(person.id, person.name, roles_of(session, person.id), no_limits=True)
    words = words_of(them, room_id, ref or new_id(), text)
    words.data = {"by_phone": {"id": actor.id, "name": actor.name}}
    if room_id not in {room.id for room in rooms_by_phone(session, person)}:
        raise NotFound(N_("We cannot find that room."))
    answer = post_alone(session, words, Pace(), lines)
    if isinstance(answer, Problem):
        raise answer
    assert not isinstance(answer, Alone)
    if isinstance(answer, Said | Held):
        audit.record(session, actor.id, "post_by_phone", whom=person.id, place=room_id, ref=words.ref)
    return answer
