"""Record agreements: a table for their snapshots, and their words in the checks of kinds and roles."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1c3b66444b5d"
down_revision = "301fbb856f45"
branch_labels = None
depends_on = None

# By table and column: the allowed words, with the new one in its place among them.
WORDS = {
    ("fact", "typename"): (
        "'Summit', 'Talks', 'Quote', 'Event', 'Invitation'{}, 'Office', 'Relationship'",
        "'Agreement'",
    ),
    ("involvement", "role"): (
        "'PARTICIPANT', 'HOST', 'DELEGATE', 'INTERPRETER', 'SPEAKER', 'ADDRESSEE', 'ABOUT', 'ACTOR', 'RECIPIENT', 'ISSUER', 'ON_BEHALF_OF', "
        "'CARRIER', 'INVITEE', 'HOLDER', 'PARTY'{}",
        "'SIGNATORY'",
    ),
    ("download", "kind"): (
        "'PERSON', 'ORGANISATION', 'COUNTRY', 'PLACE', 'SUMMIT', 'TALKS', 'QUOTE', 'EVENT', 'INVITATION'{}, 'OFFICE', "
        "'RELATIONSHIP', 'SOURCE', 'CLAIM', 'CONFLICT'",
        "'AGREEMENT'",
    ),
}


def check(table: str, column: str, words: str) -> None:
    name = op.f(f"{table}_{column}_check")
    op.drop_constraint(name, table, type_="check")
    op.create_check_constraint(name, table, f"{column} IN ({words})")


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("names", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("in_force", sa.Text(collation="C"), nullable=True),
        sa.Column("in_force_basis", sa.String(), nullable=True),
        sa.Column("ended", sa.Text(collation="C"), nullable=True),
        sa.Column("ended_basis", sa.String(), nullable=True),
        sa.Column("concluded_at_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("text_source_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "ended_basis IN ('STATED', 'RELATIVE', 'INFERRED')", name=op.f("agreement_ended_basis_check")
        ),
        sa.CheckConstraint(
            "in_force_basis IN ('STATED', 'RELATIVE', 'INFERRED')", name=op.f("agreement_in_force_basis_check")
        ),
        sa.CheckConstraint(
            "kind IN ('TREATY', 'JOINT_STATEMENT', 'DECLARATION', 'COMMUNIQUE', 'ARMISTICE', 'UNDERSTANDING')",
            name=op.f("agreement_kind_check"),
        ),
        sa.CheckConstraint("(ended IS NULL) = (ended_basis IS NULL)", name=op.f("agreement_ended_check")),
        sa.CheckConstraint("(in_force IS NULL) = (in_force_basis IS NULL)", name=op.f("agreement_in_force_check")),
        sa.ForeignKeyConstraint(["concluded_at_id"], ["fact.id"], name=op.f("agreement_concluded_at_id_fkey")),
        sa.ForeignKeyConstraint(["ended"], ["edtf.text"], name=op.f("agreement_ended_fkey")),
        sa.ForeignKeyConstraint(["in_force"], ["edtf.text"], name=op.f("agreement_in_force_fkey")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("agreement_place_id_fkey")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("agreement_snapshot_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["text_source_id"], ["source.id"], name=op.f("agreement_text_source_id_fkey")),
        sa.PrimaryKeyConstraint("snapshot_id", name=op.f("agreement_pkey")),
    )
    op.create_index(op.f("agreement_concluded_at_id_idx"), "agreement", ["concluded_at_id"], unique=False)
    op.create_index(op.f("agreement_place_id_idx"), "agreement", ["place_id"], unique=False)
    op.create_index(op.f("agreement_text_source_id_idx"), "agreement", ["text_source_id"], unique=False)
    for (table, column), (words, word) in WORDS.items():
        check(table, column, words.format(f", {word}"))


def downgrade() -> None:
    op.drop_table("agreement")
    op.execute("DELETE FROM fact_about USING fact WHERE about_id = fact.id AND typename = 'Agreement'")
    for (table, column), (words, word) in WORDS.items():
        op.execute(f"DELETE FROM {table} WHERE {column} = {word}")
        check(table, column, words.format(""))
