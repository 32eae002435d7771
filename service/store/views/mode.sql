-- The open terms that `similar_slugs` looks a mode up in, like a table of entries: they are the same on every day.
CREATE VIEW mode AS SELECT term AS slug, '-infinity'::date AS known_since FROM term WHERE is_mode;
