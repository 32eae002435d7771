-- Return the same as strongest_ties, among a person and those tied to that person. The person's own ties come first.
-- They lead to those to whom the person is tied most, half as many as there may be ties. Then come the ties of these
-- people with each other. For the whole present network the totals have been counted; for a part of it or another day,
-- each of these ties is examined.
CREATE FUNCTION strongest_ties_around(
    center int, those smallint[], kinds text[], day date, size int,
    OUT ties int[], OUT tie_count bigint, OUT people_count bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = 'force_custom_plan' AS $$
DECLARE
    wanted bit varying := cell_bits(those);
    most int := (size + 1) / 2;
    own int[];          -- his ties
    others int[];       -- whom each of them is to
    is_other bit varying;  -- the same as others, by the ids of people
    least bigint;       -- how strong the last is of those that are found so far, as soon as there are enough
    near int[];         -- himself and those of whom ties may be shown
BEGIN
    IF day = 'infinity' AND those = network_cells(NULL, NULL, NULL, NULL, false) THEN
        SELECT person.ties, person.people INTO tie_count, people_count
        FROM network_person AS person WHERE person_id = center;
    END IF;
    IF tie_count IS NULL THEN
        SELECT coalesce(array_agg(fact_id), '{}'), coalesce(array_agg(other), '{}') INTO own, others FROM (
            SELECT fact_id, CASE one_id WHEN center THEN other_id ELSE one_id END AS other FROM network_tie AS tie
            WHERE (one_id = center OR other_id = center)
                AND (day < 'infinity' OR bit_count(tie.cells & wanted) > 0)
        ) AS tie;
        IF day < 'infinity' THEN
            SELECT coalesce(array_agg(fact_id), '{}'), coalesce(array_agg(other), '{}') INTO own, others
            FROM unnest(own, others) AS tie (fact_id, other) WHERE fact_id IN (SELECT * FROM ties_on(own, those, day));
        END IF;
        people_count := cardinality(others) + (cardinality(others) > 0)::int;
        IF cardinality(others) > 200 THEN
            is_other := (
                SELECT string_agg(CASE WHEN id = ANY (others) THEN '1' ELSE '0' END, '' ORDER BY id)
                FROM generate_series(0, (SELECT max(id) FROM actor)) AS id)::bit varying;
            IF day = 'infinity' THEN
                SELECT count(*) INTO tie_count FROM network_tie AS tie
                WHERE get_bit(is_other, one_id) = 1 AND get_bit(is_other, other_id) = 1
                    AND bit_count(tie.cells & wanted) > 0;
            ELSE
                SELECT count(*) INTO tie_count FROM network_tie AS tie
                WHERE get_bit(is_other, one_id) = 1 AND get_bit(is_other, other_id) = 1
                    AND fact_id IN (SELECT * FROM ties_on(NULL, those, day));
            END IF;
        ELSE
            tie_count := (
                SELECT count(*) FROM ties_on(ARRAY(
                    SELECT fact_id FROM network_tie WHERE one_id = ANY (others) AND other_id = ANY (others)), those, day));
        END IF;
        tie_count := tie_count + cardinality(own);
    END IF;
    SELECT min(weight) INTO least FROM (
        SELECT sum(count) AS weight FROM network_tally
        WHERE fact_id = ANY (ARRAY(
                SELECT fact_id FROM network_tie WHERE one_id = center OR other_id = center
                ORDER BY strongest_ever(meetings, invitations, quotes, kinds) DESC LIMIT size))
            AND known_from <= day AND known_until >= day AND cell_id = ANY (those)
        GROUP BY fact_id ORDER BY weight DESC LIMIT most
    ) AS strongest HAVING count(*) = most;
    near := center || ARRAY(
        SELECT CASE one_id WHEN center THEN other_id ELSE one_id END FROM (
            SELECT fact_id, sum(count) AS weight FROM network_tally
            WHERE fact_id = ANY (ARRAY(
                    SELECT fact_id FROM network_tie WHERE (one_id = center OR other_id = center)
                        AND strongest_ever(meetings, invitations, quotes, kinds) >= coalesce(least, 1)))
                AND known_from <= day AND known_until >= day AND cell_id = ANY (those)
            GROUP BY fact_id ORDER BY weight DESC FETCH FIRST (most) ROWS WITH TIES
        ) AS strongest JOIN network_tie USING (fact_id) JOIN fact ON fact.id = fact_id
        ORDER BY weight DESC, slug LIMIT most);
    ties := ARRAY(
        SELECT fact_id FROM (
            SELECT fact_id, sum(count) AS weight FROM network_tally
            WHERE fact_id = ANY (ARRAY(
                    SELECT fact_id FROM network_tie WHERE one_id = ANY (near) AND other_id = ANY (near)))
                AND known_from <= day AND known_until >= day AND cell_id = ANY (those)
            GROUP BY fact_id
        ) AS strongest JOIN network_tie USING (fact_id) JOIN fact ON fact.id = fact_id
        ORDER BY center IN (one_id, other_id) DESC, weight DESC, slug LIMIT size);
END
$$;
