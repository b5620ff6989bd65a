"""Every reader in their own language: before they sign in, on their card, in the words that others tapped."""

import pytest

from app.people.preferences import LANGUAGES
from app.web.language import asked_for
from app.web.pages.few_words import FEW_WORDS, few_words, in_words_of
from app.web.pages.notices import NOTICES, notice_words
from app.wording import say
from tests.support.circle import Circle
from tests.support.house import House

WISHES = [
    ("es-MX,es;q=0.9,en;q=0.8", "es"), ("en-GB", "en"), ("fr,es;q=0.5,en;q=0.7", "en"), ("ES", "es"),
    ("de", ""), ("", ""), ("es;q=0", ""), ("es;q=much", ""), (",;=,", ""),
]  # fmt: skip


@pytest.mark.parametrize(("header", "language"), WISHES)
def test_a_browser_is_answered_in_the_language_it_likes_best_of_ours(header: str, language: str):
    assert asked_for(header) == language


async def test_the_door_speaks_the_language_of_the_browser_until_somebody_taps_another(house: House):
    spanish = {"Accept-Language": "es-MX,es;q=0.9"}
    assert '<html lang="es"' in (await house.ask("GET", "/card", headers=spanish)).text
    answer = await house.ask("POST", "/language", data={"language": "en", "back": "/card"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/card")
    tapped = spanish | {"Cookie": answer.headers["set-cookie"].partition(";")[0]}
    assert '<html lang="en"' in (await house.ask("GET", "/card", headers=tapped)).text


async def test_who_is_signed_in_has_their_language_on_every_tablet(circle: Circle):
    await circle.rose.ask("POST", "/language", data={"language": "es", "back": "/"})
    assert '<html lang="es"' in (await circle.rose.get("/", headers={"Accept-Language": "en"})).text
    assert '<html lang="en"' in (await circle.dot.get("/")).text


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example"])
async def test_another_language_leads_to_no_other_house(house: House, path: str):
    answer = await house.ask("POST", "/language", data={"language": "es", "back": path})
    assert answer.headers["location"] == "/"


async def test_a_language_we_do_not_speak_is_refused_and_changes_nothing(circle: Circle):
    answer = await circle.rose.ask("POST", "/language", data={"language": "tlh", "back": "/"})
    assert answer.status_code == 422
    assert '<html lang="en"' in (await circle.rose.get("/")).text


async def test_programs_too_are_told_what_is_wrong_in_their_persons_language(circle: Circle):
    await circle.rose.ask("POST", "/language", data={"language": "es", "back": "/"})
    answer = await circle.rose.get("/api/rooms/nowhere/entries")
    assert answer.json()["detail"] == say("We cannot find that room.", "es")


async def test_a_phrase_sent_by_a_tap_is_read_in_each_readers_language(circle: Circle):
    said = say(FEW_WORDS[0], "es")
    await circle.rose.ask("POST", f"/rooms/{circle.id}", data={"text": said, "nonce": "1"})
    page = (await circle.dot.get(f"/rooms/{circle.id}")).text
    assert f'<p class="words" dir="auto">{FEW_WORDS[0]}</p>' in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phrase", FEW_WORDS)
def test_every_phrase_is_known_in_every_language(language: str, phrase: str):
    assert in_words_of("en", say(phrase, language)) == phrase
    assert all(in_words_of(language, said) == here for said, here in few_words(language).elsewhere)


def test_words_that_are_more_than_a_phrase_stay_as_they_were_written():
    assert in_words_of("es", f"{FEW_WORDS[0]} I am late.") == f"{FEW_WORDS[0]} I am late."


@pytest.mark.parametrize("what", NOTICES)
def test_a_notice_is_told_in_the_readers_language(what: str):
    entry = {"author": {"name": "Fay"}, "data": {"what": what, "whom": "Rose"}, "text": "in the room's language"}
    assert notice_words(entry, "es") == say(NOTICES[what], "es", name="Fay", whom="Rose")


def test_a_notice_that_nobody_here_knows_keeps_its_own_words():
    assert notice_words({"author": {"name": "Fay"}, "data": None, "text": "As it was."}, "es") == "As it was."


def test_a_time_in_spanish_brings_its_own_full_stop():
    assert say("That was {when}. Was it you?", "es", when="12:34 p.m.") == "Eso fue 12:34 p.m. ¿Fue usted?"
    assert say("That was {when}. Was it you?", "es", when="ayer") == "Eso fue ayer. ¿Fue usted?"
