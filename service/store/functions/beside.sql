-- The people `other` who are tied to one of `people`, each once for each type and setting of what ties them on `day`, of
-- the kinds asked for (by default all but offices and relationships). With `others`, only these are looked for; with
-- `settings`, of meetings only those in one of them count. It is written so that in a FROM it becomes part of the
-- statement around it, which is planned for the people at hand.
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
