"""Everything the clock does, as one table of jobs."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence

import structlog

from app import paging_out, pinging_out, reminding_out, sending
from app.crisis import engine, handing_over, holes
from app.crisis.engine import BEATS_EVERY_SECONDS
from app.crisis.lines import lines_of
from app.crisis.raising import PAGE_SCREENS
from app.foundation import due, journal
from app.foundation.beat import alerts_changed
from app.foundation.database import Database, Session, open_database
from app.foundation.delivery import mail
from app.foundation.delivery.push import Gone
from app.foundation.due import Due
from app.keeping import erasing, heads_out, retention, test_page
from app.keeping.heads_out import EXPORT_HEAD, MAIL_HEAD
from app.people import consent, help_sheet
from app.problems import TryAgain
from app.settings import Settings

log = structlog.get_logger()
LOOK_SECONDS = 1.0
AGAIN_SECONDS = 15.0
SWEEP_DONE = "sweep_done"
DONE_IS_KEPT_DAYS = 30

Job = Callable[[Database, Settings, Due], Awaitable[None]]


async def page_screens(database: Database, settings: Settings, row: Due) -> None:
    """Make every process look for calls for help again, should the first announcement have been lost."""
    await database.transaction(alerts_changed)


async def write_journal(database: Database, settings: Settings, row: Due) -> None:
    """Keep outside the database what must stay ended when an older backup is put back."""
    line = await database.read(journal.line_of, row)
    await asyncio.to_thread(journal.write, settings.journal_path, line)


async def sweep_done(database: Database, settings: Settings, row: Due) -> None:
    """Forget what happened long ago; the journal's rows say what this database knows of, and stay."""
    await database.transaction(due.sweep_done, DONE_IS_KEPT_DAYS, but=[journal.JOURNAL])


async def ask_for_check(database: Database, settings: Settings, row: Due) -> None:
    """Is what stands in *If I need help* still right? After three months a helper asks."""
    await database.transaction(help_sheet.ask_to_check, row.whom)


async def ask_for_consent(database: Database, settings: Settings, row: Due) -> None:
    """Somebody did not answer the yearly question on their own pages: a helper asks."""
    await database.transaction(consent.ask_again, row.whom)


JOBS: dict[str, Job] = {
    EXPORT_HEAD: heads_out.export_head,
    MAIL_HEAD: heads_out.mail_head,
    SWEEP_DONE: sweep_done,
    retention.FORGET_OLD_WORDS: retention.forget_old_words,
    erasing.ERASE: erasing.erase_all,
    PAGE_SCREENS: page_screens,
    journal.JOURNAL: write_journal,
    help_sheet.CHECK: ask_for_check,
    consent.ASK_AGAIN: ask_for_consent,
    test_page.TEST_PAGE: test_page.send,
    test_page.LOOK: test_page.look,
    holes.LOOK: holes.look,
    **sending.JOBS,
    **reminding_out.JOBS,
}
"""What → how. Each row is claimed with a lease, acted on, and finished with its token."""


DAILY = (EXPORT_HEAD, SWEEP_DONE, retention.FORGET_OLD_WORDS, test_page.LOOK, holes.LOOK, reminding_out.LOOK)
"""What is done once a day, by whichever worker comes first."""


FOR_HELP = (PAGE_SCREENS,)
"""What waits behind nothing else: no long erasure, no slow mail server."""


async def work(database: Database, settings: Settings) -> None:
    """Do what is due, for as long as the process lives. Help never waits behind anything else."""
    others = [what for what in JOBS if what not in FOR_HELP]
    await asyncio.gather(
        page_for_help(database, settings),
        pinging_out.watch_from_outside(database, settings),
        do_all(database, settings, FOR_HELP),
        do_all(database, settings, others, daily=True),
    )


async def page_for_help(database: Database, settings: Settings) -> None:
    """Move escalation on, and send what is due of it."""
    sending_now: set[asyncio.Task[None]] = set()
    last_look = -BEATS_EVERY_SECONDS
    try:
        while True:
            try:
                incident, page = await database.read(paging_out.anything_due)
                while incident and await paging_out.escalate_one(database, settings):
                    page = True
                if page:
                    await paging_out.send_due(database, settings, sending_now)
                last_look = await look_around(database, settings, last_look)
            except TryAgain:
                log.warning("database_away", work="paging")
            except Exception:
                log.exception("paging_stumbled")
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        for task in sending_now:
            task.cancel()


async def look_around(database: Database, settings: Settings, last: float) -> float:
    """Every few seconds: say that the engine lives, and ask whose turn ends to hand over what is open."""
    moment = asyncio.get_running_loop().time()
    if moment - last < BEATS_EVERY_SECONDS:
        return last
    await database.urgently(engine.lives)
    if await database.read(handing_over.ending_turns, lines_of(settings)):
        await database.urgently(handing_over.ask, lines_of(settings))
    return moment


async def do_all(database: Database, settings: Settings, whats: Sequence[str], *, daily: bool = False) -> None:
    while True:
        try:
            if daily and await database.read(due.unplanned, DAILY):
                await database.transaction(due.plan_today, DAILY)
            while await do_one(database, settings, whats):
                pass
        except TryAgain:
            log.warning("database_away", work="due")
        except Exception:
            log.exception("worker_stumbled")
        await asyncio.sleep(LOOK_SECONDS)


async def do_one(database: Database, settings: Settings, whats: Sequence[str] = ()) -> bool:
    """Claim one due row, of these kinds if any are named, and act on it. False when nothing is due."""
    row = await database.transaction(due.claim, list(whats or JOBS))
    if row is None:
        return False
    try:
        await JOBS[row.what](database, settings, row)
    except (OSError, mail.CouldNotSend) as trouble:
        log.warning("due_put_off", what=row.what, tries=row.tries, trouble=type(trouble).__name__)
        await database.transaction(after_trouble, row, trouble)
    else:
        await database.transaction(due.done, row)
    return True


def after_trouble(session: Session, row: Due, trouble: Exception) -> None:
    """Try again later; what is only sent to one person is given up in the end, and goes another way."""
    kind = type(trouble).__name__
    if row.what not in sending.WAYS_ON:
        due.put_off(session, row, kind, AGAIN_SECONDS)
    elif isinstance(trouble, Gone) or row.tries > len(sending.WAITS):
        if due.give_up(session, row, kind):
            sending.WAYS_ON[row.what](session, row, trouble)
    else:
        due.put_off(session, row, kind, sending.WAITS[row.tries - 1])


async def work_alone(settings: Settings) -> None:
    """`hearthside work`: the jobs in a process of their own. What it changes, servers find by their sweep."""
    database = open_database(settings.database)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    working = asyncio.create_task(work(database, settings))
    await stopped.wait()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await database.close()
