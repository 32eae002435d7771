"""Add what makes a gathering: setting, places in order, what it is within; delegates, interpreters and the unnamed.

The next load fills the new columns.
"""

import sqlalchemy as sa
from alembic import context, op

revision = "301fbb856f45"
down_revision = "17c5a772bf2f"
branch_labels = None
depends_on = None

FASTER = "9e27d1c5a83f"
OLD_ROLES = (
    "'SPEAKER', 'ADDRESSEE', 'ABOUT', 'ACTOR', 'RECIPIENT', 'ISSUER', 'ON_BEHALF_OF', 'CARRIER', 'INVITEE', 'HOLDER', "
    "'PARTY'"
)
# Neighbours: both are in one snapshot of the requested kinds and settings, and not only as interpreters.
BESIDE = """
CREATE FUNCTION beside(people int[], others int[], kinds text[], day date, settings text[])
RETURNS TABLE (one int, other int)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT here.actor_id, there.actor_id
    FROM presence AS here
    JOIN presence AS there ON there.snapshot_id = here.snapshot_id
    WHERE here.actor_id = ANY (people)
        AND (others IS NULL OR there.actor_id = ANY (others))
        AND here.known_from <= day AND here.known_until >= day
        AND NOT here.is_coding
        AND here.roles <> '{INTERPRETER}' AND there.roles <> '{INTERPRETER}'
        AND (settings IS NULL OR here.setting IS NULL OR here.setting = ANY (settings))
        AND CASE WHEN kinds IS NULL THEN here.typename NOT IN ('Office', 'Relationship')
            ELSE here.typename = ANY (kinds) END
$$
"""
OLD_BESIDE = """
CREATE FUNCTION beside(people int[], others int[], kinds text[], day date)
RETURNS TABLE (one int, other int)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT here.actor_id, there.actor_id
    FROM presence AS here
    JOIN presence AS there ON there.snapshot_id = here.snapshot_id
    WHERE here.actor_id = ANY (people)
        AND (others IS NULL OR there.actor_id = ANY (others))
        AND here.known_from <= day AND here.known_until >= day
        AND NOT here.is_coding
        AND CASE WHEN kinds IS NULL THEN here.typename NOT IN ('Office', 'Relationship')
            ELSE here.typename = ANY (kinds) END
$$
"""


