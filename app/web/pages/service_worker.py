"""The service worker, with the list of what it keeps in front of it. Its scope is the whole house."""

import json

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.web.assets import Assets

router = APIRouter()

KEPT = ("css", "js", "icons")
"""The folders whose files stay on the tablet."""


@router.get("/sw.js")
async def service_worker(request: Request) -> Response:
    assets: Assets = request.app.state.templates.assets
    files = [assets.url(path) for path in assets.paths(KEPT)]
    house = {"version": assets.version, "files": files, "icon": assets.url("icons/hearth-192.png")}
    script = f"const HOUSE = {json.dumps(house)};\n{assets.read('service_worker.js')}"
    return Response(script, media_type="text/javascript", headers={"cache-control": "no-cache"})
