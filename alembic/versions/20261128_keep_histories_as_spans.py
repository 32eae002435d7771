"""Keep histories as spans of a fact, and what it is found by apart from its snapshots."""

import sqlalchemy as sa
from alembic import op

revision = "842094b1ec3b"
down_revision = "c62f0b8e47d1"
branch_labels = None
depends_on = None

KEY = sa.Text(collation="C")
BASES = "effective_basis IN ('STATED', 'RELATIVE', 'INFERRED')"
FOUND_BY = {"search_text": "actor_id, place_id, source_id", "suggestion": "actor_id, place_id"}

# A step of each snapshot becomes one that covers the same days, until the next load merges equal ones into one span.
CARRY_CHANGES = """
INSERT INTO change
SELECT snapshot.fact_id, former.position, snapshot.known_from, snapshot.known_until, former.value, former.effective,
    former.effective_basis, former.reported_on, coalesce(edtf.latest, former.reported_on), former.position, snapshot.slug
FROM former_change AS former
JOIN snapshot ON snapshot.id = former.snapshot_id
LEFT JOIN edtf ON edtf.text = former.effective
"""
CARRY_CLAIMS = """
INSERT INTO change_claim
SELECT former.claim_id, snapshot.known_from, snapshot.known_until, snapshot.fact_id, change.position
FROM former_change_claim AS former
JOIN former_change AS change ON change.id = former.change_id
JOIN snapshot ON snapshot.id = change.snapshot_id
"""


def _as_spans() -> None:
    op.create_table(
        "change",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("effective", KEY, nullable=True),
        sa.Column("effective_basis", sa.String(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("slug", KEY, nullable=False),
        sa.CheckConstraint("(effective IS NULL) = (effective_basis IS NULL)", name=op.f("change_effective_check")),
        sa.CheckConstraint("known_from <= known_until", name=op.f("change_known_check")),
        sa.CheckConstraint(BASES, name=op.f("change_effective_basis_check")),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("change_fact_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["effective"], ["edtf.text"], name=op.f("change_effective_fkey")),
        sa.PrimaryKeyConstraint("fact_id", "step", "known_from", name=op.f("change_pkey")),
    )
    op.create_table(
        "change_claim",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.CheckConstraint("known_from <= known_until", name=op.f("change_claim_known_check")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("change_claim_claim_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("change_claim_fact_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "known_from", name=op.f("change_claim_pkey")),
    )
    op.create_index("change_claim_step_idx", "change_claim", ["fact_id", "step"], unique=False)


def _of_snapshots() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("effective", KEY, nullable=True),
        sa.Column("effective_basis", sa.String(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.CheckConstraint("(effective IS NULL) = (effective_basis IS NULL)", name=op.f("change_effective_check")),
        sa.CheckConstraint(BASES, name=op.f("change_effective_basis_check")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("change_snapshot_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["effective"], ["edtf.text"], name=op.f("change_effective_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("change_pkey")),
        sa.UniqueConstraint("snapshot_id", "position", name=op.f("change_snapshot_id_position_key")),
    )
    op.create_table(
        "change_claim",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("change_claim_change_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("change_claim_claim_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("change_id", "claim_id", name=op.f("change_claim_pkey")),
    )
    op.create_index(op.f("change_claim_claim_id_idx"), "change_claim", ["claim_id"], unique=False)


def _find_by(owner: str, former: str) -> None:
    """Lets search texts and suggestions of facts hang on another table; those that hang on neither go."""
    for table, others in FOUND_BY.items():
        op.add_column(table, sa.Column(f"{owner}_id", sa.Integer(), nullable=True))
        op.drop_constraint(op.f(f"{table}_owner_check"), table, type_="check")
        if owner == "fact":
            op.execute(
                f"UPDATE {table} SET fact_id = snapshot.fact_id FROM snapshot WHERE snapshot.id = {table}.snapshot_id"
            )
        else:
            op.execute(
                f"UPDATE {table} SET snapshot_id = snapshot.id FROM snapshot"
                f" WHERE snapshot.fact_id = {table}.fact_id AND snapshot.known_from = {table}.known_from"
            )
        op.execute(f"DELETE FROM {table} WHERE {former}_id IS NOT NULL AND {owner}_id IS NULL")
        op.drop_column(table, f"{former}_id")
        op.create_foreign_key(
            op.f(f"{table}_{owner}_id_fkey"), table, owner, [f"{owner}_id"], ["id"], ondelete="CASCADE"
        )
        op.create_index(op.f(f"{table}_{owner}_id_idx"), table, [f"{owner}_id"], unique=False)
        op.create_check_constraint(op.f(f"{table}_owner_check"), table, f"num_nonnulls({owner}_id, {others}) = 1")


def upgrade() -> None:
    for table in ("change", "change_claim"):
        op.rename_table(table, f"former_{table}")
    _release_names()
    _as_spans()
    op.execute(CARRY_CHANGES)
    op.execute(CARRY_CLAIMS)
    op.drop_table("former_change_claim")
    op.drop_table("former_change")
    _find_by("fact", "snapshot")
    _load_anew()


def downgrade() -> None:
    op.drop_table("change_claim")
    op.drop_table("change")
    _of_snapshots()
    _find_by("snapshot", "fact")
    _load_anew()


def _release_names() -> None:
    """The new tables have indexes of the same names."""
    for name in ("change_pkey", "change_claim_pkey"):
        op.execute(f"ALTER INDEX {name} RENAME TO former_{name}")


def _load_anew() -> None:
    """The next load writes every fact, whatever it was."""
    op.execute("UPDATE fact SET digest = ''")
