-- Return those of these ties (null: of all ties) that exist by these cells on a day.
CREATE FUNCTION ties_on(facts int[], those smallint[], day date) RETURNS SETOF int
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT DISTINCT fact_id FROM network_tally
    WHERE (facts IS NULL OR fact_id = ANY (facts))
        AND known_from <= day AND known_until >= day AND cell_id = ANY (those)
$$;
