-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT f.passage, m.kind, f.low, coalesce(r.high, f.low), r.other_low, w.text
FROM stored_figures f LEFT JOIN figure_rest r ON r.id = f.id LEFT JOIN forms m ON m.id = f.form LEFT JOIN words w ON w.id = f.places
WHERE f.id BETWEEN ?1 AND ?2
