-- SPDX-License-Identifier: GPL-3.0-or-later
-- Figures of one document that pass a filter, in reading order. ?2, ?3: the range of their ids; ?4 place; ?5 passages, or all of them (among in find.c); ?6 who is credited;
-- ?7, ?8 days; ?9 unit; ?10 kind; ?11, ?12 values; ?13 minor ones too; ?14 at most. ?1 is not used. NULL does not filter.
SELECT f.* FROM figure_rows f
WHERE f.id BETWEEN ?2 AND ?3 AND ?1 IS NULL
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
