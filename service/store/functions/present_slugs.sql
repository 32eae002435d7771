-- Return the present slug for each of `given`, in order, among the entries of one table. A slug that is not a former
-- one is returned unchanged.
CREATE FUNCTION present_slugs(given_entries text, given text[]) RETURNS text[]
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT array_agg(coalesce(alias.slug, each.slug) ORDER BY position)
    FROM unnest(given) WITH ORDINALITY AS each (slug, position)
    LEFT JOIN alias ON former = each.slug AND entries = given_entries
$$;
