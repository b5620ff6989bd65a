"""What the house holds of one person, table by table: what becomes of it when they are erased, and what of it is in
the copy that they can ask for. A test holds that no table is forgotten.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Holding:
    """`whose`: the columns that name the person. `blank`: what is emptied instead of deleting the row. `told`: the
    columns in their copy, under the heading `called`."""

    table: str
    whose: tuple[str, ...] = ("person_id",)
    blank: dict[str, Any] = field(default_factory=dict)
    called: str = ""
    told: tuple[str, ...] = ()


HOLDINGS = (
    Holding(
        "people", ("id",),
        blank={"letters": 22, "contrast": "normal", "language": "en", "withdrew_at": None, "standing_until": None},
        called="about_me",
        told=("name", "joined_at", "letters", "contrast", "language", "standing", "standing_at", "withdrew_at"),
    ),
    Holding("consents", called="what_i_agreed_to", told=(
        "version", "language", "how", "beside_name", "answers", "begun_at", "agreed_at", "withdrawn_at")),
    Holding("grants", called="what_i_do_here", told=("role", "room_id", "given_at", "ends_at")),
    Holding("memberships", ("person_id", "for_id"), called="my_rooms", told=(
        "room_id", "joined_at", "removed_at", "removed_why", "muted_until", "muted_why", "held_why")),
    Holding("supports", ("supporter_id", "member_id"), called="who_helps_whom", told=(
        "supporter_id", "member_id", "made_at", "wanted_at", "promised_at", "pairs_at", "ended_at")),
    Holding("cards", called="my_cards", told=("made_at", "last_used_at", "expires_at", "ended_at", "shared")),
    Holding("sign_ins", called="my_tablets", told=("device", "began_at", "last_seen_at", "ended_at")),
    Holding("passkeys", called="my_passkeys", told=("device", "made_at", "last_used_at")),
    Holding("passwords"),
    Holding("spare_codes"),
    Holding("spoken_codes"),
    Holding("set_up_links"),
    Holding("challenges", ("whom",)),
    Holding("help_sheets"),
    Holding("safety_plans"),
    Holding("looks", called="who_looked_at_words_around_my_calls", told=("at", "who", "reason")),
    Holding("help_choices", called="how_my_help_card_is", told=("ask_first", "agreed_at", "quiet")),
    Holding("drafts"),
    Holding("notices", called="notices_to_me", told=("what", "made_at", "seen_at")),
    Holding("questions", called="what_i_asked", told=("text", "written_at", "answer", "answered_at")),
    Holding("phone_calls", called="my_telephone_calls", told=("at", "about", "note")),
    Holding("reach", called="how_i_am_reached", told=("quiet_from", "quiet_until", "tells")),
    Holding("ways", called="ways_to_reach_me", told=("kind", "address", "days", "made_at", "verified_at", "ended_at")),
    Holding("tasks", ("about_id",), blank={"details": {}, "outcome": ""}, called="what_people_did_for_me",
            told=("kind", "made_at", "done_at", "outcome")),
    Holding("flags", called="what_the_screen_noticed", told=("tier", "category", "at", "became", "judged")),
    Holding("trial_findings"),
    Holding("pages", ("person_id",)),
    Holding("duty_tests", called="tests_of_calls_to_me", told=("why", "asked_at", "answered_at", "answered_by")),
    Holding("shifts", ("person_id",)),
    Holding("incident_notes", called="notes_of_staff_with_my_calls", told=("text",)),
    Holding("incidents", blank={"outcome": ""}, called="my_calls_for_help",
            told=("raised_at", "owned_at", "closed_at", "outcome")),
    Holding("taps", blank={"note": ""}, called="what_i_wrote_with_calls", told=("at", "note")),
    Holding("read_marks", called="how_far_i_read", told=("room_id", "seq")),
    Holding("presence"),
)  # fmt: skip
"""In an order in which rows may be deleted. Entries and waiting words have their own way: `erasing`, `copying`."""

OTHERWISE = {
    "entries": "emptied one by one, so that rooms stay readable (erasing)",
    "waiting": "emptied one by one (erasing)",
    "due": "rows that name the person are deleted (erasing)",
    "tablet_cards": "go with the cards (erasing)",
    "rooms": "the title of a room for two loses the name (erasing)",
    "forgotten_refs": "an opaque id and a place, so that nothing is said twice",
    "audit": "opaque ids and reasons: what staff did stays provable",
    "audit_head": "nobody's",
    "incident_events": "opaque ids and kinds: what was done for somebody stays provable",
    "overrides": "opaque ids of staff, for a day that is over",
    "on_call_plan": "what the house says of itself",
    "engine": "nobody's",
    "tablets": "names nobody",
    "beat": "nobody's",
    "checks": "what was rung or tried, and by whom, as an opaque id",
    "test_pages": "the house's own mail address",
    "clock": "nobody's",
    "retention": "who chose, as an opaque id",
    "site": "what the house says of itself; an administrator edits it",
}
"""Tables without a holding, and why."""
