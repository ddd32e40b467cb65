-- SPDX-License-Identifier: GPL-3.0-or-later
-- The row of the view passage_rows, which hashes also the label of a page that is not there. ?1: its id
SELECT p.id, p.page, p.page_end, p.number, p.first, p.after, p.source_first, p.source_after, p.zone, p.flags, p.text, p.lines, g.label,
       (SELECT h.text FROM passages h WHERE h.id = p.heading AND h.hash = row_hash(d.sha256, h.page, h.page_end, h.number, h.first, h.after, h.source_first,
           h.source_after, h.zone, h.flags, h.id - h.heading, h.figure, h.figures, h.text, h.lines)) AS heading,
       p.hash = row_hash(d.sha256, p.page, p.page_end, p.number, p.first, p.after, p.source_first, p.source_after, p.zone, p.flags, p.id - p.heading, p.figure, p.figures, p.text, p.lines)
           AND CASE WHEN g.hash IS NULL THEN 1 ELSE g.hash = row_hash(g.number, g.label) END AS intact,
       d.sha256
FROM passages p JOIN documents d ON d.id = p.id >> 24 LEFT JOIN pages g ON g.document = d.id AND g.number = p.page
WHERE p.id = ?1
