"""A card opens rooms; the rest asks for a proof, and what matters most for a fresh one."""

from dataclasses import replace

import pytest

from app.foundation.clock import database_now
from app.people.actors import SYSTEM, Actor
from app.people.proving import require_fresh
from app.problems import ProveAgain, ProveFirst
from tests.support.company import Company
from tests.support.databases import pass_time


async def just_proved(company: Company, who: Actor) -> Actor:
    return replace(who, proved_at=await company.read(database_now))


async def test_a_proof_is_fresh_for_ten_minutes(company: Company):
    nora = await just_proved(company, company.at.nora)
    await pass_time(company.database, minutes=9, seconds=50)
    await company.read(require_fresh, nora)
    await pass_time(company.database, seconds=10)
    with pytest.raises(ProveAgain):
        await company.read(require_fresh, nora)


async def test_a_card_is_no_proof(company: Company):
    with pytest.raises(ProveFirst):
        await company.read(require_fresh, replace(company.at.nora, proved_at=None))


async def test_the_system_is_not_asked(company: Company):
    await pass_time(company.database, days=1)
    await company.read(require_fresh, SYSTEM)
