-- Count the tone between each two again, for every day: `tone_tally`.
CREATE FUNCTION tally_tones() RETURNS void
LANGUAGE sql SET work_mem = '64MB' AS $$
    DELETE FROM tone_tally;
    WITH acted AS (
        SELECT between_id, is_dated, date_trunc('month', first_on)::date AS first_on,
            (date_trunc('month', last_on) + interval '1 month - 1 day')::date AS last_on, known_from, known_until,
            score::numeric AS score, (quad_class IN ('VERBAL_COOPERATION', 'MATERIAL_COOPERATION'))::int AS cooperation,
            (quad_class IN ('VERBAL_CONFLICT', 'MATERIAL_CONFLICT'))::int AS conflict
        FROM shared JOIN event USING (snapshot_id)
        WHERE typename = 'Event' AND modality = 'ACTUAL' AND NOT is_withdrawn
            AND roles_of_one && '{ACTOR,RECIPIENT}' AND roles_of_other && '{ACTOR,RECIPIENT}'
    ), turn (between_id, is_dated, first_on, last_on, day, events, cooperation, conflict, score) AS (
        SELECT between_id, is_dated, first_on, last_on, known_from, 1, cooperation, conflict, score FROM acted
        UNION ALL SELECT between_id, is_dated, first_on, last_on, known_until + 1, -1, -cooperation, -conflict, -score
        FROM acted WHERE known_until < 'infinity'
    ), day AS (
        SELECT between_id, is_dated, first_on, last_on, day, sum(events) AS events, sum(cooperation) AS cooperation,
            sum(conflict) AS conflict, sum(score) AS score
        FROM turn GROUP BY between_id, is_dated, first_on, last_on, day
    ), counted AS (
        SELECT between_id, is_dated, first_on, last_on, day AS known_from,
            coalesce(lead(day) OVER days - 1, 'infinity') AS known_until, sum(events) OVER days AS events,
            sum(cooperation) OVER days AS cooperation, sum(conflict) OVER days AS conflict, sum(score) OVER days AS score
        FROM day WINDOW days AS (PARTITION BY between_id, is_dated, first_on, last_on ORDER BY day)
    )
    INSERT INTO tone_tally (fact_id, known_until, first_on, last_on, is_dated, known_from, events, cooperation, conflict,
        score)
    SELECT between_id, known_until, first_on, last_on, is_dated, known_from, events, cooperation, conflict, score
    FROM counted WHERE events > 0 ORDER BY 1, 2, 3, 4
$$;
