"""Add the functions that tell of slugs that name nothing, and suggest others."""

from alembic import op

revision = "7a3c52d0f6b8"
down_revision = "5e1f9a3c7d20"
branch_labels = None
depends_on = None

# Of the slugs next to the given one in their order, return the three most similar: that costs the same in a store of
# any size, and a small store is scanned from end to end. Similarity, from 0 to 1, is twice the number of
# three-character sequences that both slugs have, divided by the total number of those in the two slugs. Hyphens
# separate words, and each word has its own beginning and end. Only the first 64 characters of the given slug count:
# slugs are hardly longer.
SIMILAR_SLUGS = """
CREATE FUNCTION similar_slugs(given text, entries text, since text, types text[], day date) RETURNS json
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    lowered text := left(lower(given), 64);
    spaced text := '  ' || regexp_replace(lowered, '[^[:alnum:]]+', '  ', 'g') || ' ';
    runs text[] := ARRAY(SELECT DISTINCT substr(spaced, place, 3) FROM generate_series(1, length(spaced) - 2) AS place);
    found json;
BEGIN
    EXECUTE format($query$
        SELECT coalesce(json_agg(slug ORDER BY likeness DESC, slug) FILTER (WHERE likeness >= 0.4), '[]')
        FROM (
            SELECT near.slug, 2.0 * (
                SELECT count(*) FROM unnest($1) AS run WHERE strpos('  ' || replace(near.slug, '-', '  ') || ' ', run) > 0
            ) / (cardinality($1) + length(replace(near.slug, '-', '  ')) + 1) AS likeness
            FROM (
                (SELECT * FROM %1$I WHERE slug < $2 COLLATE "C" ORDER BY slug DESC LIMIT 200)
                UNION ALL
                (SELECT * FROM %1$I WHERE slug >= $2 COLLATE "C" ORDER BY slug LIMIT 200)
            ) AS near
            WHERE near.%2$I <= $3 AND %3$s
            ORDER BY likeness DESC, slug LIMIT 3
        ) AS best
        $query$, entries, since, CASE WHEN types = '{}' THEN 'true' ELSE 'near.typename = ANY ($4)' END)
    INTO found USING runs, lowered, day, types;
    RETURN found;
END
$$
"""
# Each slug is reported once per location. Only ten get suggestions, so that nobody can make the database work hard.
SLUG_WARNINGS = """
CREATE FUNCTION slug_warnings(unknown json) RETURNS json
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT json_agg(
        json_build_object(
            'code', 'UNKNOWN_SLUG', 'path', path, 'argument', argument, 'value', slug,
            'suggestions', CASE WHEN number <= 10 THEN similar_slugs(slug, entries, since, types, day) ELSE '[]' END)
        ORDER BY number)
    FROM (
        SELECT once.*, row_number() OVER (ORDER BY place, position) AS number
        FROM (
            SELECT DISTINCT ON (path::text, argument, slug) *
            FROM json_to_recordset(unknown) AS given (
                place int, position int, path json, argument text, slug text,
                entries text, since text, types text[], day date)
            ORDER BY path::text, argument, slug, place, position
        ) AS once
    ) AS numbered
$$
"""


def upgrade() -> None:
    op.execute(SIMILAR_SLUGS)
    op.execute(SLUG_WARNINGS)


def downgrade() -> None:
    op.execute("DROP FUNCTION slug_warnings")
    op.execute("DROP FUNCTION similar_slugs")
