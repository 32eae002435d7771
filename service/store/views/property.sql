-- The open terms that `similar_slugs` looks a property up in, like a table of entries: they are the same on every
-- day.
CREATE VIEW property AS SELECT term AS slug, '-infinity'::date AS known_since FROM term WHERE NOT is_mode;
