-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id FROM names WHERE type = ?1 AND name = ?2 AND class = ?3 AND code = ?4 AND geonames = ?5
