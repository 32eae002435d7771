-- Return the text of an entry that a search shows, as pieces in order, each of which is a hit or not. `queries` are
-- those of service/store/search/query.py: the 2nd matches hits, the 8th matches the words as typed, and from the 9th on
-- there is one for each word.
--
-- The text shown is chosen by these criteria in turn: a name or a title that is everything searched for (its lexeme
-- begins with =, # or %); the most words; a word that few of the texts have; the most words as typed; for phrases,
-- which no single lexeme matches, the most hits. If several texts remain, the first is shown.
--
-- Each hit is a piece, and so is the text between hits. `cut` holds the hits of the text and the position after it,
-- each with the preceding one.
CREATE FUNCTION search_matched(typename text, slug text, day date, queries tsquery[])
RETURNS TABLE (place bigint, text text, is_hit boolean)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH entry AS MATERIALIZED (
        SELECT string_to_array(found.text, E'\x1f') AS pieces, found.lexemes FROM search_text AS found
        WHERE found.typename = $1 AND found.slug = $2 AND found.known_from <= day AND found.known_until >= day
    ), marked AS MATERIALIZED (
        SELECT pieces, array_positions(pieces, E'\x1e') AS marks FROM entry
    ), held AS MATERIALIZED (
        SELECT held.lexeme, held.positions, array_to_tsvector(ARRAY[held.lexeme]) AS vector
        FROM entry, unnest(entry.lexemes) AS held WHERE array_to_tsvector(ARRAY[held.lexeme]) @@ queries[2]
    ), hit AS MATERIALIZED (
        SELECT held.lexeme, at.position * 2 AS place, width_bucket(at.position * 2, marked.marks) AS nth
        FROM held, marked, unnest(held.positions) AS at (position)
    ), told AS (
        SELECT hit.nth, word.nth AS word, bool_or(vector @@ queries[8]) AS is_typed,
            max(position(left(held.lexeme, 1) IN '%#=')) AS whole, count(*) OVER (PARTITION BY word.nth) AS texts,
            count(DISTINCT hit.place) AS places
        FROM hit JOIN held USING (lexeme)
            LEFT JOIN unnest(queries[9:]) WITH ORDINALITY AS word (query, nth) ON vector @@ word.query
        GROUP BY hit.nth, word.nth
    ), best AS (
        SELECT nth FROM told GROUP BY nth
        ORDER BY max(whole) DESC, count(word) DESC, min(texts) FILTER (WHERE word IS NOT NULL),
            count(word) FILTER (WHERE is_typed) DESC,
            max(places) FILTER (WHERE word IS NULL) DESC NULLS LAST, nth LIMIT 1
    ), shown AS MATERIALIZED (
        SELECT pieces, nth, marks[nth] AS first, coalesce(marks[nth + 1], cardinality(pieces) + 1) AS behind
        FROM marked, coalesce((SELECT nth FROM best), 1) AS nth
    ), cut AS (
        SELECT place, coalesce(lag(place) OVER (ORDER BY place), first) AS before, behind
        FROM (SELECT place FROM hit, shown WHERE hit.nth = shown.nth UNION SELECT behind FROM shown) AS each, shown
    )
    SELECT piece.place, piece.text, piece.is_hit
    FROM shown, cut, LATERAL (VALUES
        (before + 1::bigint, array_to_string(pieces[before + 1 : cut.place - 1], ''), false),
        (cut.place, CASE WHEN cut.place < cut.behind THEN pieces[cut.place] ELSE '' END, true)
    ) AS piece (place, text, is_hit)
    WHERE piece.text <> '' ORDER BY 1
$$;
