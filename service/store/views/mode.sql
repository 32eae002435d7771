-- The open terms in which `similar_slugs` looks up a mode, in the form of a table of entries; they are the same on
-- every day.
CREATE VIEW mode AS SELECT term AS slug, '-infinity'::date AS known_since FROM term WHERE is_mode;
