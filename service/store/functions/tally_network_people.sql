-- Count the people and ties around each person at present again: `network_person`.
CREATE FUNCTION tally_network_people() RETURNS void
LANGUAGE plpgsql SET work_mem = '64MB' AS $$
DECLARE
    wanted bit varying := cell_bits(network_cells(NULL, NULL, NULL, NULL, false));    -- the cells of all facts
BEGIN
    DELETE FROM network_person;
    -- from whoever has fewer ties to whoever has more, so that few ways have to be followed to find each three who are
    -- tied to each other
    CREATE TEMP TABLE led ON COMMIT DROP AS
    SELECT people[1] AS from_id, people[2] AS to_id
    FROM (
        SELECT array_agg(person_id ORDER BY number, person_id) AS people
        FROM (
            SELECT fact_id, person_id, count(*) OVER (PARTITION BY person_id) AS number
            FROM network_tie AS tie, LATERAL (VALUES (one_id), (other_id)) AS person (person_id)
            WHERE bit_count(tie.cells & wanted) > 0
        ) AS party GROUP BY fact_id
    ) AS tie;
    CREATE UNIQUE INDEX ON led (from_id, to_id);
    ANALYZE led;
    INSERT INTO network_person (person_id, people, ties)
    SELECT person_id, 1 + sum(own), sum(own) + sum(beside)
    FROM (
        SELECT person_id, 1 AS own, 0 AS beside
        FROM led, LATERAL (VALUES (from_id), (to_id)) AS person (person_id)
        UNION ALL SELECT person_id, 0, 1
        FROM led AS first JOIN led AS second ON second.from_id = first.to_id
            JOIN led AS third ON third.from_id = first.from_id AND third.to_id = second.to_id,
            LATERAL (VALUES (first.from_id), (first.to_id), (second.to_id)) AS person (person_id)
    ) AS tied
    GROUP BY person_id ORDER BY person_id;
    ANALYZE network_person;
    DROP TABLE led;
END
$$;
