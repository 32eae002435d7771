-- Return the cells of facts that tie two people by these kinds, of meetings in these settings, and with dates within or
-- overlapping a range from the first day of a month to the last day of one. Null arguments do not restrict the result.
CREATE FUNCTION network_cells(kinds text[], settings text[], first_day date, last_day date, is_within boolean)
RETURNS smallint[]
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH matching AS (
        SELECT id, within_id FROM network_cell
        WHERE (kinds IS NULL OR kind = ANY (kinds))
            AND (settings IS NULL OR kind <> 'MEETING' OR setting = ANY (settings))
            AND (first_day IS NULL OR is_dated AND CASE
                WHEN is_within THEN first_on >= first_day AND last_on <= last_day
                ELSE last_on >= first_day AND first_on <= last_day
            END)
    )
    SELECT coalesce(array_agg(id), '{}') FROM matching
    WHERE within_id IS NULL OR within_id NOT IN (SELECT id FROM matching)
$$;
