"""Let states be no more, have no code, and follow on each other."""

import sqlalchemy as sa
from alembic import op

revision = "001b987902fc"
down_revision = "1c3b66444b5d"
branch_labels = None
depends_on = None

CHECKS = {
    "codes": "(code IS NULL) = (alpha3 IS NULL)",
    "former_code": "former_code ~ '^[A-Z]{4}$'",
    "present": "existed_until IS NULL OR code IS NULL",
    "former": "existed_until IS NOT NULL OR former_code IS NULL",
}


def upgrade() -> None:
    op.create_table(
        "succession",
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("succession_other_check")),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["actor.id"], name=op.f("succession_predecessor_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["actor.id"], name=op.f("succession_successor_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("predecessor_id", "successor_id", name=op.f("succession_pkey")),
    )
    op.create_index(op.f("succession_successor_id_idx"), "succession", ["successor_id"], unique=False)
    op.add_column("actor", sa.Column("former_code", sa.String(), nullable=True))
    op.add_column("actor", sa.Column("existed_from", sa.Text(collation="C"), nullable=True))
    op.add_column("actor", sa.Column("existed_until", sa.Text(collation="C"), nullable=True))
    op.drop_constraint(op.f("actor_country_check"), "actor", type_="check")
    op.create_check_constraint(
        op.f("actor_country_check"),
        "actor",
        "typename = 'Country' OR num_nonnulls(code, alpha3, former_code, existed_from, existed_until) = 0",
    )
    for name, condition in CHECKS.items():
        op.create_check_constraint(op.f(f"actor_{name}_check"), "actor", condition)
    op.create_unique_constraint(
        op.f("actor_former_code_key"), "actor", ["former_code"], deferrable=True, initially="DEFERRED"
    )
    op.create_foreign_key(op.f("actor_existed_until_fkey"), "actor", "edtf", ["existed_until"], ["text"])
    op.create_foreign_key(op.f("actor_existed_from_fkey"), "actor", "edtf", ["existed_from"], ["text"])


def downgrade() -> None:
    op.drop_constraint(op.f("actor_existed_from_fkey"), "actor", type_="foreignkey")
    op.drop_constraint(op.f("actor_existed_until_fkey"), "actor", type_="foreignkey")
    op.drop_constraint(op.f("actor_former_code_key"), "actor", type_="unique")
    op.drop_constraint(op.f("actor_country_check"), "actor", type_="check")
    op.create_check_constraint(
        op.f("actor_country_check"),
        "actor",
        "(((typename)::text = 'Country'::text) = ((code IS NOT NULL) AND (alpha3 IS NOT NULL)))",
    )
    for name in CHECKS:
        op.drop_constraint(op.f(f"actor_{name}_check"), "actor", type_="check")
    op.drop_column("actor", "existed_until")
    op.drop_column("actor", "existed_from")
    op.drop_column("actor", "former_code")
    op.drop_index(op.f("succession_successor_id_idx"), table_name="succession")
    op.drop_table("succession")
