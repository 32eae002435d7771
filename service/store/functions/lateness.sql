-- How long after its day a fact was first told, in steps: of step n less than 4 ^ n days, of the last, 8, at any time; -1
-- where it has no day.
CREATE FUNCTION lateness(first_on date, known_since date) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN isfinite(first_on) THEN width_bucket(known_since - first_on, '{1,4,16,64,256,1024,4096,16384}'::int[])
        ELSE -1
    END
$$;
