"""The week is the first thing anyone sees: it must hang together, keep house style and run on any day."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.demo_week import SHIPPED, WeekMistake, load_week
from app.people.help_sheet import FIELDS
from app.people.telephones import numbers_in
from tests import cast

WEEK = load_week()
ROOMS = {room.slug: room for room in WEEK.room}
GROUPS = [ROOMS[cast.MONDAY_CIRCLE], ROOMS[cast.THURSDAY_TEA]]
EVERY_WORD = "\n".join(entry.text for room in WEEK.room for entry in room.entry)
CAST = {person.name: person for person in vars(cast).values() if isinstance(person, cast.Character)}

every_group = pytest.mark.parametrize("room", GROUPS, ids=lambda room: room.slug)
every_room = pytest.mark.parametrize("room", WEEK.room, ids=lambda room: room.slug)


def test_the_people_are_the_cast_with_their_roles_and_never_sybil():
    for person in WEEK.person:
        assert person.roles == CAST[person.name].roles
    assert {person.name for person in WEEK.person} == set(CAST) - {"Sybil"}


def test_walter_reads_the_largest_letters_and_dot_high_contrast():
    people = {person.name: person for person in WEEK.person}
    assert people["Walter"].letters == 36
    assert people["Dot"].contrast == "high"


def test_what_must_be_known_if_rose_needs_help_is_filled_in():
    [rose] = [person for person in WEEK.person if person.name == "Rose"]
    assert set(rose.sheet) == set(FIELDS)
    assert numbers_in(rose.sheet["phone"]) == ["555 0133"]


def test_cards_are_printed_for_two_members_and_a_facilitator():
    assert WEEK.cards_for() == ("Rose", "Harold", "Fay")


def test_there_are_two_groups_a_pair_and_a_back_room():
    assert Counter(room.kind for room in WEEK.room) == {"group": 2, "pair": 1, "staff": 1}
    assert ROOMS["rose-and-sam"].everyone == {"Rose", "Sam"}
    assert "Rose" not in ROOMS["circle-back-room"].everyone


@every_group
def test_a_group_has_a_full_week_and_its_last_words_are_minutes_old(room):
    assert 90 <= len(room.entry) <= 140
    assert {entry.day for entry in room.entry} == {-7, -6, -5, -4, -3, -2, -1, None}
    assert room.entry[-1].minutes_ago < 10


@every_group
def test_a_group_shows_all_that_a_room_can_do(room):
    said = {reaction for entry in room.entry for reaction in entry.reactions}
    assert said == {"hear_you", "thank_you", "me_too", "well_done"}
    assert sum(bool(entry.reply_to) for entry in room.entry) >= 5
    assert sum(entry.removed for entry in room.entry) == 1
    assert any(entry.kind == "notice" for entry in room.entry)


@every_group
def test_everyone_in_a_group_is_heard(room):
    assert {entry.by for entry in room.entry if entry.kind == "message"} == room.everyone


@every_group
def test_a_facilitator_says_less_than_the_members_together(room):
    led = sum(entry.by in room.facilitators for entry in room.entry)
    assert led < len(room.entry) / 3


@every_room
def test_entries_come_in_the_order_of_their_times_on_any_day_at_any_hour(room):
    for now in ("2026-11-22T00:00:00", "2026-03-08T03:30:00", "2027-01-01T12:00:00", "2026-11-01T23:59:00"):
        started = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("America/New_York"))
        times = [entry.said_at(started) for entry in room.entry]
        assert times == sorted(times)
        assert times[-1] < started


def test_half_past_nine_is_half_past_nine_in_the_house():
    now = datetime(2026, 11, 22, 8, 0, tzinfo=ZoneInfo("America/New_York"))
    assert ROOMS[cast.MONDAY_CIRCLE].entry[0].said_at(now).isoformat() == "2026-11-15T09:30:00-05:00"


@pytest.mark.parametrize(
    "never",
    [
        r"!",
        r"(?i)\b(error|invalid|submit|user|session|failed|oops|senior|elderly|please wait)\b",
        r"(?i)\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b",
        r"(?i)\b(suicide|kill|overdose|dosage|milligrams?|prescription)\b",
        r"(?i)\b(colour|grey|centre|neighbour|mum|favourite|harbour)\b",
        r"\d{3}[- ]\d{4}",
    ],
)
def test_no_word_is_one_that_the_house_would_not_use(never):
    assert not re.findall(never, EVERY_WORD)


def test_the_last_hour_could_be_any_hour():
    now = [entry.text for room in WEEK.room for entry in room.entry if entry.minutes_ago is not None]
    assert not re.findall(r"(?i)\b(morning|afternoon|evening|tonight|supper|lunch|breakfast) (is|was)\b", " ".join(now))
    assert not re.findall(r"(?i)\bgood (morning|afternoon|evening|night)\b", " ".join(now))


@pytest.fixture
def mended(tmp_path: Path) -> Callable[[str, str], Path]:
    """The shipped week with one place changed."""

    def change(right: str, wrong: str) -> Path:
        week = SHIPPED.read_text("utf-8")
        assert right in week
        (tmp_path / "demo_week.toml").write_text(week.replace(right, wrong, 1), "utf-8")
        return tmp_path / "demo_week.toml"

    return change


@pytest.mark.parametrize(
    "right, wrong, sentence",
    [
        ('by = "Dot"', 'by = "Sybil"', r"Monday Circle, entry 4 .*Sybil is not among Ann, Dot"),
        (
            'reply_to = "cups"',
            'reply_to = "mugs"',
            r'Monday Circle, entry .* no entry above it has the key "mugs"',
        ),
        ('key = "truck"', 'key = "cups"', r'the key "cups" is used twice'),
        ('at = "09:34"', 'at = "09:24"', r'Monday Circle: "Good morning, everyone.*older than'),
        ('at = "09:34"', 'at = "22:30"', r"Monday Circle, entry 2: nobody writes after ten at night"),
        ('at = "09:34"', "minutes_ago = 3", r"Monday Circle, entry 2: give day and at, or minutes_ago"),
        ('at = "09:34"', 'at = "half past"', r"Monday Circle, entry 2, at: "),
        ("day = -7", "day = -8", r"Monday Circle, entry 1, day: "),
        ("well_done = [", "hugs = [", r"Monday Circle, entry 4, reactions, hugs"),
        ('"Luis", "Rose", "Fay"]', '"Luis", "Dot"]', r"Dot reacts to their own words"),
        ('for = "Rose"', 'for = "Sybil"', r"The cards: Sybil is not among"),
        (
            'facilitators = ["Fay", "Gil"]',
            'facilitators = ["Fay", "Bob"]',
            r"Monday Circle: Bob is not among",
        ),
        ("letters = 22", "letters = 23", r"person, 1, letters: "),
        ("[[person]]", "[[person]", r"demo_week.toml cannot be read as TOML: .*line"),
    ],
)
def test_a_mistake_in_the_week_is_told_with_its_place(mended, right, wrong, sentence):
    with pytest.raises(WeekMistake, match=sentence):
        load_week(mended(right, wrong))


def test_the_file_holds_nothing_that_the_week_leaves_out():
    written = tomllib.loads(SHIPPED.read_text("utf-8"))
    assert [len(room["entry"]) for room in written["room"]] == [len(room.entry) for room in WEEK.room]
