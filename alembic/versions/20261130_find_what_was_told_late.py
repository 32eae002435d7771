"""Find what was told from a day on by its date, of each lateness by itself."""

import sqlalchemy as sa
from alembic import op

revision = "5b7e0c3d92a6"
down_revision = "c2f4a8d91b37"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE FUNCTION lateness(first_on date, known_since date) RETURNS int\n"
        "LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$\n"
        "    SELECT CASE\n"
        "        WHEN isfinite(first_on) THEN width_bucket(known_since - first_on,"
        " '{1,4,16,64,256,1024,4096,16384}'::int[])\n"
        "        ELSE -1\n"
        "    END\n"
        "$$"
    )
    columns = ["typename", sa.text("lateness(first_on, known_since)"), "first_on", "last_on", "slug"]
    op.create_index("snapshot_lateness_idx", "snapshot", columns)


def downgrade() -> None:
    op.drop_index("snapshot_lateness_idx", table_name="snapshot")
    op.execute("DROP FUNCTION lateness(date, date)")
