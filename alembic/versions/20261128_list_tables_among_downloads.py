"""List tables that are of no one kind among the downloads: each file has a name, and a number of rows."""

import sqlalchemy as sa
from alembic import op

revision = "cf488a7913dd"
down_revision = "1dd434f76087"
branch_labels = None
depends_on = None

NAME_FILES = """
UPDATE download SET name = lower(kind) || CASE format WHEN 'text/csv' THEN '.csv' ELSE '.jsonl' END
"""


def upgrade() -> None:
    op.add_column("download", sa.Column("name", sa.String(), nullable=True))
    op.add_column("download", sa.Column("rows", sa.Integer(), nullable=True))
    op.execute(NAME_FILES)
    op.alter_column("download", "name", nullable=False)
    op.drop_constraint(op.f("download_pkey"), "download", type_="primary")
    op.create_primary_key(op.f("download_pkey"), "download", ["revision", "name"])
    op.alter_column("download", "kind", nullable=True)
    op.drop_constraint(op.f("download_format_check"), "download", type_="check")
    op.create_check_constraint(op.f("download_name_check"), "download", "name ~ '^[A-Za-z_]+[.][a-z]+$'")


def downgrade() -> None:
    # the load that follows writes them again
    op.execute("DELETE FROM download_part")
    op.execute("DELETE FROM download")
    op.drop_constraint(op.f("download_name_check"), "download", type_="check")
    op.create_check_constraint(
        op.f("download_format_check"), "download", "format IN ('application/x-ndjson', 'text/csv')"
    )
    op.drop_constraint(op.f("download_pkey"), "download", type_="primary")
    op.alter_column("download", "kind", nullable=False)
    op.create_primary_key(op.f("download_pkey"), "download", ["revision", "kind", "format"])
    op.drop_column("download", "rows")
    op.drop_column("download", "name")
