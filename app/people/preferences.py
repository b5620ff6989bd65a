"""My settings: how large, how strong, in which language."""

from app.foundation import audit
from app.foundation.announcements import Whisper
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.models import Person
from app.people.roles import require
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
    return _keep(session.get_one(Person, actor.id), letters, contrast, language)


def choose_for(
    session: Session, actor: Actor, person: Person, *, letters: int | None = None,
    contrast: str | None = None, language: str | None = None,
) -> None:  # fmt: skip
    """The same for somebody on the telephone, by who helps them; their open pages show it at once."""
    require(actor.roles, "look_after_tablets")
    _keep(person, letters, contrast, language)
    audit.record(session, actor.id, "choose_for", whom=person.id, letters=letters, contrast=contrast, language=language)
    look = {"type": "look", "letters": person.letters, "contrast": person.contrast}
    session.announce(Whisper(person.id, look))


def _keep(person: Person, letters: int | None, contrast: str | None, language: str | None) -> Person:
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
