-- SPDX-License-Identifier: GPL-3.0-or-later
-- From schema 8 to 9. What few figures have is written apart from them; rows of the full text are numbered through, its tags stand at words, and a word and its stem are
-- one token: what it is given of each passage is told again when this is done (index/remove.c). Where damage left NULL in what is never
-- NULL, that is 0 or empty. Passages and mentions stay as they are: what need not be written is left out of those that come.
DROP VIEW document_rows;
DROP VIEW passage_rows;
DROP VIEW figure_rows;
DROP VIEW places;
DROP VIEW figures;
DROP VIEW passages;
DROP TABLE fts;

CREATE TEMP TABLE old_documents AS SELECT * FROM main.documents;
DROP TABLE documents;
CREATE TABLE documents (
    id          INTEGER PRIMARY KEY,
    sha256      TEXT NOT NULL UNIQUE,       -- of the file, or of the member's content; users' ids begin with it
    file_sha256 TEXT NOT NULL,
    path        TEXT NOT NULL,              -- from the evidence file's folder, where the file lies below it; else absolute
    member      TEXT NOT NULL DEFAULT '',   -- inside a container (feed item)
    size        INTEGER NOT NULL,           -- bytes of the file
    reader      TEXT NOT NULL,
    first_row   INTEGER NOT NULL,           -- of its first passage in the full text, whose rows are numbered through, in the order of `id`
    first_hash  INTEGER NOT NULL,           -- of that: `hash` is the same whatever else the file holds
    version     TEXT NOT NULL,              -- of the rules and names that read it
    title TEXT, authors TEXT, publisher TEXT, date TEXT, url TEXT, language TEXT, period TEXT, -- as the document says; see corrections
    pages       INTEGER NOT NULL,
    passages    INTEGER NOT NULL,
    figures     INTEGER NOT NULL,           -- those that anybody would cite
    lengths     BLOB NOT NULL,              -- for ranking: a little-endian 32-bit word for each passage, tokens | zone << 24
    hash        INTEGER NOT NULL,           -- of what is said of it, checked before it is cited
    UNIQUE (path, member)
);

INSERT INTO documents (id, sha256, file_sha256, path, member, size, reader, first_row, first_hash, version, title, authors, publisher, date, url, language, period, pages, passages,
                       figures, lengths, hash)
SELECT id, coalesce(sha256, ''), coalesce(file_sha256, ''), coalesce(path, ''), coalesce(member, ''), coalesce(size, 0), coalesce(reader, ''), first_row,
       row_hash(sha256, first_row), coalesce(version, ''),
       title, authors, publisher, date, url, language, period, coalesce(pages, 0), coalesce(passages, 0), coalesce(figures, 0), coalesce(lengths, x''),
       coalesce(hash, 0)
