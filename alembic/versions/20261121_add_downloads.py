"""Add the files of the whole register."""

import sqlalchemy as sa
from alembic import op

revision = "c41d88f2e07b"
down_revision = "7a3c52d0f6b8"
branch_labels = None
depends_on = None

KINDS = (
    "'PERSON', 'ORGANISATION', 'COUNTRY', 'PLACE', 'SUMMIT', 'TALKS', 'QUOTE', 'EVENT', 'INVITATION', 'OFFICE', "
    "'RELATIONSHIP', 'SOURCE', 'CLAIM', 'CONFLICT'"
)


def upgrade() -> None:
    op.create_table(
        "download",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("download_kind_check")),
        sa.CheckConstraint("format IN ('application/x-ndjson', 'text/csv')", name=op.f("download_format_check")),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("download_sha256_check")),
        sa.PrimaryKeyConstraint("kind", "format", name=op.f("download_pkey")),
    )
    op.create_table(
        "download_part",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind", "format"],
            ["download.kind", "download.format"],
            name=op.f("download_part_kind_format_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("kind", "format", "position", name=op.f("download_part_pkey")),
    )


def downgrade() -> None:
    op.drop_table("download_part")
    op.drop_table("download")
