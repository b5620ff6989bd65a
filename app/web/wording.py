"""A Problem's sentence for a person, in their language."""

from datetime import UTC, datetime, tzinfo

from babel.dates import format_date, format_skeleton, format_time

from app.problems import Problem
from app.wording import say


def explain(problem: Problem, language: str = "en", zone: tzinfo = UTC) -> str:
    """A Problem's sentence for a person, its times as they are there."""
    values = {name: _spoken(value, language, zone) for name, value in problem.values.items()}
    return say(problem.sentence, language, **values)


def _spoken(value: object, language: str, zone: tzinfo) -> object:
    if not isinstance(value, datetime):
        return value
    day = format_date(value.astimezone(zone), "EEEE", locale=language)
    date = format_skeleton("MMMMd", value, zone, locale=language)
    return f"{day} {date}, {format_time(value, 'short', zone, language)}".replace("\u202f", " ")
