"""A house in which people call for help: what anybody may do, what may go wrong, and what must be so at any moment."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select, update

from app.crisis import answering, ending, escalation, judging, lowering, page_reports, sending_pages
from app.crisis.getting_on_call import get_on_call
from app.crisis.lines import EVERY_LINE
from app.crisis.models import Incident, Page
from app.crisis.on_call import OnCallPlan, Shift
from app.crisis.raising import raise_help
from app.crisis.screening import Screened
from app.crisis.worrying import Flag, worry
from app.foundation.clock import Clock, database_now
from app.foundation.database import Session, open_database
from app.foundation.migrating import migrate
from app.people.actors import Actor
from app.people.models import Person, Site
from app.people.ways import Way
from app.problems import Problem
from tests.scenarios.promises import every_step_is_told, longest_wait
from tests.scenarios.setting import has_ways, on_the_rota
from tests.support.company import Gathered, gather, new_ref

CALLERS = ("dot", "harold", "asha")
STAFF = ("asha", "ben", "vera", "fay")
WAYS = {"push": "https://push.example/one", "text": "+1 555 0101", "ring": "+1 555 0101"}


class HelpWorld:
    """Stays for many stories; each begins with nothing open."""

    def __init__(self, url: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.database = open_database(url)
        self.loop.run_until_complete(migrate(url))
        self.at: Gathered = self.do(gather)

    def do(self, verb: Callable[..., Any], *about: Any, **options: Any) -> Any:
        return self.loop.run_until_complete(self.database.transaction(verb, *about, **options))

    def look(self, verb: Callable[..., Any], *about: Any) -> Any:
        return self.loop.run_until_complete(self.database.read(verb, *about))

    def close(self) -> None:
        self.loop.run_until_complete(self.database.close())
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()

    def begin(self) -> None:
        self.closed: set[str] = set(self.do(_begin, self.at))
        self.held: list[tuple[str, str]] = []

    def actor(self, name: str) -> Actor:
        actor: Actor = getattr(self.at, name)
        return actor

    def open_calls(self) -> list[Incident]:
        query = select(Incident).where(_is_open()).order_by(Incident.raised_at, Incident.id)
        return self.look(lambda session: list(session.scalars(query)))

    def tries(self, verb: Callable[..., Any], *about: Any) -> bool:
        """What people try may be refused, and then nothing has changed."""
        try:
            self.do(verb, *about)
        except Problem:
            return False
        return True

    def press(self, who: str) -> None:
        self.do(raise_help, self.actor(who), new_ref(), lines=EVERY_LINE)

    def write(self, who: str, tier: str) -> None:
        found = Screened(tier, "distress", (), "1", whole=True)
        self.do(worry, self.actor(who).id, self.at.monday, new_ref(), found, "said", None, EVERY_LINE)

    def lower(self, who: str, why: str) -> None:
        self.do(lowering.lower, self.actor(who), why)

    def ask_for_on_call(self, staff: str, who: str) -> None:
        self.tries(_get_on_call, self.actor(staff), self.actor(who).id)

    def judge(self, judgement: str) -> None:
        flag = self.look(lambda session: session.scalars(select(Flag).where(Flag.judged == "").limit(1)).first())
        if flag is not None:
            self.tries(judging.judge, self.actor("fay"), flag.id, judgement, EVERY_LINE)
            self.closed |= self.look(_closed) if judgement == judging.NOT_A_WORRY else set()

    def act(self, staff: str, deed: str, call: Incident) -> None:
        who = self.actor(staff)
        match deed:
            case "answer" | "take_over" | "on_the_phone" | "services_called":
                self.tries(getattr(answering, deed), who, call.id)
            case "answer_by_code":
                self.tries(answering.answer_by_code, who, call.code)
            case "note":
                self.tries(answering.add_note, who, call.id, "A quiet note")
            case "pass_on":
                self.tries(answering.pass_on, who, call.id, EVERY_LINE)
            case "write":
                self.do(answering.wrote_in_help_room, call.help_room_id, who.id)
            case "close":
                if self.tries(ending.close, who, call.id, "safe_with_plan", "She is well", 24):
                    self.closed.add(call.id)

    def engine(self) -> None:
        self.do(_run_engine)

    def send(self, outcomes: str) -> None:
        """Each page that is due meets the next of these: w(ent), f(ailed), n(ever), c(rash)."""
        self.held += self.do(_send, outcomes)

    def work(self, seconds: int) -> None:
        self.do(_work, seconds)

    def wake(self) -> None:
        """A worker that was stopped tells how it went; told in vain where another holds the page by now."""
        self.do(_wake, self.held)
        self.held = []

    def report(self, status: str, order: int) -> None:
        sent = select(Page.provider_ref).where(Page.provider_ref != "").order_by(Page.due_at.desc()).limit(1)
        if reference := self.look(lambda session: session.scalar(sent)):
            self.do(page_reports.report, reference, status, order)

    def pass_time(self, seconds: int) -> None:
        self.do(lambda session: session.execute(update(Clock).values(shift_ms=Clock.shift_ms + seconds * 1000)).close())

    def empty(self, level: int) -> None:
        """Nobody is on call at a level any more; 3 takes their ways from everybody."""
        gone = delete(Way) if level == 3 else delete(Shift).where(Shift.level == level)
        self.do(lambda session: session.execute(gone).close())

    def check(self) -> None:
        assert self.look(_nobody_is_left_alone) == self.closed, "only people close a call"

    def check_at_the_end(self) -> None:
        self.look(every_step_is_told)
        self.engine()
        at = self.look(database_now)
        assert not [one for one in self.open_calls() if one.next_action_at and one.next_action_at <= at]


def _begin(session: Session, at: Gathered) -> set[str]:
    everything = {"closed_at": database_now(session), "closed_by": "a story before", "next_action_at": None}
    session.execute(update(Incident).where(_is_open()).values(**everything))
    session.execute(update(Page).where(Page.state == "waiting").values(state="cancelled"))
    session.execute(update(Page).values(provider_ref=""))
    session.execute(update(Flag).values(judged="not_a_worry"))
    for table in (Shift, Way):
        session.execute(delete(table))
    session.execute(update(Site).values(catch_all="office@elm.example"))
    session.execute(update(OnCallPlan).values(hours="always"))
    for level, one in enumerate((at.asha, at.ben), start=1):
        on_the_rota(session, level, one.id)
    for one in (at.asha, at.ben, at.vera, at.fay):
        has_ways(session, one.id, WAYS, {})
    return _closed(session)


def _is_open() -> Any:
    return Incident.closed_at.is_(None)


def _closed(session: Session) -> set[str]:
    return set(session.scalars(select(Incident.id).where(Incident.closed_at.is_not(None), Incident.closed_by != "")))


def _get_on_call(session: Session, staff: Actor, person_id: str) -> None:
    get_on_call(session, staff, session.get_one(Person, person_id), "", EVERY_LINE)


def _nobody_is_left_alone(session: Session) -> set[str]:
    """Nobody has it: something is due in time, and somebody is being told. Somebody has it: they are looked after."""
    at = database_now(session)
    for one in session.scalars(select(Incident).where(_is_open(), Incident.tier == "emergency")):
        assert one.next_action_at is not None, "nothing will ever happen"
        longest = one.plan["phone_lease"] if one.owner_id else longest_wait(one)
        assert one.next_action_at <= at + timedelta(seconds=longest), "nothing happens soon"
        if not one.owner_id:
            pages = (Page.incident_id == one.id, Page.says == "page", Page.state != "cancelled")
            told = session.scalar(select(func.count()).where(*pages, Page.fired_at >= one.cycle_at))
            assert told, "nobody is being told"
    return _closed(session)


def _run_engine(session: Session) -> None:
    while escalation.step(session, EVERY_LINE):
        pass


def _send(session: Session, outcomes: str) -> list[tuple[str, str]]:
    """The pages, with their tokens, over which a worker died."""
    held, number = [], 0
    while page := sending_pages.claim(session):
        mine, outcome = (page.id, page.token), outcomes[number % len(outcomes)]
        number += 1
        if not sending_pages.may_go(session, *mine):
            assert sending_pages.drop(session, *mine)
        elif outcome == "w":
            assert sending_pages.went(session, *mine, f"ref-{page.id}")
        elif outcome == "c":
            held.append(mine)
        else:
            assert sending_pages.failed(session, *mine, "trouble", for_good=outcome == "n")
    return held


def _work(session: Session, seconds: int) -> None:
    session.execute(update(Clock).values(shift_ms=Clock.shift_ms + seconds * 1000))
    _run_engine(session)
    _send(session, "w")


def _wake(session: Session, held: list[tuple[str, str]]) -> None:
    for page_id, token in held:
        kept = session.get_one(Page, page_id, populate_existing=True)
        still = kept.token == token and kept.state == "waiting"
        assert sending_pages.went(session, page_id, token, "late") is still
