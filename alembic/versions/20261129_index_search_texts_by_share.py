"""Index what is searched share by share."""

import sqlalchemy as sa
from alembic import op

revision = "5973c420e867"
down_revision = "a532ffe5075b"
branch_labels = None
depends_on = None

CALLED = "typename IN ('Country', 'Organisation', 'Person', 'Place')"
UNNAMED = "typename IN ('Event', 'Invitation', 'Quote', 'Source')"
SHARES = {
    "famous": f"{CALLED} AND prominence >= 0.88",
    "known": f"{CALLED} AND prominence >= 0.82 AND prominence < 0.88",
    "meeting": "typename IN ('Agreement', 'Summit', 'Talks')",
    "called": f"{CALLED} AND prominence < 0.82",
    "few": f"{UNNAMED} AND md5(slug) < '04'",
    "some": f"{UNNAMED} AND md5(slug) >= '04' AND md5(slug) < '20'",
    "other": "typename IN ('Event', 'Invitation', 'Source') AND md5(slug) >= '20'",
    "quote": "typename IN ('Quote') AND md5(slug) >= '20'",
    "hidden": "typename IN ('Office', 'Relationship')",
}


def upgrade() -> None:
    for name, condition in SHARES.items():
        op.create_index(
            f"search_text_{name}_idx",
            "search_text",
            ["lexemes"],
            postgresql_using="gin",
            postgresql_where=sa.text(condition),
        )
    op.drop_index("search_text_lexemes_idx", table_name="search_text")


def downgrade() -> None:
    op.create_index("search_text_lexemes_idx", "search_text", ["lexemes"], postgresql_using="gin")
    for name in SHARES:
        op.drop_index(f"search_text_{name}_idx", table_name="search_text")
