"""The API against its own description: whatever is sent, the answer is one that OpenAPI names, and never our fault."""

import asyncio
import itertools

import hypothesis
import pytest
import schemathesis
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.conftest import STACKS
from tests.support.houses import Houses

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 12
CLAIMED = hypothesis.settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(hypothesis.HealthCheck)
)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("stack", STACKS)
async def test_every_call_answers_what_its_description_says(stack: str, houses: Houses):
    """Behind a proxy: each asks from an address of its own, or after ten wrong words each would wait a second."""
    house = await houses.build(stack)
    house.settings["HEARTHSIDE_TRUSTED_PROXIES"] = "127.0.0.1"
    await house.open_doors()
    circle = await house.circle()
    fay = circle.facilitator
    rose = await circle.members[0].id()
    await circle.members[0].post(f"/api/rooms/{circle.id}/entries", json={"ref": REF, "text": "Good morning"})
    await asyncio.to_thread(fuzz, house.url, fay.token, circle.id, rose)
    assert (await fay.get("/api/me")).status_code == 200
    await house.close()


REF = "5f0c1d9e-3d29-4b7e-9c55-0b1f7a6d2e11"


def says_what_is_wrong(path: str) -> bool:
    """Health answers 503 of its own will."""
    return path.startswith("/health")


def fuzz(url: str, token: str, room_id: str, person_id: str) -> None:
    addresses = (f"10.{number >> 8}.{number & 255}.1" for number in itertools.count())
    schema = schemathesis.openapi.from_url(f"{url}/api/openapi.json")
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path.endswith("/sign-out"):
            continue

        @CLAIMED
        @hypothesis.given(case=operation.as_strategy(), for_real=st.booleans())
        def call(case: schemathesis.Case, for_real: bool) -> None:
            if for_real:
                known = {"room_id": room_id, "person_id": person_id, "seq": 1}
                case.path_parameters |= {name: known[name] for name in case.path_parameters if name in known}
            headers = {"Authorization": f"Bearer {token}", "X-Forwarded-For": next(addresses)}
            case.call_and_validate(base_url=url, headers=headers, checks=CHECKS[says_what_is_wrong(case.path) :])

        call()
