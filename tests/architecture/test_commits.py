"""One commit, before the answer: where sessions are opened and where they are committed."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi.routing import APIRoute

from app.main import create_app
from app.settings import Settings
from tests.architecture.code import files

DATABASE = "foundation/database/"
MIGRATING = "foundation/migrating.py"


def elsewhere(*calls: str) -> list[str]:
    """Where else than in the database and the migrations something is called."""
    return [
        file.at(node)
        for file in files()
        if not file.name.startswith((DATABASE, MIGRATING))
        for name, node in file.calls()
        if name.split(".")[-1] in calls
    ]


def test_nothing_is_committed_outside_the_database():
    assert elsewhere("commit", "rollback", "begin_nested") == []


def test_sessions_and_engines_are_opened_by_the_database_alone():
    assert elsewhere("Session", "AsyncSession", "sessionmaker", "create_engine", "create_async_engine") == []


def test_nothing_is_done_behind_an_answers_back():
    assert elsewhere("BackgroundTasks", "BackgroundTask", "add_task") == []


def test_trouble_is_never_passed_over_in_silence():
    silent = [
        file.at(handler)
        for file in files()
        for handler in file.all(ast.ExceptHandler)
        if all(isinstance(line, ast.Pass) or _is_only_a_word(line) for line in handler.body)
    ]
    assert silent == []


def _is_only_a_word(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def test_no_dependency_commits_after_the_answer(tmp_path: Path):
    """A FastAPI dependency with `yield` goes on after the response, unless its scope is the function's."""
    app = create_app(Settings(data_dir=tmp_path))
    dependencies = [one for route in routes(app.routes) for one in below(route.dependant)]
    assert len(dependencies) > 50
    late = [
        one.call.__qualname__
        for one in dependencies
        if (inspect.isgeneratorfunction(one.call) or inspect.isasyncgenfunction(one.call)) and one.scope != "function"
    ]
    assert late == []


def routes(found: list[Any]) -> Iterator[APIRoute]:
    """Every route of the program, also those of included routers."""
    for one in found:
        if isinstance(one, APIRoute):
            yield one
        elif hasattr(one, "original_router"):
            yield from routes(one.original_router.routes)


def below(dependant: Any) -> Iterator[Any]:
    for one in dependant.dependencies:
        yield one
        yield from below(one)
