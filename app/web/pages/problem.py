"""A Problem as a page in large letters; and a page made beforehand, for when no other can be made."""

from urllib.parse import quote

from fastapi import Request
from starlette.datastructures import URL
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.people.consent import JoinFirst
from app.people.models import Site
from app.people.preferences import LANGUAGES
from app.problems import N_, Muted, NotFound, Problem, ProveAgain, ProveFirst, SignInNeeded
from app.resources.helplines import Helplines
from app.web.dependencies import who_is_it
from app.web.house import house_of
from app.web.language import language_of
from app.web.pages.letters import own_path
from app.web.pages.page import Page, open_page
from app.web.pages.rendering import Templates

HEADINGS = {
    404: N_("We cannot find that"),
    403: N_("That is not for you to do"),
    401: N_("Please sign in"),
    429: N_("That was very quick"),
}
ONWARD: dict[type[Problem], tuple[str, str]] = {
    SignInNeeded: ("/card", N_("Sign in with your card")),
    ProveFirst: ("/my-sign-in", N_("How I sign in")),
}
HEADING = N_("That did not work yet")


async def problem_page(request: Request, problem: Problem) -> Response:
    """The Problem for a person. Where even the page cannot be made, the page that needs nothing."""
    if isinstance(problem, SignInNeeded) and request.method == "GET":
        return RedirectResponse("/card", 303)
    if isinstance(problem, ProveAgain):
        return RedirectResponse(f"/sign-in/again?back={quote(came_from(request))}", 303)
    if isinstance(problem, JoinFirst):
        return RedirectResponse("/welcome", 303)
    if problem.status >= 500:
        return last_resort(request, problem.status)
    try:
        house = house_of(request)
        page = await open_page(request, house, await who_is_it(request, house))
    except Problem:
        return last_resort(request, 503)
    onward = ONWARD.get(type(problem))
    return page.show(
        "problem.html",
        problem.status,
        heading=page.say(HEADINGS.get(problem.status, HEADING)),
        sentence=sentence_of(problem, page),
        **({"onward": onward[0], "onward_words": page.say(onward[1])} if onward else {}),
    )


def came_from(request: Request) -> str:
    """The page to go back to: the one asked for, or the one whose form this was."""
    url = request.url
    if request.method != "GET":
        url = URL(request.headers.get("referer", ""))
        if url.netloc != request.url.netloc:
            return "/staff"
    return own_path(url.path + (f"?{url.query}" if url.query else ""))


def sentence_of(problem: Problem, page: Page) -> str:
    """The sentence, its times said as people say them."""
    values = dict(problem.values)
    if isinstance(problem, Muted):
        values["until"] = page.calendar.moment(values["until"])
    if type(problem) is NotFound and problem.sentence == NotFound.sentence:
        return page.say(N_("There is nothing here for you to see. Nothing is lost."))
    return page.say(problem.sentence, **values)


def last_resort(request: Request, status: int) -> HTMLResponse:
    return HTMLResponse(request.app.state.last_resort[language_of(request)], status)


def make_last_resort(templates: Templates, helplines: Helplines) -> dict[str, str]:
    """One in each language. Needs no database and no person: the numbers, and the way back."""
    site = Site(name="Hearthside", helper_name="", helper_phone="", helper_hours="")
    common = {"site": site, "helplines": helplines, "letters": 22, "contrast": "normal"}
    return {language: templates.render("last_resort.html", language=language, **common) for language in LANGUAGES}
