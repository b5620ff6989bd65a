"""The pages people see, one file a page or form action."""

from fastapi import FastAPI, Request
from starlette.responses import PlainTextResponse, Response

from app.problems import Problem
from app.settings import Settings
from app.web.wording import explain


def install(app: FastAPI, settings: Settings) -> None:
    """Add every page to the app."""
    app.state.problem_page = problem_page


async def problem_page(request: Request, problem: Problem) -> Response:
    return PlainTextResponse(explain(problem), problem.status)
