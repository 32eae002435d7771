"""Keep former slugs, by which entries are still found, and suggest what was called like a slug that names nothing."""

import sqlalchemy as sa
from alembic import op

revision = "17c5a772bf2f"
down_revision = "a7f2c94d5e10"
branch_labels = None
depends_on = None

# Of the slugs next to the given one in their order, return the three most similar; see add_slug_warnings.
SIMILAR_SLUGS = """
CREATE OR REPLACE FUNCTION similar_slugs(given text, entries text, since text, types text[], day date) RETURNS json
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
            SELECT near.slug, max(2.0 * (
                SELECT count(*) FROM unnest($1) AS run
                WHERE strpos('  ' || replace(near.spelt, '-', '  ') || ' ', run) > 0
            ) / (cardinality($1) + length(replace(near.spelt, '-', '  ')) + 1)) AS likeness
            FROM (
                (SELECT slug AS spelt, * FROM %1$I WHERE slug < $2 COLLATE "C" ORDER BY slug DESC LIMIT 200)
                UNION ALL
                (SELECT slug AS spelt, * FROM %1$I WHERE slug >= $2 COLLATE "C" ORDER BY slug LIMIT 200){former}
            ) AS near
            WHERE near.%2$I <= $3 AND %3$s
            GROUP BY near.slug
            ORDER BY likeness DESC, slug LIMIT 3
        ) AS best
        $query$, entries, since, CASE WHEN types = '{{}}' THEN 'true' ELSE 'near.typename = ANY ($4)' END)
    INTO found USING runs, lowered, day, types;
    RETURN found;
END
$$
"""
FORMER = """
                UNION ALL
                (SELECT alias.former AS spelt, known.* FROM alias JOIN %1$I AS known ON known.slug = alias.slug
                WHERE alias.entries = %1$L AND former < $2 COLLATE "C" ORDER BY former DESC LIMIT 200)
                UNION ALL
                (SELECT alias.former AS spelt, known.* FROM alias JOIN %1$I AS known ON known.slug = alias.slug
                WHERE alias.entries = %1$L AND former >= $2 COLLATE "C" ORDER BY former LIMIT 200)"""
PRESENT_SLUGS = """
CREATE FUNCTION present_slugs(given_entries text, given text[]) RETURNS text[]
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT array_agg(coalesce(alias.slug, each.slug) ORDER BY position)
    FROM unnest(given) WITH ORDINALITY AS each (slug, position)
    LEFT JOIN alias ON former = each.slug AND entries = given_entries
$$
"""
# A former slug does not count as naming nothing if its entry is known on the day; only the others are reported.
KNOWS_FORMER = """
CREATE FUNCTION knows_former_slug(given text, given_entries text, since text, types text[], day date) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    is_known boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT FROM alias JOIN %1$I AS known ON known.slug = alias.slug'
        ' WHERE entries = %1$L AND former = $1 AND known.%2$I <= $2 AND %3$s)',
        given_entries, since, CASE WHEN types = '{}' THEN 'true' ELSE 'known.typename = ANY ($3)' END)
    INTO is_known USING given, day, types;
    RETURN is_known;
END
$$
"""
SLUG_WARNINGS = """
CREATE OR REPLACE FUNCTION slug_warnings(unknown json) RETURNS json
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT json_agg(
        json_build_object(
            'code', CASE WHEN entries IN ('property', 'mode') THEN 'UNKNOWN_' || upper(entries) ELSE 'UNKNOWN_SLUG' END,
            'path', path, 'argument', argument, 'value', slug,
            'suggestions', CASE WHEN number <= 10 THEN similar_slugs(slug, entries, since, types, day) ELSE '[]' END)
        ORDER BY number)
    FROM (
        SELECT once.*, row_number() OVER (ORDER BY place, position) AS number
        FROM (
            SELECT DISTINCT ON (path::text, argument, slug) *
            FROM json_to_recordset(unknown) AS given (
                place int, position int, path json, argument text, slug text,
                entries text, since text, types text[], day date){former}
            ORDER BY path::text, argument, slug, place, position
        ) AS once
    ) AS numbered
$$
"""
NOT_FORMER = """
            WHERE NOT knows_former_slug(slug, entries, since, types, day)"""


def upgrade() -> None:
    op.create_table(
        "alias",
        sa.Column("entries", sa.Text(collation="C"), nullable=False),
        sa.Column("former", sa.Text(collation="C"), nullable=False),
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("typename", sa.String(), nullable=False),
        sa.CheckConstraint(
            "entries IN ('actor', 'place', 'fact', 'source', 'claim', 'conflict')", name=op.f("alias_entries_check")
        ),
        sa.CheckConstraint("former <> slug", name=op.f("alias_former_check")),
        sa.PrimaryKeyConstraint("entries", "former", name=op.f("alias_pkey")),
    )
    op.create_index("alias_typename_idx", "alias", ["typename", "former"])
    op.execute(SIMILAR_SLUGS.format(former=FORMER))
    op.execute(PRESENT_SLUGS)
    op.execute(KNOWS_FORMER)
    op.execute(SLUG_WARNINGS.format(former=NOT_FORMER))


def downgrade() -> None:
    op.execute(SLUG_WARNINGS.format(former=""))
    op.execute("DROP FUNCTION knows_former_slug")
    op.execute("DROP FUNCTION present_slugs")
    op.execute(SIMILAR_SLUGS.format(former=""))
    op.drop_table("alias")
