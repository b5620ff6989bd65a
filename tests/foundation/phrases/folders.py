"""Small folders of rules, written for one test."""

from pathlib import Path

from app.foundation.phrases.looking import Looker
from app.foundation.phrases.ruleset import load

LEVELS = ("none", "low", "high")
KINDS = frozenset({"boats", "weather"})
AROUND = 'source = "a test"\nreviewed_by = "nobody"\nmatches = ["x"]\npasses = ["y"]\n'


def rule(about: str, id: str = "one", level: str = "high", kind: str = "boats") -> str:
    return f'[[rule]]\nid = "{id}"\nlevel = "{level}"\nkind = "{kind}"\n{about}\n{AROUND}'


def looker(folder: Path, *texts: str) -> Looker:
    for number, text in enumerate(texts):
        (folder / f"{number}.toml").write_text(text)
    return Looker(load(folder, LEVELS, KINDS))
