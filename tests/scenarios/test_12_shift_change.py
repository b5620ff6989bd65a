"""12. Shift change."""

from sqlalchemy import delete

from app.crisis import beginning_turns
from app.crisis.lines import KINDS, Lines
from app.crisis.on_call import Shift
from app.foundation.database import Session
from tests.scenarios.elm import Elm
from tests.scenarios.setting import on_the_rota
from tests.scenarios.test_09_holes import LONDON, to_the_clock

FIRST = ["Asha push", "Asha text"]


async def test_a_turn_that_ends_takes_nobody_from_anybody(elm: Elm):
    """Asha until eight, Ben from then on, and Vera behind both."""
    asha, ben, vera = (elm.people[name]._id for name in ("Asha", "Ben", "Vera"))

    def turns(session: Session) -> None:
        session.execute(delete(Shift))
        on_the_rota(session, 1, asha, "12:00", "20:00")
        on_the_rota(session, 1, ben, "20:00", "12:00")
        on_the_rota(session, 2, vera)
        session.flush()
        beginning_turns.plan(session, Lines(LONDON, KINDS))

    await elm.database.transaction(turns)
    await to_the_clock(elm, 19, 40)
    first = await elm.tap()
    assert await elm.calm() == FIRST
    await elm.act("Asha", first, "answer")
    await elm.act("Asha", first, "phone")
    await to_the_clock(elm, 19, 46)
    await elm.comes("Asha push hand_over")
    await to_the_clock(elm, 19, 59, 55)
    second = await elm.tap("Harold")
    assert await elm.calm() == FIRST
    await to_the_clock(elm, 20, 0, 10)
    await elm.comes("Ben push turn", "Ben text turn")
    assert (await elm.incident(first)).owner_id == asha
    assert await elm.at(66) == ["Asha ring"], "who was told is rung, and nobody twice"
    assert await elm.at(126) == ["Asha ring", "Asha text"]
    assert await elm.at(182) == ["Vera push", "Vera text"]
    await elm.act("Ben", second, "answer")
    assert await elm.calm() == ["Asha push taken", "Vera push taken"]
    await elm.act("Ben", second, "phone")
    await elm.act("Ben", first, "take-over")
    assert (await elm.incident(first)).owner_id == ben
    assert await elm.calm() == ["Asha push taken"]
    await elm.act("Ben", first, "phone")
