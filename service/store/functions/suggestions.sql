-- Return at most `most` entries of `kinds` whose names begin with one of `keys` on `day`. First come names that begin
-- as typed (the first key), then those that begin so only when folded or from an inner word on; each group from the
-- best known down. Each step is the outer side of a nested loop and is taken only while there are too few results. Of
-- many names with a short beginning, only those that are returned are therefore read. For each kind, only its own
-- levels are steps.
CREATE FUNCTION suggestions(keys text[], kinds text[], day date, most integer)
RETURNS TABLE (place bigint, typename text, slug text, name text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH held AS MATERIALIZED (
        SELECT kind, best.level::integer AS top, least.level::integer AS bottom
        FROM unnest(kinds) AS kind,
            LATERAL (SELECT level FROM suggestion WHERE typename = kind ORDER BY level DESC LIMIT 1) AS best,
            LATERAL (SELECT level FROM suggestion WHERE typename = kind ORDER BY level LIMIT 1) AS least
    ), step AS MATERIALIZED (
        SELECT as_typed, known
        FROM unnest(ARRAY[true, false]) AS as_typed,
            generate_series((SELECT min(bottom) FROM held), (SELECT max(top) FROM held)) AS known
        ORDER BY as_typed DESC, known DESC
    )
    SELECT row_number() OVER (), found.* FROM (
        SELECT best.typename, best.slug, best.name FROM step, LATERAL (
            SELECT each.* FROM (
                SELECT DISTINCT ON (hit.typename, hit.slug) hit.*
                FROM held,
                    unnest(CASE WHEN as_typed THEN keys[1:1] ELSE keys END) WITH ORDINALITY AS typed (start, nth),
                    LATERAL (
                        SELECT named.typename, named.slug, named.name, named.preference, named.key, typed.nth
                        FROM suggestion AS named
                        WHERE named.typename = kind AND named.level = known
                            AND named.key >= typed.start AND named.key < typed.start || chr(1114111)
                            AND named.known_from <= day AND named.known_until >= day
                            AND (typed.nth = 1 AND named.preference < 1000) = as_typed
                            AND (as_typed OR NOT EXISTS (
                                SELECT FROM suggestion AS same
                                WHERE same.typename = named.typename AND same.slug = named.slug
                                    AND same.known_from = named.known_from AND same.preference < 1000
                                    AND same.key >= keys[1] AND same.key < keys[1] || chr(1114111)
                            ))
                        ORDER BY named.key, named.slug LIMIT most * 10
                    ) AS hit
                WHERE known BETWEEN bottom AND top
                ORDER BY hit.typename, hit.slug, hit.nth, hit.preference, hit.key
            ) AS each
            ORDER BY each.preference / 1000, each.key, each.typename, each.slug LIMIT most
        ) AS best
        LIMIT most
    ) AS found
$$;
