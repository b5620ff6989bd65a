"""What a tablet needs to know to put this house on its home screen."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from app.people.preferences import LANGUAGES
from app.problems import N_, NotFound
from app.web.pages.page import OpenPage, Page
from app.web.wording import say

router = APIRouter()

PAPER, HEARTH = "#fbf7ef", "#16534a"


@router.get("/manifest/{language}.webmanifest")
async def manifest(page: OpenPage, language: str) -> Response:
    if language not in LANGUAGES:
        raise NotFound()
    return JSONResponse(described(page, language), media_type="application/manifest+json")


def described(page: Page, language: str) -> dict[str, Any]:
    return {
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "name": page.site.name,
        "short_name": page.site.name[:12].strip(),
        "lang": language,
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": HEARTH,
        "icons": [
            icon(page, "icons/hearth-192.png", "192x192"),
            icon(page, "icons/hearth-512.png", "512x512"),
            icon(page, "icons/hearth-mask-512.png", "512x512", "maskable"),
        ],
        "shortcuts": [{"name": say(N_("Numbers to ring"), language), "url": "/numbers"}],
    }


def icon(page: Page, path: str, sizes: str, purpose: str = "any") -> dict[str, str]:
    address = page.request.app.state.templates.assets.url(path)
    return {"src": address, "sizes": sizes, "type": "image/png", "purpose": purpose}
