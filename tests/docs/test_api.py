import re
from pathlib import Path

from app.main import create_app
from app.settings import Settings
from tests.docs.pages import page, rows


def test_every_call_of_the_api_is_explained_and_none_that_is_not_there(tmp_path: Path):
    described = create_app(Settings(data_dir=tmp_path)).openapi()["paths"]
    calls = {(method.upper(), path) for path, methods in described.items() for method in methods}
    explained = rows(page("protocol.md"), "HTTP")
    assert {_shape(call) for call in explained} == {_shape(f"{method} {path}") for method, path in calls}


def _shape(call: str) -> str:
    """The names that a page and the code give to the changing parts of a path may differ."""
    return re.sub(r"\{\w+\}", "{}", call)
