"""A story of paging: time passes, the engine acts, pages go out to phones that take them or do not."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select

from app.crisis import escalation, sending_pages
from app.crisis.help_card import open_incident
from app.crisis.lines import EVERY_LINE
from app.crisis.models import Incident, IncidentEvent, Page
from app.crisis.on_call import Shift
from app.crisis.raising import raise_help
from app.crisis.telling import Truth, truth
from app.foundation.clock import now
from app.foundation.database import Session
from app.foundation.tokens import new_id
from app.people.actors import Actor
from app.people.models import Person
from app.people.ways import Way
from tests.support.company import Company, new_ref
from tests.support.databases import pass_time


@dataclass
class Story:
    """`sent`: (seconds since the story began, who, way, what it says), in order."""

    company: Company
    seconds: int = 0
    sent: list[tuple[int, str, str, str]] = field(default_factory=list)
    fails: Callable[[Page], str] = lambda page: ""
    """What goes wrong when this page is sent: nothing, `once more` or `never`."""

    async def tap(self, who: Actor) -> str:
        return (await self.company.do(raise_help, who, new_ref(), lines=EVERY_LINE)).incident_id

    async def pass_on(self, until: int, by: int = 5) -> None:
        """Let the clock run to that second, acting every few seconds."""
        await self.act()
        while self.seconds < until:
            jump = min(by, until - self.seconds)
            await pass_time(self.company.database, seconds=jump)
            self.seconds += jump
            await self.act()

    async def sleep(self, seconds: int) -> None:
        """Time passes and no worker is up."""
        await pass_time(self.company.database, seconds=seconds)
        self.seconds += seconds

    async def act(self) -> None:
        while await self.company.do(escalation.step, EVERY_LINE):
            pass
        while page := await self.company.do(sending_pages.claim):
            await self._send(page)

    async def _send(self, page: Page) -> None:
        if not await self.company.do(sending_pages.may_go, page.id, page.token):
            assert await self.company.do(sending_pages.drop, page.id, page.token)
            return
        wrong = self.fails(page)
        if wrong:
            await self.company.do(sending_pages.failed, page.id, page.token, "trouble", for_good=wrong == "never")
            return
        assert await self.company.do(sending_pages.went, page.id, page.token, f"ref-{page.id}")
        who = await self.company.read(lambda session: session.get(Person, page.person_id))
        self.sent.append((self.seconds, who.name if who else "catch-all", page.kind, page.says))

    async def incident(self, incident_id: str) -> Incident:
        return await self.company.read(lambda session: session.get_one(Incident, incident_id))

    async def told(self, incident_id: str) -> list[str]:
        """What the timeline tells, in order."""
        lines = select(IncidentEvent.what).where(IncidentEvent.incident_id == incident_id)
        return await self.company.read(lambda session: list(session.scalars(lines.order_by(IncidentEvent.number))))

    def pages(self, *, since: int = -1) -> list[tuple[int, str, str]]:
        return sorted((at, who, way) for at, who, way, says in self.sent if says == "page" and at > since)


async def own_call(company: Company, who: Actor) -> tuple[Incident, Truth] | None:
    """Their open call, and what their help card says of it."""

    def find(session: Session) -> tuple[Incident, Truth] | None:
        incident = open_incident(session, who.id)
        return (incident, truth(session, incident)) if incident else None

    return await company.read(find)


async def on_the_rota(company: Company, level: int, *people: Actor) -> None:
    """On call at every hour of the week."""

    def write(session: Session) -> None:
        session.add_all(
            Shift(id=new_id(), level=level, person_id=one.id, weekday=day, starts="00:00", ends="00:00")
            for one in people for day in range(7)
        )  # fmt: skip

    await company.do(write)


async def has_ways(company: Company, who: Actor, *kinds: str) -> None:
    """Checked ways of one person, in this order."""

    def write(session: Session) -> None:
        session.add_all(
            Way(
                id=new_id(), person_id=who.id, kind=kind, address=f"+1555{number:04}", place=number,
                made_by=who.id, made_at=now(), verified_at=now(), verified_by="test",
            )
            for number, kind in enumerate(kinds)
        )  # fmt: skip

    await company.do(write)
