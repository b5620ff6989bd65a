"""In which language a reader is answered: their own, or the one tapped on this tablet, or what the browser asks for."""

from fastapi.requests import HTTPConnection
from starlette.responses import Response

from app.people.preferences import LANGUAGES

NAMES = {"en": "English", "es": "Español"}
"""Each language in its own words."""
COOKIE = "language"
YEAR_SECONDS = 365 * 24 * 3600


def language_of(connection: HTTPConnection) -> str:
    """Whoever is signed in was noted by `is_read_by`; needs no database."""
    own = getattr(connection.state, "language", "")
    return own or chosen_here(connection) or asked_for(connection.headers.get("accept-language", "")) or LANGUAGES[0]


def is_read_by(connection: HTTPConnection, language: str) -> None:
    """Whatever answers this request now speaks to its reader in their own language."""
    connection.state.language = language


def chosen_here(connection: HTTPConnection) -> str:
    chosen = connection.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else ""


def remember_here(response: Response, language: str, *, over_https: bool) -> None:
    """For this tablet, before anybody signs in and after they have signed out."""
    response.set_cookie(
        COOKIE, language, max_age=YEAR_SECONDS, path="/", secure=over_https, httponly=True, samesite="lax"
    )


def asked_for(header: str) -> str:
    """'es-MX,es;q=0.9,en;q=0.8' → 'es'; nothing where it names no language of ours."""
    wishes = [_wish(part) for part in header.split(",")[:20]]
    ours = [(weight, language) for weight, language in wishes if language in LANGUAGES and weight > 0]
    return max(ours, key=lambda one: one[0])[1] if ours else ""


def _wish(part: str) -> tuple[float, str]:
    tag, _, weight = part.partition(";")
    try:
        heavy = float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        heavy = 0.0
    return heavy, tag.strip().lower().partition("-")[0]
