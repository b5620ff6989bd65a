"""What the worker does while somebody may be in danger: move escalation on, and send the pages that are due.

Nothing that leaves the building says who, what or where: the house, the tier, a code, the time and a link.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from babel.dates import format_time
from sqlalchemy import or_, select

from app.crisis import escalation, sending_pages
from app.crisis.lines import TEAM, lines_of
from app.crisis.models import Incident, IncidentEvent, Page
from app.crisis.on_call import OnCallPlan
from app.crisis.putting_aside import put_aside
from app.foundation.clock import now
from app.foundation.database import Database, Session
from app.foundation.delivery import mail, ntfy, phone, push, team
from app.people.models import Person, Site
from app.people.ways import Way
from app.problems import N_, TryAgain
from app.settings import Settings
from app.wording import say

log = structlog.get_logger()
AT_ONCE = 8
"""So many pages of each kind are on their way at the same time: a provider that hangs holds up no other kind."""
SECONDS = 25
"""A provider that has not answered by then has not taken it: less than the lease, so that nobody else sends it yet."""
ROUND_SECONDS = 1.0
WITH_THE_TAP = timedelta(minutes=1)
"""What was told so soon was told because of the tap itself: no level waits for less."""

SAYS = {
    "page": N_("{house}: {tier} {code}, {time}. Open {link}"),
    "taken": N_("{house}: {code} is taken care of, {time}. {link}"),
    "still_with": N_("{house}: still with {code}? Write, or answer here: {link}"),
    "worry": N_("{house}: {tier} {code}, {time}. Nobody has picked it up yet. Open {link}"),
    "lowered": N_("{house}: {code} need not be hurried any more, {time}. {link}"),
    "new_words": N_("{house}: something new about {code}, {time}. {link}"),
    "hand_over": N_("{house}: your turn ends soon, and {code} is still yours. Hand it over: {link}"),
    "follow_up": N_("{house}: it is time to look in again after {code}. {link}"),
}
LOUD = ("page", "worry")
"""What wakes somebody, where a way knows of loud and quiet."""
REPEAT = N_("REPEAT. {text}")
TIERS = {"emergency": N_("EMERGENCY"), "concern": N_("concern"), "check": N_("please look in")}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One page as it goes out: how, where to, what it says."""

    kind: str
    id: str
    address: str
    keys: dict[str, str]
    text: str
    link: str
    house: str
    loud: bool = True


async def escalate_one(database: Database, settings: Settings) -> bool:
    """Act on one incident that is due. False when none is. One at which the engine stumbles holds up no other."""
    try:
        return await database.urgently(escalation.step, lines_of(settings)) is not None
    except TryAgain:
        raise
    except Exception:
        log.exception("escalation_stumbled")
        return await database.urgently(put_aside)


