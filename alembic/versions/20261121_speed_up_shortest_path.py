"""Speed up the shortest path: weigh both sides by their presences before going on from one."""

from alembic import context, op

revision = "9e27d1c5a83f"
down_revision = "c41d88f2e07b"
branch_labels = None
depends_on = None

FIRST = "2b7d0c61e9a4"
# Neighbours: both people are in one reading of the requested kinds. In a FROM, the function becomes part of the
# surrounding statement, which is planned for the people in question.
BESIDE = """
CREATE FUNCTION beside(people int[], others int[], kinds text[], day date) RETURNS TABLE (one int, other int)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT here.actor_id, there.actor_id
    FROM presence AS here
    JOIN presence AS there ON there.reading_id = here.reading_id
    WHERE here.actor_id = ANY (people)
        AND (others IS NULL OR there.actor_id = ANY (others))
        AND here.known_from <= day AND here.known_until >= day
        AND NOT here.is_coding
        AND CASE WHEN kinds IS NULL THEN here.typename NOT IN ('Office', 'Relationship')
            ELSE here.typename = ANY (kinds) END
$$
"""
# The search starts from both ends. It always continues from the side with fewer presences, and first checks whether the
# two sides touch. Presences are counted up to a bound: somebody who is met everywhere outweighs more than a hundred
# others.
SHORTEST_PATH = """
CREATE FUNCTION shortest_path(start int, goal int, kinds text[], longest int, day date) RETURNS int[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = 'force_custom_plan' AS $$
DECLARE
    ahead int[] := ARRAY[start];     -- everybody reached from the start, level by level
    ahead_ends int[] := ARRAY[1];    -- where each level ends
    behind int[] := ARRAY[goal];     -- the same from the goal
    behind_ends int[] := ARRAY[1];
    front int[] := ARRAY[start];     -- the last level of each
    back int[] := ARRAY[goal];
    front_weight bigint;             -- how many presences it has
    back_weight bigint;
    is_front_lighter boolean;
    middle int[];                    -- those in front who stand beside somebody in back
    found int[];
    level int[];
    place int;
    path int[] := ARRAY[start];
BEGIN
    IF start IS NULL OR goal IS NULL THEN
        RETURN NULL;
    ELSIF start = goal THEN
        RETURN path;
    END IF;
    LOOP
        IF cardinality(ahead_ends) + cardinality(behind_ends) - 1 > longest THEN
            RETURN NULL;
        END IF;
        front_weight := coalesce(front_weight, (
            SELECT count(*) FROM (SELECT FROM presence WHERE actor_id = ANY (front) LIMIT 10000) AS capped));
        back_weight := coalesce(back_weight, (
            SELECT count(*) FROM (SELECT FROM presence WHERE actor_id = ANY (back) LIMIT 10000) AS capped));
        is_front_lighter := (front_weight, cardinality(front)) <= (back_weight, cardinality(back));
        IF is_front_lighter THEN
            middle := ARRAY(SELECT DISTINCT one FROM beside(front, back, kinds, day));
        ELSE
            middle := ARRAY(SELECT DISTINCT other FROM beside(back, front, kinds, day));
        END IF;
        EXIT WHEN cardinality(middle) > 0;
        IF is_front_lighter THEN
            front_weight := NULL;
            front := ARRAY(
                SELECT other FROM (SELECT DISTINCT other FROM beside(front, NULL, kinds, day)) AS next
                WHERE other <> ALL (ahead) AND (SELECT typename FROM actor WHERE id = other) = 'Person');
            ahead := ahead || front;
            ahead_ends := ahead_ends || cardinality(ahead);
        ELSE
            back_weight := NULL;
            back := ARRAY(
                SELECT other FROM (SELECT DISTINCT other FROM beside(back, NULL, kinds, day)) AS next
                WHERE other <> ALL (behind) AND (SELECT typename FROM actor WHERE id = other) = 'Person');
            behind := behind || back;
            behind_ends := behind_ends || cardinality(behind);
        END IF;
        IF cardinality(front) = 0 OR cardinality(back) = 0 THEN
            RETURN NULL;
        END IF;
    END LOOP;
    -- Of all shortest paths the one whose slugs come first: only those ahead who lead to the middle may be on it.
    found := middle;
    FOR step IN REVERSE cardinality(ahead_ends) - 1 .. 2 LOOP
        level := ahead[ahead_ends[step - 1] + 1 : ahead_ends[step]];
        middle := ARRAY(SELECT DISTINCT other FROM beside(middle, level, kinds, day));
        found := found || middle;
    END LOOP;
    FOR step IN 2 .. cardinality(ahead_ends) + cardinality(behind_ends) LOOP
        IF step <= cardinality(ahead_ends) THEN
            level := ARRAY(
                SELECT unnest(ahead[ahead_ends[step - 1] + 1 : ahead_ends[step]]) INTERSECT SELECT unnest(found));
        ELSE
            place := cardinality(ahead_ends) + cardinality(behind_ends) + 1 - step;
            level := behind[coalesce(behind_ends[place - 1], 0) + 1 : behind_ends[place]];
        END IF;
        level := ARRAY(SELECT DISTINCT other FROM beside(path[step - 1 :], level, kinds, day));
        path := path || (SELECT id FROM actor WHERE id = ANY (level) ORDER BY slug LIMIT 1);
    END LOOP;
    RETURN path;
END
$$
"""


def upgrade() -> None:
    _drop()
    op.execute(BESIDE)
    op.execute(SHORTEST_PATH)


def downgrade() -> None:
    _drop()
    context.script.get_revision(FIRST).module.upgrade()


def _drop() -> None:
    op.execute("DROP FUNCTION shortest_path")
    op.execute("DROP FUNCTION beside")
