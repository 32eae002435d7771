"""Find what was foretold: of what was known on a day, latest first, nothing else stands before the day."""

import sqlalchemy as sa
from alembic import op

revision = "1c5843f4c911"
down_revision = "596c0aedb222"
branch_labels = None
depends_on = None

LATEST = [sa.literal_column(f"{name} DESC") for name in ("is_dated", "first_on", "last_on")]
INDEXES = {
    "snapshot": [*LATEST, sa.literal_column("slug")],
    "presence": [sa.literal_column("actor_id"), *LATEST],
    "shared": [sa.literal_column("between_id"), *LATEST],
}


def upgrade() -> None:
    for table, columns in INDEXES.items():
        condition = sa.text("is_dated AND first_on > known_since")
        op.create_index(f"{table}_foretold_idx", table, columns, postgresql_where=condition)


def downgrade() -> None:
    for table in INDEXES:
        op.drop_index(f"{table}_foretold_idx", table_name=table)
