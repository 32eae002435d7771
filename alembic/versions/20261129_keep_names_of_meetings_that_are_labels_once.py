"""Keep what a meeting is called once where that is what labels it."""

from alembic import op
from sqlalchemy.dialects import postgresql

revision = "4e9d71c3f5a2"
down_revision = "b8f26c0e93d7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("meeting", "names", existing_type=postgresql.JSONB(), nullable=True)
    op.execute(
        "UPDATE meeting SET names = NULL FROM snapshot WHERE snapshot.id = snapshot_id AND names = snapshot.labels"
    )


def downgrade() -> None:
    op.execute("UPDATE meeting SET names = labels FROM snapshot WHERE snapshot.id = snapshot_id AND names IS NULL")
    op.alter_column("meeting", "names", existing_type=postgresql.JSONB(), nullable=False)
