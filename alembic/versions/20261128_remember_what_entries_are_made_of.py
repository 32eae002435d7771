"""Remember what entries are made of."""

import sqlalchemy as sa
from alembic import op

revision = "dd03bbdb08e4"
down_revision = "842094b1ec3b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("actor", sa.Column("inputs", sa.String(), nullable=True))
    op.add_column("fact", sa.Column("inputs", sa.String(), nullable=True))
    op.add_column("fact", sa.Column("named", sa.String(), nullable=True))
    op.add_column("place", sa.Column("inputs", sa.String(), nullable=True))
    op.add_column("source", sa.Column("inputs", sa.String(), nullable=True))
    op.add_column("source", sa.Column("named", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("source", "named")
    op.drop_column("source", "inputs")
    op.drop_column("place", "inputs")
    op.drop_column("fact", "named")
    op.drop_column("fact", "inputs")
    op.drop_column("actor", "inputs")
