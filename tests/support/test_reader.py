import pytest

from tests.support.reader import BrokenPromise, Reader


def entry(seq: int, version: int, **more: object) -> dict:
    return {"type": "entry", "room": "r", "seq": seq, "version": version, "text": f"{seq}", **more}


def opened(version: int, *entries: dict, **more: object) -> dict:
    return {
        "type": "opened",
        "room": "r",
        "version": version,
        "entries": list(entries),
        "more": False,
        **more,
    }


@pytest.fixture
def reader() -> Reader:
    reader = Reader()
    reader.ask("r", None)
    reader.read(opened(2, entry(1, 1), entry(2, 2)))
    return reader


def test_live_entries_and_changes_are_followed(reader: Reader):
    reader.read(entry(3, 3))
    reader.read(entry(1, 4, state="removed", text=None))
    assert [one["text"] for one in reader.books["r"].shown()] == [None, "2", "3"]


@pytest.mark.parametrize("lie", [entry(3, 4), entry(3, 2), entry(4, 3)])
def test_a_version_or_place_left_out_or_repeated_is_caught(reader: Reader, lie: dict):
    with pytest.raises(BrokenPromise):
        reader.read(lie)


def test_a_repair_brings_what_is_missing_and_counting_goes_on(reader: Reader):
    reader.read(opened(5, entry(3, 3), entry(4, 5), repair=True))
    reader.read(entry(5, 6))
    assert reader.books["r"].version == 6
    assert reader.books["r"].repairs == 1


def test_a_repair_with_a_hole_is_caught(reader: Reader):
    with pytest.raises(BrokenPromise):
        reader.read(opened(5, entry(4, 5), repair=True))


def test_catching_up_keeps_what_was_known(reader: Reader):
    reader.ask("r", 2)
    reader.read(opened(4, entry(3, 3), entry(2, 4, state="removed")))
    assert [one["seq"] for one in reader.books["r"].shown()] == [1, 2, 3]


def test_a_reset_forgets_what_was_known(reader: Reader):
    reader.ask("r", 1)
    reader.read(opened(900, entry(700, 899), entry(701, 900), more=True, reset=True))
    assert [one["seq"] for one in reader.books["r"].shown()] == [700, 701]
