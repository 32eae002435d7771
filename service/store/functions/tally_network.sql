-- Count the ties between each two people again, for every day: `network_cell`, `network_tally`, `network_tie` and
-- `network_size`.
CREATE FUNCTION tally_network() RETURNS void
LANGUAGE plpgsql SET work_mem = '64MB' AS $$
DECLARE
    none bit varying;    -- no cell
BEGIN
    DELETE FROM network_cell;
    DELETE FROM network_tally;
    DELETE FROM network_tie;
    DELETE FROM network_size;
    -- each fact that ties two, from one day to another, by the whole months that its date lies in
    CREATE TEMP TABLE tying ON COMMIT DROP AS
    WITH pair AS (
        SELECT fact_id, known_from, known_until FROM relationship JOIN snapshot ON snapshot.id = snapshot_id
        WHERE kind = 'PEOPLE'
    ), both_in AS (
        SELECT between_id, shared.fact_id, snapshot_id, typename, setting, is_dated,
            date_trunc('month', first_on)::date AS first_on,
            (date_trunc('month', last_on) + interval '1 month - 1 day')::date AS last_on,
            roles_of_one, roles_of_other, is_on_one_side,
            greatest(pair.known_from, shared.known_from) AS known_from,
            least(pair.known_until, shared.known_until) AS known_until
        FROM shared JOIN pair ON pair.fact_id = between_id
            AND pair.known_from <= shared.known_until AND pair.known_until >= shared.known_from
        WHERE NOT is_withdrawn AND typename IN ('Summit', 'Talks', 'Invitation', 'Quote')
    ), met AS MATERIALIZED (
        SELECT both_in.*, CASE WHEN within_kind <> 'MARGINS' THEN within_id END AS within_id
        FROM both_in JOIN meeting USING (snapshot_id)
        WHERE phase = 'HELD' AND NOT is_on_one_side
            AND roles_of_one && '{PARTICIPANT,HOST,DELEGATE}' AND roles_of_other && '{PARTICIPANT,HOST,DELEGATE}'
    ), part AS MATERIALIZED (
        -- what is part of the programme of a meeting of both, while it is
        SELECT met.between_id, met.snapshot_id, met.setting, met.is_dated, met.first_on, met.last_on,
            whole.setting AS whole_setting, whole.is_dated AS whole_is_dated,
            whole.first_on AS whole_first_on, whole.last_on AS whole_last_on,
            greatest(met.known_from, whole.known_from) AS known_from,
            least(met.known_until, whole.known_until) AS known_until
        FROM met JOIN met AS whole ON whole.between_id = met.between_id AND whole.fact_id = met.within_id
            AND whole.known_from <= met.known_until AND whole.known_until >= met.known_from
    ), parted AS (
        SELECT between_id, snapshot_id, range_agg(daterange(known_from, known_until, '[]')) AS days
        FROM part GROUP BY between_id, snapshot_id
    ), alone AS (
        SELECT met.between_id, setting, is_dated, first_on, last_on,
            unnest(datemultirange(daterange(known_from, known_until, '[]')) - coalesce(parted.days, '{}')) AS days
        FROM met LEFT JOIN parted ON parted.between_id = met.between_id AND parted.snapshot_id = met.snapshot_id
    ), led AS (
        SELECT both_in.*, upper(typename) AS kind, roles_of_one && source AND roles_of_other && target AS is_of_one,
            roles_of_other && source AND roles_of_one && target AS is_of_other
        FROM both_in JOIN (VALUES
            ('Invitation', '{ISSUER}'::text[], '{INVITEE}'::text[]), ('Quote', '{SPEAKER}', '{ADDRESSEE,ABOUT}')
        ) AS way (typename, source, target) USING (typename)
    )
    SELECT between_id, 'MEETING' AS kind, setting::text AS setting, is_dated, first_on, last_on,
        NULL::text AS whole_setting, NULL::boolean AS whole_is_dated, NULL::date AS whole_first_on,
        NULL::date AS whole_last_on,
        0 AS of_one, 0 AS of_other, lower(days) AS known_from, upper(days) - 1 AS known_until
    FROM alone
    UNION ALL SELECT between_id, 'MEETING', setting, is_dated, first_on, last_on,
        whole_setting, whole_is_dated, whole_first_on, whole_last_on, 0, 0, known_from, known_until
    FROM part
    UNION ALL SELECT between_id, kind, '', is_dated, first_on, last_on, NULL, NULL, NULL, NULL,
        is_of_one::int, is_of_other::int, known_from, known_until
    FROM led WHERE is_of_one OR is_of_other;
    ANALYZE tying;
    INSERT INTO network_cell (id, kind, setting, is_dated, first_on, last_on)
    SELECT row_number() OVER (ORDER BY kind, setting, is_dated, first_on, last_on), cell.*
    FROM (
        SELECT kind, setting, is_dated, first_on, last_on FROM tying
        UNION SELECT kind, whole_setting, whole_is_dated, whole_first_on, whole_last_on
        FROM tying WHERE whole_setting IS NOT NULL
    ) AS cell;
    INSERT INTO network_cell (id, kind, setting, is_dated, first_on, last_on, within_id)
    SELECT (SELECT count(*) FROM network_cell) + row_number() OVER (ORDER BY own.id, whole.id),
        own.kind, own.setting, own.is_dated, own.first_on, own.last_on, whole.id
    FROM (
        SELECT DISTINCT kind, setting, is_dated, first_on, last_on, whole_setting, whole_is_dated, whole_first_on,
            whole_last_on
        FROM tying WHERE whole_setting IS NOT NULL
    ) AS part
        JOIN network_cell AS own USING (kind, setting, is_dated, first_on, last_on)
        JOIN network_cell AS whole ON (whole.kind, whole.setting, whole.is_dated, whole.first_on, whole.last_on)
            = (part.kind, whole_setting, whole_is_dated, whole_first_on, whole_last_on);
    ANALYZE network_cell;
    WITH placed AS (
        SELECT between_id, cell.id AS cell_id, of_one, of_other, known_from, known_until
        FROM tying LEFT JOIN network_cell AS whole
            ON whole.within_id IS NULL AND (whole.kind, whole.setting, whole.is_dated, whole.first_on, whole.last_on)
                = (tying.kind, whole_setting, whole_is_dated, whole_first_on, whole_last_on)
            JOIN network_cell AS cell ON (cell.kind, cell.setting, cell.is_dated, cell.first_on, cell.last_on)
                = (tying.kind, tying.setting, tying.is_dated, tying.first_on, tying.last_on)
                AND cell.within_id IS NOT DISTINCT FROM whole.id
    ), turn AS (
        SELECT between_id, cell_id, known_from AS day, 1 AS number, of_one, of_other FROM placed
        UNION ALL SELECT between_id, cell_id, known_until + 1, -1, -of_one, -of_other
        FROM placed WHERE known_until < 'infinity'
    ), day AS (
        SELECT between_id, cell_id, day, sum(number) AS number, sum(of_one) AS of_one, sum(of_other) AS of_other
        FROM turn GROUP BY between_id, cell_id, day
    ), counted AS (
        SELECT between_id, cell_id, day AS known_from, coalesce(lead(day) OVER days - 1, 'infinity') AS known_until,
            sum(number) OVER days AS count, sum(of_one) OVER days AS of_one, sum(of_other) OVER days AS of_other
        FROM day WINDOW days AS (PARTITION BY between_id, cell_id ORDER BY day)
    )
    INSERT INTO network_tally (fact_id, known_until, cell_id, known_from, count, of_one, of_other)
    SELECT between_id, known_until, cell_id, known_from, count, of_one, of_other FROM counted WHERE count > 0
    ORDER BY 1, 2, 3;
    ANALYZE network_tally;
    UPDATE network_cell SET ties = counted.ties FROM (
        SELECT cell_id, count(*) AS ties FROM network_tally WHERE known_until = 'infinity' GROUP BY cell_id
    ) AS counted WHERE cell_id = id;
    none := repeat('0', (SELECT count(*)::int FROM network_cell));
    INSERT INTO network_tie (fact_id, one_id, other_id, meetings, invitations, quotes, cells)
    SELECT tie.fact_id, one_id, other_id, meetings, invitations, quotes, coalesce(cells, none)
    FROM (
        SELECT between_id AS fact_id, count(*) FILTER (WHERE kind = 'MEETING') AS meetings,
            count(*) FILTER (WHERE kind = 'INVITATION') AS invitations,
            count(*) FILTER (WHERE kind = 'QUOTE') AS quotes
        FROM tying GROUP BY between_id
    ) AS tie
        JOIN (SELECT DISTINCT fact_id, one_id, other_id FROM relationship JOIN snapshot ON snapshot.id = snapshot_id)
            AS pair USING (fact_id)
        LEFT JOIN (
            SELECT fact_id, bit_or(set_bit(none, cell_id - 1, 1)) AS cells
            FROM network_tally WHERE known_until = 'infinity' GROUP BY fact_id
        ) AS now USING (fact_id)
    ORDER BY meetings + invitations + quotes DESC;
    ANALYZE network_tie;
    -- who and which two are tied by which cells, and on which days
    CREATE TEMP TABLE held ON COMMIT DROP AS
    SELECT 'TIE' AS noun, fact_id AS id, cell_id, unnest(range_agg(daterange(known_from, known_until, '[]'))) AS days
    FROM network_tally GROUP BY fact_id, cell_id;
    INSERT INTO held
    SELECT 'PERSON', person_id, cell_id, unnest(range_agg(days))
    FROM held JOIN network_tie ON fact_id = id, LATERAL (VALUES (one_id), (other_id)) AS person (person_id)
    GROUP BY person_id, cell_id;
    CREATE INDEX ON held (noun, id);
    ANALYZE held;
    WITH day AS (
        SELECT noun, id, lower(days) AS day FROM held
        UNION SELECT noun, id, upper(days) FROM held WHERE upper(days) < 'infinity'
    ), mask AS (
        SELECT day.noun, day.id, day, coalesce(bit_or(set_bit(none, cell_id - 1, 1)), none) AS cells
        FROM day LEFT JOIN held ON held.noun = day.noun AND held.id = day.id AND days @> day
        GROUP BY day.noun, day.id, day
    ), span AS (
        SELECT noun, cells, day, lead(day) OVER (PARTITION BY noun, id ORDER BY day) AS until FROM mask
    ), turn AS (
        SELECT noun, cells, day, 1 AS number FROM span
        UNION ALL SELECT noun, cells, until, -1 FROM span WHERE until IS NOT NULL
    ), change AS (
        SELECT noun, cells, day, sum(number) AS number FROM turn GROUP BY noun, cells, day HAVING sum(number) <> 0
    ), counted AS (
        SELECT noun, cells, day AS known_from, coalesce(lead(day) OVER days - 1, 'infinity') AS known_until,
            sum(number) OVER days AS count
        FROM change WINDOW days AS (PARTITION BY noun, cells ORDER BY day)
    )
    INSERT INTO network_size (noun, known_until, cells, known_from, count)
    SELECT noun, known_until, cells, known_from, count FROM counted WHERE count > 0 AND cells <> none ORDER BY 1, 2, 3;
    ANALYZE network_size;
    DROP TABLE tying, held;
END
$$;
