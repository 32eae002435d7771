"""Keep the licence of a source, how much of it may be shown, and the text that may."""

import sqlalchemy as sa
from alembic import op

revision = "f2c38383f8e0"
down_revision = "db07edb2ca4e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("passage_exact_check"), "passage", type_="check")
    op.create_check_constraint(op.f("passage_exact_check"), "passage", "exact IS NULL OR state <> 'UNCHECKED'")
    op.add_column("source", sa.Column("licence", sa.String(), nullable=True))
    op.add_column("source", sa.Column("text_access", sa.String(), server_default="PASSAGES", nullable=False))
    op.alter_column("source", "text_access", server_default=None)
    op.add_column("source", sa.Column("text", sa.String(), nullable=True))
    op.create_check_constraint(
        op.f("source_text_access_check"), "source", "text_access IN ('WHOLE', 'PASSAGES', 'NONE')"
    )
    op.create_check_constraint(op.f("source_text_check"), "source", "text IS NULL OR text_access = 'WHOLE'")


def downgrade() -> None:
    op.drop_constraint(op.f("source_text_check"), "source", type_="check")
    op.drop_constraint(op.f("source_text_access_check"), "source", type_="check")
    op.drop_column("source", "text")
    op.drop_column("source", "text_access")
    op.drop_column("source", "licence")
    op.drop_constraint(op.f("passage_exact_check"), "passage", type_="check")
    # a text that was compared but is not shown looks as if it had not been loaded
    op.execute("UPDATE passage SET state = 'UNCHECKED' WHERE exact IS NULL")
    op.create_check_constraint(op.f("passage_exact_check"), "passage", "(state = 'UNCHECKED') = (exact IS NULL)")
