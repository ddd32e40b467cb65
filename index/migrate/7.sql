-- SPDX-License-Identifier: GPL-3.0-or-later
-- From schema 7 to 8. What many rows say is written once, and where things lie as a small number; mentions no longer say at which bytes of their passage they stand,
-- and tags are no longer kept: what leaves the full text is told them again from figures and names (index/remove.c). What did not fit its hash before gets one that
-- nothing fits (0): also where damage left NULL, or another type, in what is never NULL.
-- Numbers that say where something lies are small ones, from its passage's: of a million passages each byte of a row is a megabyte. The views `passages`,
-- `figures`, `places` and `mentions`, below, show all of it in bytes of the document and in words.
CREATE TABLE stored_passages (
    id           INTEGER PRIMARY KEY,
    page         INTEGER,
    page_more    INTEGER NOT NULL,          -- pages that it goes on behind that one
    number       INTEGER NOT NULL,          -- its place on the page on which it begins, from 1
    first        INTEGER NOT NULL,
    source_first INTEGER,                   -- bytes of the file, from `first` and from where the text ends; NULL where it has no such bytes (PDF)
    source_after INTEGER,
    zone         INTEGER NOT NULL,          -- enum zone
    flags        INTEGER NOT NULL,          -- enum passage_flag
    heading      INTEGER,                   -- how many passages before it the heading over it stands
    figure       INTEGER,                   -- place in the document, from 0, of the first of its figures
    figures      INTEGER NOT NULL,          -- how many it has
    text         TEXT NOT NULL,             -- verbatim
    lines        BLOB NOT NULL,             -- printed lines: first, after, page (32 bits), x0, y0, x1, y1 (float), little-endian
    hash         INTEGER NOT NULL           -- of all of the above, checked before it is quoted
);

-- What many figures say: of forms, periods and words each is written once.
CREATE TABLE forms (
    id           INTEGER PRIMARY KEY,
    kind         INTEGER NOT NULL,          -- enum figure_kind
    qualifier    INTEGER NOT NULL,          -- enum qualifier
    unit         TEXT,
    unit_text    TEXT,
    period_scope INTEGER NOT NULL,          -- enum scope
    place_scope  INTEGER NOT NULL,
    rule         TEXT,
    minor        INTEGER NOT NULL
);
CREATE INDEX forms_rule ON forms (rule, unit, unit_text, kind, qualifier, period_scope, place_scope, minor);

CREATE TABLE periods (
    id    INTEGER PRIMARY KEY,
    edtf  TEXT NOT NULL UNIQUE,
    first INTEGER,                          -- days from 1 January of the year 1; NULL = one that cannot be read
    last  INTEGER
);

CREATE TABLE words (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
);

-- Those of a passage stand one behind the other.
CREATE TABLE stored_figures (
    id             INTEGER PRIMARY KEY,
    passage        INTEGER NOT NULL,        -- its place in the document, from 0
    first          INTEGER NOT NULL,        -- the figure as printed, from where the passage begins
    length         INTEGER NOT NULL,
    sentence_first INTEGER NOT NULL,        -- from where the passage begins
    sentence_after INTEGER NOT NULL,        -- bytes of the passage that follow
    low            REAL NOT NULL,
    high           REAL,                    -- NULL = low
    other_low      REAL,                    -- the second reading, where two are possible
    other_high     REAL,
    form           INTEGER NOT NULL,        -- of forms
    counted        INTEGER,                 -- of words
    period         INTEGER,                 -- of periods
    places         INTEGER,                 -- of words: a list in JSON, [["Gaza Strip", "PS", 281132, 0]]: name, ISO 3166, GeoNames id, enum role
    said_by        INTEGER,                 -- of words
    mark           TEXT,                    -- the note mark behind it
    note           INTEGER,                 -- number in notes of the document
    page           INTEGER,
    boxes          BLOB NOT NULL,           -- page (32 bits), x0, y0, x1, y1 (float) for each line it touches
    hash           INTEGER NOT NULL         -- of the figure as the view `figures` shows it, with its places
);

