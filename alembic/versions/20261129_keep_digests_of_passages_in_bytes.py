"""Keep digests of passages in bytes: half as many as in hexadecimal digits."""

import sqlalchemy as sa
from alembic import op

revision = "b8f26c0e93d7"
down_revision = "7d1e0b6a4c58"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("passage_sha256_check"), "passage", type_="check")
    op.alter_column("passage", "sha256", type_=sa.LargeBinary(), postgresql_using="decode(sha256, 'hex')")
    op.create_check_constraint(op.f("passage_sha256_check"), "passage", "octet_length(sha256) = 32")


def downgrade() -> None:
    op.drop_constraint(op.f("passage_sha256_check"), "passage", type_="check")
    op.alter_column("passage", "sha256", type_=sa.String(), postgresql_using="encode(sha256, 'hex')")
    op.create_check_constraint(op.f("passage_sha256_check"), "passage", "sha256 ~ '^[0-9a-f]{64}$'")
