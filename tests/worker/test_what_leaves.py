"""No template of a page can name anybody: it has places for the house, the tier, a code, the time and a link alone."""

from string import Formatter

import pytest

from app import paging_out, reminding_out
from app.wording import say

MAY_LEAVE = {"house", "tier", "code", "time", "link", "text"}
ALL = {**paging_out.SAYS, "repeat": paging_out.REPEAT, **reminding_out.ASKS}


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("says", ALL)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_template_has_places_for_nothing_that_tells_who_what_or_where(language: str, says: str):
    values = {name: f"{{{name}}}" for name in MAY_LEAVE}
    told = say(ALL[says], language, **values)
    assert places(told) <= MAY_LEAVE
    assert "code" in places(told) or says == "repeat"
