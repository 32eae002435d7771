"""Keep what a load has read."""

import sqlalchemy as sa
from alembic import op

revision = "fa10b1e006a5"
down_revision = "822cddede134"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "load_digest",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("digests", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("load_digest_single_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("load_digest_pkey")),
    )


def downgrade() -> None:
    op.drop_table("load_digest")
