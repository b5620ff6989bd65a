"""Mail, over SMTP. Titles and texts are neutral: nobody who reads over a shoulder learns who or what."""

import asyncio
import smtplib
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

SECONDS = 20
THREADS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="mail")
"""Of its own: a mail server that hangs holds up mail, and nothing else."""


class CouldNotSend(Exception):
    """The mail server did not take it, or none is set."""


async def send(smtp_url: str, to: str, title: str, text: str) -> None:
    """Hand one mail to the server of `smtp://user:password@host:587` (or smtps://). Raises CouldNotSend."""
    if not smtp_url:
        raise CouldNotSend("no mail server is set")
    message = EmailMessage()
    message["To"], message["Subject"] = to, title
    message["From"] = unquote(urlsplit(smtp_url).username or "") or f"hearthside@{urlsplit(smtp_url).hostname}"
    message.set_content(text)
    await asyncio.get_running_loop().run_in_executor(THREADS, _send, smtp_url, message)


def _send(smtp_url: str, message: EmailMessage) -> None:
    server = urlsplit(smtp_url)
    kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    try:
        with kind(server.hostname or "", server.port or 0, timeout=SECONDS) as smtp:
            if server.scheme == "smtp" and smtp.has_extn("starttls"):
                smtp.starttls()
            if server.username:
                smtp.login(unquote(server.username), unquote(server.password or ""))
            smtp.send_message(message)
    except smtplib.SMTPException as trouble:
        raise CouldNotSend(type(trouble).__name__) from trouble
