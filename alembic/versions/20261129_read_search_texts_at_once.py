"""Read what is searched as it is now apart from what it was, and each text at once."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "001a9b70dfb0"
down_revision = "5973c420e867"
branch_labels = None
depends_on = None

CALLED = "typename IN ('Country', 'Organisation', 'Person', 'Place')"
SHARES = {
    "famous": f"{CALLED} AND prominence >= 0.88",
    "known": f"{CALLED} AND prominence >= 0.82 AND prominence < 0.88",
    "called": f"{CALLED} AND prominence < 0.82",
}
HOLDING = {name: f"{condition} AND known_until = 'infinity'" for name, condition in SHARES.items()}
FORMER = {"former": f"{CALLED} AND known_until < 'infinity'"}


def upgrade() -> None:
    drop_indexes(SHARES)
    # existing texts stay as they are until a load writes them again
    op.execute("ALTER TABLE search_text SET (toast_tuple_target = 8160)")
    create_indexes(HOLDING | FORMER)


def downgrade() -> None:
    drop_indexes(HOLDING | FORMER)
    op.execute("ALTER TABLE search_text RESET (toast_tuple_target)")
    create_indexes(SHARES)


def drop_indexes(shares: Mapping[str, str]) -> None:
    for name in shares:
        op.drop_index(f"search_text_{name}_idx", table_name="search_text")


def create_indexes(shares: Mapping[str, str]) -> None:
    for name, condition in shares.items():
        op.create_index(
            f"search_text_{name}_idx",
            "search_text",
            ["lexemes"],
            postgresql_using="gin",
            postgresql_where=sa.text(condition),
        )
