import re
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
PROMISED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (CHECKOUT / "SECURITY.md").read_text("utf-8"))


def test_every_line_of_the_checklist_names_a_test():
    section = (CHECKOUT / "SECURITY.md").read_text("utf-8").split("## What is held by which test", 1)[1]
    lines = [line for line in section.split("\n## ")[0].splitlines() if line.startswith("|")][2:]
    assert len(lines) == len(PROMISED) > 30


@pytest.mark.parametrize(("file", "name"), PROMISED)
def test_a_test_that_the_checklist_names_is_there(file: str, name: str):
    assert re.search(rf"def {name}\(", _text(CHECKOUT / file))


@cache
def _text(file: Path) -> str:
    return file.read_text("utf-8")
