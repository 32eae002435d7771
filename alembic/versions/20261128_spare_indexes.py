"""Spare indexes: one for the suggestions, and for owners only of the rows that have them."""

import sqlalchemy as sa
from alembic import op

revision = "64073480888a"
down_revision = "c5ffda0d3d8e"
branch_labels = None
depends_on = None

OWNERS = {"search_text": ("fact", "actor", "place", "source"), "suggestion": ("fact", "actor", "place")}


def upgrade() -> None:
    op.drop_index("suggestion_key_idx", table_name="suggestion")
    _key_suggestions("typename", "level", "key", "slug", "known_from")
    for table, owners in OWNERS.items():
        for owner in owners:
            _index_owner(table, owner, postgresql_where=sa.text(f"{owner}_id IS NOT NULL"))


def downgrade() -> None:
    _key_suggestions("typename", "slug", "known_from", "key")
    op.create_index("suggestion_key_idx", "suggestion", ["typename", "level", "key", "slug"], unique=False)
    for table, owners in OWNERS.items():
        for owner in owners:
            _index_owner(table, owner)


def _key_suggestions(*columns: str) -> None:
    op.drop_constraint(op.f("suggestion_pkey"), "suggestion", type_="primary")
    op.create_primary_key(op.f("suggestion_pkey"), "suggestion", columns)


def _index_owner(table: str, owner: str, **only: sa.TextClause) -> None:
    name = op.f(f"{table}_{owner}_id_idx")
    op.drop_index(name, table_name=table)
    op.create_index(name, table, [f"{owner}_id"], unique=False, **only)