FROM (SELECT *, 1 + coalesce(sum(last + 1) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS first_row
      FROM (SELECT *, coalesce((SELECT max(p.id) & 16777215 FROM stored_passages p WHERE p.id BETWEEN o.id << 24 AND ((o.id + 1) << 24) - 1), 0) AS last FROM temp.old_documents o))
ORDER BY id;
DROP TABLE temp.old_documents;

CREATE TEMP TABLE old_figures AS SELECT * FROM main.stored_figures;
DROP TABLE stored_figures;
CREATE TABLE stored_figures (
    id             INTEGER PRIMARY KEY,
    passage        INTEGER NOT NULL,        -- its place in the document, from 0
    first          INTEGER NOT NULL,        -- the figure as printed, from where the passage begins
    length         INTEGER NOT NULL,
    sentence_first INTEGER NOT NULL,        -- from where the passage begins
    sentence_after INTEGER NOT NULL,        -- bytes of the passage that follow
    low            REAL NOT NULL,
    form           INTEGER NOT NULL,        -- of forms
    counted        INTEGER,                 -- of words
    period         INTEGER,                 -- of periods
    places         INTEGER,                 -- of words: a list in JSON, [["Gaza Strip", "PS", 281132, 0]]: name, ISO 3166, GeoNames id, enum role
    boxes          BLOB NOT NULL,           -- page (32 bits), x0, y0, x1, y1 (float) for each line it touches
    hash           INTEGER NOT NULL         -- of the figure as the view `figures` shows it, with its places
);

CREATE TABLE figure_rest (
    id         INTEGER PRIMARY KEY,         -- of the figure
    high       REAL,                        -- NULL = low
    other_low  REAL,                        -- the second reading, where two are possible
    other_high REAL,
    said_by    INTEGER,                     -- of words
    mark       TEXT,                        -- the note mark behind it
    note       INTEGER,                     -- number in notes of the document
    page       INTEGER                      -- where it is not that of its passage; 0 = it has none
);

INSERT INTO stored_figures (id, passage, first, length, sentence_first, sentence_after, low, form, counted, period, places, boxes, hash)
SELECT id, coalesce(passage, 0), coalesce(first, 0), coalesce(length, 0), coalesce(sentence_first, 0), coalesce(sentence_after, 0), coalesce(low, 0.0), coalesce(form, 0), counted,
       period, places, coalesce(boxes, x''), coalesce(hash, 0)
FROM temp.old_figures ORDER BY id;
INSERT INTO figure_rest (id, high, other_low, other_high, said_by, mark, note, page)
SELECT * FROM (SELECT f.id, f.high, f.other_low, f.other_high, f.said_by, f.mark, f.note, CASE WHEN f.page IS NOT p.page THEN coalesce(f.page, 0) END AS page
               FROM temp.old_figures f LEFT JOIN stored_passages p ON p.id = (f.id >> 24 << 24) + f.passage)
WHERE coalesce(high, other_low, other_high, said_by, mark, note, page) IS NOT NULL
ORDER BY id;
DROP TABLE temp.old_figures;

CREATE VIRTUAL TABLE fts USING fts5 (text, content = '', columnsize = 0, tokenize = 'citable');
INSERT INTO fts (fts, rank) VALUES ('usermerge', 8);

CREATE VIEW document_rows AS
SELECT d.id, d.sha256, d.file_sha256, d.path, d.member, d.reader, d.size,
       coalesce((SELECT value FROM corrections c WHERE c.sha256 = d.sha256 AND field = 'title'), d.title) AS title,
       coalesce((SELECT value FROM corrections c WHERE c.sha256 = d.sha256 AND field = 'authors'), d.authors) AS authors,
       coalesce((SELECT value FROM corrections c WHERE c.sha256 = d.sha256 AND field = 'publisher'), d.publisher) AS publisher,
       coalesce((SELECT value FROM corrections c WHERE c.sha256 = d.sha256 AND field = 'date'), d.date) AS date,
       coalesce((SELECT value FROM corrections c WHERE c.sha256 = d.sha256 AND field = 'url'), d.url) AS url,
       coalesce((SELECT value FROM corrections c WHERE c.sha256 = d.sha256 AND field = 'language'), d.language) AS language,
       d.period, d.pages, d.passages, d.figures,
       d.hash = row_hash(d.sha256, d.file_sha256, d.path, d.member, d.size, d.title, d.authors, d.publisher, d.date, d.url, d.language, d.period)
           AND d.first_hash = row_hash(d.sha256, d.first_row) AS intact,
       (SELECT max(sha256) FROM documents o WHERE o.sha256 < d.sha256) AS before,
       (SELECT min(sha256) FROM documents o WHERE o.sha256 > d.sha256) AS behind
FROM documents d;

CREATE VIEW passages AS
SELECT id, page, page + page_more AS page_end, CASE number WHEN 0 THEN (id & 16777215) + 1 ELSE number END AS number, first,
       first + length(CAST(text AS BLOB)) AS after, first + source_first AS source_first, first + length(CAST(text AS BLOB)) + coalesce(source_after, source_first) AS source_after, zone, flags, id - heading AS heading, figure, figures, text, lines, hash
FROM stored_passages;

CREATE VIEW figures AS
SELECT f.id, p.id AS passage, (f.id & 16777215) - p.figure + 1 AS number, p.first + f.first AS first, p.first + f.first + f.length AS after,
       p.first + f.sentence_first AS sentence_first, p.after - f.sentence_after AS sentence_after, f.low, coalesce(r.high, f.low) AS high, r.other_low, r.other_high,
       m.kind, m.qualifier, m.unit, m.unit_text, (SELECT text FROM words WHERE id = f.counted) AS counted, t.edtf AS period, t.first AS period_first,
       t.last AS period_last, m.period_scope, m.place_scope, (SELECT text FROM words WHERE id = r.said_by) AS said_by, r.mark, r.note,
       nullif(coalesce(r.page, p.page), 0) AS page, m.rule, m.minor, f.boxes, f.hash
FROM stored_figures f JOIN passages p ON p.id = (f.id >> 24 << 24) + f.passage LEFT JOIN figure_rest r ON r.id = f.id LEFT JOIN forms m ON m.id = f.form LEFT JOIN periods t ON t.id = f.period;

CREATE VIEW places AS
SELECT f.id AS figure, e.key AS number, json_extract(e.value, '$[0]') AS name, json_extract(e.value, '$[1]') AS iso, json_extract(e.value, '$[2]') AS geonames,
       json_extract(e.value, '$[3]') AS role
FROM stored_figures f JOIN words w ON w.id = f.places, json_each(w.text) e;

CREATE VIEW passage_rows AS
SELECT p.id, p.page, p.page_end, p.number, p.first, p.after, p.source_first, p.source_after, p.zone, p.flags, p.text, p.lines, g.label,
       (SELECT h.text FROM passages h WHERE h.id = p.heading AND h.hash = row_hash(d.sha256, h.page, h.page_end, h.number, h.first, h.after, h.source_first,
           h.source_after, h.zone, h.flags, h.id - h.heading, h.figure, h.figures, h.text, h.lines)) AS heading,
       p.hash = row_hash(d.sha256, p.page, p.page_end, p.number, p.first, p.after, p.source_first, p.source_after, p.zone, p.flags, p.id - p.heading, p.figure, p.figures, p.text, p.lines)
           AND (g.hash IS NULL OR g.hash = row_hash(g.number, g.label)) AS intact,
       d.sha256
FROM passages p JOIN documents d ON d.id = p.id >> 24 LEFT JOIN pages g ON g.document = d.id AND g.number = p.page;

CREATE VIEW figure_rows AS
SELECT f.id, p.id AS passage, (f.id & 16777215) - p.figure + 1 AS number, p.first + f.first AS first, p.first + f.first + f.length AS after,
       p.first + f.sentence_first AS sentence_first, p.after - f.sentence_after AS sentence_after, f.low, coalesce(r.high, f.low) AS high, r.other_low, r.other_high,
       m.kind, m.qualifier, m.unit, m.unit_text, word(f.counted) AS counted, t.edtf AS period, t.first AS period_first, t.last AS period_last, m.period_scope,
       m.place_scope, word(r.said_by) AS said_by, r.mark, n.text AS note_text, n.page AS note_page, nullif(coalesce(r.page, p.page), 0) AS page, g.label, m.rule, coalesce(m.minor, 0) AS minor,
       f.boxes,
       f.hash = row_hash(d.sha256, f.passage, (f.id & 16777215) - p.figure + 1, f.first, f.length, f.sentence_first, f.sentence_after, f.low, r.high, r.other_low,
                         r.other_high, m.kind, m.qualifier, m.unit, m.unit_text, word(f.counted), t.edtf, m.period_scope, m.place_scope, word(f.places),
                         word(r.said_by), r.mark, r.note, nullif(coalesce(r.page, p.page), 0), m.rule, m.minor, f.boxes, t.first, t.last)
           AND p.hash = row_hash(d.sha256, p.page, p.page_end, p.number, p.first, p.after, p.source_first, p.source_after, p.zone, p.flags, p.id - p.heading, p.figure, p.figures, p.text,
                                 p.lines)
           AND (g.hash IS NULL OR g.hash = row_hash(g.number, g.label))
           AND (r.note IS NULL OR n.hash = row_hash(n.number, n.label, n.page, n.text)) AS intact,
       p.text, p.first AS passage_first, p.page AS passage_page, p.number AS passage_number, p.zone, d.sha256, word(f.places) AS places
FROM stored_figures f JOIN passages p ON p.id = (f.id >> 24 << 24) + f.passage JOIN documents d ON d.id = f.id >> 24 LEFT JOIN figure_rest r ON r.id = f.id
     LEFT JOIN forms m ON m.id = f.form LEFT JOIN periods t ON t.id = f.period
     LEFT JOIN pages g ON g.document = d.id AND g.number = nullif(coalesce(r.page, p.page), 0) LEFT JOIN notes n ON n.document = d.id AND n.number = r.note;
