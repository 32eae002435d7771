"""Add the function that finds the shortest path between two people."""

from alembic import op

revision = "2b7d0c61e9a4"
down_revision = "c86651feb382"
branch_labels = None
depends_on = None

# Two people are neighbours if both are in one reading of the requested kinds. The search starts from both ends, always
# continues from the smaller frontier, and checks whether the two frontiers touch before it continues.
BESIDE = """
CREATE FUNCTION beside(people int[], others int[], kinds text[], day date) RETURNS SETOF int
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT DISTINCT there.actor_id
    FROM presence AS here
    JOIN presence AS there ON there.reading_id = here.reading_id
    JOIN actor AS person ON person.id = there.actor_id AND person.typename = 'Person'
    WHERE here.actor_id = ANY (people)
        AND (others IS NULL OR there.actor_id = ANY (others))
        AND here.known_from <= day AND here.known_until >= day
        AND NOT here.is_coding
        AND CASE WHEN kinds IS NULL THEN here.typename NOT IN ('Office', 'Relationship')
            ELSE here.typename = ANY (kinds) END
$$
"""
SHORTEST_PATH = """
CREATE FUNCTION shortest_path(start int, goal int, kinds text[], longest int, day date) RETURNS int[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = 'force_custom_plan' AS $$
DECLARE
    ahead int[] := ARRAY[start];     -- everybody reached from the start, level by level
    ahead_ends int[] := ARRAY[1];    -- where each level ends
    behind int[] := ARRAY[goal];     -- the same from the goal
    behind_ends int[] := ARRAY[1];
    front int[] := ARRAY[start];
    back int[] := ARRAY[goal];
    found int[];
    middle int[];
    person int;
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
        middle := ARRAY(SELECT beside(back, front, kinds, day));
        EXIT WHEN cardinality(middle) > 0;
        IF cardinality(front) <= cardinality(back) THEN
            front := ARRAY(
                SELECT next.id FROM beside(front, NULL, kinds, day) AS next (id)
                LEFT JOIN unnest(ahead) AS seen (id) USING (id) WHERE seen.id IS NULL);
            ahead := ahead || front;
            ahead_ends := ahead_ends || cardinality(ahead);
        ELSE
            back := ARRAY(
                SELECT next.id FROM beside(back, NULL, kinds, day) AS next (id)
                LEFT JOIN unnest(behind) AS seen (id) USING (id) WHERE seen.id IS NULL);
            behind := behind || back;
            behind_ends := behind_ends || cardinality(behind);
        END IF;
        IF cardinality(front) = 0 OR cardinality(back) = 0 THEN
            RETURN NULL;
        END IF;
    END LOOP;
    -- Of all shortest paths the one whose slugs come first: only those ahead who lead to the middle may be on it.
    found := middle;
    FOR level IN REVERSE cardinality(ahead_ends) - 1 .. 2 LOOP
        middle := ARRAY(SELECT beside(middle, ahead[ahead_ends[level - 1] + 1 : ahead_ends[level]], kinds, day));
        found := found || middle;
    END LOOP;
    FOR level IN 2 .. cardinality(ahead_ends) LOOP
        SELECT actor.id INTO STRICT person
        FROM beside(
            ARRAY[path[cardinality(path)]],
            ARRAY(SELECT unnest(ahead[ahead_ends[level - 1] + 1 : ahead_ends[level]])
                INTERSECT SELECT unnest(found)),
            kinds, day) AS next (id)
        JOIN actor USING (id) ORDER BY actor.slug LIMIT 1;
        path := path || person;
    END LOOP;
    FOR level IN REVERSE cardinality(behind_ends) .. 1 LOOP
        SELECT actor.id INTO STRICT person
        FROM beside(
            ARRAY[path[cardinality(path)]],
            behind[(CASE WHEN level = 1 THEN 0 ELSE behind_ends[level - 1] END) + 1 : behind_ends[level]],
            kinds, day) AS next (id)
        JOIN actor USING (id) ORDER BY actor.slug LIMIT 1;
        path := path || person;
    END LOOP;
    RETURN path;
END
$$
"""


def upgrade() -> None:
    op.execute(BESIDE)
    op.execute(SHORTEST_PATH)


def downgrade() -> None:
    op.execute("DROP FUNCTION shortest_path")
    op.execute("DROP FUNCTION beside")
