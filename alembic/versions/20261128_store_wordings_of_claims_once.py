"""Store wordings of claims once: labels of claims are put together of these and of the bylines of sources."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "01f3c6f8be7a"
down_revision = "b941bab3060a"
branch_labels = None
depends_on = None

TEXTS = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    op.create_table(
        "wording",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("texts", TEXTS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("wording_pkey")),
    )
    op.add_column("claim", sa.Column("label", sa.String()))
    op.execute("UPDATE claim SET label = labels ->> 'en'")
    op.alter_column("claim", "label", nullable=False)
    op.create_check_constraint(op.f("claim_label_check"), "claim", "label <> ''")
    op.add_column("claim", sa.Column("wording_id", sa.BigInteger(), nullable=True))
    op.create_index(op.f("claim_wording_id_idx"), "claim", ["wording_id"], unique=False)
    op.create_foreign_key(op.f("claim_wording_id_fkey"), "claim", "wording", ["wording_id"], ["id"])
    op.drop_column("claim", "labels")
    op.add_column("source", sa.Column("bylines", TEXTS, server_default="{}", nullable=False))
    op.alter_column("source", "bylines", server_default=None)


def downgrade() -> None:
    op.drop_column("source", "bylines")
    op.add_column("claim", sa.Column("labels", TEXTS))
    op.execute("UPDATE claim SET labels = jsonb_build_object('en', label)")
    op.alter_column("claim", "labels", nullable=False)
    op.create_check_constraint(op.f("claim_labels_check"), "claim", "labels ? 'en'")
    op.drop_column("claim", "wording_id")
    op.drop_column("claim", "label")
    op.drop_table("wording")
