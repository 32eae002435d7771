"""Add the functions that tell of slugs that name nothing, and suggest others."""

from alembic import op

revision = "7a3c52d0f6b8"
down_revision = "5e1f9a3c7d20"
branch_labels = None
depends_on = None

# From 0 to 1: twice the runs of three characters that both have, over those of either. Hyphens part words, and each
# word has a beginning and an end of its own. Of what is given, the first 64 characters count: slugs are shorter.
SLUG_LIKENESS = """
CREATE FUNCTION slug_likeness(given text, slug text) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 2.0 * count(*) FILTER (WHERE strpos(there.text, substr(here.text, place, 3)) > 0)
        / (length(min(here.text)) + length(min(there.text)) - 4)
    FROM (SELECT '  ' || regexp_replace(left(lower(given), 64), '[^[:alnum:]]+', '  ', 'g') || ' ' AS text) AS here,
        (SELECT '  ' || replace(slug, '-', '  ') || ' ' AS text) AS there,
        generate_series(1, length(here.text) - 2) AS place
$$
"""
# Of the slugs that stand next to the given one, in their order, the three most like it: that costs the same in a
# store of any size, and a small one is looked through from end to end.
SIMILAR_SLUGS = """
CREATE FUNCTION similar_slugs(given text, entries text, since text, types text[], day date) RETURNS json
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    found json;
BEGIN
    EXECUTE format($query$
        SELECT coalesce(json_agg(slug ORDER BY likeness DESC, slug) FILTER (WHERE likeness >= 0.4), '[]')
        FROM (
            SELECT near.slug, slug_likeness($1, near.slug) AS likeness
            FROM (
                (SELECT * FROM %1$I WHERE slug < lower($1) COLLATE "C" ORDER BY slug DESC LIMIT 200)
                UNION ALL
                (SELECT * FROM %1$I WHERE slug >= lower($1) COLLATE "C" ORDER BY slug LIMIT 200)
            ) AS near
            WHERE near.%2$I <= $2 AND %3$s
            ORDER BY likeness DESC, slug LIMIT 3
        ) AS best
        $query$, entries, since, CASE WHEN types = '{}' THEN 'true' ELSE 'near.typename = ANY ($3)' END)
    INTO found USING given, day, types;
    RETURN found;
END
$$
"""
# Each slug is told of once in each place, and so that nobody can make the database work hard, ten are helped.
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
    for function in (SLUG_LIKENESS, SIMILAR_SLUGS, SLUG_WARNINGS):
        op.execute(function)


def downgrade() -> None:
    for function in ("slug_warnings", "similar_slugs", "slug_likeness"):
        op.execute(f"DROP FUNCTION {function}")
