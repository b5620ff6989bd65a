"""What whoever got on-call for somebody is told of it."""

from app.crisis.telling import QUIET
from app.web.pages.get_on_call import TOLD


def test_every_state_of_a_call_has_its_sentence():
    assert set(TOLD) == set(QUIET)
