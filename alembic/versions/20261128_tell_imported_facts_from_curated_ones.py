"""Tell facts that a rule imported from those that an editor recorded."""

import sqlalchemy as sa
from alembic import op

revision = "c62f0b8e47d1"
down_revision = "81d5c3a2f09e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("snapshot", sa.Column("curation", sa.String(), server_default="CURATED", nullable=False))
    op.alter_column("snapshot", "curation", server_default=None)
    condition = "curation IN ('CURATED', 'IMPORTED', 'REVIEWED')"
    op.create_check_constraint(op.f("snapshot_curation_check"), "snapshot", condition)


def downgrade() -> None:
    op.drop_column("snapshot", "curation")
