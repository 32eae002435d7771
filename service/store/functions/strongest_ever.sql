-- Return the upper bound of a tie's strength by these kinds (null: by all), from the number of each.
CREATE FUNCTION strongest_ever(meetings int, invitations int, quotes int, kinds text[]) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN kinds IS NULL OR 'MEETING' = ANY (kinds) THEN meetings ELSE 0 END
        + CASE WHEN kinds IS NULL OR 'INVITATION' = ANY (kinds) THEN invitations ELSE 0 END
        + CASE WHEN kinds IS NULL OR 'QUOTE' = ANY (kinds) THEN quotes ELSE 0 END
$$;
