"""Add what the parties of a relationship share, reading by reading."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "d0c46a1f7b93"
down_revision = "9e27d1c5a83f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared",
        sa.Column("between_id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("typename", sa.String(), nullable=False),
        sa.Column("known_since", sa.Date(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.Column("is_dated", sa.Boolean(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("is_coding", sa.Boolean(), nullable=False),
        sa.Column("roles_of_one", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("roles_of_other", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["between_id"], ["fact.id"], name=op.f("shared_between_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["reading.id"], name=op.f("shared_reading_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("between_id", "reading_id", name=op.f("shared_pkey")),
    )
    op.create_index("shared_date_idx", "shared", ["between_id", "first_on", "last_on", "slug"], unique=False)
    op.create_index(
        "shared_date_desc_idx",
        "shared",
        [
            "between_id",
            sa.literal_column("is_dated DESC"),
            sa.literal_column("first_on DESC"),
            sa.literal_column("last_on DESC"),
            "slug",
        ],
        unique=False,
    )
    op.create_index(op.f("shared_reading_id_idx"), "shared", ["reading_id"], unique=False)


def downgrade() -> None:
    op.drop_table("shared")
