"""What is said about the house is kept, unless it would leave nobody to be told when nobody else can be."""

from app.crisis.on_call import OnCallPlan
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Site
from app.people.site import edit_site
from app.problems import N_, Invalid


def keep_site(session: Session, actor: Actor, *, small: bool | None = None, **said: str) -> Site:
    """A house that has a catch-all keeps one."""
    before = session.get_one(Site, 1).catch_all
    site = edit_site(session, actor, small=small, **said)
    if before and not site.catch_all and not session.get_one(OnCallPlan, 1).catch_all_phone:
        raise Invalid(
            N_(
                "Somebody has to be told when nobody else can be. "
                "Write a mail address, or a telephone number on the page Who is on call."
            ),
            fields=(("catch_all", N_("Needed.")),),
        )
    return site
