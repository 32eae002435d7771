"""Tell who is on one side of a meeting, since those have not met each other by it."""

import sqlalchemy as sa
from alembic import op

revision = "2c8e5a9d4f17"
down_revision = "fa10b1e006a5"
branch_labels = None
depends_on = None

CHANGES = {
    "tally_pairs": [("NOT is_withdrawn AND (pairs", "NOT is_withdrawn AND NOT is_on_one_side AND (pairs")],
    "tally_network": [
        ("roles_of_one, roles_of_other,\n", "roles_of_one, roles_of_other, is_on_one_side,\n"),
        ("WHERE phase = 'HELD'\n", "WHERE phase = 'HELD' AND NOT is_on_one_side\n"),
    ],
}
"""What stands in these functions, before and after."""


def upgrade() -> None:
    # until the next load everybody counts, as before
    op.add_column("shared", sa.Column("is_on_one_side", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("shared", "is_on_one_side", server_default=None)
    for function, changes in CHANGES.items():
        for before, after in changes:
            _replace(function, before, after)


def downgrade() -> None:
    for function, changes in CHANGES.items():
        for before, after in changes:
            _replace(function, after, before)
    op.drop_column("shared", "is_on_one_side")


def _replace(function: str, text: str, by: str) -> None:
    """Put a text in the place of another wherever it stands in a function."""
    op.execute(
        f"DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('{function}'::regproc), $text${text}$text$, $text${by}$text$);"
        " END $do$"
    )
