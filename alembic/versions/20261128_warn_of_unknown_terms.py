"""Warn of properties and modes that nothing can have, as of slugs that name nothing."""

import sqlalchemy as sa
from alembic import op

revision = "8d3f60b2c9e4"
down_revision = "c5d8e14f7a36"
branch_labels = None
depends_on = None

# Where the open terms are looked up, like tables of entries: they are the same on every day.
VIEWS = {"property": "NOT is_mode", "mode": "is_mode"}
TERMS = "CREATE VIEW {view} AS SELECT term AS slug, '-infinity'::date AS known_since FROM term WHERE {which}"
CODE = "CASE WHEN entries IN ('property', 'mode') THEN 'UNKNOWN_' || upper(entries) ELSE 'UNKNOWN_SLUG' END"
SLUG_WARNINGS = """
CREATE OR REPLACE FUNCTION slug_warnings(unknown json) RETURNS json
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT json_agg(
        json_build_object(
            'code', {code}, 'path', path, 'argument', argument, 'value', slug,
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
    # the next load marks the terms that are modes
    op.add_column("term", sa.Column("is_mode", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.alter_column("term", "is_mode", server_default=None)
    for view, which in VIEWS.items():
        op.execute(TERMS.format(view=view, which=which))
    op.execute(SLUG_WARNINGS.format(code=CODE))


def downgrade() -> None:
    op.execute(SLUG_WARNINGS.format(code="'UNKNOWN_SLUG'"))
    for view in VIEWS:
        op.execute(f"DROP VIEW {view}")
    op.drop_column("term", "is_mode")