def upgrade() -> None:
    op.create_table(
        "unnamed",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("on_behalf_of_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("known_since", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "role IN ('PARTICIPANT', 'HOST', 'DELEGATE', 'INTERPRETER')", name=op.f("unnamed_role_check")
        ),
        sa.CheckConstraint("people > 0", name=op.f("unnamed_people_check")),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("unnamed_fact_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["on_behalf_of_id"], ["actor.id"], name=op.f("unnamed_on_behalf_of_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("unnamed_pkey")),
        sa.UniqueConstraint("fact_id", "position", name=op.f("unnamed_fact_id_position_key")),
    )
    op.create_index(op.f("unnamed_on_behalf_of_id_idx"), "unnamed", ["on_behalf_of_id"], unique=False)
    op.create_table(
        "meeting_place",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("meeting_place_place_id_fkey")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("meeting_place_snapshot_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "position", name=op.f("meeting_place_pkey")),
        sa.UniqueConstraint("snapshot_id", "place_id", name=op.f("meeting_place_snapshot_id_place_id_key")),
    )
    op.create_index(op.f("meeting_place_place_id_idx"), "meeting_place", ["place_id"], unique=False)
    op.create_table(
        "unnamed_claim",
        sa.Column("unnamed_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("unnamed_claim_claim_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unnamed_id"], ["unnamed.id"], name=op.f("unnamed_claim_unnamed_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("unnamed_id", "claim_id", name=op.f("unnamed_claim_pkey")),
    )
    op.create_index(op.f("unnamed_claim_claim_id_idx"), "unnamed_claim", ["claim_id"], unique=False)
    op.add_column("claim", sa.Column("designated_id", sa.Integer(), nullable=True))
    op.create_index(
        "claim_designated_idx",
        "claim",
        ["designated_id"],
        unique=False,
        postgresql_where=sa.text("designated_id IS NOT NULL"),
    )
    op.create_foreign_key(op.f("claim_designated_id_fkey"), "claim", "actor", ["designated_id"], ["id"])
    op.add_column("involvement", sa.Column("on_behalf_of_id", sa.Integer(), nullable=True))
    op.add_column("involvement", sa.Column("on_behalf_of_since", sa.Date(), nullable=True))
    op.drop_constraint(op.f("involvement_role_check"), "involvement", type_="check")
    roles = f"role IN ('PARTICIPANT', 'HOST', 'DELEGATE', 'INTERPRETER', {OLD_ROLES})"
    op.create_check_constraint(op.f("involvement_role_check"), "involvement", roles)
    op.create_check_constraint(
        op.f("involvement_on_behalf_of_check"),
        "involvement",
        "(on_behalf_of_id IS NULL) = (on_behalf_of_since IS NULL)",
    )
    op.create_index(op.f("involvement_on_behalf_of_id_idx"), "involvement", ["on_behalf_of_id"], unique=False)
    op.create_foreign_key(op.f("involvement_on_behalf_of_id_fkey"), "involvement", "actor", ["on_behalf_of_id"], ["id"])
    op.add_column("meeting", sa.Column("setting", sa.String(), server_default="UNKNOWN", nullable=False))
    op.alter_column("meeting", "setting", server_default=None)
    op.add_column("meeting", sa.Column("within_id", sa.Integer(), nullable=True))
    op.add_column("meeting", sa.Column("within_kind", sa.String(), nullable=True))
    for name, condition in (
        ("setting", "setting IN ('BILATERAL', 'MULTILATERAL', 'UNKNOWN')"),
        ("within_kind", "within_kind IN ('MARGINS', 'PROGRAMME')"),
        ("within", "within_kind IS NULL OR within_id IS NOT NULL"),
    ):
        op.create_check_constraint(op.f(f"meeting_{name}_check"), "meeting", condition)
    op.create_index(op.f("meeting_within_id_idx"), "meeting", ["within_id"], unique=False)
    op.create_foreign_key(op.f("meeting_within_id_fkey"), "meeting", "fact", ["within_id"], ["id"])
    op.add_column("presence", sa.Column("setting", sa.String(), nullable=True))
    op.add_column("shared", sa.Column("setting", sa.String(), nullable=True))
    # a place that is already known is the only one
    op.execute(
        "INSERT INTO meeting_place (snapshot_id, position, place_id)"
        " SELECT snapshot_id, 1, place_id FROM meeting WHERE place_id IS NOT NULL"
    )
    _drop_functions("")
    op.execute(BESIDE)
    path = _shortest_path().replace("day date)", "day date, settings text[])")
    op.execute(path.replace("kinds, day)", "kinds, day, settings)"))


def _shortest_path() -> str:
    return str(context.script.get_revision(FASTER).module.SHORTEST_PATH)


def _drop_functions(more: str) -> None:
    op.execute(f"DROP FUNCTION shortest_path(int, int, text[], int, date{more})")
    op.execute(f"DROP FUNCTION beside(int[], int[], text[], date{more})")


def downgrade() -> None:
    _drop_functions(", text[]")
    op.execute(OLD_BESIDE)
    op.execute(_shortest_path())
    op.drop_constraint(op.f("meeting_within_check"), "meeting", type_="check")
    op.drop_column("shared", "setting")
    op.drop_column("presence", "setting")
    op.drop_constraint(op.f("meeting_within_id_fkey"), "meeting", type_="foreignkey")
    op.drop_index(op.f("meeting_within_id_idx"), table_name="meeting")
    op.drop_column("meeting", "within_kind")
    op.drop_column("meeting", "within_id")
    op.drop_column("meeting", "setting")
    op.drop_constraint(op.f("involvement_on_behalf_of_id_fkey"), "involvement", type_="foreignkey")
    op.drop_index(op.f("involvement_on_behalf_of_id_idx"), table_name="involvement")
    op.execute("DELETE FROM involvement WHERE role IN ('DELEGATE', 'INTERPRETER')")
    op.drop_constraint(op.f("involvement_on_behalf_of_check"), "involvement", type_="check")
    op.drop_constraint(op.f("involvement_role_check"), "involvement", type_="check")
    roles = f"role IN ('PARTICIPANT', 'HOST', {OLD_ROLES})"
    op.create_check_constraint(op.f("involvement_role_check"), "involvement", roles)
    op.drop_column("involvement", "on_behalf_of_since")
    op.drop_column("involvement", "on_behalf_of_id")
    op.drop_constraint(op.f("claim_designated_id_fkey"), "claim", type_="foreignkey")
    op.drop_index("claim_designated_idx", table_name="claim", postgresql_where=sa.text("designated_id IS NOT NULL"))
    op.drop_column("claim", "designated_id")
    op.drop_index(op.f("unnamed_claim_claim_id_idx"), table_name="unnamed_claim")
    op.drop_table("unnamed_claim")
    op.drop_index(op.f("meeting_place_place_id_idx"), table_name="meeting_place")
    op.drop_table("meeting_place")
    op.drop_index(op.f("unnamed_on_behalf_of_id_idx"), table_name="unnamed")
    op.drop_table("unnamed")
