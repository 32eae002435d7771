-- People (`other`) who are tied to one of `people`, once for each type and setting of what ties them on `day`. Only
-- ties by `kinds` count; the default is all except offices and relationships. If `others` is given, only these people
-- are searched for. If `settings` is given, only meetings in one of these settings count. The function is written so
-- that PostgreSQL inlines it in a FROM clause and plans the surrounding statement for the people at hand.
CREATE FUNCTION beside(people int[], others int[], kinds text[], day date, settings text[])
RETURNS TABLE (one int, other int)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT actor_id, other_id FROM tie
    WHERE actor_id = ANY (people)
        AND (others IS NULL OR other_id = ANY (others))
        AND known_from <= day AND known_until >= day
        AND (settings IS NULL OR setting = '' OR setting = ANY (settings))
        AND CASE WHEN kinds IS NULL THEN typename NOT IN ('Office', 'Relationship') ELSE typename = ANY (kinds) END
$$;
