from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.foundation.phrases.looking import Looker
from app.foundation.phrases.reading import STOP
from tests.foundation.phrases.folders import looker, rule

GROUPS = """
[groups.not]
scope = "before"
window = 2
breaks = [",", "but"]
patterns = ["not"]
[groups.later]
scope = "after"
window = 2
patterns = ["tomorrow"]
[groups.story]
scope = "message"
spares = ["my"]
patterns = ["novel"]
[groups.fast]
scope = "sentence"
patterns = ["fast"]
"""


def sinking(folder: Path, more: str = "") -> Looker:
    return looker(folder, GROUPS, rule(f'any = ["boat ~1 sinks", "my boat ~1 sinks"]\n{more}', level="low"))


@pytest.mark.parametrize(
    ("more", "text", "level"),
    [
        ('unless = ["not"]', "not that boat sinks", "none"),
        ('unless = ["not"]', "not now, that boat sinks", "low"),
        ('unless = ["not"]', "not true but that boat sinks", "low"),
        ('unless = ["not"]', "that boat not sinks", "none"),
        ('unless = ["later"]', "that boat sinks maybe tomorrow", "none"),
        ('unless = ["later"]', "tomorrow that boat sinks", "low"),
        ('unless = ["story"]', "that boat sinks. What a novel", "none"),
        ('unless = ["story"]', "What a novel. my boat sinks", "low"),
        ('except = ["paper"]', "paper: that boat sinks", "none"),
        ('except = ["paper"]', "paper. that boat sinks", "low"),
        ('raises = { high = ["fast"] }', "that boat sinks fast", "high"),
        ('lowers = { none = ["fast"] }', "that boat sinks fast", "none"),
    ],
)
def test_a_group_counts_where_its_scope_says(tmp_path: Path, more: str, text: str, level: str):
    assert sinking(tmp_path, more).look(text).level == level


def test_parts_stand_together_in_one_sentence_or_across_all(tmp_path: Path):
    together = looker(tmp_path, rule('together = [["boat", "storm"]]\nwithin = 3'))
    assert together.look("a storm took the boat").level == "high"
    assert together.look("a storm. The boat").level == "none"
    assert together.look("a storm is far away from this old boat").level == "none"
    across = looker(tmp_path, rule('across = [["boat", "storm"]]'))
    assert across.look("A storm came. We sang. The boat!").level == "high"


def test_the_highest_decides_and_every_finding_names_its_words(tmp_path: Path):
    low = rule('any = ["rain"]', id="rain", level="low", kind="weather")
    look = looker(tmp_path, low + rule('any = ["boat ~2 sinks"]', id="boat")).look("Rain. Our BOAT, oh, sinks!")
    assert (look.level, look.kind) == ("high", "boats")
    words = {one.rule: ["Rain. Our BOAT, oh, sinks!"[first:last] for first, last in one.words] for one in look.findings}
    assert words == {"boat": ["BOAT, oh, sinks"], "rain": ["Rain"]}


def test_slips_drawn_out_words_signs_and_spellings_are_read(tmp_path: Path):
    told = '[spelling]\n"gonna" = "going to"\n[signs]\n"⛵" = "boat"\n'
    read = looker(tmp_path, 'slips = ["sinking"]\n' + told + rule('any = ["boat going to sink", "boat is sinking"]'))
    for text in (
        "boat gonna sink",
        "⛵ is sinking",
        "boooat is siinking",
        "boat is sinkng",
        "boat is snikimg",
        "“boat” is sinking",
    ):
        assert (read.look(text).level == "high") is (text != "boat is snikimg"), text


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("took 1 mg", "took 1.5 mg", True),
        ("boat ~3 sinks", "boat of 7.30 sinks", True),
        ("boat sinks", "The boat's sinks", True),
        ("my aunt's boat", "my aunt’s boat", True),
        ("my aunt's boat", "my aunt boat", False),
        ("boat is", "the boat's", False),
        ("5 dollars", "$5", False),
        ("dollars 5", "$5 for the boat", True),
    ],
)
def test_points_in_numbers_what_is_owned_and_signs_of_money(tmp_path: Path, pattern: str, text: str, found: bool):
    look = looker(tmp_path, '[signs]\n"$" = "dollars"\n' + rule(f'any = ["{pattern}"]')).look(text)
    assert (look.level == "high") is found


def test_a_part_alone_is_not_even_tried(tmp_path: Path):
    both = looker(tmp_path, rule('across = [["boat ~9 boat ~9 boat ~9 boat", "storm"]]'))
    assert both.look("boat " * 400).whole is True
    assert both.look("boat " * 5 + ". Storm").level == "high"


def test_a_text_made_to_hold_the_engine_up_runs_out_of_steps(tmp_path: Path):
    greedy = looker(tmp_path, rule('any = ["boat ~9 boat ~9 boat ~9 boat ~9 boat ~9 sinks"]'))
    look = greedy.look("boat " * 400 + "sinks not sank")
    assert look.whole is False or look.level == "high"
    assert greedy.look("boat " * 400).whole is True, "what cannot be there is not even tried"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_every_token_of_any_text_has_its_place(text: str):
    reader = READER.rules.reader
    tokens, places = reader.tokens(text), reader.places(text)
    assert len(tokens) == len(places)
    assert all(0 <= first < last <= len(text) for first, last in places)
    assert STOP not in [token for token in tokens if len(token) > 1]


READER: Looker


@pytest.fixture(autouse=True, scope="module")
def a_reader(tmp_path_factory: pytest.TempPathFactory) -> None:
    global READER
    spelling = '[spelling]\n"gonna" = "going to"\n[signs]\n"⛵" = "boat"\n'
    READER = looker(tmp_path_factory.mktemp("rules"), spelling + rule('any = ["boat going"]'))
