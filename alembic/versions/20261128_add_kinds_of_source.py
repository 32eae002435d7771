"""Add posts, recordings with their times, transcripts, and the data sets that sources are taken from."""

import sqlalchemy as sa
from alembic import op

revision = "3f6b1e90c7d4"
down_revision = "001b987902fc"
branch_labels = None
depends_on = None

KINDS = ("ARTICLE", "OFFICIAL_RECORD")
NEW = ("POST", "RECORDING", "TRANSCRIPT", "DATASET")
CHECKS = {
    "source_author_check": "num_nonnulls(author_id, author_description) = (kind = 'POST')::int",
    "source_url_check": "kind <> 'POST' OR url IS NOT NULL",
    "source_transcript_of_check": "kind = 'TRANSCRIPT' OR transcript_of_id IS NULL",
    "source_other_check": "transcript_of_id <> id",
    "source_dataset_check": "kind <> 'DATASET' OR dataset IS NOT NULL",
}
TIMES = {
    "passage_times_check": "start_time >= 0 AND start_time < end_time",
    "passage_time_check": "(start_time IS NULL) = (end_time IS NULL)",
}


def upgrade() -> None:
    op.create_table(
        "source_dataset",
        sa.Column("slug", sa.Text(collation="C"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("attribution", sa.String(), nullable=True),
        sa.Column("retrieved_on", sa.Date(), nullable=True),
        sa.Column("known_since", sa.Date(), nullable=False),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("source_dataset_slug_check")),
        sa.PrimaryKeyConstraint("slug", name=op.f("source_dataset_pkey")),
    )
    for column, type_ in {
        "author_id": sa.Integer(),
        "author_description": sa.String(),
        "transcript_of_id": sa.Integer(),
        "dataset": sa.Text(collation="C"),
    }.items():
        op.add_column("source", sa.Column(column, type_, nullable=True))
    for column in ("author_id", "transcript_of_id", "dataset"):
        op.create_index(op.f(f"source_{column}_idx"), "source", [column], unique=False)
    op.create_foreign_key(op.f("source_author_id_fkey"), "source", "actor", ["author_id"], ["id"])
    op.create_foreign_key(op.f("source_transcript_of_id_fkey"), "source", "source", ["transcript_of_id"], ["id"])
    op.create_foreign_key(op.f("source_dataset_fkey"), "source", "source_dataset", ["dataset"], ["slug"])
    _allow(*KINDS, *NEW)
    for name, condition in CHECKS.items():
        op.create_check_constraint(op.f(name), "source", condition)
    op.add_column("passage", sa.Column("start_time", sa.Float(), nullable=True))
    op.add_column("passage", sa.Column("end_time", sa.Float(), nullable=True))
    for name, condition in TIMES.items():
        op.create_check_constraint(op.f(name), "passage", condition)


def downgrade() -> None:
    for table, names in {"passage": TIMES, "source": CHECKS}.items():
        for name in names:
            op.drop_constraint(op.f(name), table, type_="check")
    op.drop_column("passage", "end_time")
    op.drop_column("passage", "start_time")
    for column in ("dataset", "transcript_of_id", "author_description", "author_id"):
        op.drop_column("source", column)
    op.drop_table("source_dataset")
    _allow(*KINDS)


def _allow(*kinds: str) -> None:
    op.drop_constraint(op.f("source_kind_check"), "source", type_="check")
    condition = f"kind IN ({', '.join(map(repr, kinds))})"
    op.create_check_constraint(op.f("source_kind_check"), "source", condition)
