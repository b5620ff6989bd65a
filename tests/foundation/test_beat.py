"""One row tells every process, by its sweep, that access or alerts have changed."""

from sqlalchemy import select

from app.foundation.announcements import AccessChanged, AlertsChanged
from app.foundation.beat import Beat, access_changed, alerts_changed, begin_new_epoch
from app.foundation.database import Database, Session
from tests.support.databases import remember


async def versions(database: Database) -> tuple[int, int]:
    row = await database.read(lambda session: session.scalars(select(Beat)).one())
    return row.access_version, row.alert_version


async def test_access_has_a_version_that_rises_and_is_announced(database: Database):
    published = remember(database)
    await database.transaction(access_changed)
    assert (await versions(database), published) == ((1, 0), [AccessChanged()])


async def test_alerts_have_a_version_that_rises_and_is_announced(database: Database):
    published = remember(database)
    await database.transaction(alerts_changed)
    await database.transaction(alerts_changed)
    assert (await versions(database), published) == ((0, 2), [AlertsChanged()] * 2)


async def test_after_a_restore_the_house_has_another_epoch(database: Database):
    def epoch(session: Session) -> str:
        return session.scalars(select(Beat.epoch)).one()

    before = await database.read(epoch)
    await database.transaction(begin_new_epoch)
    assert await database.read(epoch) != before
