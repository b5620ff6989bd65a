"""Once a day the head of the audit log goes where the database cannot reach: a file, and perhaps a mail."""

import asyncio

from app.foundation import audit_heads
from app.foundation.audit_heads import Head, present_head
from app.foundation.database import Database, Session
from app.foundation.delivery import mail
from app.foundation.due import Due, must_happen
from app.people.models import Site
from app.settings import Settings

EXPORT_HEAD, MAIL_HEAD = "export_audit_head", "mail_audit_head"
TITLE = "A number to keep"
TEXT = "Please keep this line. It shows later that nothing was taken out of the log of your house.\n\n{head}\n"


async def export_head(database: Database, settings: Settings, row: Due) -> None:
    """Write the newest link's number and hash at the end of the file of heads, and have it mailed."""
    head = await database.transaction(_head_and_mail, row, bool(settings.smtp_url))
    await asyncio.to_thread(audit_heads.write, settings.audit_heads_path, head)


async def mail_head(database: Database, settings: Settings, row: Due) -> None:
    await mail.send(settings.smtp_url, row.details["address"], TITLE, TEXT.format(head=row.details["head"]))


def _head_and_mail(session: Session, row: Due, by_mail: bool) -> Head:
    head, address = present_head(session), session.get_one(Site, 1).audit_mail
    if address and by_mail:
        must_happen(session, MAIL_HEAD, row.whom, row.due_at, address=address, head=str(head))
    return head
