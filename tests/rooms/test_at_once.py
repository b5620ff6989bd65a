"""Staff, talk and calls for help at the same time: everybody waits their turn, and nobody is refused."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from app.crisis.raising import raise_help
from app.foundation.audit import first_broken_link
from app.inviting import invite
from app.rooms.membership import hold_words, mute, unmute
from app.settings import Settings
from tests.support.company import KEY, Company, new_ref

SETTINGS = Settings(data_dir=Path("nowhere"))
UNTIL = datetime(2030, 1, 1, tzinfo=UTC)


async def test_whoever_acts_at_once_is_served(company: Company):
    at = company.at
    await company.do(hold_words, at.fay, at.monday, at.ken.id, True)
    deeds = []
    for number in range(3):
        deeds += [
            company.do(invite, SETTINGS, KEY, f"Guest {number}", ("member",), ("monday-circle", "thursday-tea")),
            company.do(mute, at.fay, at.monday, at.dot.id, UNTIL, "For a rest"),
            company.do(unmute, at.gil, at.monday, at.dot.id),
            company.answer(at.ken, "Buy my boat"),
            company.say(at.rose, "Good morning"),
            company.say(at.mei, "Tea is ready", at.thursday),
            company.database.urgently(raise_help, at.harold, new_ref(), at.monday),
        ]
    await asyncio.gather(*deeds)
    assert await company.read(first_broken_link) is None
    assert (await company.room(at.monday)).last_seq == 3
