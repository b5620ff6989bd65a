"""HTTP push to an ntfy server: a title and a few neutral words to a topic's address."""

import httpx

from app.foundation.delivery.mail import CouldNotSend
from app.foundation.delivery.phone import Never

SECONDS = 10


def allowed(topic_url: str, servers: str) -> bool:
    """Whether an address is a topic at one of these servers: a house must not knock at doors in its own network."""
    server, _, topic = topic_url.rpartition("/")
    known = topic.isascii() and topic.replace("-", "").replace("_", "").isalnum() and len(topic) <= 64
    return known and server in [one.rstrip("/") for one in servers.split()]


async def send(topic_url: str, servers: str, title: str, text: str, link: str, *, loud: bool = True) -> None:
    """Raises Never, CouldNotSend."""
    if not allowed(topic_url, servers):
        raise Never("server")
    headers = {"title": title.encode("ascii", "replace").decode(), "priority": "5" if loud else "3", "click": link}
    try:
        async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=SECONDS) as web:
            answer = await web.post(topic_url, content=text.encode(), headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as trouble:
        raise CouldNotSend(type(trouble).__name__) from trouble
    if answer.status_code in (400, 404, 410):
        raise Never(str(answer.status_code))
    if not answer.is_success:
        raise CouldNotSend(str(answer.status_code))
