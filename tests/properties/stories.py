"""Which stories can happen: some kinds of steps, many times over, in any order."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.properties.stage import TABLETS
from tests.properties.steps.coming import Connect, EndSignIn, HangUp, Leave, Open, SignInAgain, Stall
from tests.properties.steps.faults import Fault, KeepBack, LetGo, NotePresence, OnTheBus, Sweep
from tests.properties.steps.keeping import DECISIONS, LIMITS, Decide, Limit, TakeOut, TimePasses
from tests.properties.steps.talking import React, Retry, Say

LONGEST = 40
some = st.integers(0, 11)
process = st.integers(0, 1)
room = st.sampled_from([0, 0, 0, 1])
tablet = st.integers(0, len(TABLETS) - 1)
yes_or_no = st.booleans()
BUS = ("arrives", "arrives", "arrives, and again", "is lost", "all arrive", "all are lost")
FAULTS = ("a commit fails", "a commit is never heard of", "a read fails")

SAY = st.builds(Say, tablet, room, st.integers(1, 4), st.integers(0, 5), process, yes_or_no)
OFTEN = (
    st.builds(React, tablet, room, some, st.integers(0, 3), yes_or_no),
    st.builds(TakeOut, yes_or_no, yes_or_no, some, room, some, process),
    st.builds(Connect, tablet, process),
    st.builds(Open, tablet, room, st.none() | some, st.sampled_from(["none", "none", "the same", "old"])),
    st.builds(Sweep, process),
    st.builds(OnTheBus, st.sampled_from(BUS), some),
    st.builds(LetGo, process, yes_or_no, some, st.sampled_from([False, False, False, True])),
)
NOW_AND_THEN = (
    st.builds(Retry, some, process, yes_or_no, yes_or_no),
    st.builds(Limit, st.sampled_from(sorted(LIMITS)), process, st.integers(0, 4), room, process),
    st.builds(Decide, st.sampled_from(sorted(DECISIONS)), some, process, process),
    st.builds(KeepBack, process, yes_or_no),
    st.builds(NotePresence, process),
    st.builds(Fault, st.sampled_from(FAULTS), process),
)
SELDOM = (
    st.builds(Leave, tablet, room),
    st.builds(HangUp, tablet),
    st.builds(Stall, tablet, yes_or_no),
    st.builds(EndSignIn, tablet, process),
    st.builds(SignInAgain, tablet),
    st.builds(TimePasses),
)
KINDS = ((OFTEN, 4), (NOW_AND_THEN, 3), (SELDOM, 1))
SOME_OF_THEM = 6
OFTEN_SAID = 8

FEW_CHANGES, MOST_CHANGES = 6, 500


@dataclass(frozen=True)
class Story:
    """`at_first`: where each tablet is at the beginning. Each step says whether all settles before the next."""

    most_changes: int
    at_first: tuple[int | None, ...]
    steps: tuple[tuple[Any, bool], ...]


@st.composite
def stories(draw: Any) -> Story:
    at_first = draw(st.tuples(*[st.none() | process for _ in TABLETS]))
    kinds = [kind for group, weight in KINDS for kind in group for _ in range(weight)]
    left_out = draw(st.sets(st.sampled_from(range(len(kinds))), max_size=SOME_OF_THEM))
    kinds = [kind for kind in kinds if not any(kind is kinds[number] for number in left_out)]
    steps = st.tuples(st.one_of(*[SAY] * OFTEN_SAID, *kinds), st.sampled_from([True, True, True, False]))
    count = draw(st.integers(0, LONGEST))
    told = draw(st.lists(steps, min_size=count, max_size=LONGEST))
    return Story(draw(st.sampled_from([MOST_CHANGES, FEW_CHANGES])), at_first, tuple(told))
