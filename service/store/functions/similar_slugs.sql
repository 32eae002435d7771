-- Return the slugs most similar to `given`, at most three, as a JSON array. They are slugs of the table or view
-- `entries`, known since `day` or earlier by its column `since`, and of `types` if there are any. A former slug counts
-- for the present one.
--
-- First come former states whose former code begins with `given` (YU), as the two-letter code that they had. Then come
-- the suggestions for `given` as the beginning of a name, so that a surname finds its best known bearer. Then come
-- similarly spelt slugs.
--
-- Only the neighbours of `given` in slug order are compared for spelling, 200 on either side. This costs the same in a
-- store of any size, and covers all of a small one. Likeness, from 0 to 1, is twice the number of shared runs of three
-- characters, divided by the sum of those of both. Hyphens separate words, and each word has a beginning and an end of
-- its own. Only the first 64 characters of `given` count; slugs are hardly longer.
CREATE FUNCTION similar_slugs(given text, entries text, since text, types text[], day date) RETURNS json
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    lowered text := left(lower(given), 64);
    spaced text := '  ' || regexp_replace(lowered, '[^[:alnum:]]+', '  ', 'g') || ' ';
    runs text[] := ARRAY(SELECT DISTINCT substr(spaced, place, 3) FROM generate_series(1, length(spaced) - 2) AS place);
    typed text := regexp_replace(lowered, '[^[:alnum:]]+', '', 'g');
    kinds text[] := CASE WHEN typed = '' THEN '{}' WHEN types <> '{}' THEN types WHEN entries = 'place' THEN '{Place}'
        WHEN entries = 'actor' THEN '{Country,Organisation,Person}' WHEN entries = 'fact' THEN '{Agreement,Summit,Talks}'
        ELSE '{}' END;
    named text[] := ARRAY(
        SELECT slug FROM actor
        WHERE kinds @> '{Country}' AND length(typed) = 2 AND known_since <= day
            AND former_code BETWEEN upper(typed) || 'AA' AND upper(typed) || 'ZZ'
        ORDER BY existed_until DESC
    ) || ARRAY(SELECT slug FROM suggestions(ARRAY[typed], kinds, day, 3) ORDER BY place);
    found json;
BEGIN
    EXECUTE format($query$
        SELECT coalesce(json_agg(slug ORDER BY likeness DESC, slug COLLATE "C"), '[]')
        FROM (
            SELECT slug, max(likeness) AS likeness
            FROM (
                SELECT slug, 10.0 - place AS likeness FROM unnest($5) WITH ORDINALITY AS named (slug, place)
                UNION ALL
                SELECT near.slug, 2.0 * (
                    SELECT count(*) FROM unnest($1) AS run
                    WHERE strpos('  ' || replace(near.spelt, '-', '  ') || ' ', run) > 0
                ) / (cardinality($1) + length(replace(near.spelt, '-', '  ')) + 1)
                FROM (
                    (SELECT slug AS spelt, * FROM %1$I WHERE slug < $2 COLLATE "C" ORDER BY slug DESC LIMIT 200)
                    UNION ALL
                    (SELECT slug AS spelt, * FROM %1$I WHERE slug >= $2 COLLATE "C" ORDER BY slug LIMIT 200)
                    UNION ALL
                    (SELECT alias.former AS spelt, known.* FROM alias JOIN %1$I AS known ON known.slug = alias.slug
                    WHERE alias.entries = %1$L AND former < $2 COLLATE "C" ORDER BY former DESC LIMIT 200)
                    UNION ALL
                    (SELECT alias.former AS spelt, known.* FROM alias JOIN %1$I AS known ON known.slug = alias.slug
                    WHERE alias.entries = %1$L AND former >= $2 COLLATE "C" ORDER BY former LIMIT 200)
                ) AS near
                WHERE near.%2$I <= $3 AND %3$s
            ) AS like_it
            WHERE likeness >= 0.4
            GROUP BY slug
            ORDER BY likeness DESC, slug COLLATE "C" LIMIT 3
        ) AS best
        $query$, entries, since, CASE WHEN types = '{}' THEN 'true' ELSE 'near.typename = ANY ($4)' END)
    INTO found USING runs, lowered, day, types, named;
    RETURN found;
END
$$;
