"""`hearthside doctor` says of each thing whether it is well, and what to do where it is not."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from app import doctor
from app.doctor import Finding, examine
from app.foundation.audit import AuditLink
from app.foundation.clock import database_now
from app.foundation.database import Session
from app.foundation.due import must_happen
from app.foundation.tokens import house_key
from app.settings import Settings
from tests.support.company import Company
from tests.support.databases import pass_time
from tests.support.meddling import look_away
from tests.support.ports import free_port
from tests.support.ready import put_in_order
from tests.support.valkey import Valkey


@pytest.fixture
def settings(company: Company, tmp_path: Path) -> Settings:
    """A house in good order, but for what a test changes."""
    house_key(tmp_path / "secret")
    return Settings(data_dir=tmp_path, database_url=company.database.url, public_url="https://chat.example.org")


@pytest.fixture
async def in_order(company: Company, settings: Settings) -> Company:
    await company.do(put_in_order, company.at, settings)
    return company


def troubles(findings: list[Finding]) -> list[str]:
    return [finding.sentence for finding in findings if not finding.well]


async def test_a_house_in_order_has_nothing_to_mend(in_order: Company, settings: Settings):
    findings = await examine(settings)
    assert troubles(findings) == []
    assert len(findings) == 13


async def test_a_new_house_is_told_what_is_missing(company: Company, tmp_path: Path):
    settings = Settings(data_dir=tmp_path, database_url=company.database.url)
    told = " ".join(troubles(await examine(settings)))
    for word in ("https", "secret", "1 administrators", "telephone", "catch-all"):
        assert word in told


async def test_a_chain_of_acts_that_somebody_changed_is_found(in_order: Company, settings: Settings):
    def meddle(session: Session) -> None:
        look_away(session)
        session.execute(update(AuditLink).where(AuditLink.number == 2).values(who="sybil"))

    await in_order.do(meddle)
    [trouble] = troubles(await examine(settings))
    assert "link 2" in trouble


async def test_what_is_late_is_found(in_order: Company, settings: Settings):
    await in_order.do(lambda session: must_happen(session, "page_screens", "office", database_now(session)))
    await pass_time(in_order.database, minutes=2)
    [trouble] = troubles(await examine(settings))
    assert trouble.startswith("1 pages or mails are late")


async def test_a_secret_that_others_can_read_is_found(in_order: Company, settings: Settings):
    settings.secret_path.chmod(0o644)
    [trouble] = troubles(await examine(settings))
    assert "chmod 600" in trouble


async def test_old_help_numbers_are_found(in_order: Company, settings: Settings, monkeypatch: pytest.MonkeyPatch):
    class Later(date):
        @classmethod
        def today(cls) -> date:
            return date.today() + timedelta(days=3 * 365)

    monkeypatch.setattr(doctor, "date", Later)
    [trouble] = troubles(await examine(settings))
    assert "Help numbers" in trouble


async def test_a_database_that_is_not_there_is_told_and_how_to_make_it(tmp_path: Path):
    told = troubles(await examine(Settings(data_dir=tmp_path / "new", public_url="https://chat.example.org")))
    assert any("hearthside migrate" in one for one in told)
    away = Settings(data_dir=tmp_path, database_url=f"postgresql://postgres@127.0.0.1:{free_port()}/none")
    assert any("database does not answer" in one for one in troubles(await examine(away)))


async def test_a_database_of_another_release_is_told(unmigrated: str, tmp_path: Path):
    told = troubles(await examine(Settings(data_dir=tmp_path, database_url=unmigrated)))
    assert any("not at this release" in one for one in told)


async def test_a_bus_is_asked_where_there_is_one(in_order: Company, settings: Settings):
    valkey = await Valkey.shared()
    try:
        there = settings.model_copy(update={"redis_url": valkey.url})
        assert troubles(await examine(there)) == []
    finally:
        valkey.close()
    away = settings.model_copy(update={"redis_url": f"redis://127.0.0.1:{free_port()}/0"})
    assert any("Redis does not answer" in one for one in troubles(await examine(away)))
