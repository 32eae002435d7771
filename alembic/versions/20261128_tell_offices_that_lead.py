"""Tell offices by which a state is led from all others."""

import sqlalchemy as sa
from alembic import op

revision = "b941bab3060a"
down_revision = "89afe38af458"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("office", sa.Column("leads", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.alter_column("office", "leads", server_default=None)


def downgrade() -> None:
    op.drop_column("office", "leads")
