-- SPDX-License-Identifier: GPL-3.0-or-later
-- The hash knows its figure and how many places that has, so that none can leave unnoticed; of files of schema 1 and 2 it does not.
SELECT name, iso, geonames, role,
       hash = row_hash(figure, number, name, iso, geonames, role, (SELECT count(*) FROM places WHERE figure = ?1)) OR hash = row_hash(number, name, iso, role),
       number
FROM places WHERE figure = ?1 ORDER BY number
