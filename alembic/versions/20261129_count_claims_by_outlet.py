"""Count claims by outlet and day, and those of each source apart."""

import sqlalchemy as sa
from alembic import op

revision = "9e99e6dafe7f"
down_revision = "0db483776992"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the next load counts everything again if nothing is counted
    op.execute("DELETE FROM claim_tally")
    op.drop_column("claim_tally", "source_id")
    op.add_column("claim_tally", sa.Column("reported_on", sa.Date(), nullable=False))
    op.create_primary_key(
        op.f("claim_tally_pkey"), "claim_tally", ["outlet_id", "property", "reported_on", "known_until"]
    )
    op.create_table(
        "source_tally",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("source_tally_count_check")),
        sa.CheckConstraint("known_from <= known_until", name=op.f("source_tally_known_check")),
        sa.PrimaryKeyConstraint("source_id", "known_until", name=op.f("source_tally_pkey")),
    )


def downgrade() -> None:
    op.drop_table("source_tally")
    op.execute("DELETE FROM claim_tally")
    op.drop_constraint(op.f("claim_tally_pkey"), "claim_tally", type_="primary")
    op.drop_column("claim_tally", "reported_on")
    op.add_column("claim_tally", sa.Column("source_id", sa.Integer(), nullable=False))
    op.create_primary_key(
        op.f("claim_tally_pkey"), "claim_tally", ["source_id", "outlet_id", "property", "known_until", "known_from"]
    )
