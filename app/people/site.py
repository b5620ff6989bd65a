"""What the people who run this house say about it: its name, who helps with tablets, who is told of calls for help."""

import re

from app.foundation import audit
from app.foundation.database import Session
from app.foundation.words import clean_name
from app.people.actors import Actor
from app.people.models import Site
from app.people.roles import require
from app.problems import N_, Invalid

FIELDS = ("name", "helper_name", "helper_phone", "helper_hours", "catch_all")


def the_site(session: Session) -> Site:
    return session.get_one(Site, 1)


def edit_site(session: Session, actor: Actor, **said: str) -> Site:
    """Keep what is said of the fields named in FIELDS; the rest stays."""
    require(actor.roles, "edit_site")
    site = session.get_one(Site, 1, with_for_update=True)
    for field, value in said.items():
        longest = Site.__table__.c[field].type.length
        if len(value := clean_name(value)) > longest:
            raise Invalid(N_("That is too long. {longest} letters are the most."), longest=longest)
        setattr(site, field, value)
    if not site.name:
        raise Invalid(N_("Please give the house a name."), fields=(("name", N_("Needed.")),))
    if site.catch_all and not re.fullmatch(r"[^@\s]+@[^@\s]+", site.catch_all):
        raise Invalid(N_("That does not look like a mail address."), fields=(("catch_all", N_("Please look again.")),))
    audit.record(session, actor.id, "edit_site", fields=sorted(said))
    return site
