-- Whether `given` is a former slug of an entry that is known on `day`: of the table or view `given_entries`, known
-- since `day` or before by its column `since`, of `types` where there are any.
CREATE FUNCTION knows_former_slug(given text, given_entries text, since text, types text[], day date) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    is_known boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT FROM alias JOIN %1$I AS known ON known.slug = alias.slug'
        ' WHERE entries = %1$L AND former = $1 AND known.%2$I <= $2 AND %3$s)',
        given_entries, since, CASE WHEN types = '{}' THEN 'true' ELSE 'known.typename = ANY ($3)' END)
    INTO is_known USING given, day, types;
    RETURN is_known;
END
$$;
