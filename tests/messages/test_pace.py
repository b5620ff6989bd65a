"""Ten times in ten seconds, each person for themselves, and a retry counts for nothing."""

import pytest

from app.messages import pace
from app.messages.pace import MOST, SECONDS, Pace


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def spent(clock: Clock) -> Pace:
    """Rose has spoken ten times, one second apart."""
    spent = Pace(clock)
    for number in range(MOST):
        assert spent.too_fast("rose", str(number)) is None
        clock.now += 0.5
    return spent


def test_the_eleventh_is_told_how_long_to_wait(spent: Pace):
    problem = spent.too_fast("rose", "eleventh")
    assert problem is not None
    assert problem.retry_after_ms == pytest.approx((SECONDS - MOST * 0.5) * 1000, abs=1)


def test_after_that_time_it_may_be_said(spent: Pace, clock: Clock):
    problem = spent.too_fast("rose", "eleventh")
    assert problem is not None and problem.retry_after_ms is not None
    clock.now += problem.retry_after_ms / 1000
    assert spent.too_fast("rose", "eleventh") is None
    assert spent.too_fast("rose", "twelfth") is not None


def test_being_too_fast_does_not_make_one_wait_longer(spent: Pace, clock: Clock):
    for number in range(100):
        assert spent.too_fast("rose", f"again {number}") is not None
    clock.now += SECONDS
    assert spent.too_fast("rose", "at last") is None


def test_the_same_ref_counts_once(spent: Pace):
    assert spent.too_fast("rose", "3") is None
    assert spent.too_fast("rose", "another") is not None


def test_nobody_pays_for_another(spent: Pace):
    assert spent.too_fast("harold", "first") is None


def test_a_crowd_is_forgotten_oldest_first(monkeypatch: pytest.MonkeyPatch, spent: Pace):
    monkeypatch.setattr(pace, "REMEMBERED_PEOPLE", 5)
    for number in range(10):
        spent.too_fast(f"member {number}", "first")
    assert len(spent.spoken) <= 6
    assert "member 9" in spent.spoken and "rose" not in spent.spoken
