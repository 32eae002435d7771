-- Number of facts of a type that involve both of two actors, from the side of either actor in entry_tally; with the
-- actor itself, the number of facts that involve it.
CREATE VIEW involved_tally AS
SELECT actor_id, entry_id AS involved, typename, known_from, known_until, count
FROM entry_tally
WHERE grouping = 'TOGETHER'
UNION ALL
SELECT entry_id, actor_id, typename, known_from, known_until, count
FROM entry_tally
WHERE grouping = 'TOGETHER'
UNION ALL
SELECT actor_id, actor_id, typename, known_from, known_until, count
FROM actor_tally
WHERE actor_id <> 0;
