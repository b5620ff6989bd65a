"""Whose pages may speak to us: our own address and nobody else's."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

from app.settings import Settings


def is_ours(settings: Settings, headers: Headers) -> bool:
    """Whether the Origin header names an address this server serves."""
    try:
        origin = urlsplit(headers.get("origin", "").lower())
    except ValueError:
        return False
    if settings.public_url:
        public = urlsplit(settings.public_url.lower())
        return (origin.scheme, origin.netloc) == (public.scheme, public.netloc)
    return bool(origin.netloc) and origin.netloc == headers.get("host", "").lower()


def cross_site(settings: Settings, headers: Headers) -> bool:
    """Whether a browser sent this on behalf of another site. Programs send neither header and no cookies of others."""
    if "sec-fetch-site" in headers:
        return headers["sec-fetch-site"] not in ("same-origin", "none")
    return "origin" in headers and not is_ours(settings, headers)
