"""Whatever lets somebody in, and ends, is noted for a restore; and whatever is noted can be done again."""

import ast

from app.keeping.ending_again import AGAIN
from tests.architecture.code import File, files

ELSEWHERE = ("keeping/ending_again.py", "demo.py")
"""Where things end again, and where nothing is real."""
ENDS = ("ended_at", "removed_at")


def verbs() -> list[tuple[File, ast.FunctionDef]]:
    return [
        (file, node)
        for file in files()
        if file.name not in ELSEWHERE
        for node in file.all(ast.FunctionDef)
        if isinstance(node, ast.FunctionDef)
    ]


def ends_something(function: ast.FunctionDef) -> bool:
    """Sets `ended_at` or `removed_at` to the time, or deletes a role."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and ends(node):
            return True
        if isinstance(node, ast.Call):
            written = ast.unparse(node.func)
            set_here = {word.arg for word in node.keywords} & set(ENDS)
            if set_here and written.endswith((".values", ".change")):
                return True
            if written == "delete" and ast.unparse(node.args[0]) == "Grant":
                return True
    return False


def ends(node: ast.Assign) -> bool:
    """`place.removed_at = None` begins something, and is no ending."""
    targets = {part.attr for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Attribute)}
    return bool(targets & set(ENDS)) and "now" in ast.unparse(node.value)


def noted(function: ast.FunctionDef) -> list[str]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [ast.unparse(call.args[1]) for call in calls if ast.unparse(call.func) == "journal.note"]


def test_every_verb_that_ends_something_notes_it_in_the_journal():
    forgotten = [file.at(one) for file, one in verbs() if ends_something(one) and not noted(one)]
    assert forgotten == [], "after a restore it would be alive again: call journal.note"


def test_every_note_can_be_done_again_and_nothing_else_is_in_the_table():
    whats = {what.strip("\"'") for file, one in verbs() for what in noted(one)}
    assert whats == set(AGAIN)
