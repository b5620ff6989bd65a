"""The rota is changed, and the plan. Each time it is looked at anew what is open in the days to come."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from app.crisis import beginning_turns, duty_tests, holes, planning, readiness, rota
from app.crisis.lines import Lines, lines_of
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.roles import require_to_find
from app.problems import N_, Invalid
from app.web.pages.page import OwnPage, Page

router = APIRouter()

SMALL_NUMBER, MINUTES = r"[0-9]", r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?"


@router.post("/staff/on-call/shifts")
async def add_shift(
    page: OwnPage,
    level: Annotated[str, Form()] = "",
    person: Annotated[str, Form()] = "",
    day: Annotated[str, Form()] = "",
    starts: Annotated[str, Form()] = "",
    ends: Annotated[str, Form()] = "",
) -> Response:
    return await _do(page, "week", rota.add_shift, number(level), person, number(day), starts, ends)


@router.post("/staff/on-call/shifts/{shift_id}/end")
async def end_shift(page: OwnPage, shift_id: str) -> Response:
    return await _do(page, "week", rota.end_shift, shift_id)


@router.post("/staff/on-call/changes")
async def override(
    page: OwnPage,
    level: Annotated[str, Form()] = "",
    person: Annotated[str, Form()] = "",
    instead_of: Annotated[str, Form()] = "",
    from_at: Annotated[str, Form()] = "",
    until_at: Annotated[str, Form()] = "",
) -> Response:
    begin, end = moment(from_at, page.house.zone), moment(until_at, page.house.zone)
    return await _do(page, "changes", rota.override, number(level), begin, end, person_id=person, instead_of=instead_of)


@router.post("/staff/on-call/changes/{change_id}/end")
async def end_override(page: OwnPage, change_id: str) -> Response:
    return await _do(page, "changes", rota.end_override, change_id)


@router.post("/staff/on-call/plan")
async def edit_plan(
    page: OwnPage,
    request: Request,
    hours: Annotated[str, Form()] = "",
    catch_all_phone: Annotated[str, Form()] = "",
) -> Response:
    form = {name: str(value) for name, value in (await request.form()).items()}
    spans = [(day, form.get(f"starts-{day}", ""), form.get(f"ends-{day}", "")) for day in range(7)]
    return await _do(
        page, "plan", planning.edit_plan, hours=hours, catch_all_phone=catch_all_phone,
        set_hours=[span for span in spans if span[1] or span[2]],
        delays={name: seconds(form.get(name, "")) for name in planning.DELAYS},
    )  # fmt: skip


@router.post("/staff/on-call/test")
async def answer_test(page: OwnPage) -> Response:
    """*I have it*: the week's test has arrived, and its reader could sign in."""
    await page.house.database.transaction(duty_tests.answer, page.me)
    return page.go("/staff/on-call?kept=answered")


@router.post("/staff/on-call/tests")
async def test_catch_all(page: OwnPage) -> Response:
    lines = lines_of(page.house.settings)
    await page.house.database.transaction(readiness.ask_now, page.me, duty_tests.CATCH_ALL, lines)
    return page.go("/staff/on-call?kept=sent#ready")


@router.post("/staff/on-call/tests/{person_id}")
async def send_test(page: OwnPage, person_id: str) -> Response:
    lines = lines_of(page.house.settings)
    await page.house.database.transaction(readiness.ask_now, page.me, person_id, lines)
    return page.go("/staff/on-call?kept=sent#ready")


def number(typed: str) -> int:
    return int(typed) if re.fullmatch(SMALL_NUMBER, typed) else -1


def seconds(typed: str) -> int:
    """Of minutes as people write them: 3, or 1.5, or 1,5."""
    found = re.fullmatch(MINUTES, typed.strip())
    return round(float(f"{found[1]}.{found[2] or 0}") * 60) if found else 0


def moment(typed: str, zone: ZoneInfo) -> datetime:
    """A day and a time by the clock on the wall."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError) as trouble:
        raise Invalid(N_("Please choose the day and the time of the beginning and of the end.")) from trouble


async def _do(page: Page, place: str, verb: Callable[..., Any], *args: Any, **options: Any) -> Response:
    lines = lines_of(page.house.settings)
    await page.house.database.transaction(then_look, page.me, lines, verb, args, options)
    return page.go(f"/staff/on-call?kept=yes#{place}")


def then_look(
    session: Session,
    actor: Actor,
    lines: Lines,
    verb: Callable[..., Any],
    args: tuple[Any, ...],
    options: dict[str, Any],
) -> None:
    require_to_find(actor.roles, "see_rota")
    before = beginning_turns.on_duty_now(session, lines)
    verb(session, actor, *args, **options)
    session.flush()
    holes.tell(session, lines)
    beginning_turns.plan(session, lines)
    beginning_turns.ask_who_is_new(session, before, lines)
