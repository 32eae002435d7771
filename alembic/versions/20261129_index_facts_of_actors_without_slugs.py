"""Index the facts of an actor, and of two, without their slugs, and drop indexes that another one serves for."""

import sqlalchemy as sa
from alembic import op

revision = "e27d5a8c1f34"
down_revision = "c93a41f0b7d6"
branch_labels = None
depends_on = None

DESCENDING = [sa.literal_column(f"{name} DESC") for name in ("is_dated", "first_on", "last_on")]
ASCENDING = ["first_on", "last_on"]
INDEXES: dict[str, tuple[str, list[str | sa.ColumnClause[object]]]] = {
    "presence_date_idx": ("presence", ["actor_id", *ASCENDING]),
    "presence_date_desc_idx": ("presence", ["actor_id", *DESCENDING]),
    "presence_type_idx": ("presence", ["actor_id", "typename", *ASCENDING]),
    "shared_date_idx": ("shared", ["between_id", *ASCENDING]),
    "shared_date_desc_idx": ("shared", ["between_id", *DESCENDING]),
}


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns)
    op.drop_index("presence_snapshot_id_idx", table_name="presence")
    op.drop_constraint("presence_pkey", "presence", type_="primary")
    op.create_primary_key("presence_pkey", "presence", ["snapshot_id", "actor_id"])
    op.drop_constraint(op.f("snapshot_fact_id_slug_typename_known_since_fkey"), "snapshot", type_="foreignkey")
    op.create_foreign_key(op.f("snapshot_fact_id_fkey"), "snapshot", "fact", ["fact_id"], ["id"], ondelete="CASCADE")
    op.drop_constraint(op.f("fact_id_slug_typename_known_since_key"), "fact", type_="unique")


def downgrade() -> None:
    identity = ["id", "slug", "typename", "known_since"]
    op.create_unique_constraint(op.f("fact_id_slug_typename_known_since_key"), "fact", identity)
    op.drop_constraint(op.f("snapshot_fact_id_fkey"), "snapshot", type_="foreignkey")
    op.create_foreign_key(
        op.f("snapshot_fact_id_slug_typename_known_since_fkey"),
        "snapshot",
        "fact",
        ["fact_id", *identity[1:]],
        identity,
        onupdate="CASCADE",
        ondelete="CASCADE",
    )
    op.drop_constraint("presence_pkey", "presence", type_="primary")
    op.create_primary_key("presence_pkey", "presence", ["actor_id", "snapshot_id"])
    op.create_index("presence_snapshot_id_idx", "presence", ["snapshot_id"])
    for name, (table, columns) in INDEXES.items():
        op.drop_index(name, table_name=table)
        op.create_index(name, table, [*columns, "slug"])
