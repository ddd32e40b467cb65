-- How many passages of each document name a place: by its code (a region counts for its country), else by its name.
-- 1 type of places, 2 code or NULL, 3 the code with "-%", 4 name
SELECT m.id >> 24, count(DISTINCT m.passage)
FROM names n JOIN mentions m ON m.name = n.id
WHERE n.type = ?1 AND ((?2 IS NOT NULL AND (n.code = ?2 OR n.code LIKE ?3)) OR n.name = ?4)
GROUP BY m.id >> 24;
