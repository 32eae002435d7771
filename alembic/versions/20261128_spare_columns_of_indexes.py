"""Spare columns of indexes: those in which nothing is looked up, and in the indexes of names the rows without owner."""

import sqlalchemy as sa
from alembic import op

revision = "1dd434f76087"
down_revision = "01f3c6f8be7a"
branch_labels = None
depends_on = None

OWNERS = ("actor_id", "place_id", "fact_id")


def upgrade() -> None:
    op.drop_index("claim_fact_idx", table_name="claim")
    op.drop_index("claim_source_idx", table_name="claim")
    op.create_index(op.f("claim_fact_id_idx"), "claim", ["fact_id"], unique=False)
    op.create_index(op.f("claim_source_id_idx"), "claim", ["source_id"], unique=False)
    op.drop_constraint(op.f("decided_fact_id_property_known_until_key"), "decided", type_="unique")
    _key_decided("known_until")
    for owner in OWNERS:
        op.drop_constraint(op.f(f"name_{owner}_language_kind_text_key"), "name", type_="unique")
        only = sa.text(f"{owner} IS NOT NULL")
        columns = [owner, "language", "kind", "text"]
        op.create_index(f"name_{owner}_key", "name", columns, unique=True, postgresql_where=only)


def downgrade() -> None:
    for owner in OWNERS:
        op.drop_index(f"name_{owner}_key", table_name="name")
        columns = [owner, "language", "kind", "text"]
        op.create_unique_constraint(op.f(f"name_{owner}_language_kind_text_key"), "name", columns)
    _key_decided("known_from")
    columns = ["fact_id", "property", "known_until"]
    op.create_unique_constraint(op.f("decided_fact_id_property_known_until_key"), "decided", columns)
    op.drop_index(op.f("claim_source_id_idx"), table_name="claim")
    op.drop_index(op.f("claim_fact_id_idx"), table_name="claim")
    op.create_index("claim_source_idx", "claim", ["source_id", "reported_on", "slug"], unique=False)
    op.create_index("claim_fact_idx", "claim", ["fact_id", "property", "reported_on", "slug"], unique=False)


def _key_decided(day: str) -> None:
    op.drop_constraint(op.f("decided_pkey"), "decided", type_="primary")
    op.create_primary_key(op.f("decided_pkey"), "decided", ["fact_id", "property", day])
