"""Keep the files for download of several revisions: a content once, whichever files have it."""

import sqlalchemy as sa
from alembic import op

revision = "89afe38af458"
down_revision = "868358a33990"
branch_labels = None
depends_on = None

NAME_CONTENTS = """
UPDATE download_part AS part SET sha256 = download.sha256
FROM download WHERE (download.kind, download.format) = (part.kind, part.format)
"""
SAME_CONTENT = """
DELETE FROM download_part AS twin USING download_part AS other
WHERE twin.sha256 = other.sha256 AND twin.position = other.position
AND (twin.kind, twin.format) > (other.kind, other.format)
"""


def upgrade() -> None:
    op.add_column("download_part", sa.Column("sha256", sa.String(), nullable=True))
    op.execute(NAME_CONTENTS)
    op.execute(SAME_CONTENT)
    op.drop_constraint(op.f("download_part_kind_format_fkey"), "download_part", type_="foreignkey")
    op.drop_constraint(op.f("download_part_pkey"), "download_part", type_="primary")
    op.drop_column("download_part", "kind")
    op.drop_column("download_part", "format")
    op.alter_column("download_part", "sha256", nullable=False)
    op.create_primary_key(op.f("download_part_pkey"), "download_part", ["sha256", "position"])
    op.drop_constraint(op.f("download_pkey"), "download", type_="primary")
    op.create_primary_key(op.f("download_pkey"), "download", ["revision", "kind", "format"])


def downgrade() -> None:
    # the load that follows writes them again
    op.execute("DELETE FROM download_part")
    op.execute("DELETE FROM download")
    op.drop_constraint(op.f("download_pkey"), "download", type_="primary")
    op.create_primary_key(op.f("download_pkey"), "download", ["kind", "format"])
    op.drop_constraint(op.f("download_part_pkey"), "download_part", type_="primary")
    op.drop_column("download_part", "sha256")
    op.add_column("download_part", sa.Column("kind", sa.String(), nullable=False))
    op.add_column("download_part", sa.Column("format", sa.String(), nullable=False))
    op.create_primary_key(op.f("download_part_pkey"), "download_part", ["kind", "format", "position"])
    op.create_foreign_key(
        op.f("download_part_kind_format_fkey"),
        "download_part",
        "download",
        ["kind", "format"],
        ["kind", "format"],
        ondelete="CASCADE",
    )
