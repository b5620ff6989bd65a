"""The HTTP API of docs/protocol.md, one file a subject."""

from fastapi import APIRouter

from app.web.api import drafts, entries, health, help, me, people, phone, proving, rooms, set_up, signing_in, waiting

router = APIRouter(prefix="/api")
for part in (signing_in, proving, set_up, me, rooms, entries, drafts, waiting, people, help, phone):
    router.include_router(part.router)

outside = health.router
