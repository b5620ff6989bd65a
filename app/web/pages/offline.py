"""What a tablet shows without a network: the numbers to ring, the same for all who read it. It knows nobody's name."""

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from app.crisis.help_card import HelpCard
from app.people.help_choices import HowICall
from app.people.preferences import CONTRASTS, LANGUAGES, LETTERS
from app.web.pages.page import OpenPage

router = APIRouter()


@router.get("/offline")
async def offline(
    page: OpenPage,
    language: str = "",
    letters: str = "",
    contrast: str = "",
    keeps: str = "",
    calls: str = "",
    ask: str = "",
    quiet: str = "",
) -> Response:
    """`keeps`: this tablet may keep a tap on Help and send it later. `calls`, `ask`, `quiet`: how its card is."""
    card = HelpCard(HowICall(calls, bool(ask), bool(quiet)), bool(quiet))
    nobody = replace(page, reader=None, card=card)
    return nobody.show(
        "offline.html",
        language=language if language in LANGUAGES else page.language,
        letters=int(letters) if letters in map(str, LETTERS) else 22,
        contrast=contrast if contrast in CONTRASTS else "normal",
        keeps_help=bool(keeps),
        help_href="#numbers",
    )
