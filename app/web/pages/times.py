"""Times as people say them: "10:52 AM", "yesterday, 10:52 AM", "Thursday, 2:00 PM", "June 12, 2:00 PM"."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time

from app.problems import N_
from app.wording import say

YESTERDAY = N_("yesterday, {time}")
ON_DAY = N_("{day}, {time}")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The house's time zone, in one reader's language."""

    zone: ZoneInfo
    locale: Locale
    now: datetime

    @property
    def language(self) -> str:
        return self.locale.language

    def time(self, moment: datetime) -> str:
        return format_time(moment, "short", tzinfo=self.zone, locale=self.locale)

    def moment(self, moment: datetime) -> str:
        time, days = self.time(moment), self.days_ago(moment)
        if days <= 0:
            return time
        if days == 1:
            return say(YESTERDAY, self.language, time=time)
        return say(ON_DAY, self.language, day=self.day(moment), time=time)

    def until(self, moment: datetime) -> str:
        """A moment to come: only the time if it is today."""
        time = self.time(moment)
        if self.days_ago(moment) >= 0:
            return time
        return say(ON_DAY, self.language, day=self.day(moment), time=time)

    def when(self, moment: datetime) -> str:
        """Only the day: "today", "yesterday", "on Thursday"."""
        days = self.days_ago(moment)
        if days <= 0:
            return say(N_("today"), self.language)
        if days == 1:
            return say(N_("yesterday"), self.language)
        return say(N_("on {day}"), self.language, day=self.day(moment))

    def day(self, moment: datetime) -> str:
        """ "Thursday", and "November 12" for days that are a week and more ago."""
        return self._weekday(moment) if self.days_ago(moment) < 7 else self._date(moment)

    def date(self, moment: datetime) -> str:
        """ "November 12", also for a day to come."""
        return self._date(moment)

    def long_day(self, moment: datetime) -> str:
        """ "November 22, 2026": a day that counts for a long time."""
        return format_date(moment.astimezone(self.zone), "long", locale=self.locale)

    def today(self) -> str:
        return say(ON_DAY, self.language, day=self.today_is(), time=self.time(self.now))

    def today_is(self) -> str:
        """The day alone, as a calendar on the wall says it."""
        return f"{self._weekday(self.now)}, {self._date(self.now)}"

    def hour(self) -> int:
        return self.now.astimezone(self.zone).hour

    def days_ago(self, moment: datetime) -> int:
        return (self.now.astimezone(self.zone).date() - moment.astimezone(self.zone).date()).days

    def _weekday(self, moment: datetime) -> str:
        return format_date(moment.astimezone(self.zone), "EEEE", locale=self.locale)

    def _date(self, moment: datetime) -> str:
        return format_skeleton("MMMMd", moment, self.zone, locale=self.locale)
