-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT name, iso, geonames, role, hash = row_hash(number, name, iso, role), number FROM places WHERE figure = ?1 ORDER BY number
