"""`hearthside doctor`: is this house well? One finding a line, each with what to do."""

import stat
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.foundation import due
from app.foundation.bus_check import bus_answers
from app.foundation.clock import database_now
from app.foundation.database import Session, open_database
from app.foundation.delivery import team
from app.foundation.migrating import is_current
from app.keeping import ready
from app.keeping.verifying import verify
from app.people.models import Grant, Site
from app.people.roles import holds
from app.problems import TryAgain
from app.resources.helplines import helplines_for
from app.settings import Settings
from app.wording import say

OLD_NUMBERS_DAYS = 400
TOLD = ("https", "administrators")
"""What is told here in words for an operator."""


@dataclass(frozen=True, slots=True)
class Finding:
    well: bool
    sentence: str


NOT_CURRENT = Finding(False, "The database is not at this release: run `hearthside migrate`.")


async def examine(settings: Settings) -> list[Finding]:
    """Look at settings, secret, database, bus, paging and the log of staff acts."""
    findings = [https(settings), secret(settings), numbers(settings), *channel(settings)]
    if settings.redis_url:
        well = await bus_answers(settings.redis_url)
        findings.append(
            Finding(well, "Redis answers." if well else "Redis does not answer: check HEARTHSIDE_REDIS_URL.")
        )
    database = open_database(settings.database)
    try:
        findings += await database.read(inside, settings)
        if findings[-1] is not NOT_CURRENT:
            verified = await verify(database, settings.audit_heads_path)
            findings.append(Finding(verified.well, verified.sentence))
    except TryAgain:
        findings.append(Finding(False, "The database does not answer, or was never set up: run `hearthside migrate`."))
    finally:
        await database.close()
    return findings


def inside(session: Session, settings: Settings) -> list[Finding]:
    """What the database tells."""
    if not is_current(session.connection()):
        return [NOT_CURRENT]
    late = due.overdue(session, 60)
    admins = session.scalar(select(func.count()).where(Grant.role == "admin", holds())) or 0
    site = session.get_one(Site, 1)
    return [
        Finding(True, f"The database answers and is at this release ({database_now(session):%Y-%m-%d %H:%M} UTC)."),
        Finding(late == 0, "Nothing that must happen is late." if late == 0 else
                f"{late} pages or mails are late: is `hearthside serve` or `hearthside work` running?"),
        Finding(admins >= 2, f"{admins} administrators." if admins >= 2 else
                f"{admins} administrators: make a second one, so that nobody is needed alone."),
        Finding(bool(site.helper_phone), "The helper's telephone number is set." if site.helper_phone else
                "The helper's telephone number is not set: set it on the page This house."),
        Finding(bool(site.catch_all), "The catch-all address is set." if site.catch_all else
                "No catch-all address: set it on the page This house, so that a call for help reaches somebody."),
        *ready_to_open(session, settings),
    ]  # fmt: skip


def ready_to_open(session: Session, settings: Settings) -> list[Finding]:
    """What the page Ready to open asks for and this page has not told yet."""
    items = [item for item in ready.look(session, settings) if item.key not in TOLD]
    return [Finding(item.well, say(item.sentence, **item.values)) for item in items]


def https(settings: Settings) -> Finding:
    if settings.over_https:
        return Finding(True, f"People come in at {settings.public_url}.")
    return Finding(False, "HEARTHSIDE_PUBLIC_URL is not an https address: set it before people join.")


def secret(settings: Settings) -> Finding:
    path = settings.secret_path
    if not path.exists():
        return Finding(False, "There is no secret yet: it is made at the first start.")
    private = stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    return Finding(private, "The secret is private." if private else f"Others can read {path}: chmod 600 it.")


def channel(settings: Settings) -> list[Finding]:
    """Of the whole team, where one is named. Addresses hold keys: none is told."""
    if not settings.apprise_urls:
        return []
    if not team.is_installed():
        return [Finding(False, "HEARTHSIDE_APPRISE_URLS needs the extra `apprise`: docs/settings.md tells how.")]
    if odd := team.unknown(settings.apprise_urls):
        return [Finding(False, f"{odd} of HEARTHSIDE_APPRISE_URLS is not as Apprise writes addresses: look again.")]
    return [Finding(True, "Apprise knows the kind of each address of the team's channels.")]


def numbers(settings: Settings) -> Finding:
    lines = helplines_for(settings.country)
    fresh = (date.today() - lines.checked_on).days < OLD_NUMBERS_DAYS
    return Finding(fresh, f"Help numbers of {lines.name}, checked on {lines.checked_on}. Ring each one yourself.")
