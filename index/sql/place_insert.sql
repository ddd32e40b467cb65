-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO places (figure, number, name, iso, geonames, role, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, row_hash(?2, ?3, ?4, ?6))
