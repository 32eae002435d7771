-- The present slug for each of `given`, in their order, of the entries of one table: itself, unless it is a former one.
CREATE FUNCTION present_slugs(given_entries text, given text[]) RETURNS text[]
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT array_agg(coalesce(alias.slug, each.slug) ORDER BY position)
    FROM unnest(given) WITH ORDINALITY AS each (slug, position)
    LEFT JOIN alias ON former = each.slug AND entries = given_entries
$$;
