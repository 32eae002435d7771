CREATE FUNCTION slug_warnings(unknown json) RETURNS json
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT json_agg(
        CASE WHEN known_since > day THEN json_build_object(
            'code', 'NOT_YET_KNOWN', 'path', path, 'argument', argument, 'value', slug, 'knownSince', known_since)
        ELSE json_build_object(
            'code', CASE WHEN entries IN ('property', 'mode') THEN 'UNKNOWN_' || upper(entries) ELSE 'UNKNOWN_SLUG' END,
            'path', path, 'argument', argument, 'value', slug,
            'suggestions', CASE WHEN number <= 10 THEN similar_slugs(slug, entries, since, types, day) ELSE '[]' END)
        END
        ORDER BY number)
    FROM (
        SELECT once.*, row_number() OVER (ORDER BY place, position) AS number
        FROM (
            SELECT DISTINCT ON (path::text, argument, slug) *
            FROM json_to_recordset(unknown) AS given (
                place int, position int, path json, argument text, slug text,
                entries text, since text, types text[], codes text[], day date),
            slug_known_since(slug, entries, since, types, codes) AS known_since
            WHERE (known_since <= day) IS NOT TRUE
            ORDER BY path::text, argument, slug, place, position
        ) AS once
    ) AS numbered
$$;
