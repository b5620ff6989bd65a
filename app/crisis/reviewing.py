"""Looking after the rules: what facilitators judged not a worry, and what rules on trial would have done, by rule.

1. The list names rules, rooms and times, no words and nobody.
2. Reading the words is a step of its own, and recorded before they are found.
3. A person says whether the rule was right; nothing else changes. Rules are mended by people, from these notes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from app.crisis.going_past import subjects
from app.crisis.judging import NOT_A_WORRY
from app.crisis.shadowing import TrialFinding
from app.crisis.worrying import Flag
from app.foundation import audit
from app.foundation.clock import database_now, later
from app.foundation.database import Session
from app.people.actors import Actor
from app.people.roles import require_to_find
from app.problems import N_, Invalid, NotFound
from app.rooms.models import Entry, Room, Waiting

BACK = timedelta(days=90)
MOST = 2000
RIGHT, WRONG = "right", "wrong"
UNREAD = "unread"
"""Stands for the rule where no rule decided: the words could not be read to their end."""
Found = Flag | TrialFinding


@dataclass(frozen=True, slots=True)
class ToReview:
    kind: str
    id: str
    tier: str
    room_title: str
    at: datetime


@dataclass(slots=True)
class RuleSoFar:
    """One rule in the last 90 days. `noticed` counts what it decided, `not_a_worry` what people made of that."""

    rule: str
    on_trial: bool = False
    noticed: int = 0
    pages: int = 0
    missed_by_others: int = 0
    """Of a rule on trial: where the rules that act saw less."""
    not_a_worry: int = 0
    right: int = 0
    wrong: int = 0
    waiting: list[ToReview] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One finding with its words, cut where the rule's own words begin and end: (text, is the rule's)."""

    one: ToReview
    rule: str
    on_trial: bool
    words: list[tuple[str, bool]]
    reviewed: str


def rules_so_far(session: Session, actor: Actor) -> list[RuleSoFar]:
    """Rules with something to review first, then those that were noticed most."""
    require_to_find(actor.roles, "review_screen")
    titles = {row.id: row.title for row in session.execute(select(Room.id, Room.title))}
    rules: dict[str, RuleSoFar] = {}
    for one in _lately(session, actor):
        so_far = rules.setdefault(rule_of(one), RuleSoFar(rule_of(one), isinstance(one, TrialFinding)))
        _count(so_far, one)
        if not one.reviewed and (isinstance(one, TrialFinding) or one.judged == NOT_A_WORRY):
            so_far.waiting.append(_to_review(one, titles.get(one.room_id, "")))
    return sorted(rules.values(), key=lambda rule: (not rule.waiting, -rule.noticed, rule.rule))


def read_words(session: Session, actor: Actor, kind: str, finding_id: str) -> Reviewed:
    """The look is a link in the log of staff acts, whether the words are still there or not."""
    one = _finding(session, actor, kind, finding_id)
    about = {"rule": rule_of(one), kind: one.id}
    audit.record(session, actor.id, "read_screened_words", whom=one.person_id, place=one.room_id, **about)
    session.flush()
    title = session.scalar(select(Room.title).where(Room.id == one.room_id)) or ""
    places = one.words if isinstance(one, TrialFinding) else [place for rule in one.rules[:1] for place in rule[2]]
    on_trial = isinstance(one, TrialFinding)
    return Reviewed(_to_review(one, title), rule_of(one), on_trial, marked(_words(session, one), places), one.reviewed)


def review(session: Session, actor: Actor, kind: str, finding_id: str, verdict: str) -> None:
    """Say that the rule was right or wrong here. It can be said again."""
    one = _finding(session, actor, kind, finding_id, lock=True)
    if verdict not in (RIGHT, WRONG):
        raise Invalid(N_("Please choose one of the two."))
    one.reviewed, one.reviewed_by, one.reviewed_at = verdict, actor.id, database_now(session)
    about = {"rule": rule_of(one), kind: one.id, "as_": verdict}
    audit.record(session, actor.id, "review_rule", whom=one.person_id, place=one.room_id, **about)


def rule_of(one: Found) -> str:
    if isinstance(one, TrialFinding):
        return one.rule
    return str(one.rules[0][0]) if one.rules else UNREAD


def marked(text: str, places: Iterable[Iterable[int]]) -> list[tuple[str, bool]]:
    """The text in pieces: those that the rule rests on, and those between."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for first, last in sorted((first, last) for first, last in places):
        first = max(first, at)
        if first >= last:
            continue
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def _lately(session: Session, actor: Actor) -> list[Found]:
    """Newest first; nothing that is about the reader, or was to go past them."""
    flags = select(Flag).where(Flag.at > later(-int(BACK.total_seconds())), Flag.person_id != actor.id)
    tried = select(TrialFinding).where(
        TrialFinding.at > later(-int(BACK.total_seconds())), TrialFinding.person_id != actor.id
    )
    found = [one for one in session.scalars(flags.order_by(Flag.at.desc()).limit(MOST)) if actor.id not in one.past]
    return [*found, *session.scalars(tried.order_by(TrialFinding.at.desc()).limit(MOST))]


def _count(so_far: RuleSoFar, one: Found) -> None:
    so_far.noticed += 1
    so_far.pages += one.tier == "emergency"
    so_far.right += one.reviewed == RIGHT
    so_far.wrong += one.reviewed == WRONG
    if isinstance(one, TrialFinding):
        so_far.missed_by_others += one.acted != one.tier
    else:
        so_far.not_a_worry += one.judged == NOT_A_WORRY


def _to_review(one: Found, title: str) -> ToReview:
    return ToReview("trial" if isinstance(one, TrialFinding) else "flag", one.id, one.tier, title, one.at)


def _finding(session: Session, actor: Actor, kind: str, finding_id: str, *, lock: bool = False) -> Found:
    require_to_find(actor.roles, "review_screen")
    one: Found | None = None
    if kind == "flag":
        one = session.get(Flag, finding_id, with_for_update=lock or None)
    elif kind == "trial":
        one = session.get(TrialFinding, finding_id, with_for_update=lock or None)
    if one is None or one.person_id == actor.id:
        raise NotFound()
    if actor.id in _whom_it_goes_past(session, one) or (isinstance(one, Flag) and one.judged != NOT_A_WORRY):
        raise NotFound()
    return one


def _whom_it_goes_past(session: Session, one: Found) -> list[str]:
    if isinstance(one, Flag):
        return one.past
    return subjects(session, one.person_id, _words(session, one), one.category)


def _words(session: Session, one: Found) -> str:
    """Where they stand in the room, or wait; nothing where they were refused, taken back or let go."""
    mine = (Entry.room_id == one.room_id, Entry.author_id == one.person_id, Entry.ref == one.ref)
    said = session.scalar(select(Entry).where(*mine, Entry.removed_at.is_(None), Entry.erased_at.is_(None)))
    if said is not None:
        return said.text
    waits = (Waiting.room_id == one.room_id, Waiting.author_id == one.person_id, Waiting.ref == one.ref)
    return session.scalar(select(Waiting.text).where(*waits, Waiting.state == "waiting")) or ""
