-- Return how long after its day a fact was first told, in steps: step n is less than 4 ^ n days, the last step, 8, is
-- any time, and -1 means that the fact has no day.
CREATE FUNCTION lateness(first_on date, known_since date) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN isfinite(first_on) THEN width_bucket(known_since - first_on, '{1,4,16,64,256,1024,4096,16384}'::int[])
        ELSE -1
    END
$$;
