"""A person's own copy as one file: pages to read in their language, and the same as JSON."""

import io
import json
import zipfile
from datetime import datetime
from typing import Any

from app.foundation.clock import spoken
from app.keeping.copying import Copy
from app.problems import N_
from app.web.pages.page import Page
from app.web.pages.times import Calendar
from app.wording import locale_of, say

HEADINGS = {
    "about_me": N_("About me"),
    "my_words": N_("What I said"),
    "my_words_that_waited": N_("What I wrote that a facilitator read first"),
    "my_answers_in_phrases": N_("My answers in phrases"),
    "what_i_agreed_to": N_("What I agreed to"),
    "what_i_do_here": N_("What I do here"),
    "my_rooms": N_("My rooms"),
    "who_helps_whom": N_("Who types for whom"),
    "my_cards": N_("My cards"),
    "my_tablets": N_("My tablets"),
    "my_passkeys": N_("My passkeys"),
    "notices_to_me": N_("What the house told me"),
    "what_i_asked": N_("What I wrote to the helper"),
    "my_telephone_calls": N_("My telephone calls with the helper"),
    "how_i_am_reached": N_("When I may be reached"),
    "ways_to_reach_me": N_("How I am reached"),
    "what_people_did_for_me": N_("What people did for me"),
    "my_calls_for_help": N_("My calls for help"),
    "notes_of_staff_with_my_calls": N_("What staff noted with my calls for help"),
    "who_looked_at_words_around_my_calls": N_("Who looked at the words around my calls for help"),
    "tests_of_calls_to_me": N_("Tests of how a call reaches me"),
    "what_the_screen_noticed": N_("What the screen noticed in my words"),
    "what_i_wrote_with_calls": N_("What I wrote with calls for help"),
    "how_my_help_card_is": N_("How my help card is"),
    "how_far_i_read": N_("How far I have read"),
    "what_staff_did_and_looked_at": N_("What staff did and looked at"),
}


def as_zip(page: Page, copy: Copy) -> bytes:
    """`copy.html` and `copy.json`, in a zip file."""
    told = {"made_at": spoken(copy.made_at), "house": page.site.name, **copy.parts}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("copy.html", as_page(page, copy))
        packed.writestr("copy.json", json.dumps(told, ensure_ascii=False, indent=2))
    return file.getvalue()


def as_page(page: Page, copy: Copy) -> str:
    """One page that needs no network, no script and no style of ours."""
    language = copy.person.language
    times = Calendar(page.calendar.zone, locale_of(language, page.house.settings.country), page.now)
    parts = [
        {"heading": say(HEADINGS[key], language), "rows": [_row(row, times) for row in rows]}
        for key, rows in copy.parts.items()
        if rows
    ]
    values = {"language": language, "name": copy.person.name, "house": page.site.name, "parts": parts}
    return page.request.app.state.templates.render("own_copy.html", made=times.today(), **values)


def _row(row: dict[str, Any], times: Calendar) -> list[tuple[str, str]]:
    """Names and values as they stand, times as people say them; what is empty is left out."""
    return [(name.replace("_", " "), _said(value, times)) for name, value in row.items() if value not in (None, "", [])]


def _said(value: Any, times: Calendar) -> str:
    if isinstance(value, str) and value.endswith("Z") and value[4:5] == "-":
        moment = datetime.fromisoformat(value)
        return f"{times.long_day(moment)}, {times.time(moment)}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
