"""Mark hits by where they stand, without taking the whole text to pieces."""

from alembic import context, op

revision = "4b90e7d25c18"
down_revision = "d0c46a1f7b93"
branch_labels = None
depends_on = None

FIRST = "5e1f9a3c7d20"
# The text shown is the name with exactly this spelling (its lexeme begins with =) or folded like this (#). Otherwise it
# is the one in which the most distinct lexemes hit; the first, if several do. Every hit is a piece, and so is the text
# between hits: `cut` holds the hits of that text and its end, each with the one before.
SEARCH_MATCHED = r"""
CREATE FUNCTION search_matched(typename text, slug text, day date, hits tsquery)
RETURNS TABLE (place bigint, text text, is_hit boolean)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH entry AS MATERIALIZED (
        SELECT string_to_array(found.text, E'\x1f') AS pieces, found.lexemes FROM search_text AS found
        WHERE found.typename = $1 AND found.slug = $2 AND found.known_from <= day AND found.known_until >= day
    ), marked AS MATERIALIZED (
        SELECT pieces, array_positions(pieces, E'\x1e') AS marks FROM entry
    ), hit AS MATERIALIZED (
        SELECT held.lexeme, at.position * 2 AS place, width_bucket(at.position * 2, marked.marks) AS nth
        FROM entry, marked, unnest(entry.lexemes) AS held, unnest(held.positions) AS at (position)
        WHERE array_to_tsvector(ARRAY[held.lexeme]) @@ hits
    ), best AS (
        SELECT nth FROM hit GROUP BY nth
        ORDER BY max(position(left(lexeme, 1) IN '#=')) DESC, count(DISTINCT lexeme) DESC, nth LIMIT 1
    ), shown AS MATERIALIZED (
        SELECT pieces, nth, marks[nth] AS first, coalesce(marks[nth + 1], cardinality(pieces) + 1) AS behind
        FROM marked, coalesce((SELECT nth FROM best), 1) AS nth
    ), cut AS (
        SELECT place, coalesce(lag(place) OVER (ORDER BY place), first) AS before, behind
        FROM (SELECT place FROM hit, shown WHERE hit.nth = shown.nth UNION SELECT behind FROM shown) AS each, shown
    )
    SELECT piece.place, piece.text, piece.is_hit
    FROM shown, cut, LATERAL (VALUES
        (before + 1::bigint, array_to_string(pieces[before + 1 : cut.place - 1], ''), false),
        (cut.place, CASE WHEN cut.place < cut.behind THEN pieces[cut.place] ELSE '' END, true)
    ) AS piece (place, text, is_hit)
    WHERE piece.text <> '' ORDER BY 1
$$
"""


def upgrade() -> None:
    op.execute("DROP FUNCTION search_matched")
    op.execute(SEARCH_MATCHED)


def downgrade() -> None:
    op.execute("DROP FUNCTION search_matched")
    op.execute(context.script.get_revision(FIRST).module.SEARCH_MATCHED)
