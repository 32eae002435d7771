"""Add what an entry is found by, and the function that marks the hits."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "5e1f9a3c7d20"
down_revision = "2b7d0c61e9a4"
branch_labels = None
depends_on = None

OWNERS = ("reading", "actor", "place", "source")

# The text shown is the name with exactly this spelling (its lexeme begins with =) or folded like this (#). Otherwise it
# is the one in which the most distinct lexemes hit; the first, if several do. Every hit is a piece, and so is the text
# between hits.
SEARCH_MATCHED = r"""
CREATE FUNCTION search_matched(typename text, slug text, day date, hits tsquery)
RETURNS TABLE (place bigint, text text, is_hit boolean)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH entry AS (
        SELECT found.text, found.lexemes FROM search_text AS found
        WHERE found.typename = $1 AND found.slug = $2 AND found.known_from <= day AND found.known_until >= day
    ), hit AS (
        SELECT held.lexeme, at.position * 2 AS place
        FROM entry, unnest(entry.lexemes) AS held, unnest(held.positions) AS at (position)
        WHERE array_to_tsvector(ARRAY[held.lexeme]) @@ hits
    ), piece AS (
        SELECT each.place, each.text, each.place IN (SELECT hit.place FROM hit) AS is_hit,
            count(*) FILTER (WHERE each.text = E'\x1e') OVER (ORDER BY each.place) AS nth
        FROM entry, string_to_table(entry.text, E'\x1f') WITH ORDINALITY AS each (text, place)
    ), best AS (
        SELECT nth FROM piece JOIN hit USING (place) GROUP BY nth
        ORDER BY max(position(left(lexeme, 1) IN '#=')) DESC, count(DISTINCT lexeme) DESC, nth LIMIT 1
    ), run AS (
        SELECT piece.*, count(*) FILTER (WHERE piece.is_hit) OVER (ORDER BY piece.place) AS run
        FROM piece WHERE nth = coalesce((SELECT nth FROM best), 1) AND piece.text NOT IN ('', E'\x1e')
    )
    SELECT min(run.place), string_agg(run.text, '' ORDER BY run.place), run.is_hit
    FROM run GROUP BY run.run, run.is_hit ORDER BY 1
$$
"""


def upgrade() -> None:
    op.create_table(
        "search_text",
        sa.Column("typename", sa.Text(collation="C"), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        *(sa.Column(f"{owner}_id", sa.Integer(), nullable=True) for owner in OWNERS),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("lexemes", postgresql.TSVECTOR(), nullable=False),
        sa.CheckConstraint("known_from <= known_until", name=op.f("search_text_known_check")),
        sa.CheckConstraint(
            "num_nonnulls(reading_id, actor_id, place_id, source_id) = 1", name=op.f("search_text_owner_check")
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{owner}_id"], [f"{owner}.id"], name=op.f(f"search_text_{owner}_id_fkey"), ondelete="CASCADE"
            )
            for owner in OWNERS
        ),
        sa.PrimaryKeyConstraint("typename", "slug", "known_from", name=op.f("search_text_pkey")),
    )
    for owner in OWNERS:
        op.create_index(op.f(f"search_text_{owner}_id_idx"), "search_text", [f"{owner}_id"], unique=False)
    op.create_index("search_text_lexemes_idx", "search_text", ["lexemes"], unique=False, postgresql_using="gin")
    op.execute(SEARCH_MATCHED)


def downgrade() -> None:
    op.execute("DROP FUNCTION search_matched")
    op.drop_table("search_text")
