from pathlib import Path

import pytest

from tests.foundation.phrases.folders import looker, rule

CLASSES = '[classes]\nboat = ["boat", "ship", "rowing boat"]\n'


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("boat", "my boat sinks", True),
        ("boat sinks", "my boat, sinks", True),
        ("boat sinks", "boat. It sinks", False),
        ("boat ~2 sinks", "the boat of mine sinks", True),
        ("boat ~2 sinks", "the boat of my aunt sinks", False),
        ("sinks ~1 boat", "boat sinks", False),
        ("{boat} sinks", "a rowing boat sinks", True),
        ("{boat}|raft sinks", "the raft sinks", True),
        ("the? boat sinks", "boat sinks", True),
        ("sinking_fast|sinks boat", "sinking fast boat", True),
        ("sink* boat", "sinkers boat", True),
        ("boat !house", "the boat house", False),
        ("boat !house", "the boat", True),
        ("^ boat", "a boat", False),
        ("^ boat $", "Boat!", True),
        ("boat $", "boat ahoy", False),
    ],
)
def test_a_pattern_means_what_it_says(tmp_path: Path, pattern: str, text: str, found: bool):
    look = looker(tmp_path, CLASSES, rule(f'any = ["{pattern}"]')).look(text)
    assert (look.level == "high") is found


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("{ship} sinks", "no file has"),
        ("boat ~x sinks", "after ~ comes a number"),
        ("si* boat", "letters before its star"),
        ("boat|$ sinks", "neither a word nor a class"),
        ("~2", "no word that must be there"),
        ("boat? !house", "no word that must be there"),
    ],
)
def test_a_mistake_is_explained_with_its_file_and_rule(tmp_path: Path, pattern: str, says: str):
    with pytest.raises(ValueError, match=says) as mistake:
        looker(tmp_path, CLASSES, rule(f'any = ["{pattern}"]'))
    assert "1.toml, rule one" in str(mistake.value)
