"""Let sources be retracted and superseded, and let who is in a fact, and what it is about, end with them."""

import sqlalchemy as sa
from alembic import op

revision = "81d5c3a2f09e"
down_revision = "3f6b1e90c7d4"
branch_labels = None
depends_on = None

FOREVER = sa.text("'infinity'::date")
SPANS = ("involvement", "unnamed", "fact_about")
MARKED = ("snapshot", "presence", "shared")
CHECKS = {
    "source_withdrawn_on_check": ("source", "withdrawn_on >= reported_on"),
    "source_retracted_on_check": ("source", "retracted_on IS NULL OR withdrawn_on IS NOT NULL"),
    "claim_withdrawn_on_check": ("claim", "withdrawn_on >= reported_on"),
    "involvement_known_check": ("involvement", "known_from <= known_until"),
    "unnamed_known_check": ("unnamed", "known_from <= known_until"),
}
BESIDE = """
CREATE OR REPLACE FUNCTION beside(people int[], others int[], kinds text[], day date, settings text[])
RETURNS TABLE (one int, other int)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT here.actor_id, there.actor_id
    FROM presence AS here
    JOIN presence AS there ON there.snapshot_id = here.snapshot_id
    WHERE here.actor_id = ANY (people)
        AND (others IS NULL OR there.actor_id = ANY (others))
        AND here.known_from <= day AND here.known_until >= day
        AND NOT here.is_coding{standing}
        AND here.roles <> '{{INTERPRETER}}' AND there.roles <> '{{INTERPRETER}}'
        AND (settings IS NULL OR here.setting IS NULL OR here.setting = ANY (settings))
        AND CASE WHEN kinds IS NULL THEN here.typename NOT IN ('Office', 'Relationship')
            ELSE here.typename = ANY (kinds) END
$$
"""


def upgrade() -> None:
    op.create_table(
        "supersession",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("superseded_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("source_id <> superseded_id", name=op.f("supersession_different_check")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("supersession_source_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["superseded_id"], ["source.id"], name=op.f("supersession_superseded_id_fkey")),
        sa.PrimaryKeyConstraint("source_id", "superseded_id", name=op.f("supersession_pkey")),
    )
    op.create_index(op.f("supersession_superseded_id_idx"), "supersession", ["superseded_id"], unique=False)
    op.add_column("source", sa.Column("retracted_on", sa.Date(), nullable=True))
    op.add_column("source", sa.Column("withdrawn_on", sa.Date(), nullable=True))
    op.add_column("claim", sa.Column("withdrawn_on", sa.Date(), nullable=True))
    for table in SPANS:
        op.alter_column(table, "known_since", new_column_name="known_from")
        _add(table, sa.Column("known_until", sa.Date(), server_default=FOREVER, nullable=False))
    _key("involvement", ["fact_id", "role", "actor_id"], "known_until")
    _key("unnamed", ["fact_id", "position"], "known_until")
    _key_links("known_from")
    # on whose behalf somebody is involved is now stored for each span
    op.drop_constraint(op.f("involvement_on_behalf_of_check"), "involvement", type_="check")
    op.drop_column("involvement", "on_behalf_of_since")
    for table in MARKED:
        _add(table, sa.Column("is_withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False))
    for name, (table, condition) in CHECKS.items():
        op.create_check_constraint(op.f(name), table, condition)
    op.execute(BESIDE.format(standing=" AND NOT here.is_withdrawn"))


def downgrade() -> None:
    op.execute(BESIDE.format(standing=""))
    for name, (table, _) in CHECKS.items():
        op.drop_constraint(op.f(name), table, type_="check")
    for table in MARKED:
        op.drop_column(table, "is_withdrawn")
    for table in SPANS:
        # the next load writes the current contents
        op.execute(f"DELETE FROM {table} WHERE known_until <> 'infinity'")
    _key("involvement", ["fact_id", "role", "actor_id"])
    _key("unnamed", ["fact_id", "position"])
    _key_links()
    for table in SPANS:
        op.drop_column(table, "known_until")
        op.alter_column(table, "known_from", new_column_name="known_since")
    op.add_column("involvement", sa.Column("on_behalf_of_since", sa.Date(), nullable=True))
    op.execute("UPDATE involvement SET on_behalf_of_since = known_since WHERE on_behalf_of_id IS NOT NULL")
    condition = "(on_behalf_of_id IS NULL) = (on_behalf_of_since IS NULL)"
    op.create_check_constraint(op.f("involvement_on_behalf_of_check"), "involvement", condition)
    for table, column in {"claim": "withdrawn_on", "source": "withdrawn_on"}.items():
        op.drop_column(table, column)
    op.drop_column("source", "retracted_on")
    op.drop_table("supersession")


def _add(table: str, column: "sa.Column[object]") -> None:
    """A column that the next load fills, and until then the default."""
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


def _key(table: str, key: list[str], *ends: str) -> None:
    """What the rows of a table are unique by: with their end, or without."""
    names = [op.f(f"{table}_{'_'.join(columns)}_key") for columns in (key, [*key, "known_until"])]
    op.drop_constraint(names[0] if ends else names[1], table, type_="unique")
    op.create_unique_constraint(names[1] if ends else names[0], table, [*key, *ends])


def _key_links(*starts: str) -> None:
    op.drop_constraint(op.f("fact_about_pkey"), "fact_about", type_="primary")
    op.create_primary_key(op.f("fact_about_pkey"), "fact_about", ["fact_id", "about_id", *starts])
