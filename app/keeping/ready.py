"""Ready to open: what a house needs before members come in, looked at anew each time. The page and `doctor` tell it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from app.foundation import audit
from app.foundation.clock import database_now, now
from app.foundation.database import Session
from app.keeping import checks, watching
from app.people.actors import Actor
from app.people.models import Grant, Site
from app.people.roles import holds, require
from app.problems import N_, Invalid, NotFound
from app.resources.helplines import helplines_for
from app.settings import Settings

BACKUP_DAYS, NUMBERS_DAYS = 30, 365


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is looked at: whether it is well, and a sentence."""

    key: str
    well: bool
    sentence: str
    values: dict[str, Any] = field(default_factory=dict)


def look(session: Session, settings: Settings) -> list[Item]:
    """All of it, in the order in which a new house would do it."""
    at = database_now(session)
    site = session.get_one(Site, 1)
    return [
        https(settings),
        backup(checks.last_checked(session, checks.RESTORED).get(checks.ONLY), at),
        numbers(session, settings, site, at),
        test(watching.catch_all_tested(session)),
        administrators(session),
        outside(site),
    ]


def https(settings: Settings) -> Item:
    return _item(
        "https",
        settings.over_https,
        N_("People come in over a safe line (https)."),
        N_("People do not come in over a safe line (https) yet. Whoever looks after the machine can set that."),
    )


def backup(restored_at: datetime | None, at: datetime) -> Item:
    return _item(
        "backup",
        restored_at is not None and at - restored_at <= timedelta(days=BACKUP_DAYS),
        N_("A backup was tried out within the last {days} days."),
        N_(
            "No backup was tried out within {days} days: run `hearthside backup`, then `hearthside restore --rehearse`."
        ),
        days=BACKUP_DAYS,
    )


def numbers(session: Session, settings: Settings, site: Site, at: datetime) -> Item:
    count = len([number for number, rung in rung_numbers(session, settings, site) if not _fresh(rung, at)])
    return _item(
        "numbers",
        count == 0,
        N_("Every help number was rung within a year."),
        N_("{count} help numbers still have to be rung, and noted on the page Ready to open."),
        count=count,
    )


def test(answered: bool) -> Item:
    return _item(
        "test",
        answered,
        N_("A test page was answered within a week."),
        N_("No test page was answered within a week. The page Ready to open sends one."),
    )


def administrators(session: Session) -> Item:
    holding = select(func.count(Grant.person_id.distinct())).where(Grant.role == "admin", Grant.room_id == "", holds())
    count = session.scalar(holding) or 0
    return _item(
        "administrators",
        count >= 2,
        N_("There are {count} administrators."),
        N_("Two administrators are needed, so that nobody is needed alone. There are {count}."),
        count=count,
    )


def outside(site: Site) -> Item:
    return _item(
        "outside",
        bool(site.outside_name and site.outside_reach),
        N_("Somebody outside hears what is about the staff: {name}."),
        N_("Nobody outside is named who hears what is about the staff. The page This house asks for them."),
        name=site.outside_name,
    )


def rung_numbers(session: Session, settings: Settings, site: Site) -> list[tuple[str, datetime | None]]:
    """Every number that members are shown, and when somebody rang it last."""
    shown = [site.helper_phone] if site.helper_phone else []
    shown += [line.number for line in helplines_for(settings.country).line]
    rung = checks.last_checked(session, checks.NUMBER)
    return [(number, rung.get(number)) for number in shown]


def say_rung(session: Session, actor: Actor, settings: Settings, number: str) -> None:
    """I have rung this number today, and the right people answered."""
    require(actor.roles, "edit_site")
    if number not in dict(rung_numbers(session, settings, session.get_one(Site, 1))):
        raise NotFound()
    checks.checked(session, actor, checks.NUMBER, number)
    audit.record(session, actor.id, "ring_number", number=number)


def open_doors(session: Session, actor: Actor, settings: Settings) -> None:
    """From now on members' cards are made, and stay good. What lapses later is told, and shuts nobody out."""
    require(actor.roles, "edit_site")
    if not all(item.well for item in look(session, settings)):
        raise Invalid(N_("Something is still missing. The list says what."))
    site = session.get_one(Site, 1, with_for_update=True)
    if site.opened_at is None:
        site.opened_at = now()  # type: ignore[assignment]
        audit.record(session, actor.id, "open_house")


def _item(key: str, well: bool, yes: str, no: str, **values: Any) -> Item:
    return Item(key, well, yes if well else no, values)


def _fresh(rung: datetime | None, at: datetime) -> bool:
    return rung is not None and at - rung <= timedelta(days=NUMBERS_DAYS)
