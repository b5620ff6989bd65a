"""hearthside screen: what the screen makes of messages, so that anybody can measure it."""

import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Any

import typer

from app.crisis.screening import LANGUAGES, Screened, screen, worry_in
from app.foundation.words import clean


class Kind(StrEnum):
    crisis = "crisis"


class LeftOut(ValueError):
    """A sentence about one line; never its words."""


def screen_lines(kind: Annotated[Kind, typer.Option(help="Which screen reads.")]) -> None:
    """Read lines {"id", "text", "lang"} from standard input; write {"id", "tier", "category", "rules"} for each."""
    left_out = 0
    for number, answer in enumerate(answers(sys.stdin.buffer), start=1):
        if isinstance(answer, LeftOut):
            left_out += 1
            typer.echo(f"Line {number} was left out: {answer}", err=True)
        elif answer is not None:
            typer.echo(json.dumps(answer))
    raise typer.Exit(1 if left_out else 0)


def answers(lines: Iterable[bytes]) -> Iterator[dict[str, Any] | LeftOut | None]:
    """One for every line; None for an empty one."""
    for line in lines:
        try:
            yield _answer(line.decode("utf-8-sig")) if line.strip() else None
        except LeftOut as why:
            yield why
        except UnicodeDecodeError:
            yield LeftOut("it is not UTF-8.")


def _answer(line: str) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        raise LeftOut("it is not JSON.") from None
    if not isinstance(message, dict) or not isinstance(message.get("text"), str):
        raise LeftOut('it has no "text".')
    found = _screened(clean(message["text"]), message.get("lang"))
    told: dict[str, Any] = {"id": message.get("id"), "tier": "none", "category": "none", "rules": []}
    if found is not None and found.tier != "none":
        told |= {"tier": found.tier, "category": found.category, "rules": [one.rule for one in found.findings]}
    return told


def _screened(text: str, language: Any) -> Screened | None:
    """By the rules of its language ("es-MX" is "es"); where there are none, by all of them, as in a house."""
    short = language.lower().replace("_", "-").split("-")[0] if isinstance(language, str) else ""
    return screen(text, short) if short in LANGUAGES else worry_in(text)
