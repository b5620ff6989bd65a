"""What the people who run this house say about it: its name, who helps with tablets, who is told of calls for help."""

import re

from sqlalchemy import select

from app.foundation import audit
from app.foundation.database import Session
from app.foundation.words import clean_name
from app.people.actors import Actor
from app.people.models import Site
from app.people.roles import require
from app.problems import N_, Invalid

LONGEST = {
    "name": 80, "helper_name": 80, "helper_phone": 40, "helper_hours": 80, "catch_all": 200, "audit_mail": 200,
    "outside_name": 80, "outside_reach": 200,
}  # fmt: skip
MAIL_FIELDS = ("catch_all", "audit_mail")


def edit_site(session: Session, actor: Actor, *, small: bool | None = None, **said: str) -> Site:
    """Keep what is said of the fields named in LONGEST and of the size; the rest stays."""
    require(actor.roles, "edit_site")
    site = session.get_one(Site, 1, with_for_update=True)
    for field, value in said.items():
        if len(value := clean_name(value)) > LONGEST[field]:
            raise Invalid(N_("That is too long. {longest} letters are the most."), longest=LONGEST[field])
        setattr(site, field, value)
    site.small = site.small if small is None else small
    if not site.name:
        raise Invalid(N_("Please give the house a name."), fields=(("name", N_("Needed.")),))
    for field in MAIL_FIELDS:
        if getattr(site, field) and not re.fullmatch(r"[^@\s]+@[^@\s]+", getattr(site, field)):
            raise Invalid(N_("That does not look like a mail address."), fields=((field, N_("Please look again.")),))
    audit.record(session, actor.id, "edit_site", fields=sorted(said))
    return site


def is_small(session: Session) -> bool:
    """A small house has one group, staffed at its meetings only, and no pairs."""
    return bool(session.scalar(select(Site.small)))
