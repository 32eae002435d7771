-- Return the people from `start` to `goal`, each tied to the next in a snapshot of `kinds` and `settings` that is valid
-- on `day`. The result is the shortest such path, or of several the one whose slugs come first, or null if there is
-- none of at most `longest` steps. The search starts from both ends and always continues from the side with fewer ties.
-- Ties are counted up to a bound, since a person whom everybody meets outweighs a hundred others. Before each step it
-- checks whether the two sides touch.
CREATE FUNCTION shortest_path(start int, goal int, kinds text[], longest int, day date, settings text[]) RETURNS int[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = 'force_custom_plan' AS $$
DECLARE
    ahead int[] := ARRAY[start];     -- everybody reached from the start, level by level
    ahead_ends int[] := ARRAY[1];    -- where each level ends
    behind int[] := ARRAY[goal];     -- the same from the goal
    behind_ends int[] := ARRAY[1];
    front int[] := ARRAY[start];     -- the last level of each
    back int[] := ARRAY[goal];
    front_weight bigint;             -- how many ties it has
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
            SELECT count(*) FROM (SELECT FROM tie WHERE actor_id = ANY (front) LIMIT 10000) AS capped));
        back_weight := coalesce(back_weight, (
            SELECT count(*) FROM (SELECT FROM tie WHERE actor_id = ANY (back) LIMIT 10000) AS capped));
        is_front_lighter := (front_weight, cardinality(front)) <= (back_weight, cardinality(back));
        IF is_front_lighter THEN
            middle := ARRAY(SELECT DISTINCT one FROM beside(front, back, kinds, day, settings));
        ELSE
            middle := ARRAY(SELECT DISTINCT other FROM beside(back, front, kinds, day, settings));
        END IF;
        EXIT WHEN cardinality(middle) > 0;
        IF is_front_lighter THEN
            front_weight := NULL;
            front := ARRAY(
                SELECT other FROM (SELECT DISTINCT other FROM beside(front, NULL, kinds, day, settings)) AS next
                WHERE other <> ALL (ahead));
            ahead := ahead || front;
            ahead_ends := ahead_ends || cardinality(ahead);
        ELSE
            back_weight := NULL;
            back := ARRAY(
                SELECT other FROM (SELECT DISTINCT other FROM beside(back, NULL, kinds, day, settings)) AS next
                WHERE other <> ALL (behind));
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
        middle := ARRAY(SELECT DISTINCT other FROM beside(middle, level, kinds, day, settings));
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
        level := ARRAY(SELECT DISTINCT other FROM beside(path[step - 1 :], level, kinds, day, settings));
        path := path || (SELECT id FROM actor WHERE id = ANY (level) ORDER BY slug LIMIT 1);
    END LOOP;
    RETURN path;
END
$$;
