"""Keep a text that stays the same while its entry becomes better known as one row."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "7d1e0b6a4c58"
down_revision = "e27d5a8c1f34"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # existing texts stay as they are until a load writes them again
    op.add_column("search_text", sa.Column("risen_on", postgresql.ARRAY(sa.Date()), nullable=True))
    op.add_column("search_text", sa.Column("former_prominences", postgresql.ARRAY(sa.REAL()), nullable=True))
    op.create_check_constraint(
        op.f("search_text_risen_check"), "search_text", "cardinality(risen_on) = cardinality(former_prominences)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("search_text_risen_check"), "search_text", type_="check")
    op.drop_column("search_text", "former_prominences")
    op.drop_column("search_text", "risen_on")
