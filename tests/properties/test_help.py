"""Whatever people do, and whatever breaks: who may be in danger is never left alone, and only people end a call."""

from collections.abc import Iterator

import hypothesis
import pytest
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from app.crisis.judging import JUDGEMENTS
from tests.properties.help_world import CALLERS, STAFF, HelpWorld
from tests.properties.settings import examples

pytestmark = pytest.mark.timeout(600)
"""Long enough to find the shortest story that goes wrong."""

STEPS = 25
DEEDS = (
    "answer", "answer", "answer_by_code", "take_over", "on_the_phone", "services_called", "note", "pass_on", "write",
    "write", "close",
)  # fmt: skip
JUMPS = (1, 20, 31, 60, 181, 200, 361, 480, 601, 1801, 12 * 3600)
people = some.sampled_from(CALLERS)
staff = some.sampled_from(STAFF)


class Help(RuleBasedStateMachine):
    """One story; its house is shared with the others."""

    def __init__(self, world: HelpWorld) -> None:
        super().__init__()
        self.world = world
        world.begin()

    @rule(who=people)
    def somebody_presses(self, who: str) -> None:
        self.world.press(who)

    @rule(who=people, tier=some.sampled_from(("concern", "concern", "emergency")))
    def somebody_writes(self, who: str, tier: str) -> None:
        self.world.write(who, tier)

    @rule(who=people, why=some.sampled_from(("tablet", "mistake")))
    def it_was_a_mistake(self, who: str, why: str) -> None:
        self.world.lower(who, why)

    @rule(one=staff, who=people)
    def staff_ask_for_on_call(self, one: str, who: str) -> None:
        self.world.ask_for_on_call(one, who)

    @rule(judgement=some.sampled_from(JUDGEMENTS))
    def fay_judges(self, judgement: str) -> None:
        self.world.judge(judgement)

    @precondition(lambda self: self.world.open_calls())
    @rule(one=staff, deed=some.sampled_from(DEEDS), which=some.integers(0, 2))
    def staff_act(self, one: str, deed: str, which: int) -> None:
        calls = self.world.open_calls()
        self.world.act(one, deed, calls[which % len(calls)])

    @rule()
    def the_engine_runs(self) -> None:
        self.world.engine()

    @rule(outcomes=some.text("wwwfnc", min_size=1, max_size=4))
    def pages_go_out(self, outcomes: str) -> None:
        self.world.send(outcomes)

    @rule()
    def a_stopped_worker_wakes(self) -> None:
        self.world.wake()

    @rule(status=some.sampled_from(("sent", "delivered", "undelivered", "failed")), order=some.integers(1, 5))
    def a_provider_reports(self, status: str, order: int) -> None:
        self.world.report(status, order)

    @rule(seconds=some.sampled_from(JUMPS), works=some.booleans())
    def time_passes(self, seconds: int, works: bool) -> None:
        """With a worker that is up, or with none."""
        if works:
            self.world.work(seconds)
        else:
            self.world.pass_time(seconds)

    @rule(level=some.sampled_from((1, 2, 3)))
    def the_rota_has_a_hole(self, level: int) -> None:
        self.world.empty(level)

    @invariant()
    def nobody_is_left_alone(self) -> None:
        self.world.check()

    def teardown(self) -> None:
        self.world.check_at_the_end()


def tell_stories(world: HelpWorld, count: int) -> None:
    settings = hypothesis.settings(examples(count), stateful_step_count=STEPS)
    run_state_machine_as_test(lambda: Help(world), settings=settings)


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HelpWorld]:
    world = HelpWorld(f"sqlite:///{tmp_path_factory.mktemp('help') / 'hearthside.db'}")
    yield world
    world.close()


@pytest.fixture(scope="module")
def on_postgres(postgres_url: str) -> Iterator[HelpWorld]:
    world = HelpWorld(postgres_url)
    yield world
    world.close()


def test_nobody_in_danger_is_left_alone_on_sqlite(on_sqlite: HelpWorld) -> None:
    tell_stories(on_sqlite, 40)


def test_nobody_in_danger_is_left_alone_on_postgres(on_postgres: HelpWorld) -> None:
    tell_stories(on_postgres, 15)
