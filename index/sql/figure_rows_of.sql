-- SPDX-License-Identifier: GPL-3.0-or-later
-- The rows of figure_rows for one passage that was read and is what its hash says, which the view would compute again for each figure. ?1: its id; ?2: the byte
-- behind it; ?3: its text
SELECT f.id, p.id AS passage, (f.id & 16777215) - p.figure + 1 AS number, p.first + f.first AS first, p.first + f.first + f.length AS after,
       p.first + f.sentence_first AS sentence_first, ?2 - f.sentence_after AS sentence_after, f.low, coalesce(r.high, f.low) AS high, r.other_low, r.other_high,
       m.kind, m.qualifier, m.unit, m.unit_text, word(f.counted) AS counted, t.edtf AS period, t.first AS period_first, t.last AS period_last, m.period_scope,
       m.place_scope, word(r.said_by) AS said_by, r.mark, n.text AS note_text, n.page AS note_page, nullif(coalesce(r.page, p.page), 0) AS page, g.label, m.rule, coalesce(m.minor, 0) AS minor,
       f.boxes,
       f.hash = row_hash(d.sha256, f.passage, (f.id & 16777215) - p.figure + 1, f.first, f.length, f.sentence_first, f.sentence_after, f.low, r.high, r.other_low,
                         r.other_high, m.kind, m.qualifier, m.unit, m.unit_text, word(f.counted), t.edtf, m.period_scope, m.place_scope, word(f.places),
                         word(r.said_by), r.mark, r.note, nullif(coalesce(r.page, p.page), 0), m.rule, m.minor, f.boxes, t.first, t.last)
           AND CASE WHEN g.hash IS NULL THEN 1 ELSE g.hash = row_hash(g.number, g.label) END
           AND CASE WHEN r.note IS NULL THEN 1 ELSE n.hash = row_hash(n.number, n.label, n.page, n.text) END AS intact,
       ?3 AS text, p.first AS passage_first, p.page AS passage_page, CASE p.number WHEN 0 THEN (p.id & 16777215) + 1 ELSE p.number END AS passage_number, p.zone, d.sha256, word(f.places) AS places
FROM stored_passages p CROSS JOIN documents d CROSS JOIN stored_figures f LEFT JOIN figure_rest r ON r.id = f.id LEFT JOIN forms m ON m.id = f.form
     LEFT JOIN periods t ON t.id = f.period LEFT JOIN pages g ON g.document = d.id AND g.number = nullif(coalesce(r.page, p.page), 0)
     LEFT JOIN notes n ON n.document = d.id AND n.number = r.note
WHERE p.id = ?1 AND d.id = p.id >> 24 AND f.id BETWEEN (p.id >> 24 << 24) + p.figure AND (p.id >> 24 << 24) + p.figure + p.figures - 1
  AND f.passage = p.id & 16777215
ORDER BY f.id
