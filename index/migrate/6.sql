-- SPDX-License-Identifier: GPL-3.0-or-later
-- From schema 6 to 7. The hash of a figure that is written from now on knows its own number and its passage: one whose number has changed took the places of another.
DROP VIEW figure_rows;
CREATE VIEW figure_rows AS
SELECT f.id, f.passage, f.number, f.first, f.after, f.sentence_first, f.sentence_after, f.low, f.high, f.other_low, f.other_high, f.kind, f.qualifier, f.unit, f.unit_text,
       f.counted, f.period, f.period_first, f.period_last, f.period_scope, f.place_scope, f.said_by, f.mark, n.text AS note_text, n.page AS note_page, f.page, g.label, f.rule,
       f.minor, f.boxes,
       (f.hash = row_hash(d.sha256, f.id & 16777215, f.passage & 16777215, f.number, f.first, f.after, f.sentence_first, f.sentence_after, f.low, f.high, f.other_low,
                          f.other_high, f.kind, f.qualifier, f.unit, f.unit_text, f.counted, f.period, f.period_scope, f.place_scope, f.said_by, f.mark, f.note, f.page,
                          f.rule, f.minor, f.boxes)
           OR f.hash = row_hash(d.sha256, f.number, f.first, f.after, f.sentence_first, f.sentence_after, f.low, f.high, f.other_low, f.other_high, f.kind, f.qualifier,
                                f.unit, f.unit_text, f.counted, f.period, f.period_scope, f.place_scope, f.said_by, f.mark, f.note, f.page, f.rule, f.minor, f.boxes))
           AND p.hash = row_hash(d.sha256, p.page, p.page_end, p.number, p.first, p.after, p.source_first, p.source_after, p.zone, p.flags, p.text, p.lines, p.tags)
           AND (g.hash IS NULL OR g.hash = row_hash(g.number, g.label))
           AND (f.note IS NULL OR n.hash = row_hash(n.number, n.label, n.page, n.text)) AS intact,
       p.text, p.first AS passage_first, p.page AS passage_page, p.number AS passage_number, p.zone, d.sha256,
       p.tags
FROM figures f JOIN passages p ON p.id = f.passage JOIN documents d ON d.id = f.id >> 24 LEFT JOIN pages g ON g.document = d.id AND g.number = f.page
     LEFT JOIN notes n ON n.document = d.id AND n.number = f.note;
