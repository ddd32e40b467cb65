-- SPDX-License-Identifier: GPL-3.0-or-later
-- An evidence file of schema 1 to 7 that is only read: what statements ask for, from its tables as they are. A place of schema 1 and 2 has a hash that does not know its
-- figure, nor how many places that has.
PRAGMA temp_store = MEMORY;

CREATE TEMP VIEW figure_ranges AS
SELECT passage, min(id) AS first, max(id) AS last FROM main.figures GROUP BY passage;

CREATE TEMP VIEW figure_rows AS
SELECT o.id, o.passage, o.number, o.first, o.after, o.sentence_first, o.sentence_after, o.low, o.high, o.other_low, o.other_high, o.kind, o.qualifier, o.unit, o.unit_text,
       o.counted, o.period, o.period_first, o.period_last, o.period_scope, o.place_scope, o.said_by, o.mark, o.note_text, o.note_page, o.page, o.label, o.rule, o.minor,
       o.boxes,
       o.intact AND coalesce((SELECT max(w.number) = count(*) - 1 AND min(w.hash = row_hash(w.figure, w.number, w.name, w.iso, w.geonames, w.role,
                                                                                            (SELECT count(*) FROM main.places n WHERE n.figure = o.id))
                                                                          OR w.hash = row_hash(w.number, w.name, w.iso, w.role))
                              FROM main.places w WHERE w.figure = o.id), 1) AS intact,
       o.text, o.passage_first, o.passage_page, o.passage_number, o.zone, o.sha256,
       (SELECT json_group_array(json_array(CAST(name AS TEXT), CAST(iso AS TEXT), CAST(geonames AS INTEGER), CAST(role AS INTEGER))) FROM (SELECT * FROM main.places WHERE figure = o.id ORDER BY number) HAVING count(*) > 0) AS places
FROM main.figure_rows o;
