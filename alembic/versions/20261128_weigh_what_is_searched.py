"""Weigh what is searched by how well known it is, and suggest names while somebody types."""

import sqlalchemy as sa
from alembic import op

revision = "c5d8e14f7a36"
down_revision = "4b90e7d25c18"
branch_labels = None
depends_on = None

KEY = sa.Text(collation="C")
OWNERS = ("reading", "actor", "place")

# From the best known downwards, so that of many names with a short beginning only those returned are read.
SUGGESTIONS = r"""
CREATE FUNCTION suggestions(keys text[], kinds text[], day date, most integer)
RETURNS TABLE (place bigint, typename text, slug text, name text)
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
    one record;
BEGIN
    place := 0;
    FOR known IN REVERSE 40..0 LOOP
        FOR one IN
            SELECT best.typename, best.slug, best.name FROM (
                SELECT DISTINCT ON (hit.typename, hit.slug) hit.*
                FROM unnest(kinds) AS kind, unnest(keys) WITH ORDINALITY AS given (start, nth), LATERAL (
                    SELECT held.typename, held.slug, held.name, held.preference, held.key FROM suggestion AS held
                    WHERE held.typename = kind AND held.level = known
                        AND held.key >= given.start AND held.key < given.start || chr(1114111)
                        AND held.known_from <= day AND held.known_until >= day
                    ORDER BY held.key, held.slug LIMIT most * 10
                ) AS hit
                ORDER BY hit.typename, hit.slug, given.nth, hit.preference, hit.key
            ) AS best
            ORDER BY best.preference / 1000, best.key, best.typename, best.slug LIMIT most - place
        LOOP
            place := place + 1;
            typename := one.typename;
            slug := one.slug;
            name := one.name;
            RETURN NEXT;
        END LOOP;
        EXIT WHEN place >= most;
    END LOOP;
END
$$
"""


def upgrade() -> None:
    # existing texts are found as before, until the next load writes them again
    op.add_column("search_text", sa.Column("prominence", sa.REAL(), nullable=False, server_default="1"))
    op.alter_column("search_text", "prominence", server_default=None)
    op.create_table(
        "suggestion",
        sa.Column("typename", KEY, nullable=False),
        sa.Column("slug", KEY, nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("preference", sa.SmallInteger(), nullable=False),
        *(sa.Column(f"{owner}_id", sa.Integer(), nullable=True) for owner in OWNERS),
        sa.CheckConstraint("known_from <= known_until", name=op.f("suggestion_known_check")),
        sa.CheckConstraint("level BETWEEN 0 AND 40", name=op.f("suggestion_level_check")),
        sa.CheckConstraint("num_nonnulls(reading_id, actor_id, place_id) = 1", name=op.f("suggestion_owner_check")),
        *(
            sa.ForeignKeyConstraint(
                [f"{owner}_id"], [f"{owner}.id"], name=op.f(f"suggestion_{owner}_id_fkey"), ondelete="CASCADE"
            )
            for owner in OWNERS
        ),
        sa.PrimaryKeyConstraint("typename", "slug", "known_from", "key", name=op.f("suggestion_pkey")),
    )
    for owner in OWNERS:
        op.create_index(op.f(f"suggestion_{owner}_id_idx"), "suggestion", [f"{owner}_id"], unique=False)
    keys = ["typename", "level", "key", "slug"]
    op.create_index("suggestion_key_idx", "suggestion", keys, unique=False)
    op.execute(SUGGESTIONS)


def downgrade() -> None:
    op.execute("DROP FUNCTION suggestions")
    op.drop_table("suggestion")
    op.drop_column("search_text", "prominence")
