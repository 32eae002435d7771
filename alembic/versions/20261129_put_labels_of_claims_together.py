"""Put labels of claims together of parts that are stored once each, in English as in other languages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "5b0f7c2d9e41"
down_revision = "9e99e6dafe7f"
branch_labels = None
depends_on = None

TEXTS = postgresql.JSONB(astext_type=sa.Text())
START = "left(label, length(label) - coalesce(length(bylines ->> 'en'), 0))"
NUMBER = f"hashtextextended({START}, coalesce(wording_id, 0))"
UNUSED = """
DELETE FROM wording
WHERE NOT EXISTS (SELECT FROM claim WHERE wording_id = wording.id)
    AND NOT EXISTS (SELECT FROM source WHERE byline_id = wording.id)
"""


def upgrade() -> None:
    op.execute(
        f"INSERT INTO wording (id, texts) SELECT DISTINCT {NUMBER}, coalesce(texts, '{{}}')"
        f" || jsonb_build_object('en', {START}) FROM claim JOIN source ON source.id = source_id"
        " LEFT JOIN wording ON wording.id = wording_id ON CONFLICT (id) DO NOTHING"
    )
    op.execute(f"UPDATE claim SET wording_id = {NUMBER} FROM source WHERE source.id = source_id")
    op.alter_column("claim", "wording_id", nullable=False)
    op.drop_column("claim", "label")
    op.add_column("source", sa.Column("byline_id", sa.BigInteger()))
    op.execute("UPDATE source SET byline_id = hashtextextended(bylines::text, 0)")
    op.execute(
        'INSERT INTO wording (id, texts) SELECT DISTINCT byline_id, \'{"en": ""}\' || bylines FROM source'
        " ON CONFLICT (id) DO NOTHING"
    )
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.alter_column("source", "byline_id", nullable=False)
    op.create_index(op.f("source_byline_id_idx"), "source", ["byline_id"], unique=False)
    op.create_foreign_key(op.f("source_byline_id_fkey"), "source", "wording", ["byline_id"], ["id"])
    op.drop_column("source", "bylines")
    op.execute(UNUSED)
    op.create_check_constraint(op.f("wording_texts_check"), "wording", "texts ? 'en'")


def downgrade() -> None:
    op.drop_constraint(op.f("wording_texts_check"), "wording", type_="check")
    op.add_column("source", sa.Column("bylines", TEXTS, server_default="{}", nullable=False))
    op.alter_column("source", "bylines", server_default=None)
    op.execute("UPDATE source SET bylines = texts FROM wording WHERE wording.id = byline_id")
    op.add_column("claim", sa.Column("label", sa.String()))
    op.execute(
        "UPDATE claim SET label = (texts ->> 'en') || (bylines ->> 'en')"
        " FROM source, wording WHERE source.id = source_id AND wording.id = wording_id"
    )
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.alter_column("claim", "label", nullable=False)
    op.create_check_constraint(op.f("claim_label_check"), "claim", "label <> ''")
    op.alter_column("claim", "wording_id", nullable=True)
    op.drop_column("source", "byline_id")
