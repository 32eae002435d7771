"""Say which period a data set covers."""

import sqlalchemy as sa
from alembic import op

revision = "ba4f8ee93fa1"
down_revision = "e9f6fe58f2b3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source_dataset", sa.Column("covers", sa.Text(collation="C"), nullable=True))
    op.create_foreign_key(op.f("source_dataset_covers_fkey"), "source_dataset", "edtf", ["covers"], ["text"])


def downgrade() -> None:
    op.drop_constraint(op.f("source_dataset_covers_fkey"), "source_dataset", type_="foreignkey")
    op.drop_column("source_dataset", "covers")
