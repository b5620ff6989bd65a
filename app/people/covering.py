"""Who answers about tablets today: the helper of this house, or who covers for them until a day."""

from dataclasses import dataclass
from datetime import datetime

from app.foundation import audit
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.words import clean_name
from app.people.actors import Actor
from app.people.models import Site
from app.people.site import LONGEST
from app.problems import N_, Invalid, NotAllowed


@dataclass(frozen=True, slots=True)
class Helper:
    """Whom to ring about the tablet now."""

    name: str
    phone: str
    hours: str
    covers_for: str = ""
    until: datetime | None = None


def helper_today(site: Site, now: datetime) -> Helper:
    """The cover while it lasts, then the helper again."""
    if site.cover_until is None or site.cover_until <= now or not site.cover_name:
        return Helper(site.helper_name, site.helper_phone, site.helper_hours)
    return Helper(site.cover_name, site.cover_phone, site.cover_hours, site.helper_name, site.cover_until)


def cover(session: Session, actor: Actor, *, name: str, phone: str, hours: str = "", until: datetime | None) -> None:
    """From now until then somebody else answers. Without a name nobody covers any more."""
    _require(actor)
    site = session.get_one(Site, 1, with_for_update=True)
    name, phone, hours = clean_name(name), clean_name(phone), clean_name(hours)
    for field, value in (("helper_name", name), ("helper_phone", phone), ("helper_hours", hours)):
        if len(value) > LONGEST[field]:
            raise Invalid(N_("That is too long. {longest} letters are the most."), longest=LONGEST[field])
    if name and not phone:
        raise Invalid(N_("Please write the number that people ring."), fields=(("phone", N_("Needed.")),))
    if name and (until is None or until <= database_now(session)):
        raise Invalid(N_("Please choose a day to come."), fields=(("until", N_("Please look again.")),))
    site.cover_name, site.cover_phone, site.cover_hours = name, phone, hours
    site.cover_until = until if name else None
    audit.record(session, actor.id, "cover_helper", until=until.isoformat() if name and until else "")


def say_hours(session: Session, actor: Actor, hours: str) -> None:
    """When the helper of this house answers, as it stands at the bottom of every page."""
    _require(actor)
    if len(hours := clean_name(hours)) > LONGEST["helper_hours"]:
        raise Invalid(N_("That is too long. {longest} letters are the most."), longest=LONGEST["helper_hours"])
    session.get_one(Site, 1, with_for_update=True).helper_hours = hours
    audit.record(session, actor.id, "say_hours")


def _require(actor: Actor) -> None:
    if not (actor.roles.may("look_after_tablets") or actor.roles.may("edit_site")):
        raise NotAllowed()
