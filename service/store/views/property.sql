-- The open terms in which `similar_slugs` looks up a property, in the form of a table of entries; they are the same on
-- every day.
CREATE VIEW property AS SELECT term AS slug, '-infinity'::date AS known_since FROM term WHERE NOT is_mode;
