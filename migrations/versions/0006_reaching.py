"""Reaching people, the helper's page, and what is written for somebody on the telephone."""

import sqlalchemy as sa
from alembic import op

from app.foundation.clock import Instant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _who_is_asked()
    _how_people_are_reached()
    _what_is_known_of_a_tablet()
    op.add_column("waiting", sa.Column("data", sa.JSON(none_as_null=True), nullable=True))


def _who_is_asked() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=40), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_questions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("person_id", "ref", name=op.f("uq_questions_person_id_ref")),
    )
    op.create_table(
        "phone_calls",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("taken_by", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_phone_calls_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_calls")),
    )
    op.create_index(op.f("ix_phone_calls_person_id"), "phone_calls", ["person_id"])
    op.create_table(
        "spoken_codes",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("over_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_spoken_codes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spoken_codes")),
    )
    op.create_index(op.f("ix_spoken_codes_seal"), "spoken_codes", ["seal"])
    for name, length in (("cover_name", 80), ("cover_phone", 40), ("cover_hours", 80)):
        op.add_column("site", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
    op.add_column("site", sa.Column("cover_until", Instant(), nullable=True))


def _how_people_are_reached() -> None:
    op.create_table(
        "ways",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("days", sa.String(length=7), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("verified_by", sa.String(length=40), nullable=False),
        sa.Column("verified_at", Instant(), nullable=True),
        sa.Column("code_seal", sa.String(length=64), nullable=False),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("code_until", Instant(), nullable=True),
        sa.Column("trouble", sa.String(length=40), nullable=False),
        sa.Column("trouble_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_ways_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ways")),
    )
    op.create_index(op.f("ix_ways_person_id"), "ways", ["person_id"])
    op.create_table(
        "reach",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("quiet_from", sa.String(length=5), nullable=False),
        sa.Column("quiet_until", sa.String(length=5), nullable=False),
        sa.Column("tells", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reach_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reach")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("path", sa.String(length=100), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notices_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_person_id"), "notices", ["person_id"])


def _what_is_known_of_a_tablet() -> None:
    op.add_column("sign_ins", sa.Column("page", sa.String(length=20), nullable=False, server_default=""))
    op.add_column("sign_ins", sa.Column("page_at", Instant(), nullable=True))
    op.add_column("presence", sa.Column("came_at", Instant(), nullable=True))