CREATE TABLE stored_mentions (
    name     INTEGER NOT NULL,              -- of names
    document INTEGER NOT NULL,
    passages TEXT NOT NULL,                 -- that name it: a list in JSON of their places in the document, rising
    PRIMARY KEY (name, document)
) WITHOUT ROWID;
CREATE INDEX stored_mentions_document ON stored_mentions (document);


CREATE TEMP TABLE old_places AS
SELECT figure, '[' || list || ']' AS places, fits AND last = n - 1 AS intact
FROM (SELECT figure, row_number() OVER (PARTITION BY figure ORDER BY number) AS place, max(number) OVER them AS last, count(*) OVER them AS n, min(fits) OVER them AS fits,
             group_concat(json_array(CAST(name AS TEXT), CAST(iso AS TEXT), CAST(geonames AS INTEGER), CAST(role AS INTEGER)), ',') OVER them AS list
      FROM (SELECT w.*, coalesce(w.hash = row_hash(w.figure, w.number, w.name, w.iso, w.geonames, w.role, (SELECT count(*) FROM places o WHERE o.figure = w.figure))
                                 OR w.hash = row_hash(w.number, w.name, w.iso, w.role), 0) AS fits
            FROM places w)
      WINDOW them AS (PARTITION BY figure ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))
WHERE place = 1;
CREATE UNIQUE INDEX temp.old_places_figure ON old_places (figure);

-- The figures of a passage come one behind the other.
CREATE TEMP TABLE old_figures AS
SELECT id, passage, row_number() OVER (PARTITION BY id >> 24 ORDER BY passage, number, id) - 1 AS place, row_number() OVER (PARTITION BY passage ORDER BY number, id) AS number
FROM figures;
CREATE UNIQUE INDEX temp.old_figures_id ON old_figures (id);
CREATE TEMP TABLE old_ranges AS SELECT passage, min(place) AS figure, count(*) AS figures FROM old_figures GROUP BY passage;
CREATE UNIQUE INDEX temp.old_ranges_passage ON old_ranges (passage);

INSERT OR IGNORE INTO words (text)
SELECT counted FROM figures WHERE counted IS NOT NULL UNION SELECT said_by FROM figures WHERE said_by IS NOT NULL UNION SELECT places FROM old_places;
-- Their days were in no hash: they are read once more.
INSERT OR IGNORE INTO periods (edtf, first, last) SELECT period, first_day(period), last_day(period) FROM figures WHERE period IS NOT NULL GROUP BY period;
INSERT INTO forms (kind, qualifier, unit, unit_text, period_scope, place_scope, rule, minor)
SELECT DISTINCT coalesce(kind, 0), coalesce(qualifier, 0), unit, unit_text, coalesce(period_scope, 0), coalesce(place_scope, 0), rule, coalesce(minor, 0)
FROM figures ORDER BY 7, 1, 2, 3, 4, 5, 6, 8;

INSERT INTO stored_passages (id, page, page_more, number, first, source_first, source_after, zone, flags, heading, figure, figures, text, lines, hash)
SELECT p.id, p.page, coalesce(p.page_end - p.page, 0), coalesce(p.number, 0), coalesce(p.first, 0), p.source_first - p.first, p.source_after - p.after, coalesce(p.zone, 0),
       coalesce(p.flags, 0), p.id - p.heading, r.figure, coalesce(r.figures, 0), coalesce(p.text, ''), coalesce(p.lines, x''),
       CASE WHEN p.hash = row_hash(d.sha256, p.page, p.page_end, p.number, p.first, p.after, p.source_first, p.source_after, p.zone, p.flags, p.text, p.lines, p.tags)
            THEN row_hash(d.sha256, p.page, p.page + coalesce(p.page_end - p.page, 0), p.number, p.first, p.after, p.source_first, p.source_after, p.zone, p.flags, p.id - p.heading, r.figure,
                          coalesce(r.figures, 0), p.text, p.lines)
            ELSE 0 END
FROM passages p JOIN documents d ON d.id = p.id >> 24 LEFT JOIN temp.old_ranges r ON r.passage = p.id
ORDER BY p.id;

INSERT INTO stored_figures (id, passage, first, length, sentence_first, sentence_after, low, high, other_low, other_high, form, counted, period, places, said_by, mark, note,
                            page, boxes, hash)
