"""Every door of the house, with ids that lead somewhere."""

import itertools
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fastapi.routing import APIRoute

from app.main import create_app
from app.settings import Settings
from tests.architecture.test_commits import routes

ENDS_THE_SIGN_IN = ("/sign-out", "/api/sign-out", "/leave", "/finished")
"""Tried last: whoever tries it hears nothing more."""


@cache
def doors(method: str) -> tuple[str, ...]:
    app = create_app(Settings(data_dir=Path("never-opened")), with_worker=False)
    found = {address_of(route) for route in routes(app.routes) if method in route.methods}
    return (*sorted(found - set(ENDS_THE_SIGN_IN)), *(path for path in ENDS_THE_SIGN_IN if path in found))


def address_of(route: APIRoute) -> str:
    """Routers of the API are written without their prefix."""
    module = route.endpoint.__module__
    inside = module.startswith("app.web.api.") and module != "app.web.api.health"
    return ("/api" if inside else "") + route.path


def addresses(method: str, names: dict[str, list[str]]) -> Iterator[str]:
    """Each door with every combination of the ids it asks for."""
    for path in doors(method):
        asked = re.findall(r"{(\w+)(?::\w+)?}", path)
        for values in itertools.product(*(names.get(name) or ["nowhere"] for name in asked)):
            yield filled(path, dict(zip(asked, values, strict=True)))


def filled(path: str, values: dict[str, str]) -> str:
    return re.sub(r"{(\w+)(?::\w+)?}", lambda name: values[name.group(1)], path)
