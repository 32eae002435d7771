-- Return the first day on which an entry was known whose slug or former slug is `given`, or whose code in one of the
-- columns `codes` is `given` in capitals. It is an entry of the table or view `given_entries`, known by its column
-- `since`, and of `types` if there are any. Return null if there is none.
CREATE FUNCTION slug_known_since(given text, given_entries text, since text, types text[], codes text[]) RETURNS date
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    known_since date;
BEGIN
    EXECUTE format(
        'SELECT min(known.%2$I) FROM %1$I AS known'
        ' WHERE (known.slug IN ($1, (SELECT slug FROM alias WHERE entries = %1$L AND former = $1))%3$s) AND %4$s',
        given_entries, since,
        (SELECT string_agg(format(' OR known.%I = upper($1)', code), '') FROM unnest(codes) AS code),
        CASE WHEN types = '{}' THEN 'true' ELSE 'known.typename = ANY ($2)' END)
    INTO known_since USING given, types;
    RETURN known_since;
END
$$;
