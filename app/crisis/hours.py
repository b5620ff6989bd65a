"""The hours that a house has stated: whether its people are here now, and when they are here again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.crisis.on_call import OnCallPlan, bounds, is_awake, set_hours
from app.foundation.clock import database_now
from app.foundation.database import Session


def away_until(session: Session, zone: ZoneInfo) -> tuple[bool, datetime | None]:
    """Whether nobody is here by the stated hours, and when somebody is again (by the clock on the wall), as far as
    that is known."""
    at = database_now(session)
    if is_awake(session, at, zone):
        return False, None
    plan = session.get_one(OnCallPlan, 1)
    if plan.hours != "set":
        return True, None
    first = at.astimezone(zone).date()
    days = [first + timedelta(days=day) for day in range(9)]
    begins = [bounds(one, day, zone)[0] for one in set_hours(plan) for day in days if day.weekday() == one.weekday]
    coming = min((begin for begin in begins if begin > at), default=None)
    return True, coming.astimezone(zone) if coming else None
