-- Whether `given` is the slug of an entry that is known on `day`, or in capitals its code in one of the columns `codes`:
-- of the table or view `given_entries`, known since `day` or before by its column `since`, of `types` where there are any.
CREATE FUNCTION knows_slug(given text, given_entries text, since text, types text[], codes text[], day date)
RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    is_known boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT FROM %1$I WHERE (slug = $1%2$s) AND %3$I <= $2 AND %4$s)',
        given_entries,
        (SELECT string_agg(format(' OR %I = upper($1)', code), '') FROM unnest(codes) AS code),
        since, CASE WHEN types = '{}' THEN 'true' ELSE 'typename = ANY ($3)' END)
    INTO is_known USING given, day, types;
    RETURN is_known;
END
$$;
