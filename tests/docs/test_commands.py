import re
from typing import Any

import pytest
import typer

from app.cli import main
from tests.docs.pages import page

COMMANDS: dict[str, Any] = typer.main.get_command(main).commands  # type: ignore[attr-defined]
EXPLAINED = dict(re.findall(r"^## ([\w-]+)\n(.*?)(?=^## |\Z)", page("commands.md"), re.MULTILINE | re.DOTALL))


def test_every_command_is_explained_and_none_that_is_not_there():
    assert set(EXPLAINED) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_explained_and_none_that_is_not_there(name: str):
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts} - {"--help"}
    mentioned = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", EXPLAINED[name]))
    assert mentioned - {"--help"} == options
