from pathlib import Path

import pytest

from app.foundation.phrases.ruleset import RuleMistake
from tests.foundation.phrases.folders import looker, rule


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[rule]", "cannot be read"),
        (rule('any = ["boat"]', level="odd"), "is not known"),
        (rule('any = ["boat"]', kind="odd"), "is not known"),
        (rule('any = ["boat"]\nunless = ["odd"]'), "there is no group odd"),
        (rule('any = ["boat"]\nraises = { odd = [] }'), "is no level"),
        (rule('any = ["boat"]\nregex = "b.*t"'), "regex"),
        (rule('any = ["boat"]') + rule('any = ["ship"]'), "two rules have one id"),
    ],
)
def test_a_mistake_stops_the_program_with_what_to_do(tmp_path: Path, text: str, says: str):
    with pytest.raises(RuleMistake, match=says):
        looker(tmp_path, text)


def test_every_byte_of_the_files_counts_in_the_version(tmp_path: Path):
    first = looker(tmp_path, rule('any = ["boat"]')).rules.version
    again = looker(tmp_path, rule('any = ["boat"]')).rules.version
    other = looker(tmp_path, rule('any = ["boat"]') + "\n").rules.version
    assert first == again != other
