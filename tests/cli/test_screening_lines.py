"""Messages in, what the screen makes of each out."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from app.cli import main
from app.crisis.screening import looker_for

DANGER = "I am going to kill myself tonight"
PELIGRO = "esta noche me voy a matar"


def screened(*lines: Any, kind: str = "crisis") -> Result:
    written = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return CliRunner().invoke(main, ["screen", "--kind", kind], input=written)


def told(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_every_message_is_told_in_its_order_with_tier_category_and_rules():
    result = screened(
        {"id": "a", "text": "Lovely soup today", "lang": "en"},
        {"id": "b", "text": DANGER, "lang": "en"},
        {"id": 3, "text": PELIGRO, "lang": "es"},
    )
    quiet, english, spanish = told(result)
    assert result.exit_code == 0
    assert quiet == {"id": "a", "tier": "none", "category": "none", "rules": []}
    assert (english["id"], english["tier"], english["category"]) == ("b", "emergency", "suicide")
    assert (spanish["id"], spanish["tier"], spanish["category"]) == (3, "emergency", "suicide")
    assert english["rules"] and set(english["rules"]) <= ids("en")
    assert spanish["rules"] and set(spanish["rules"]) <= ids("es")


@pytest.mark.parametrize("lang", [{}, {"lang": None}, {"lang": "de"}, {"lang": 7}, {"lang": "../en"}])
def test_words_in_no_language_it_knows_are_read_by_all_the_rules(lang: dict[str, Any]):
    english, spanish = told(screened({"id": 1, "text": DANGER, **lang}, {"id": 2, "text": PELIGRO, **lang}))
    assert english["tier"] == spanish["tier"] == "emergency"


def test_a_language_of_a_country_is_that_language():
    [line] = told(screened({"id": 1, "text": PELIGRO, "lang": "es-MX"}))
    assert set(line["rules"]) <= ids("es") and line["tier"] == "emergency"


def test_what_cannot_be_read_is_left_out_with_a_sentence_and_the_others_go_on():
    result = screened(
        b"{not json", b"", ["a list"], {"id": "x", "words": "gone"}, b"\xff\xfe", {"id": 9, "text": DANGER}
    )
    assert [(line["id"], line["tier"]) for line in told(result)] == [(9, "emergency")]
    assert [line[:21] for line in result.stderr.splitlines()] == [f"Line {n} was left out: " for n in (1, 3, 4, 5)]
    assert "not json" not in result.stderr and "gone" not in result.stderr
    assert result.exit_code == 1


def test_words_do_not_stop_it_whatever_they_are():
    texts = ["", "\ud800", "\u0000", "😀" * 5000, "a " * 9000]
    assert [line["id"] for line in told(screened(*({"id": n, "text": text} for n, text in enumerate(texts))))] == [
        0, 1, 2, 3, 4,
    ]  # fmt: skip


def test_a_screen_that_is_not_there_is_told():
    assert screened({"id": 1, "text": DANGER}, kind="weather").exit_code == 2


def ids(language: str) -> set[str]:
    looker = looker_for(language)
    assert looker is not None
    return {one.id for one in (*looker.rules.rules, *looker.rules.weighings)}
