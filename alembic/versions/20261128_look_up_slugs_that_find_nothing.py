"""Look up slugs that find nothing."""

from alembic import op

revision = "868358a33990"
down_revision = "64073480888a"
branch_labels = None
depends_on = None

KNOWS_SLUG = """
CREATE FUNCTION knows_slug(given text, given_entries text, since text, types text[], codes text[], day date)
RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    is_known boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT FROM %1$I WHERE (slug = $1%2$s) AND %3$I <= $2 AND %4$s)',
        given_entries,
        (SELECT string_agg(format(' OR %I = upper($1)', code), '') FROM unnest(codes) AS code),
        since, CASE WHEN types = '{}' THEN 'true' ELSE 'typename = ANY ($3)' END)
    INTO is_known USING given, day, types;
    RETURN is_known;
END
$$
"""


def upgrade() -> None:
    op.execute(KNOWS_SLUG)


def downgrade() -> None:
    op.execute("DROP FUNCTION knows_slug(text,text,text,text[],text[],date)")
