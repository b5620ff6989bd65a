"""A text message that somebody of the staff sent back: "4821", "ack 4821" and "yes 4821" take a call.

Anything else changes nothing, and is told how to do it. What is said back names nobody: not who called, nor who has
the call now. A number that nobody of the staff has gets no word at all.
"""

from dataclasses import dataclass, field

from sqlalchemy import Select, select

from app.crisis import answering, duty_tests
from app.crisis.models import Incident
from app.crisis.on_call import OnCallPlan
from app.crisis.senders import one_of, same_number, senders
from app.crisis.timeline import note
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Site
from app.problems import N_, NotFound

YES = ("ack", "yes", "ok", "sí", "si")
CODE_LENGTH = 4
AROUND = " \t\r\n.,;:!?#*'\"()[]“”’«»"

YOURS = N_("{house}: you have {code}. Open {link}")
STILL_YOURS = N_("{house}: good, you still have {code}. {link}")
ANOTHER = N_("{house}: somebody else has {code}. Thank you.")
OVER = N_("{house}: {code} is over. Nothing was changed.")
NO_SUCH = N_("{house}: there is no open call {code}. Nothing was changed.")
SIGN_IN = N_("{house}: {code} waits for a person. Whoever takes it signs in: {link}")
TESTED = N_("{house}: thank you. The test {code} is answered.")
HOW = N_("{house}: nothing was changed. To take a call, send only its four numbers, such as 4821.")


@dataclass(frozen=True, slots=True)
class Said:
    """What is sent back; nothing where `sentence` is empty. `incident_id` is what its link leads to."""

    sentence: str = ""
    language: str = "en"
    incident_id: str = ""
    values: dict[str, str] = field(default_factory=dict)


def code_in(text: str) -> str:
    """The four digits that take a call, or nothing if these words are anything else."""
    words = text.casefold().split()
    if len(words) == 2 and words[0].strip(AROUND) in YES:
        words = words[1:]
    code = words[0].strip(AROUND) if len(words) == 1 else ""
    return code if len(code) == CODE_LENGTH and code.isascii() and code.isdecimal() else ""


def reply(session: Session, number: str, text: str) -> Said:
    """Take the call whose code this is, or say why not. Whoever has it already is heard of by it."""
    known, code = senders(session, number), code_in(text)
    if not known:
        return _from_catch_all(session, number, code)
    if not code:
        return _say(session, HOW, known[0])
    incident = session.scalar(_with_code(code, still_open=True))
    if incident is None:
        if duty_tests.answer_by_code(session, [one.id for one in known], code) is not None:
            return _say(session, TESTED, known[0], code=code)
        over = session.scalar(_with_code(code, still_open=False))
        return _say(session, OVER if over else NO_SUCH, known[0], code=code)
    return _take(session, one_of(session, known, incident.id), incident)


def _take(session: Session, actor: Actor, incident: Incident) -> Said:
    before = incident.owner_id
    try:
        incident = answering.answer_by_code(session, actor, incident.code)
    except NotFound:
        return _say(session, NO_SUCH, actor, code=incident.code)
    if incident.closed_at:
        return _say(session, OVER, actor, code=incident.code)
    if incident.owner_id != actor.id:
        return _say(session, ANOTHER, actor, code=incident.code)
    if before == actor.id:
        answering.heard_of(session, actor, incident)
    sentence = STILL_YOURS if before == actor.id else YOURS
    return _say(session, sentence, actor, incident_id=incident.id, code=incident.code)


def _from_catch_all(session: Session, number: str, code: str) -> Said:
    """The staffed place is no person, so it cannot have a call; that it was heard of is kept."""
    if not code or not same_number(session.get_one(OnCallPlan, 1).catch_all_phone, number):
        return Said()
    values = {"house": session.get_one(Site, 1).name, "code": code}
    incident = session.scalar(_with_code(code, still_open=True))
    if incident is not None:
        note(session, incident, "catch_all_heard")
        return Said(SIGN_IN, incident_id=incident.id, values=values)
    tested = duty_tests.answer_by_code(session, [duty_tests.CATCH_ALL], code) is not None
    return Said(TESTED, values=values) if tested else Said()


def _say(session: Session, sentence: str, actor: Actor, *, incident_id: str = "", **values: str) -> Said:
    return Said(sentence, actor.language, incident_id, {"house": session.get_one(Site, 1).name, **values})


def _with_code(code: str, *, still_open: bool) -> Select[Incident]:
    state = Incident.closed_at.is_(None) if still_open else Incident.closed_at.is_not(None)
    query = select(Incident).where(Incident.code == code, Incident.drill.is_(False), state)
    return query.order_by(Incident.raised_at.desc()).limit(1).with_for_update()
