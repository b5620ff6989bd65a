"""A Problem becomes problem JSON for programs and a large-text page for people: here and nowhere else."""

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from app.problems import N_, BadJson, Invalid, NotAllowed, NotFound, Problem, SignInNeeded, TooLong
from app.web.language import language_of
from app.web.wording import explain
from app.wording import say

log = structlog.get_logger()
KINDS = {401: SignInNeeded, 403: NotAllowed, 404: NotFound, 413: TooLong}


class OurFault(Problem):
    status, code = 500, "our_fault"
    sentence = N_("Something went wrong on our side. Nothing you wrote is lost. Please try again in a moment.")


def install(app: FastAPI) -> None:
    """Explain everything that can go wrong under this app."""
    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(Exception, on_fault)


def problem_json(problem: Problem, language: str) -> JSONResponse:
    """RFC 9457 problem details."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.code.replace("_", " ").capitalize(),
        "status": problem.status,
        "code": problem.code,
        "detail": explain(problem, language),
    }
    if problem.fields:
        body["errors"] = [{"field": field, "message": say(message, language)} for field, message in problem.fields]
    if problem.paused:
        body["paused"] = True
    headers = {}
    if problem.retry_after_ms is not None:
        body["retry_after_ms"] = problem.retry_after_ms
        headers["retry-after"] = str(-(-problem.retry_after_ms // 1000))
    return JSONResponse(body, problem.status, headers, media_type="application/problem+json")


async def on_problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    if wants_page(request):
        page: Response = await request.app.state.problem_page(request, problem)
        return page
    return problem_json(problem, language_of(request))


async def on_invalid(request: Request, trouble: Exception) -> Response:
    assert isinstance(trouble, RequestValidationError)
    if any(one["type"] == "json_invalid" for one in trouble.errors()):
        return await on_problem(request, BadJson())
    fields = tuple((str(one["loc"][-1]), _plain(one)) for one in trouble.errors())
    return await on_problem(request, Invalid(fields=fields))


async def on_http(request: Request, trouble: Exception) -> Response:
    assert isinstance(trouble, HTTPException)
    problem = KINDS.get(trouble.status_code, Problem)()
    problem.status = trouble.status_code
    return await on_problem(request, problem)


async def on_fault(request: Request, trouble: Exception) -> Response:
    log.error("our_fault", path=request.scope.get("route_path", ""), trouble=type(trouble).__name__)
    return await on_problem(request, OurFault())


def wants_page(request: Request) -> bool:
    return not request.url.path.startswith(("/api", "/health", "/metrics"))


def _plain(one: dict[str, object]) -> str:
    """What is wrong with one field, without repeating what was sent."""
    return N_("This is needed.") if one["type"] == "missing" else N_("This has the wrong form.")
