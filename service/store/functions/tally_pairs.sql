-- Count again who is tied to whom and what each two share, for every day: `tie` and `pair_tally`. A meeting of both
-- that is part of the programme of another meeting of both counts with that, not in addition to it. A date that is the
-- last only on some days is kept for these days alone, so that there is one on each day.
--
-- `pairs`: ids of the facts of the relationships that are counted again; null for all.
CREATE FUNCTION tally_pairs(pairs integer[] DEFAULT NULL) RETURNS void
LANGUAGE sql SET work_mem = '64MB' AS $$
    DELETE FROM tie WHERE pairs IS NULL OR (actor_id, other_id) IN (
        SELECT one_id, other_id FROM pair_tally WHERE fact_id = ANY (pairs)
        UNION SELECT other_id, one_id FROM pair_tally WHERE fact_id = ANY (pairs));
    DELETE FROM pair_tally WHERE pairs IS NULL OR fact_id = ANY (pairs);
    WITH pair AS (
        SELECT fact_id, one_id, other_id FROM relationship JOIN snapshot ON snapshot.id = snapshot_id
        WHERE kind = 'PEOPLE' AND known_until = 'infinity' AND (pairs IS NULL OR fact_id = ANY (pairs))
    ), told AS (
        SELECT one_id, other_id, typename, coalesce(setting, '') AS setting,
            unnest(range_agg(daterange(known_from, known_until, '[]'))) AS days
        FROM shared JOIN pair ON pair.fact_id = between_id
        WHERE NOT is_coding AND NOT is_withdrawn
            AND roles_of_one <> '{INTERPRETER}' AND roles_of_other <> '{INTERPRETER}'
        GROUP BY 1, 2, 3, 4
    ), both_ways AS (
        SELECT one_id, other_id, typename, setting, days FROM told
        UNION ALL SELECT other_id, one_id, typename, setting, days FROM told
    )
    INSERT INTO tie (actor_id, other_id, typename, setting, known_from, known_until)
    SELECT one_id, other_id, typename, setting, lower(days), upper(days) - 1 FROM both_ways ORDER BY 1, 2;
    WITH held AS MATERIALIZED (
        SELECT between_id, fact_id, is_dated, first_on, last_on, shared.setting = 'BILATERAL' AS is_bilateral,
            CASE WHEN within_kind <> 'MARGINS' THEN within_id END AS within_id,
            daterange(known_from, known_until, '[]') AS days
        FROM shared JOIN meeting USING (snapshot_id)
        WHERE phase = 'HELD' AND NOT is_withdrawn AND NOT is_on_one_side AND (pairs IS NULL OR between_id = ANY (pairs))
            AND roles_of_one && '{PARTICIPANT,HOST,DELEGATE}' AND roles_of_other && '{PARTICIPANT,HOST,DELEGATE}'
    ), whole AS (
        SELECT between_id, fact_id, range_agg(days) AS days, range_agg(days) FILTER (WHERE is_bilateral) AS bilateral_days
        FROM held GROUP BY between_id, fact_id
    ), met AS MATERIALIZED (
        SELECT held.between_id, is_dated, first_on, last_on,
            datemultirange(held.days) - coalesce(whole.days, '{}') AS days,
            CASE WHEN is_bilateral THEN datemultirange(held.days) - coalesce(bilateral_days, '{}') ELSE '{}' END
                AS bilateral_days
        FROM held LEFT JOIN whole ON whole.between_id = held.between_id AND whole.fact_id = held.within_id
    ), last AS (
        SELECT between_id, first_on, last_on, unnest(days - coalesce(range_agg(days) OVER later, '{}')) AS days
        FROM met WHERE is_dated WINDOW later AS (
            PARTITION BY between_id ORDER BY first_on DESC, last_on DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ), turn (between_id, day, facts, meetings, bilateral_meetings, first_on, last_on, last_until) AS (
        SELECT fact_id, known_from, 0, 0, 0, NULL::date, NULL::date, NULL::date
        FROM snapshot WHERE typename = 'Relationship' AND (pairs IS NULL OR fact_id = ANY (pairs))
        UNION ALL SELECT between_id, turn.day, turn.number, 0, 0, NULL, NULL, NULL
        FROM shared, LATERAL (VALUES (known_from, 1), (known_until + 1, -1)) AS turn (day, number)
        WHERE NOT is_coding AND typename <> 'Relationship' AND (pairs IS NULL OR between_id = ANY (pairs))
        UNION ALL SELECT between_id, turn.day, 0, turn.number, 0, NULL, NULL, NULL
        FROM met, unnest(days) AS span, LATERAL (VALUES (lower(span), 1), (upper(span), -1)) AS turn (day, number)
        UNION ALL SELECT between_id, turn.day, 0, 0, turn.number, NULL, NULL, NULL
        FROM met, unnest(bilateral_days) AS span,
            LATERAL (VALUES (lower(span), 1), (upper(span), -1)) AS turn (day, number)
        UNION ALL SELECT between_id, lower(days), 0, 0, 0, first_on, last_on, upper(days) FROM last
    ), day AS (
        SELECT between_id, day, sum(facts) AS facts, sum(meetings) AS meetings,
            sum(bilateral_meetings) AS bilateral_meetings,
            max(first_on) AS first_on, max(last_on) AS last_on, max(last_until) AS last_until
        FROM turn WHERE day < 'infinity' GROUP BY between_id, day
    ), counted AS (
        SELECT between_id, day AS known_from, coalesce(lead(day) OVER days - 1, 'infinity') AS known_until,
            sum(facts) OVER days AS facts, sum(meetings) OVER days AS meetings,
            sum(bilateral_meetings) OVER days AS bilateral_meetings,
            first_on, last_on, last_until, count(last_until) OVER days AS nth
        FROM day WINDOW days AS (PARTITION BY between_id ORDER BY day)
    ), dated AS (
        SELECT between_id, known_from, known_until, facts, meetings, bilateral_meetings,
            CASE WHEN max(last_until) OVER meeting > known_from THEN max(first_on) OVER meeting END AS last_met_from,
            CASE WHEN max(last_until) OVER meeting > known_from THEN max(last_on) OVER meeting END AS last_met_to
        FROM counted WINDOW meeting AS (PARTITION BY between_id, nth)
    )
    INSERT INTO pair_tally (fact_id, known_from, known_until, snapshot_id, one_id, other_id, slug, facts, meetings,
        bilateral_meetings, last_met_from, last_met_to)
    SELECT between_id, dated.known_from, dated.known_until, snapshot_id, one_id, other_id, slug, facts, meetings,
        bilateral_meetings, coalesce(last_met_from, '-infinity'), coalesce(last_met_to, '-infinity')
    FROM dated
        JOIN snapshot ON fact_id = between_id
            AND dated.known_from BETWEEN snapshot.known_from AND snapshot.known_until
        JOIN relationship ON snapshot_id = snapshot.id
    ORDER BY between_id
$$;
