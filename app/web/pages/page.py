"""What every page is given: who reads it, in which house, at what time; and the ways it can answer."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import select
from starlette.responses import HTMLResponse, RedirectResponse

from app.crisis.help_card import HelpCard, help_card
from app.crisis.lines import lines_of
from app.foundation.clock import now
from app.foundation.database import Session
from app.keeping.watching import Watch, watch
from app.people.actors import Actor
from app.people.covering import Helper, helper_today
from app.people.models import Site
from app.people.signing_in import touched
from app.web.dependencies import Anyone, Me, TheHouse
from app.web.house import House
from app.web.language import language_of
from app.web.pages.help_view import card_view
from app.web.pages.page_kinds import kind_of
from app.web.pages.staff.watch_words import watch_words
from app.web.pages.times import Calendar
from app.wording import locale_of, say


@dataclass(frozen=True, slots=True)
class Page:
    request: Request
    house: House
    site: Site
    now: datetime
    reader: Actor | None
    card: HelpCard = field(default_factory=HelpCard)
    watch: Watch | None = None
    """For staff on their pages: whether help is well watched over."""

    @property
    def me(self) -> Actor:
        assert self.reader is not None, "only pages for people who are signed in ask this"
        return self.reader

    @property
    def language(self) -> str:
        return language_of(self.request)

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.house.zone, locale_of(self.language, self.house.settings.country), self.now)

    @property
    def helper(self) -> Helper:
        """Whom to ring about the tablet today."""
        return helper_today(self.site, self.now)

    def say(self, sentence: str, **values: object) -> str:
        return say(sentence, self.language, **values)

    def show(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        common = {
            "me": self.reader,
            "site": self.site,
            "helper": self.helper,
            "helplines": self.house.helplines,
            "my_help": card_view(self.card, self.reader, self.house.helplines, self.language),
            "watched": watch_words(self.watch, self.reader, self.language) if self.reader else [],
            "timezone": self.house.settings.timezone,
            "language": self.language,
            "locale": self.calendar.locale,
            "letters": self.reader.letters if self.reader else 22,
            "contrast": self.reader.contrast if self.reader else "normal",
            "here": self._here(),
            "today_is": self.calendar.today_is(),
        }
        html = self.request.app.state.templates.render(template, **common | values)
        return HTMLResponse(html, status)

    def go(self, path: str) -> RedirectResponse:
        """See other: what a form answers, so that going back or reloading posts nothing twice."""
        return RedirectResponse(path, 303)

    @property
    def address(self) -> str:
        """The house's own address, as it stands on cards."""
        return (self.house.settings.public_url or str(self.request.base_url)).rstrip("/")

    def _here(self) -> str:
        """Where "bigger letters" comes back to: this page, or Home after a form that has no page."""
        url = self.request.url
        if self.request.method != "GET":
            return "/"
        return url.path + (f"?{url.query}" if url.query else "")


async def open_page(request: Request, house: TheHouse, reader: Anyone) -> Page:
    if reader and reader.shared and request.method == "GET":
        await house.database.transaction(touched, reader)
    return await house.database.read(_page, request, house, reader)


async def own_page(request: Request, house: TheHouse, reader: Me) -> Page:
    if request.method == "GET":
        house.live.looking.saw(reader.sign_in_id, kind_of(request.url.path))
    return await open_page(request, house, reader)


OpenPage = Annotated[Page, Depends(open_page)]
"""A page for anybody."""
OwnPage = Annotated[Page, Depends(own_page)]
"""A page for somebody who is signed in."""


def _page(session: Session, request: Request, house: House, reader: Actor | None) -> Page:
    card = help_card(session, reader, house.seals, house.zone) if reader else HelpCard()
    for_staff = reader is not None and reader.roles.staff and request.url.path.startswith("/staff")
    watched = watch(session, lines_of(house.settings)) if for_staff else None
    return Page(request, house, session.get_one(Site, 1), session.scalars(select(now())).one(), reader, card, watched)
