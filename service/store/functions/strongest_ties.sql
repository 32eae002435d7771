-- Return the relationships of the network of these cells on a day: up to a number of ties, strongest first, ties of
-- equal strength by slug. Also return how many ties and people there are. No tie is stronger than all that it has ever
-- been. Therefore only ties are examined that were ever as strong as the last of those that are found first.
CREATE FUNCTION strongest_ties(
    those smallint[], kinds text[], day date, size int, OUT ties int[], OUT tie_count bigint, OUT people_count bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = 'force_custom_plan' AS $$
DECLARE
    wanted bit varying := cell_bits(those);
    likely int[];       -- those that were the strongest ever
    least bigint;       -- how strong the last is of those that are found so far, as soon as there are enough
    most bigint := (SELECT sum(cell.ties) FROM network_cell AS cell WHERE id = ANY (those)) / 2;
    candidates int[];   -- all that may be as strong; null: whatever falls to the cells, where that is less
BEGIN
    SELECT coalesce(sum(count) FILTER (WHERE noun = 'TIE'), 0), coalesce(sum(count) FILTER (WHERE noun = 'PERSON'), 0)
    INTO tie_count, people_count
    FROM network_size AS number
    WHERE known_from <= day AND known_until >= day AND bit_count(number.cells & wanted) > 0;
    likely := ARRAY(SELECT fact_id FROM network_tie ORDER BY (meetings + invitations + quotes) DESC LIMIT 2 * size);
    SELECT min(weight) INTO least FROM (
        SELECT sum(count) AS weight FROM network_tally
        WHERE fact_id = ANY (likely) AND known_from <= day AND known_until >= day AND cell_id = ANY (those)
        GROUP BY fact_id ORDER BY weight DESC LIMIT size
    ) AS strongest HAVING count(*) = size;
    IF least > 1 THEN
        candidates := ARRAY(
            SELECT fact_id FROM network_tie
            WHERE (meetings + invitations + quotes) >= least
                AND strongest_ever(meetings, invitations, quotes, kinds) >= least
            LIMIT most + 1);
        IF cardinality(candidates) > most THEN
            candidates := NULL;
        END IF;
    END IF;
    ties := ARRAY(
        SELECT fact_id FROM (
            SELECT fact_id, sum(count) AS weight FROM network_tally
            WHERE (candidates IS NULL OR fact_id = ANY (candidates))
                AND known_from <= day AND known_until >= day AND cell_id = ANY (those)
            GROUP BY fact_id ORDER BY weight DESC FETCH FIRST (size) ROWS WITH TIES
        ) AS strongest JOIN fact ON fact.id = fact_id
        ORDER BY weight DESC, slug LIMIT size);
END
$$;
