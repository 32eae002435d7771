"""Log what each load changes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "db07edb2ca4e"
down_revision = "cf488a7913dd"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry_change",
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("typename", sa.Text(collation="C"), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("labels", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("involved", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.CheckConstraint("labels ? 'en'", name=op.f("entry_change_labels_check")),
        sa.CheckConstraint(
            "num_nonnulls(labels, involved) = 2 * (change = 'REMOVED')::int", name=op.f("entry_change_removed_check")
        ),
        sa.CheckConstraint("change IN ('ADDED', 'CHANGED', 'REMOVED')", name=op.f("entry_change_change_check")),
        sa.CheckConstraint(
            "slug ~ '^[a-z0-9]+(-[a-z0-9]+)*(--[a-z0-9]+(-[a-z0-9]+)*)?$'", name=op.f("entry_change_slug_check")
        ),
        sa.CheckConstraint(
            "typename IN ('Person', 'Organisation', 'Country', 'Place', 'Summit', 'Talks', 'Quote', 'Event', 'Invitation', 'Agreement', 'Office', 'Relationship', 'Source', 'Conflict')",
            name=op.f("entry_change_typename_check"),
        ),
        sa.PrimaryKeyConstraint("revision", "typename", "slug", name=op.f("entry_change_pkey")),
    )
    op.create_index(
        "entry_change_removed_idx",
        "entry_change",
        ["typename", "slug"],
        unique=False,
        postgresql_where=sa.text("labels IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("entry_change_removed_idx", table_name="entry_change", postgresql_where=sa.text("labels IS NOT NULL"))
    op.drop_table("entry_change")
