"""What one connection has not taken yet: in order, bounded, and gone once it is cut."""

from hypothesis import given
from hypothesis import strategies as st

from app.foundation.realtime.outbox import MOST_BYTES, MOST_FRAMES, Outbox
from tests.properties.settings import examples

sizes = st.sampled_from([1, 2, 1000, MOST_BYTES // 4, MOST_BYTES - 1, MOST_BYTES])
frames = st.sampled_from([1, 2, 100, MOST_FRAMES])
sends = st.tuples(st.just("send"), sizes, frames)
steps = st.lists(sends | st.sampled_from([("pause",), ("resume",), ("full again",)]), max_size=40)


class Reader:
    """The transport: after `full_after` writes it is full, as one that takes only so much at once."""

    def __init__(self) -> None:
        self.written: list[int] = []
        self.cuts = 0
        self.full_after: int | None = None
        self.outbox = Outbox(self.write, self.cut)

    def write(self, data: bytes) -> None:
        assert not self.cuts, "nothing is written after the cut"
        self.written.append(int.from_bytes(data[:8], "big") if len(data) >= 8 else data[0])
        if self.full_after is not None:
            self.full_after -= 1
            if self.full_after <= 0:
                self.full_after = None
                self.outbox.pause()

    def cut(self) -> None:
        self.cuts += 1


def numbered(number: int, size: int) -> bytes:
    return number.to_bytes(8, "big") + bytes(size - 8) if size >= 8 else bytes([number] * size)


@examples(300)
@given(steps=steps)
def test_frames_leave_in_the_order_in_which_they_came_until_the_bound_cuts(steps: list[tuple]) -> None:
    reader = Reader()
    waiting: list[tuple[int, int, int]] = []
    sent: list[int] = []
    taking, cut = True, False
    for number, step in enumerate(steps):
        if step[0] == "send":
            reader.outbox.send(numbered(number, step[1]), step[2])
            if taking and not cut:
                sent.append(number)
            elif not cut:
                waiting.append((number, step[1], step[2]))
                cut = sum(one[1] for one in waiting) > MOST_BYTES or sum(one[2] for one in waiting) > MOST_FRAMES
        elif step[0] == "pause":
            reader.outbox.pause()
            taking = False
        else:
            reader.full_after = 1 if step[0] == "full again" and waiting and not cut else None
            taking = reader.full_after is None
            reader.outbox.resume()
            taken = waiting[:1] if reader.full_after is None and not taking else waiting
            sent += [] if cut else [one[0] for one in taken]
            waiting = waiting[len(taken) :]
        assert reader.cuts == int(cut)
        assert reader.written == sent
        assert reader.outbox.empty.is_set() is (cut or not waiting)


@examples(50)
@given(count=st.integers(1, 3 * MOST_FRAMES))
def test_a_reader_that_takes_nothing_holds_no_more_than_256_frames(count: int) -> None:
    reader = Reader()
    reader.outbox.pause()
    for _ in range(count):
        reader.outbox.send(b"12345678")
    assert reader.cuts == int(count > MOST_FRAMES)
    assert len(reader.outbox.waiting) == (count if count <= MOST_FRAMES else 0)


@examples(50)
@given(size=st.integers(1, MOST_BYTES), count=st.integers(1, 40))
def test_nor_more_than_a_mebibyte(size: int, count: int) -> None:
    reader = Reader()
    reader.outbox.pause()
    for _ in range(count):
        reader.outbox.send(bytes(size))
    assert reader.cuts == int(size * count > MOST_BYTES)
    assert sum(len(data) for data, _ in reader.outbox.waiting) <= MOST_BYTES