SELECT (f.id >> 24 << 24) + o.place, f.passage & 16777215, coalesce(f.first - p.first, 0), coalesce(f.after - f.first, 0), coalesce(f.sentence_first - p.first, 0),
       coalesce(p.after - f.sentence_after, 0), coalesce(f.low, 0.0), nullif(f.high, f.low), f.other_low, f.other_high, m.id, c.id, t.id, l.id, s.id, f.mark, f.note, f.page,
       coalesce(f.boxes, x''),
       CASE WHEN r.intact AND o.number = f.number AND coalesce(w.intact, f.place_scope = 0)
            THEN row_hash(d.sha256, f.passage & 16777215, f.number, f.first - p.first, f.after - f.first, f.sentence_first - p.first, p.after - f.sentence_after, f.low,
                          nullif(f.high, f.low), f.other_low, f.other_high, f.kind, f.qualifier, f.unit, f.unit_text, f.counted, f.period, f.period_scope, f.place_scope,
                          w.places, f.said_by, f.mark, f.note, f.page, f.rule, f.minor, f.boxes, t.first, t.last)
            ELSE 0 END
FROM figures f JOIN figure_rows r ON r.id = f.id JOIN temp.old_figures o ON o.id = f.id JOIN passages p ON p.id = f.passage JOIN documents d ON d.id = f.id >> 24
     JOIN forms m ON m.rule IS f.rule AND m.unit IS f.unit AND m.unit_text IS f.unit_text AND m.kind = coalesce(f.kind, 0) AND m.qualifier = coalesce(f.qualifier, 0)
                     AND m.period_scope = coalesce(f.period_scope, 0) AND m.place_scope = coalesce(f.place_scope, 0) AND m.minor = coalesce(f.minor, 0)
     LEFT JOIN words c ON c.text = f.counted LEFT JOIN periods t ON t.edtf = f.period LEFT JOIN temp.old_places w ON w.figure = f.id
     LEFT JOIN words l ON l.text = w.places LEFT JOIN words s ON s.text = f.said_by
ORDER BY f.id >> 24, o.place;

