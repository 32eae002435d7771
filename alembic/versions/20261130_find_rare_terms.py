"""Find the rows of a term that few have, and what withdrawn sources alone tell of."""

import sqlalchemy as sa
from alembic import op

revision = "7d1e5b92c0af"
down_revision = "43bf5639d8ea"
branch_labels = None
depends_on = None

TERMS = {
    "claim": ["factuality", "rank"],
    "event": ["event_type", "medium", "modality", "quad_class"],
    "meeting": ["format", "level", "outcome", "phase", "setting", "status"],
    "passage": ["role"],
    "quote": ["form", "medium"],
    "snapshot": ["curation"],
}


def upgrade() -> None:
    for table, columns in TERMS.items():
        for column in columns:
            op.create_index(f"{table}_{column}_idx", table, [column])
    op.create_index("snapshot_withdrawn_idx", "snapshot", ["fact_id"], postgresql_where=sa.text("is_withdrawn"))


def downgrade() -> None:
    op.drop_index("snapshot_withdrawn_idx", table_name="snapshot")
    for table, columns in TERMS.items():
        for column in columns:
            op.drop_index(f"{table}_{column}_idx", table_name=table)
