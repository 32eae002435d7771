-- The actors `other` who stand beside an actor `one` of `people`, each pair once for each snapshot of the kinds asked
-- for (by default all but offices and relationships) that holds on `day` and has both. With `others`, only these are
-- looked for; with `settings`, of meetings only those in one of them count. Whoever only interprets stands beside
-- nobody, and nobody stands beside another in what only withdrawn sources tell. It is written so that in a FROM it becomes part of the statement around it, which is planned for the people
-- at hand.
CREATE FUNCTION beside(people int[], others int[], kinds text[], day date, settings text[])
RETURNS TABLE (one int, other int)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT here.actor_id, there.actor_id
    FROM presence AS here
    JOIN presence AS there ON there.snapshot_id = here.snapshot_id
    WHERE here.actor_id = ANY (people)
        AND (others IS NULL OR there.actor_id = ANY (others))
        AND here.known_from <= day AND here.known_until >= day
        AND NOT here.is_coding AND NOT here.is_withdrawn
        AND here.roles <> '{INTERPRETER}' AND there.roles <> '{INTERPRETER}'
        AND (settings IS NULL OR here.setting IS NULL OR here.setting = ANY (settings))
        AND CASE WHEN kinds IS NULL THEN here.typename NOT IN ('Office', 'Relationship')
            ELSE here.typename = ANY (kinds) END
$$;
