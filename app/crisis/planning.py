"""What the house has decided about on-call: its hours, the times of escalation, and who is told when nobody can be."""

import re
from collections.abc import Mapping

from app.crisis.on_call import HOURS, OnCallPlan, is_clock
from app.crisis.paging import BREATH, STEPS
from app.foundation import audit
from app.foundation.database import Session
from app.foundation.words import clean_name
from app.people.actors import Actor
from app.people.models import Site
from app.people.roles import require
from app.people.ways import TELEPHONE
from app.problems import N_, Invalid

LONGEST_WAIT = 2 * 3600
EACH_LEVEL = STEPS[-1][0]
"""Seconds until all the ways of a level were tried: no level is passed on before that."""
LAST_LEVEL = EACH_LEVEL + int(BREATH.total_seconds())
"""A new round calls off what has not gone out: the last level's last ways need a while to go."""
IN_TURN = ("level_2_after", "level_3_after", "again_after")
DELAYS = ("level_2_after", "level_3_after", "again_after", "arrive_within", "remind_after", "lease", "phone_lease")
GROWING = (IN_TURN, ("remind_after", "lease", "phone_lease"))
"""Of each row the next has to be later than the one before, or nobody would be called, or reminded, between them."""


def edit_plan(
    session: Session, actor: Actor, *, hours: str, set_hours: list[tuple[int, str, str]], catch_all_phone: str,
    delays: Mapping[str, int],
) -> OnCallPlan:  # fmt: skip
    """Calls that are open keep the times that they began with."""
    require(actor.roles, "keep_rota")
    _delays_make_sense(delays)
    _hours_make_sense(hours, set_hours)
    phone = clean_name(catch_all_phone)
    if phone and not re.fullmatch(TELEPHONE, phone):
        look = (("catch_all_phone", N_("Please look again.")),)
        raise Invalid(N_("That does not look like a telephone number."), fields=look)
    if not phone and not session.get_one(Site, 1).catch_all:
        raise Invalid(
            N_(
                "Somebody has to be told when nobody else can be. "
                "Write a telephone number, or a mail address on the page This house."
            ),
            fields=(("catch_all_phone", N_("Needed.")),),
        )
    plan = session.get_one(OnCallPlan, 1, with_for_update=True)
    for name in DELAYS:
        setattr(plan, name, delays[name])
    plan.hours, plan.catch_all_phone = hours, phone
    plan.set_hours = [list(one) for one in set_hours]
    audit.record(session, actor.id, "edit_plan")
    return plan


def _delays_make_sense(delays: Mapping[str, int]) -> None:
    if not all(0 < delays[name] <= LONGEST_WAIT for name in DELAYS):
        raise Invalid(N_("Please write minutes from 1 to {longest}."), longest=LONGEST_WAIT // 60)
    for row in GROWING:
        for earlier, later in zip(row, row[1:], strict=False):
            if delays[later] <= delays[earlier]:
                raise Invalid(
                    N_("Each time has to be later than the one before."), fields=((later, N_("Please look again.")),)
                )
    _each_level_has_its_time(delays)


def _each_level_has_its_time(delays: Mapping[str, int]) -> None:
    """Nobody is passed over whose telephone would only ring afterwards."""
    look = N_("Please look again.")
    for before, name in zip(("", *IN_TURN[:-1]), IN_TURN, strict=True):
        wait = delays[name] - delays.get(before, 0)
        if wait < EACH_LEVEL:
            raise Invalid(
                N_(
                    "People get a push and a text at once, a ring after one minute and one more after two. "
                    "Give them at least {shortest} minutes before the next step."
                ),
                fields=((name, look),),
                shortest=EACH_LEVEL // 60,
            )
        if name == IN_TURN[-1] and wait < LAST_LEVEL:
            raise Invalid(
                N_(
                    "The last text and ring go out after two minutes. "
                    "Give everybody at least two and a half minutes before it all begins again."
                ),
                fields=((name, look),),
            )


def _hours_make_sense(hours: str, set_hours: list[tuple[int, str, str]]) -> None:
    if hours not in HOURS:
        raise Invalid(N_("Please choose when on-call is awake."))
    if hours == "set" and not set_hours:
        raise Invalid(N_("Please write the hours of at least one day."))
    for day, starts, ends in set_hours:
        if day not in range(7) or not (is_clock(starts) and is_clock(ends)):
            raise Invalid(N_("Please write the times like 21:00."))
