"""A password together with a one-time code. Neither is worth anything alone.

1. `choose` keeps a new password and a new code secret aside; `confirm` puts them in force once a code from the
   telephone was right, and makes the spare codes.
2. To sign in: `of_name` finds the seals, `whose` looks which fits (slow: beside, not in a transaction), `code_fits`
   looks at the code. After five wrong codes in a row for a right password, the next one counts a minute later.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from app.foundation import audit, journal
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.sealing import Seals
from app.foundation.slow_seals import fits, seal_slowly
from app.people import challenges, codes
from app.people.challenges import Challenge
from app.people.models import LEFT, Person
from app.people.proofs import Password
from app.problems import N_, Invalid, NotFound

CHOOSE = "choose_password"
SHORTEST, LONGEST, FEWEST_SIGNS = 12, 200, 5
FREE_CODES = 5
WAIT = timedelta(minutes=1)
NAMESAKES = 3
DID_NOT_FIT = N_(
    "Name, password and code did not fit together. Each code works once, so wait for the next one. After several "
    "wrong codes the next one counts a minute later."
)
WRONG_CODE = N_("That code did not fit. Look at the telephone once more: it shows a new one every half minute.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A password that waits for its first code, and what the telephone needs to make codes."""

    challenge_id: str
    code_secret: str


def good_enough(password: str) -> str:
    """The password as it is kept, or Invalid with a sentence."""
    if not SHORTEST <= len(password) <= LONGEST or len(set(password)) < FEWEST_SIGNS:
        sentence = N_("Please choose at least twelve letters or digits. Four or five words are easy to remember.")
        raise Invalid(sentence, fields=(("password", N_("Longer, please.")),))
    return password


def choose(session: Session, person_id: str, seal: str, seals: Seals) -> Chosen:
    """`seal` is `seal_slowly` of a good password."""
    secret, id = codes.new_code_secret(), challenges.new_id()
    hidden = seals.seal(f"code_secret:{person_id}", secret)
    return Chosen(challenges.ask(session, CHOOSE, person_id, seal, secret=hidden, id=id).id, secret)


def chosen(session: Session, person_id: str, challenge_id: str, seals: Seals) -> tuple[Challenge, str]:
    """The password that waits, and its code secret."""
    asked = challenges.asked_for(session, challenge_id, CHOOSE, person_id)
    if asked is None:
        raise Invalid(N_("That took a while. Please choose your password once more."))
    return asked, seals.open(f"code_secret:{person_id}", asked.secret)


def confirm(session: Session, person_id: str, challenge_id: str, code: str, key: bytes, seals: Seals) -> list[str]:
    """The telephone makes the right codes: from now on this is the password. The spare codes, shown once."""
    asked, secret = chosen(session, person_id, challenge_id, seals)
    step = codes.step_of(secret, code, database_now(session))
    if step is None:
        raise Invalid(WRONG_CODE, fields=(("code", WRONG_CODE),))
    moment = database_now(session)
    known = session.get(Password, person_id)
    if known:
        journal.note(session, "password_ended", person_id)
    row = known or Password(person_id=person_id)
    row.seal, row.code_secret, row.last_step, row.wrong_codes = asked.value, asked.secret, step, 0
    row.wrong_at, row.set_at = None, moment
    session.add(row)
    session.delete(asked)
    session.flush()
    audit.record(session, person_id, "set_password", whom=person_id)
    return codes.make_spare_codes(session, person_id, key)


def of_name(session: Session, name: str) -> list[tuple[str, str]]:
    """(person id, seal) of everybody of that name who has a password."""
    named = func.lower(Person.name) == name.strip().lower()
    query = select(Password.person_id, Password.seal).join(Person, Person.id == Password.person_id)
    found = session.execute(query.where(named, Person.standing.not_in(LEFT)).limit(NAMESAKES))
    return [(person_id, seal) for person_id, seal in found]


def of_person(session: Session, person_id: str) -> list[tuple[str, str]]:
    row = session.get(Password, person_id)
    return [(person_id, row.seal)] if row else []


def whose(key: bytes, known: list[tuple[str, str]], password: str) -> str:
    """The person whose password this is, or nothing; an unknown name takes as long as a known one."""
    if not known:
        seal_slowly(key, password[:LONGEST])
        return ""
    return next((person_id for person_id, seal in known if fits(key, seal, password[:LONGEST])), "")


def code_fits(session: Session, person_id: str, code: str, key: bytes, seals: Seals) -> bool:
    """For a password that was right. A wrong code is counted, so whoever calls this commits in either case."""
    row = session.get(Password, person_id, with_for_update=True)
    if row is None:
        raise NotFound(DID_NOT_FIT)
    if codes.use_spare(session, person_id, key, code):
        return True
    moment = database_now(session)
    if row.wrong_codes >= FREE_CODES and row.wrong_at and moment < row.wrong_at + WAIT:
        return False
    step = codes.step_of(seals.open(f"code_secret:{person_id}", row.code_secret), code, moment, row.last_step)
    if step is None:
        row.wrong_codes, row.wrong_at = row.wrong_codes + 1, moment
        audit.record(session, person_id, "wrong_code", whom=person_id, count=row.wrong_codes)
        return False
    row.last_step, row.wrong_codes = step, 0
    return True
