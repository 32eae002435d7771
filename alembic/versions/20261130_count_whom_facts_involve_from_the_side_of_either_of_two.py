"""Count whom facts involve from the side of either of two."""

import sqlalchemy as sa
from alembic import op

revision = "e9f6fe58f2b3"
down_revision = "25bb041238a8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the next load also counts the participants of an actor's meetings
    op.execute("TRUNCATE entry_tally")
    op.create_index(
        "entry_tally_together_idx",
        "entry_tally",
        ["entry_id", "known_until", "typename", "actor_id"],
        unique=False,
        postgresql_where=sa.text("grouping = 'TOGETHER'"),
    )
    op.execute(
        "CREATE VIEW involved_tally AS\n"
        " SELECT entry_tally.actor_id,\n"
        "    entry_tally.entry_id AS involved,\n"
        "    entry_tally.typename,\n"
        "    entry_tally.known_from,\n"
        "    entry_tally.known_until,\n"
        "    entry_tally.count\n"
        "   FROM entry_tally\n"
        "  WHERE (entry_tally.\"grouping\" = 'TOGETHER'::text)\n"
        "UNION ALL\n"
        " SELECT entry_tally.entry_id AS actor_id,\n"
        "    entry_tally.actor_id AS involved,\n"
        "    entry_tally.typename,\n"
        "    entry_tally.known_from,\n"
        "    entry_tally.known_until,\n"
        "    entry_tally.count\n"
        "   FROM entry_tally\n"
        "  WHERE (entry_tally.\"grouping\" = 'TOGETHER'::text)\n"
        "UNION ALL\n"
        " SELECT actor_tally.actor_id,\n"
        "    actor_tally.actor_id AS involved,\n"
        "    actor_tally.typename,\n"
        "    actor_tally.known_from,\n"
        "    actor_tally.known_until,\n"
        "    actor_tally.count\n"
        "   FROM actor_tally\n"
        "  WHERE (actor_tally.actor_id <> 0);"
    )


def downgrade() -> None:
    op.execute("DROP VIEW involved_tally")
    op.drop_index(
        "entry_tally_together_idx", table_name="entry_tally", postgresql_where=sa.text("grouping = 'TOGETHER'")
    )
