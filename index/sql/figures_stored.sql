-- SPDX-License-Identifier: GPL-3.0-or-later
-- The figures of one passage as they are written, and its document's hash. What they share with many (forms, periods, words) is kept by the program; what few have (a
-- page or a note of their own) is left to figure_rows_of.sql. ?1: the passage's id
SELECT f.id, (f.id & 16777215) - p.figure + 1 AS number, d.sha256, f.passage, f.first, f.length, f.sentence_first, f.sentence_after, f.low, f.form, f.counted, f.period, f.places,
       f.boxes, f.hash, r.high, r.other_low, r.other_high, r.said_by, r.mark, r.note, r.page
FROM stored_passages p CROSS JOIN documents d CROSS JOIN stored_figures f LEFT JOIN figure_rest r ON r.id = f.id
WHERE p.id = ?1 AND d.id = p.id >> 24 AND f.id BETWEEN (p.id >> 24 << 24) + p.figure AND (p.id >> 24 << 24) + p.figure + p.figures - 1
  AND f.passage = p.id & 16777215
ORDER BY f.id
