-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO names (type, name, class, code, geonames, lat, lon) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING
