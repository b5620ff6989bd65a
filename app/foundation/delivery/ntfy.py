"""HTTP push to an ntfy server: a title and a few neutral words to a topic's address."""

import httpx

from app.foundation.delivery.mail import CouldNotSend
from app.foundation.delivery.phone import Never

SECONDS = 10


async def send(topic_url: str, title: str, text: str, link: str) -> None:
    """Raises Never, CouldNotSend."""
    headers = {"title": title.encode("ascii", "replace").decode(), "priority": "5", "click": link}
    try:
        async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=SECONDS) as web:
            answer = await web.post(topic_url, content=text.encode(), headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as trouble:
        raise CouldNotSend(type(trouble).__name__) from trouble
    if answer.status_code in (400, 401, 403, 404, 410):
        raise Never(str(answer.status_code))
    if not answer.is_success:
        raise CouldNotSend(str(answer.status_code))
