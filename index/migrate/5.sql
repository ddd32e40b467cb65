-- SPDX-License-Identifier: GPL-3.0-or-later
-- From schema 5 to 6. Which passages name a place is told by the index alone. Tags that nobody asks for are no longer written; those of older documents
-- stay, until they are read again. Rows of passages and figures no longer say which documents' hashes stand beside that of theirs, which was looked up for each.
DROP INDEX mentions_name;
CREATE INDEX mentions_name ON mentions (name, passage);
DROP VIEW passage_rows;
DROP VIEW figure_rows;
CREATE VIEW passage_rows AS
SELECT p.id, p.page, p.page_end, p.number, p.first, p.after, p.source_first, p.source_after, p.zone, p.flags, p.text, p.lines, g.label,
       (SELECT h.text FROM passages h WHERE h.id = p.heading AND h.hash = row_hash(d.sha256, h.page, h.page_end, h.number, h.first, h.after, h.source_first,
           h.source_after, h.zone, h.flags, h.text, h.lines, h.tags)) AS heading,
       p.hash = row_hash(d.sha256, p.page, p.page_end, p.number, p.first, p.after, p.source_first, p.source_after, p.zone, p.flags, p.text, p.lines, p.tags)
           AND (g.hash IS NULL OR g.hash = row_hash(g.number, g.label)) AS intact,
       d.sha256
FROM passages p JOIN documents d ON d.id = p.id >> 24 LEFT JOIN pages g ON g.document = d.id AND g.number = p.page;

CREATE VIEW figure_rows AS
SELECT f.id, f.passage, f.number, f.first, f.after, f.sentence_first, f.sentence_after, f.low, f.high, f.other_low, f.other_high, f.kind, f.qualifier, f.unit, f.unit_text,
       f.counted, f.period, f.period_first, f.period_last, f.period_scope, f.place_scope, f.said_by, f.mark, n.text AS note_text, n.page AS note_page, f.page, g.label, f.rule,
       f.minor, f.boxes,
       f.hash = row_hash(d.sha256, f.number, f.first, f.after, f.sentence_first, f.sentence_after, f.low, f.high, f.other_low, f.other_high, f.kind, f.qualifier, f.unit,
                         f.unit_text, f.counted, f.period, f.period_scope, f.place_scope, f.said_by, f.mark, f.note, f.page, f.rule, f.minor, f.boxes)
           AND p.hash = row_hash(d.sha256, p.page, p.page_end, p.number, p.first, p.after, p.source_first, p.source_after, p.zone, p.flags, p.text, p.lines, p.tags)
           AND (g.hash IS NULL OR g.hash = row_hash(g.number, g.label))
           AND (f.note IS NULL OR n.hash = row_hash(n.number, n.label, n.page, n.text)) AS intact,
       p.text, p.first AS passage_first, p.page AS passage_page, p.number AS passage_number, p.zone, d.sha256,
       p.tags
FROM figures f JOIN passages p ON p.id = f.passage JOIN documents d ON d.id = f.id >> 24 LEFT JOIN pages g ON g.document = d.id AND g.number = f.page
     LEFT JOIN notes n ON n.document = d.id AND n.number = f.note;
