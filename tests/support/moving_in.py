"""What `hearthside invite` and `hearthside seed` do, without the second that a process takes to begin."""

from collections.abc import Sequence

from app import inviting, seeding
from app.foundation.tokens import house_key
from tests.support.inside import database_of, read
from tests.support.proofs import prove


async def invite(
    settings: dict[str, str], name: str, roles: Sequence[str], rooms: Sequence[str], *, on_paper: bool
) -> dict[str, str]:
    there = read(settings)
    about = (there, house_key(there.secret_path), name, tuple(roles), tuple(rooms))
    async with database_of(settings) as database:
        return await database.transaction(inviting.invite, *about, on_paper)


async def seed(settings: dict[str, str], rooms: int, members: int, *, no_limits: bool) -> list[dict[str, str]]:
    """Facilitators have proved who they are."""
    there = read(settings)
    about = (there, house_key(there.secret_path), members, no_limits)
    async with database_of(settings) as database:
        filled = [await database.transaction(seeding.seed_room, *about) for _ in range(rooms)]
        await database.transaction(prove)
    return [line for room in filled for line in room]
