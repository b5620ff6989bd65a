"""No log line holds what somebody said: ids and kinds only."""

import ast

from tests.architecture.code import File, files

LEVELS = ("debug", "info", "warning", "error", "exception", "critical", "msg")
WORDS = {
    "text", "note", "notes", "words", "body", "name", "title", "reason", "outcome", "message", "frame", "code",
    "secret", "token", "card", "presented", "typed", "whom", "address", "catch_all", "told",
}  # fmt: skip
KINDS_ONLY = {"type(trouble).__name__", "str(body.get('type'))[:20]", "channel.name", "subscription.channel.name"}
"""Kinds of trouble and of frames, and the ids of channels."""


def log_calls() -> list[tuple[File, ast.Call]]:
    return [
        (file, node)
        for file in files()
        for name, node in file.calls()
        if name.split(".")[-1] in LEVELS and name.split(".")[0] in ("log", "logger", "logging", "structlog")
    ]


def named(argument: ast.expr) -> set[str]:
    """Every variable and attribute that an argument is made of."""
    names = {node.id for node in ast.walk(argument) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(argument) if isinstance(node, ast.Attribute)}


def test_there_are_log_lines_to_look_at():
    assert len(log_calls()) > 5


def test_each_is_an_event_with_named_facts():
    loose = [
        file.at(call)
        for file, call in log_calls()
        if [type(event) for event in call.args] != [ast.Constant] or not call.args[0].value.isidentifier()
    ]
    assert loose == []


def test_none_of_them_is_given_words_names_or_secrets():
    given = [
        f"{file.at(call)} {ast.unparse(fact.value)}"
        for file, call in log_calls()
        for fact in call.keywords
        if ast.unparse(fact.value) not in KINDS_ONLY and ({fact.arg} | named(fact.value)) & WORDS
    ]
    assert given == []


def test_nothing_is_printed_but_by_commands():
    assert not [
        file.at(call)
        for file in files()
        for name, call in file.calls()
        if name == "print" and file.name not in ("cli.py", "demo.py")
    ]
