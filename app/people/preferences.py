"""My settings: how large, how strong, in which language."""

from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.problems import N_, Invalid

LETTERS = (18, 22, 28, 36)
"""Sizes of body text in CSS pixels."""
CONTRASTS = ("normal", "high")
LANGUAGES = ("en", "es")


def a_language(language: str) -> str:
    if language not in LANGUAGES:
        raise Invalid(N_("Please choose one of the languages shown."))
    return language


def choose(
    session: Session,
    actor: Actor,
    *,
    letters: int | None = None,
    contrast: str | None = None,
    language: str | None = None,
) -> Person:
    """Keep what was chosen; what is None stays as it was."""
    person = session.get_one(Person, actor.id)
    for field, value, allowed in (
        ("letters", letters, LETTERS),
        ("contrast", contrast, CONTRASTS),
        ("language", language, LANGUAGES),
    ):
        if value is None:
            continue
        if value not in allowed:
            raise Invalid(N_("Please choose one of the sizes and colors shown."))
        setattr(person, field, value)
    return person
