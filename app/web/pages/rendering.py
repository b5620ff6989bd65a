"""Templates, and what every one of them may use."""

from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context

from app.web.assets import Assets
from app.web.language import NAMES
from app.wording import say

TEMPLATES = Path(__file__).parent.parent / "templates"


class Templates:
    def __init__(self, assets: Assets) -> None:
        self.assets = assets
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=ChainableUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals.update(asset=assets.url, languages=NAMES, _=_translated)
        self.environment.filters["digits"] = digits

    def render(self, template: str, **values: Any) -> str:
        return self.environment.get_template(template).render(values)


def digits(number: str) -> str:
    """What a `tel:` link dials."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


@pass_context
def _translated(context: Context, sentence: str, **values: Any) -> str:
    return say(sentence, context.get("language") or "en", **values)
