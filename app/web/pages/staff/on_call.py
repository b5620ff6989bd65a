"""Who is on call: now, through the week, for once; what is open; and the plan of the house."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.crisis import duty_tests
from app.crisis.board import Board, look_at_rota
from app.crisis.lines import lines_of
from app.crisis.on_call import HOURS, LEVELS
from app.crisis.planning import DELAYS
from app.crisis.readiness import place_ready, readiness
from app.crisis.rota import KEPT_LEVELS
from app.problems import N_
from app.web.pages.page import OwnPage, Page
from app.web.pages.staff.readiness_words import place_view, ready_view
from app.web.pages.staff.rota_words import (
    AWAKE,
    LEVEL_WORDS,
    after,
    change_view,
    hole_words,
    minutes,
    on_duty,
    shift_view,
)
from app.web.pages.way_words import days

router = APIRouter()

DELAY_WORDS = {
    "level_2_after": N_("Minutes until the second are called"),
    "level_3_after": N_("Minutes until everybody is called"),
    "again_after": N_("Minutes until it all begins again"),
    "arrive_within": N_("Minutes to come, for who answered"),
    "remind_after": N_("No word from who answered: minutes until we ask them"),
    "lease": N_("No word from them: minutes until we call others"),
    "phone_lease": N_("The same while they are on the telephone"),
}


@router.get("/staff/on-call")
async def show(page: OwnPage, kept: str = "") -> Response:
    lines = lines_of(page.house.settings)
    board = await page.house.database.read(look_at_rota, page.me, lines)
    ready = await page.house.database.read(readiness, page.me, lines)
    place = await page.house.database.read(place_ready, page.me, lines)
    test = await page.house.database.read(duty_tests.waiting, page.me.id)
    return page.show(
        "staff_on_call.html",
        kept=kept,
        may_keep=page.me.roles.may("keep_rota"),
        awake=board.awake,
        hours_told=page.say(AWAKE[board.plan.hours]),
        now=[_level(page, board, level) for level in LEVELS],
        catch_all=[one for one in (board.mail, board.plan.catch_all_phone) if one],
        tested=page.watch is None or page.watch.tested,
        rings="ring" in lines.kinds,
        ready=[*([place_view(page, place)] if place else []), *(ready_view(page, one) for one in ready)],
        test=test.code if test else "",
        turn=bool(test and test.why != "week"),
        holes=[hole_words(page, board, hole) for hole in board.holes],
        week=_week(page, board),
        changes=[change_view(page, board, one) for one in board.changes],
        levels=[{"key": level, "word": page.say(LEVEL_WORDS[level])} for level in KEPT_LEVELS],
        answering=board.answering,
        on_rota=sorted({(board.names[one.person_id], one.person_id) for one in board.shifts}),
        days=days(page),
        plan=_plan(page, board),
    )


def _level(page: Page, board: Board, level: int) -> dict[str, Any]:
    people = [on_duty(page, one) for one in board.now[level]]
    return {"word": page.say(LEVEL_WORDS[level]), "after": after(page, board.plan, level), "people": people}


def _week(page: Page, board: Board) -> list[dict[str, Any]]:
    return [
        {
            "word": day["word"],
            "shifts": [shift_view(page, board, one) for one in board.shifts if str(one.weekday) == day["key"]],
        }
        for day in days(page)
    ]


def _plan(page: Page, board: Board) -> dict[str, Any]:
    hours: dict[int, tuple[str, str]] = {day: (starts, ends) for day, starts, ends in board.plan.set_hours}
    return {
        "delays": [
            {"key": name, "word": page.say(DELAY_WORDS[name]), "minutes": minutes(getattr(board.plan, name))}
            for name in DELAYS
        ],
        "hours": [{"key": one, "word": page.say(AWAKE[one]), "chosen": one == board.plan.hours} for one in HOURS],
        "days": [
            {"word": day["word"], "key": day["key"], "hours": hours.get(int(day["key"]), ("", ""))}
            for day in days(page)
        ],
        "phone": board.plan.catch_all_phone,
    }
