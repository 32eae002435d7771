-- How many facts of a type involve another actor of those that an actor is in, from the side of either of two in
-- entry_tally; with itself, how many it is in.
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
