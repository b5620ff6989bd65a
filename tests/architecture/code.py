"""The program's own text, as trees to look at."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
APP = CHECKOUT / "app"


@dataclass(frozen=True)
class File:
    name: str
    text: str
    tree: ast.Module

    def all(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Each call, as it is written: `session.commit`, `Session`."""
        for node in self.all(ast.Call):
            assert isinstance(node, ast.Call)
            yield ast.unparse(node.func), node

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{node.lineno}"  # type: ignore[attr-defined]


@cache
def files() -> tuple[File, ...]:
    """Every file of app/, by its name below it."""
    return tuple(_read(path) for path in sorted(APP.rglob("*.py")))


def _read(path: Path) -> File:
    text = path.read_text("utf-8")
    return File(str(path.relative_to(APP)), text, ast.parse(text))
