"""Tell the origin of a claim once: by its actor or, where that is none, by its description."""

import sqlalchemy as sa
from alembic import op

revision = "c93a41f0b7d6"
down_revision = "5b0f7c2d9e41"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("claim", "origin", existing_type=sa.String(), nullable=True)
    op.execute("UPDATE claim SET origin = NULL WHERE origin_id IS NOT NULL")
    op.create_check_constraint(op.f("claim_root_check"), "claim", "num_nonnulls(origin_id, origin) = 1")


def downgrade() -> None:
    op.drop_constraint(op.f("claim_root_check"), "claim", type_="check")
    op.execute("UPDATE claim SET origin = actor.slug FROM actor WHERE actor.id = origin_id")
    op.alter_column("claim", "origin", existing_type=sa.String(), nullable=False)
