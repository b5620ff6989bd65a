"""Running uvicorn as this program needs it."""

import os

import uvicorn

from app.problems import N_
from app.settings import Settings
from app.web.frames import LARGEST_FRAME

NEEDS_GROWN = N_(
    "Several server processes need PostgreSQL and Redis: set HEARTHSIDE_DATABASE_URL and HEARTHSIDE_REDIS_URL, "
    "or start with --workers 1."
)


HERE = ("127.0.0.1", "0.0.0.0", "::", "localhost")


def here(host: str, port: int) -> str:
    """The address on this machine; browsers allow passkeys at localhost, not at a number."""
    return f"http://{'localhost' if host in HERE else host}:{port}"


def why_not(settings: Settings, workers: int) -> str:
    """A sentence when this cannot be served so, or nothing."""
    return NEEDS_GROWN if workers > 1 and (settings.on_sqlite or not settings.redis_url) else ""


def serve(settings: Settings, host: str, port: int, workers: int, *, with_worker: bool) -> None:
    """Serve until stopped. Processes read their settings from the environment."""
    os.environ["HEARTHSIDE_WITH_WORKER"] = str(settings.with_worker and with_worker).lower()
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        ws="app.web.wire:Wire",
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or "127.0.0.1",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=20,
    )