async def send_due(database: Database, settings: Settings, sending: set["asyncio.Task[None]"]) -> None:
    """Send what is due, AT_ONCE of each kind, for a moment; `sending` holds what is still on its way."""
    until = asyncio.get_running_loop().time() + ROUND_SECONDS
    while (left := until - asyncio.get_running_loop().time()) > 0:
        sending -= {task for task in sending if task.done()}
        kinds = Counter(task.get_name() for task in sending)
        page = await database.urgently(sending_pages.claim, [kind for kind in kinds if kinds[kind] >= AT_ONCE])
        if page is not None:
            sending.add(asyncio.create_task(send_one(database, settings, page), name=page.kind))
        elif sending:
            await asyncio.wait(sending, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        else:
            return


async def send_one(database: Database, settings: Settings, page: Page) -> None:
    """Look once more, speak to the provider, tell how it went. Who lost the lease meanwhile tells in vain."""
    mine = (page.id, page.token)
    try:
        async with asyncio.timeout(SECONDS):
            going = await database.read(outgoing, settings, page)
            if not await database.read(sending_pages.may_go, *mine):
                await database.urgently(sending_pages.drop, *mine)
                return
            if going is None:
                raise phone.Never("ended")
            taken = await hand_over(settings, going)
    except TryAgain:
        log.warning("database_away", work="paging")
    except Exception as trouble:
        for_good = isinstance(trouble, (phone.Never, push.Gone))
        kind = str(trouble) if str(trouble).isalnum() else type(trouble).__name__
        log.warning("page_failed", way=page.kind, tries=page.tries, trouble=kind)
        await database.urgently(sending_pages.failed, *mine, kind, for_good=for_good)
    else:
        await database.urgently(sending_pages.went, *mine, taken.ref, taken.provider)


def anything_due(session: Session) -> tuple[bool, bool]:
    """Whether an incident waits for the engine, and whether a page waits to go out: asked before any lock is taken."""
    incident = select(Incident.id).where(Incident.closed_at.is_(None), Incident.next_action_at <= now()).limit(1)
    free = or_(Page.claimed_until.is_(None), Page.claimed_until <= now())
    page = select(Page.id).where(Page.state == "waiting", Page.due_at <= now(), free).limit(1)
    return session.scalar(incident) is not None, session.scalar(page) is not None


def outgoing(session: Session, settings: Settings, page: Page) -> Outgoing | None:
    """The golden template, in the language of who is paged. None where there is nowhere to send it any more."""
    incident, site = session.get_one(Incident, page.incident_id), session.get_one(Site, 1)
    person = session.get(Person, page.person_id) if page.person_id else None
    way = session.get(Way, page.way_id) if page.way_id else None
    if page.person_id and (way is None or way.ended_at or person is None):
        return None
    language = person.language if person else "en"
    plan = session.get_one(OnCallPlan, 1)
    address = way.address if way else site.catch_all if page.kind == "email" else plan.catch_all_phone
    link = f"{settings.address}/staff/" + ("tasks" if page.says == "follow_up" else f"calls/{incident.id}")
    values = {
        "house": site.name, "code": incident.code, "link": link, "tier": say(TIERS[incident.tier], language),
        "time": clock(_since(session, incident, page), settings, language),
    }  # fmt: skip
    text = say(SAYS[page.says], language, **values)
    if page.repeat:
        text = say(REPEAT, language, text=text)
    return Outgoing(
        page.kind, page.id, address, dict(way.keys) if way else {}, text, link, site.name, page.says in LOUD
    )


def _since(session: Session, incident: Incident, page: Page) -> datetime:
    """A tap that arrives late pages with the time at which it was pressed, whoever is the first to be told."""
    if incident.origin != "tap" or (page.says, page.cycle) != ("page", 1):
        return page.fired_at
    lines = (IncidentEvent.incident_id == incident.id, IncidentEvent.what == "opened")
    opened_at = session.scalar(select(IncidentEvent.at).where(*lines))
    first = opened_at is not None and page.fired_at < opened_at + WITH_THE_TAP
    return min(page.fired_at, incident.raised_at) if first else page.fired_at


async def hand_over(settings: Settings, going: Outgoing) -> phone.Taken:
    if going.kind in ("text", "ring"):
        return await phone.send(providers(settings), going.kind, going.address, going.text, going.id)
    if going.kind == "email":
        await mail.send(settings.smtp_url, going.address, going.house, f"{going.text}\n")
    elif going.kind == "push":
        await _push(settings, going)
    elif going.kind == TEAM:
        await team.send(settings.apprise_urls, going.house, going.text)
    else:
        await ntfy.send(going.address, settings.ntfy_servers, going.house, going.text, going.link, loud=going.loud)
    return phone.Taken()


def providers(settings: Settings) -> tuple[phone.Provider, ...]:
    """Whom texts and calls are handed to, the first one first."""
    both = ((settings.phone_url, settings.phone_token), (settings.second_phone_url, settings.second_phone_token))
    return tuple(phone.Provider(url, token, number) for number, (url, token) in enumerate(both, 1) if url)


async def _push(settings: Settings, going: Outgoing) -> None:
    if not push.allowed(going.address, settings.push_services):
        raise push.Gone("service")
    to = push.Subscription(going.address, going.keys.get("p256dh", ""), going.keys.get("auth", ""))
    contact = settings.public_url if settings.over_https else "mailto:hearthside@localhost.localdomain"
    payload = {"title": going.house, "body": going.text, "url": going.link.removeprefix(settings.address)}
    await push.send(push.push_key(settings.push_key_path), contact, to, payload, urgent=going.loud)


def clock(at: datetime, settings: Settings, language: str) -> str:
    return format_time(at, "HH:mm", ZoneInfo(settings.timezone), language)
