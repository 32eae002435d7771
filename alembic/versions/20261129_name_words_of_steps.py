"""Name the quote whose words a step passes on."""

import sqlalchemy as sa
from alembic import op

revision = "607764d2e197"
down_revision = "001a9b70dfb0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attribution_step", sa.Column("quote_id", sa.Integer(), nullable=True))
    op.create_index(
        "attribution_step_quote_idx",
        "attribution_step",
        ["actor_id", "quote_id"],
        postgresql_where=sa.text("quote_id IS NOT NULL AND role <> 'UTTERER'"),
    )


def downgrade() -> None:
    op.drop_index("attribution_step_quote_idx", table_name="attribution_step")
    op.drop_column("attribution_step", "quote_id")
