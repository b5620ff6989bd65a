from pathlib import Path

import pytest

from tests.foundation.phrases.folders import looker, rule

WEIGHED = """
[[weighing]]
id = "weighed"
kind = "weather"
base = -3
enough = { low = 4, high = 9 }
doubt = -5
doubted = "low"
source = "a test"
reviewed_by = "nobody"
matches = ["x"]
passes = ["y"]
points = { storm = 4, wind = 4, high_wind = 5, out_at_sea = 5, picnic = -6 }
"""
PLAIN = rule('any = ["boat sinks"]') + rule('any = ["ship sinks"]\nsure = true', id="sure")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("a storm", "none"),
        ("a storm and wind", "low"),
        ("a storm, storm, storm", "none"),
        ("wind. And a storm", "low"),
        ("wind. A pause. And a storm", "none"),
        ("a storm and high wind", "high"),
        ("a storm out at sea", "low"),
        ("a picnic in a storm and wind", "none"),
        ("the picnic was over. Then came the pause. A storm and wind", "low"),
        ("the boat sinks", "high"),
        ("the boat sinks at our picnic", "low"),
        ("the ship sinks at our picnic", "high"),
    ],
)
def test_words_count_once_each_over_two_sentences_and_cast_doubt(tmp_path: Path, text: str, level: str):
    assert looker(tmp_path, WEIGHED, PLAIN).look(text).level == level


def test_a_finding_by_weight_names_its_heaviest_words(tmp_path: Path):
    text = "A picnic? No: storm and wind"
    (found,) = looker(tmp_path, WEIGHED).look(text).findings
    assert (found.rule, found.kind) == ("weighed", "weather")
    assert {text[first:last] for first, last in found.words} == {"storm", "wind"}


def test_a_level_nobody_knows_is_told(tmp_path: Path):
    with pytest.raises(ValueError, match="is no level"):
        looker(tmp_path, WEIGHED.replace("low = 4", "middling = 4"))


def test_what_is_weighed_since_a_level_is_asked_only_where_that_was_found(tmp_path: Path):
    urgent = WEIGHED.replace("weighed", "urgent").replace("{ low = 4, high = 9 }", '{ high = 1 }\nsince = "low"')
    look = looker(tmp_path, WEIGHED, urgent).look
    assert [look(text).level for text in ("a storm", "a storm and wind")] == ["none", "high"]
