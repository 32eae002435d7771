"""Count claims by outlet."""

import sqlalchemy as sa
from alembic import op

revision = "9e99e6dafe7f"
down_revision = "0db483776992"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the next load counts all anew where nothing is counted
    op.execute("DELETE FROM claim_tally")
    op.drop_column("claim_tally", "source_id")
    op.create_primary_key(
        op.f("claim_tally_pkey"), "claim_tally", ["outlet_id", "property", "known_until", "known_from"]
    )


def downgrade() -> None:
    op.execute("DELETE FROM claim_tally")
    op.drop_constraint(op.f("claim_tally_pkey"), "claim_tally", type_="primary")
    op.add_column("claim_tally", sa.Column("source_id", sa.Integer(), nullable=False))
    op.create_primary_key(
        op.f("claim_tally_pkey"), "claim_tally", ["source_id", "outlet_id", "property", "known_until", "known_from"]
    )
