-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?7: how many places the figure has
INSERT INTO places (figure, number, name, iso, geonames, role, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, row_hash(?1, ?2, ?3, ?4, ?5, ?6, ?7))
