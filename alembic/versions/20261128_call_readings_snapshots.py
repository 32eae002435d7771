"""Call what was known of a fact from one day to the next a snapshot, in every table that had a reading."""

from alembic import op

revision = "a7f2c94d5e10"
down_revision = "e1b46f0a92d7"
branch_labels = None
depends_on = None

# Constraints are renamed before indexes, as the index of a primary key has the name of its constraint.
RENAME = """
DO $$
DECLARE
    old text := '{old}';
    new text := '{new}';
    one record;
BEGIN
    FOR one IN SELECT conrelid::regclass AS owner, conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conname ~ ('(^|_)' || old || '_') AND contype <> 'n'
    LOOP
        EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', one.owner, one.conname,
            regexp_replace(one.conname, '(^|_)' || old || '_', '\\1' || new || '_'));
    END LOOP;
    FOR one IN SELECT oid::regclass AS index, relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('i', 'S') AND relname ~ ('(^|_)' || old || '_')
    LOOP
        EXECUTE format('ALTER INDEX %s RENAME TO %I', one.index,
            regexp_replace(one.relname, '(^|_)' || old || '_', '\\1' || new || '_'));
    END LOOP;
    FOR one IN SELECT table_name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = old || '_id'
    LOOP
        EXECUTE format('ALTER TABLE %I RENAME COLUMN %I TO %I', one.table_name, old || '_id', new || '_id');
    END LOOP;
    EXECUTE format('ALTER TABLE %I RENAME TO %I', old, new);
END $$
"""
BESIDE = """
CREATE OR REPLACE FUNCTION beside(people int[], others int[], kinds text[], day date)
RETURNS TABLE (one int, other int)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT here.actor_id, there.actor_id
    FROM presence AS here
    JOIN presence AS there ON there.{key} = here.{key}
    WHERE here.actor_id = ANY (people)
        AND (others IS NULL OR there.actor_id = ANY (others))
        AND here.known_from <= day AND here.known_until >= day
        AND NOT here.is_coding
        AND CASE WHEN kinds IS NULL THEN here.typename NOT IN ('Office', 'Relationship')
            ELSE here.typename = ANY (kinds) END
$$
"""


def upgrade() -> None:
    op.execute(RENAME.format(old="reading", new="snapshot"))
    op.execute(BESIDE.format(key="snapshot_id"))


def downgrade() -> None:
    op.execute(RENAME.format(old="snapshot", new="reading"))
    op.execute(BESIDE.format(key="reading_id"))
