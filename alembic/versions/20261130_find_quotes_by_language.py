"""Find the quotes in a language that few are in."""

import sqlalchemy as sa
from alembic import op

revision = "c2f4a8d91b37"
down_revision = "7d1e5b92c0af"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("quote_language_idx", "quote", [sa.text("lower(language)")])


def downgrade() -> None:
    op.drop_index("quote_language_idx", table_name="quote")
