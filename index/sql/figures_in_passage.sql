-- SPDX-License-Identifier: GPL-3.0-or-later
-- figures_between.sql, for one passage: ?1. ?2 and ?3 are not used.
SELECT f.* FROM figure_rows f
WHERE f.passage = ?1 AND f.id BETWEEN (SELECT first FROM figure_ranges WHERE passage = ?1) AND (SELECT last FROM figure_ranges WHERE passage = ?1) AND ?2 IS NOT ?3
  AND (?4 IS NULL OR lies_in(f.places, ?4))
  AND among(f.passage, ?5)
  AND (?6 IS NULL OR instr(fold(f.said_by), fold(?6)) > 0)
  AND (?7 IS NULL OR f.period_last >= ?7)
  AND (?8 IS NULL OR f.period_first <= ?8)
  AND (?9 IS NULL OR f.unit = ?9 COLLATE NOCASE OR f.unit = '{' || ?9 || '}' COLLATE NOCASE)
  AND (?10 IS NULL OR f.kind = ?10)
  AND (?11 IS NULL OR f.high >= ?11 OR f.other_high >= ?11)
  AND (?12 IS NULL OR f.low <= ?12 OR f.other_low <= ?12)
  AND (?13 OR NOT f.minor)
ORDER BY f.id
LIMIT ?14