INSERT INTO stored_mentions (name, document, passages)
SELECT name, document, '[' || list || ']'
FROM (SELECT name, document, row_number() OVER (PARTITION BY name, document ORDER BY place) AS number,
             group_concat(place, ',') OVER (PARTITION BY name, document ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS list
      FROM (SELECT DISTINCT name, passage >> 24 AS document, passage & 16777215 AS place FROM mentions WHERE typeof(passage) = 'integer' AND typeof(name) = 'integer'))
WHERE number = 1;

DROP TABLE temp.old_places;
DROP TABLE temp.old_figures;
DROP TABLE temp.old_ranges;
DROP VIEW passage_rows;
DROP VIEW figure_rows;
DROP TABLE passages;
DROP TABLE figures;
DROP TABLE places;
DROP TABLE mentions;

CREATE VIEW passages AS
SELECT id, page, page + page_more AS page_end, number, first, first + length(CAST(text AS BLOB)) AS after, first + source_first AS source_first,
       first + length(CAST(text AS BLOB)) + source_after AS source_after, zone, flags, id - heading AS heading, figure, figures, text, lines, hash
FROM stored_passages;

CREATE VIEW figures AS
SELECT f.id, p.id AS passage, (f.id & 16777215) - p.figure + 1 AS number, p.first + f.first AS first, p.first + f.first + f.length AS after,
       p.first + f.sentence_first AS sentence_first, p.after - f.sentence_after AS sentence_after, f.low, coalesce(f.high, f.low) AS high, f.other_low, f.other_high,
       m.kind, m.qualifier, m.unit, m.unit_text, (SELECT text FROM words WHERE id = f.counted) AS counted, t.edtf AS period, t.first AS period_first,
       t.last AS period_last, m.period_scope, m.place_scope, (SELECT text FROM words WHERE id = f.said_by) AS said_by, f.mark, f.note, f.page, m.rule, m.minor,
       f.boxes, f.hash
FROM stored_figures f JOIN passages p ON p.id = (f.id >> 24 << 24) + f.passage LEFT JOIN forms m ON m.id = f.form LEFT JOIN periods t ON t.id = f.period;

CREATE VIEW places AS
SELECT f.id AS figure, e.key AS number, json_extract(e.value, '$[0]') AS name, json_extract(e.value, '$[1]') AS iso, json_extract(e.value, '$[2]') AS geonames,
       json_extract(e.value, '$[3]') AS role
FROM stored_figures f JOIN words w ON w.id = f.places, json_each(w.text) e;

CREATE VIEW mentions AS
SELECT (m.document << 24) + e.value AS passage, m.name FROM stored_mentions m, json_each(m.passages) e;

-- Where the figures of a passage lie.
CREATE VIEW figure_ranges AS
SELECT id AS passage, (id >> 24 << 24) + figure AS first, (id >> 24 << 24) + figure + figures - 1 AS last FROM stored_passages;

CREATE VIEW passage_rows AS
SELECT p.id, p.page, p.page_end, p.number, p.first, p.after, p.source_first, p.source_after, p.zone, p.flags, p.text, p.lines, g.label,
       (SELECT h.text FROM passages h WHERE h.id = p.heading AND h.hash = row_hash(d.sha256, h.page, h.page_end, h.number, h.first, h.after, h.source_first,
           h.source_after, h.zone, h.flags, h.id - h.heading, h.figure, h.figures, h.text, h.lines)) AS heading,
       p.hash = row_hash(d.sha256, p.page, p.page_end, p.number, p.first, p.after, p.source_first, p.source_after, p.zone, p.flags, p.id - p.heading, p.figure, p.figures, p.text, p.lines)
           AND (g.hash IS NULL OR g.hash = row_hash(g.number, g.label)) AS intact,
       d.sha256
FROM passages p JOIN documents d ON d.id = p.id >> 24 LEFT JOIN pages g ON g.document = d.id AND g.number = p.page;

-- word(id) is the text of a row of words, kept by the program.
CREATE VIEW figure_rows AS
SELECT f.id, p.id AS passage, (f.id & 16777215) - p.figure + 1 AS number, p.first + f.first AS first, p.first + f.first + f.length AS after,
       p.first + f.sentence_first AS sentence_first, p.after - f.sentence_after AS sentence_after, f.low, coalesce(f.high, f.low) AS high, f.other_low, f.other_high,
       m.kind, m.qualifier, m.unit, m.unit_text, word(f.counted) AS counted, t.edtf AS period, t.first AS period_first, t.last AS period_last, m.period_scope,
       m.place_scope, word(f.said_by) AS said_by, f.mark, n.text AS note_text, n.page AS note_page, f.page, g.label, m.rule, coalesce(m.minor, 0) AS minor,
       f.boxes,
       f.hash = row_hash(d.sha256, f.passage, (f.id & 16777215) - p.figure + 1, f.first, f.length, f.sentence_first, f.sentence_after, f.low, f.high, f.other_low,
                         f.other_high, m.kind, m.qualifier, m.unit, m.unit_text, word(f.counted), t.edtf, m.period_scope, m.place_scope, word(f.places),
                         word(f.said_by), f.mark, f.note, f.page, m.rule, m.minor, f.boxes, t.first, t.last)
           AND p.hash = row_hash(d.sha256, p.page, p.page_end, p.number, p.first, p.after, p.source_first, p.source_after, p.zone, p.flags, p.id - p.heading, p.figure, p.figures, p.text,
                                 p.lines)
           AND (g.hash IS NULL OR g.hash = row_hash(g.number, g.label))
           AND (f.note IS NULL OR n.hash = row_hash(n.number, n.label, n.page, n.text)) AS intact,
       p.text, p.first AS passage_first, p.page AS passage_page, p.number AS passage_number, p.zone, d.sha256, word(f.places) AS places
FROM stored_figures f JOIN passages p ON p.id = (f.id >> 24 << 24) + f.passage JOIN documents d ON d.id = f.id >> 24 LEFT JOIN forms m ON m.id = f.form
     LEFT JOIN periods t ON t.id = f.period LEFT JOIN pages g ON g.document = d.id AND g.number = f.page LEFT JOIN notes n ON n.document = d.id AND n.number = f.note;
