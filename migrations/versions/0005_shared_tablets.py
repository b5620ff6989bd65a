"""Shared tablets: cards with a picture or a PIN, short sign-ins, drafts kept in the house; supporters."""

import sqlalchemy as sa
from alembic import op

from app.foundation.clock import Instant

revision = "0005"
down_revision = "0004"

CARD_COLUMNS = (
    sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("proof", sa.String(length=10), nullable=False, server_default=""),
    sa.Column("proof_seal", sa.String(length=200), nullable=False, server_default=""),
    sa.Column("misses", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("missed_at", Instant(), nullable=True),
    sa.Column("form", sa.String(length=40), nullable=False, server_default=""),
)
SIGN_IN_COLUMNS = (
    sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("tablet_id", sa.String(length=40), nullable=False, server_default=""),
    sa.Column("second", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("known_at", Instant(), nullable=True),
)


def upgrade() -> None:
    for column in CARD_COLUMNS:
        op.add_column("cards", column)
    for column in SIGN_IN_COLUMNS:
        op.add_column("sign_ins", column)
    op.add_column("memberships", sa.Column("for_id", sa.String(length=40), nullable=False, server_default=""))
    _tablets()
    _drafts()
    _supports()


def _tablets() -> None:
    op.create_table(
        "tablets",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("token_seal", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tablets")),
        sa.UniqueConstraint("token_seal", name=op.f("uq_tablets_token_seal")),
    )
    op.create_table(
        "tablet_cards",
        sa.Column("tablet_id", sa.String(length=40), nullable=False),
        sa.Column("card_id", sa.String(length=40), nullable=False),
        sa.Column("used_at", Instant(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("missed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["tablet_id"], ["tablets.id"], name=op.f("fk_tablet_cards_tablet_id")),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_tablet_cards_card_id")),
        sa.PrimaryKeyConstraint("tablet_id", "card_id", name=op.f("pk_tablet_cards")),
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("room_id", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_drafts_person_id")),
        sa.PrimaryKeyConstraint("person_id", "room_id", name=op.f("pk_drafts")),
    )


def _supports() -> None:
    op.create_table(
        "supports",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("supporter_id", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("wanted_at", Instant(), nullable=True),
        sa.Column("promised_at", Instant(), nullable=True),
        sa.Column("pairs_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["supporter_id"], ["people.id"], name=op.f("fk_supports_supporter_id")),
        sa.ForeignKeyConstraint(["member_id"], ["people.id"], name=op.f("fk_supports_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supports")),
    )
    op.create_index(op.f("ix_supports_supporter_id"), "supports", ["supporter_id"])
    op.create_index(op.f("ix_supports_member_id"), "supports", ["member_id"])
