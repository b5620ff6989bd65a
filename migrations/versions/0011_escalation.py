"""Escalation: who is on call, who was paged, who has a call, and what happened to it."""

import sqlalchemy as sa
from alembic import op

from app.foundation.clock import Instant, now

revision = "0011"
down_revision = "0010"

TEXT, NUMBER, MOMENT = sa.String(length=40), sa.Integer(), Instant()


def upgrade() -> None:
    op.execute("ALTER TABLE incidents RENAME COLUMN seen_at TO owned_at")
    op.execute("ALTER TABLE incidents RENAME COLUMN seen_by TO owner_id")
    for name, kind, default in (
        ("tier", sa.String(length=12), "emergency"),
        ("origin", sa.String(length=12), "tap"),
        ("drill", sa.Boolean(), sa.false()),
        ("code", sa.String(length=6), ""),
        ("help_room_id", TEXT, ""),
        ("plan", sa.JSON(), "{}"),
        ("level", NUMBER, "0"),
        ("cycle", NUMBER, "0"),
        ("reminded", sa.Boolean(), sa.false()),
        ("second_paged", sa.Boolean(), sa.false()),
        ("ended_as", sa.String(length=30), ""),
        ("followed_up_by", TEXT, ""),
    ):
        op.add_column("incidents", sa.Column(name, kind, nullable=False, server_default=default))
    for name in (
        "cycle_at", "next_action_at", "active_at", "lease_until", "arrived_at", "follow_up_at", "followed_up_at",
    ):  # fmt: skip
        op.add_column("incidents", sa.Column(name, Instant(), nullable=True))
    op.create_index(op.f("ix_incidents_next_action_at"), "incidents", ["next_action_at"])
    _page_what_is_open()
    _pages()
    _rota()


def _page_what_is_open() -> None:
    """Having seen a call was not having it: what is open is nobody's, and the engine pages it when it next looks."""
    names = (("closed_at", MOMENT), ("owned_at", MOMENT), ("next_action_at", MOMENT), ("owner_id", TEXT))
    incidents = sa.table("incidents", *(sa.column(name, kind) for name, kind in names))
    open_ones = sa.update(incidents).where(incidents.c.closed_at.is_(None))
    op.execute(open_ones.values(owner_id="", owned_at=None, next_action_at=now()))


def _pages() -> None:
    op.create_table(
        "incident_events",
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_incident_events_incident_id")),
        sa.PrimaryKeyConstraint("incident_id", "number", name=op.f("pk_incident_events")),
    )
    op.create_table(
        "incident_notes",
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_incident_notes_incident_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_incident_notes_person_id")),
        sa.PrimaryKeyConstraint("incident_id", "number", name=op.f("pk_incident_notes")),
    )
    op.create_index(op.f("ix_incident_notes_person_id"), "incident_notes", ["person_id"])
    op.create_table(
        "pages",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("cycle", NUMBER, nullable=False),
        sa.Column("level", NUMBER, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("attempt", NUMBER, nullable=False),
        sa.Column("says", sa.String(length=12), nullable=False),
        sa.Column("step", NUMBER, nullable=False),
        sa.Column("way_id", TEXT, nullable=False),
        sa.Column("fired_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("token", TEXT, nullable=False),
        sa.Column("claimed_until", Instant(), nullable=True),
        sa.Column("repeat", sa.Boolean(), nullable=False),
        sa.Column("tries", NUMBER, nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("provider_ref", sa.String(length=100), nullable=False),
        sa.Column("reported", sa.String(length=20), nullable=False),
        sa.Column("reported_order", NUMBER, nullable=False),
        sa.Column("trouble", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_pages_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint(
            "incident_id", "cycle", "level", "person_id", "kind", "attempt", "says", name="uq_pages_once"
        ),
    )
    op.create_index("ix_pages_state_due_at", "pages", ["state", "due_at"])
    op.create_index(op.f("ix_pages_provider_ref"), "pages", ["provider_ref"])


def _rota() -> None:
    op.create_table(
        "shifts",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("level", NUMBER, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("weekday", NUMBER, nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_shifts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    op.create_table(
        "overrides",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("level", NUMBER, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("instead_of", TEXT, nullable=False),
        sa.Column("from_at", Instant(), nullable=False),
        sa.Column("until_at", Instant(), nullable=False),
        sa.Column("made_by", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrides")),
    )
    plan = op.create_table(
        "on_call_plan",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("hours", sa.String(length=10), nullable=False),
        sa.Column("set_hours", sa.JSON(), nullable=False),
        sa.Column("level_2_after", NUMBER, nullable=False),
        sa.Column("level_3_after", NUMBER, nullable=False),
        sa.Column("again_after", NUMBER, nullable=False),
        sa.Column("arrive_within", NUMBER, nullable=False),
        sa.Column("remind_after", NUMBER, nullable=False),
        sa.Column("lease", NUMBER, nullable=False),
        sa.Column("phone_lease", NUMBER, nullable=False),
        sa.Column("catch_all_phone", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_on_call_plan")),
    )
    op.bulk_insert(
        plan,
        [
            {
                "id": 1, "hours": "always", "set_hours": [], "level_2_after": 180, "level_3_after": 360,
                "again_after": 600, "arrive_within": 180, "remind_after": 480, "lease": 600, "phone_lease": 1800,
                "catch_all_phone": "",
            }
        ],
    )  # fmt: skip
