"""Stories that once went wrong, and that chance would tell too seldom."""

from collections.abc import Callable
from typing import Any

from hypothesis import example

from tests.properties.stage import TABLETS
from tests.properties.steps.coming import Connect, EndSignIn, Open, Stall
from tests.properties.steps.faults import Fault, KeepBack, LetGo, NotePresence, OnTheBus
from tests.properties.steps.keeping import Limit, TakeOut
from tests.properties.steps.talking import Say
from tests.properties.stories import MOST_CHANGES, Story

A, B = 0, 1
ROSE, ROSES_OTHER, HAROLD = 0, 1, 2
HAROLD_IN_THE_ROOMS = 1
FAY, GIL = 0, 1


def story(at_first: dict[int, int], *steps: Any) -> Story:
    places = tuple(at_first.get(tablet) for tablet in range(len(TABLETS)))
    return Story(MOST_CHANGES, places, tuple((step, True) for step in steps))


def says(tablet: int, process: int) -> Say:
    return Say(tablet, room=0, count=1, reply_to=0, process=process, by_post=True)


def takes_out(keeper: int, process: int) -> TakeOut:
    return TakeOut(back=False, by_author=False, person=keeper, room=0, seq=0, process=process)


A_SIGN_IN_ENDS_WHILE_ITS_SOCKET_COMES_IN = story(
    {},
    KeepBack(A, reads=True),
    Connect(ROSE, A),
    EndSignIn(ROSE, A),
    LetGo(A, reads=True, which=0, all=True),
)
THE_LOOK_FAILS_AFTER_SOMEBODY_WAS_REMOVED = story(
    {HAROLD: B},
    Fault("a read fails", B),
    Limit("remove by admin", FAY, HAROLD_IN_THE_ROOMS, 0, B),
    says(ROSE, B),
)
A_SECOND_REMOVAL_BEFORE_THE_WORDS_ARRIVE = story(
    {HAROLD: B},
    says(ROSE, A),
    takes_out(FAY, A),
    takes_out(GIL, B),
    OnTheBus("arrives", 0),
)
A_SLOW_READER_READS_ON_AFTER_A_REMOVAL = story(
    {HAROLD: A},
    Stall(HAROLD, stalls=True),
    says(ROSE, A),
    takes_out(FAY, A),
    Stall(HAROLD, stalls=False),
)
OTHERS_COME_WHILE_ONE_ENTERS = story(
    {ROSES_OTHER: A, HAROLD: A},
    Connect(ROSE, A),
    KeepBack(A, reads=True),
    Open(ROSE, 0, None, "none"),
    NotePresence(A),
    LetGo(A, reads=True, which=1, all=False),
    LetGo(A, reads=True, which=0, all=False),
)
RARE = (
    A_SIGN_IN_ENDS_WHILE_ITS_SOCKET_COMES_IN,
    THE_LOOK_FAILS_AFTER_SOMEBODY_WAS_REMOVED,
    A_SECOND_REMOVAL_BEFORE_THE_WORDS_ARRIVE,
    A_SLOW_READER_READS_ON_AFTER_A_REMOVAL,
    OTHERS_COME_WHILE_ONE_ENTERS,
)


def and_the_rare_ones(test: Callable[..., None]) -> Callable[..., None]:
    for rare in RARE:
        test = example(story=rare)(test)
    return test
