"""How fast one person may speak: ten times in ten seconds. Kept by each process; the same ref counts once."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable

from app.problems import TooFast

MOST = 10
SECONDS = 10.0
REMEMBERED_PEOPLE = 10_000


class Pace:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.spoken: OrderedDict[str, deque[tuple[float, str]]] = OrderedDict()

    def too_fast(self, person_id: str, ref: str) -> TooFast | None:
        """Count one saying, or answer how long to wait."""
        recent = self.spoken.setdefault(person_id, deque())
        self.spoken.move_to_end(person_id)
        if len(self.spoken) > REMEMBERED_PEOPLE:
            self.spoken.popitem(last=False)
        now = self.clock()
        while recent and recent[0][0] <= now - SECONDS:
            recent.popleft()
        if any(ref == known for _, known in recent):
            return None
        if len(recent) >= MOST:
            return TooFast(retry_after_ms=int((recent[0][0] + SECONDS - now) * 1000) + 1)
        recent.append((now, ref))
        return None
