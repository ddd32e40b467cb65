-- SPDX-License-Identifier: GPL-3.0-or-later
-- The evidence file. docs/schema.md explains it; PRAGMA user_version counts its editions, PRAGMA application_id says whose it is.
--
-- Rows of a document have ids of their own range, so that they are found and deleted without an index on `document`:
--     passages, figures, mentions   id = document * 2^24 + place in reading order, from 0
-- Spans are bytes of the document's clean text, [first, after). Pages count from 1; NULL = the format has none.

-- Of `lengths`: index/lengths.h tells how they are written now; files of schema 7 and before have them as is said here.
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

-- What a person knows better. Keyed by content, so that it survives a move and a new ingest.
CREATE TABLE corrections (
    sha256 TEXT NOT NULL,
    field  TEXT NOT NULL,                   -- title, authors, publisher, date, url, language
    value  TEXT NOT NULL,
    PRIMARY KEY (sha256, field)
) WITHOUT ROWID;

-- A person's marks on figures and passages, apart from what was extracted. Keyed by content and place, so that they survive a new ingest of the same file.
CREATE TABLE reviews (
    sha256 TEXT NOT NULL,                   -- of the document
    place  TEXT NOT NULL,                   -- what users' ids say behind the document: 11.3#2, 11.3
    field  TEXT NOT NULL,                   -- verdict, note
    value  TEXT NOT NULL,                   -- of a verdict: accepted, rejected
    text   TEXT NOT NULL,                   -- the figure or passage that was marked: another one at the same place is not marked
    who    TEXT NOT NULL,
    at     TEXT NOT NULL,                   -- UTC: 2026-11-25T17:03:00Z
    PRIMARY KEY (sha256, place, field)
) WITHOUT ROWID;

CREATE TABLE pages (
    document INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    label    TEXT,                          -- as printed
    width    REAL NOT NULL,                 -- points
    height   REAL NOT NULL,
    flags    INTEGER NOT NULL,              -- enum page_flag
    hash     INTEGER NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;

-- Numbers that say where something lies are small ones, from its passage's: of a million passages each byte of a row is a megabyte. The views `passages`,
-- `figures`, `places` and `mentions`, below, show all of it in bytes of the document and in words. What can be told without being written is not: `number` is 0
-- where it is the passage's place in the document, from 1, and `source_after` NULL where it is `source_first`.
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
    form           INTEGER NOT NULL,        -- of forms
    counted        INTEGER,                 -- of words
    period         INTEGER,                 -- of periods
    places         INTEGER,                 -- of words: a list in JSON, [["Gaza Strip", "PS", 281132, 0]]: name, ISO 3166, GeoNames id, enum role
    boxes          BLOB NOT NULL,           -- page (32 bits), x0, y0, x1, y1 (float) for each line it touches
    hash           INTEGER NOT NULL         -- of the figure as the view `figures` shows it, with its places
);

-- What few figures have: those that have nothing of it have no row.
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

-- What mentions are of: a place, an actor, a period (its EDTF), a source that is credited.
CREATE TABLE names (
    id       INTEGER PRIMARY KEY,
    type     INTEGER NOT NULL,              -- enum mention_type
    name     TEXT NOT NULL,
    class    TEXT NOT NULL DEFAULT '',
    code     TEXT NOT NULL DEFAULT '',      -- ISO 3166, or an acronym
    geonames INTEGER NOT NULL DEFAULT 0,
    lat      REAL,
    lon      REAL,
    UNIQUE (type, name, class, code, geonames)
);

-- Where one passage names it, `passages` is its place alone, without the brackets of a list.
CREATE TABLE stored_mentions (
    name     INTEGER NOT NULL,              -- of names
    document INTEGER NOT NULL,
    passages TEXT NOT NULL,                 -- that name it: a list in JSON of their places in the document, rising
    PRIMARY KEY (name, document)
) WITHOUT ROWID;
CREATE INDEX stored_mentions_document ON stored_mentions (document);

CREATE TABLE notes (
    document INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    label    TEXT NOT NULL,
    page     INTEGER,
    text     TEXT NOT NULL,
    hash     INTEGER NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;

CREATE TABLE marks (
    document INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    at       INTEGER NOT NULL,              -- byte of the clean text before which it stood
    label    TEXT NOT NULL,
    note     INTEGER,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;

-- What a document is known by elsewhere, as it prints it.
CREATE TABLE identifiers (
    document INTEGER NOT NULL,
    scheme   TEXT NOT NULL,                 -- symbol: what its organisation numbers it by (A/HRC/59/25)
    value    TEXT NOT NULL,
    hash     INTEGER NOT NULL,
    PRIMARY KEY (document, scheme)
) WITHOUT ROWID;

-- Pull quotes, and the passage of the same document that each says again: one statement, not two.
CREATE TABLE repeats (
    passage  INTEGER PRIMARY KEY,
    original INTEGER NOT NULL,
    hash     INTEGER NOT NULL
);

-- Every file that an ingest saw, and what became of it. The last word of each. `version`, of the rules and names that read it, is empty where it
-- failed or its reader was stopped: the next ingest tries once more.
CREATE TABLE ledger (
    path     TEXT NOT NULL,
    member   TEXT NOT NULL DEFAULT '',
    status   TEXT NOT NULL,                 -- added, partial, no-text, failed, skipped, duplicate
    code     TEXT,                          -- why: a stable word
    page     INTEGER,
    reason   TEXT,                          -- one line a person understands
    document TEXT,                          -- sha256
    size     INTEGER NOT NULL,
    changed  INTEGER NOT NULL,              -- the file's own time, nanoseconds
    sha256   TEXT,                          -- of the file's bytes, where they were read
    version  TEXT NOT NULL,
    PRIMARY KEY (path, member)
) WITHOUT ROWID;

-- What the last ingest ran under.
CREATE TABLE conditions (
    name  TEXT PRIMARY KEY,                 -- sandbox
    value TEXT NOT NULL                     -- one line a person understands
) WITHOUT ROWID;

CREATE TABLE warnings (
    document INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    code     TEXT NOT NULL,
    page     INTEGER,
    text     TEXT NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;

-- Full text. Only citable itself can write or search it: the tokenizer is its own (index/tokenize.h).
CREATE VIRTUAL TABLE fts USING fts5 (text, content = '', columnsize = 0, tokenize = 'citable');
INSERT INTO fts (fts, rank) VALUES ('usermerge', 8); -- segments of a level before they are merged (index/segment.c): a third less work than with 4, and a search reads as many pages

-- Rows as they are read: corrections applied, damage told. `before` and `behind` are the neighbours that a short id must differ from.
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
