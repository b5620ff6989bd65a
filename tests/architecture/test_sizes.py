"""A file over 200 lines is two verbs, and a function over 40 wants a second name."""

import ast

from tests.architecture.code import files

LONGEST_FILE = 200
LONGEST_FUNCTION = 40


def test_no_file_is_two_verbs():
    lengths = {file.name: len(file.text.splitlines()) for file in files()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_wants_a_second_name():
    too_long = {
        f"{file.name} {node.name}": length
        for file in files()
        for node in file.all(ast.FunctionDef, ast.AsyncFunctionDef)
        if (length := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert too_long == {}


def test_the_map_of_a_package_stays_on_a_glance():
    inits = {file.name: len(file.text.splitlines()) for file in files() if file.name.endswith("__init__.py")}
    assert {name: length for name, length in inits.items() if length > 60} == {}
    assert not [file.name for file in files() if file.name.endswith("__init__.py") and not ast.get_docstring(file.tree)]


def test_no_file_is_a_drawer():
    drawers = {"utils", "util", "helpers", "service", "services", "base", "manager", "common", "misc"}
    assert not [file.name for file in files() if drawers & set(file.name.removesuffix(".py").split("/"))]
