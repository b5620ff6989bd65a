import ast
import re

import pytest

from tests.docs.pages import DOCS, page, rows

PROMISES = rows(page("safety.md"), "Promises")


def test_every_promise_is_there():
    assert list(PROMISES) == [f"G{number}" for number in range(1, 18)]


@pytest.mark.parametrize("promise", PROMISES)
def test_each_promise_names_tests_that_are_there(promise: str):
    words, shown_by = PROMISES[promise]
    named = re.findall(r"`([^`:]+)::([^`]+)`", shown_by)
    assert words and named
    missing = [f"{path}::{name}" for path, name in named if name not in named_in(path)]
    assert missing == []


def named_in(path: str) -> set[str]:
    tree = ast.parse((DOCS.parent / path).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
