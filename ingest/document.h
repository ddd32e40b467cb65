/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_DOCUMENT_H
#define CITABLE_INGEST_DOCUMENT_H

#include "base/slice.h"

#include <stdint.h>

/*  A document holds one clean text; everything later is a span into it.
 *
 *    text      Heading\n\nA paragraph healed to one line, its sentences one after another.\n\n…\n\f
 *    passages  [-----]    [------------------------------------------------------------]
 *    sentences            [-----------------------][-----------------------------------]
 *    lines     [-----]    [-----------][--------------------][-------------------------]   as printed: page, box
 *
 *  Clean text: valid UTF-8, NFC where the source was; a line break inside a paragraph is one space (none where a word was
 *  divided); table cells of a row are parted by TAB; passages by "\n\n"; every page but the last ends in "\f".
 *  Note marks are taken out and kept as `mark`s. Running heads, feet and page numbers are not in the text. */

/* A half-open range of bytes [start, end) in a document's clean text; both ends fall on UTF-8 character boundaries. */
struct span {
    uint32_t start, end;
};

/* Points (1/72 inch) from the page's top left corner; y grows downwards. */
struct rect {
    float x0, y0, x1, y1;
};

#define NONE UINT32_MAX /* no such index, page, or source byte */

enum zone {
    ZONE_BODY,
    ZONE_HEADING,
    ZONE_SUMMARY,
    ZONE_CAPTION,
    ZONE_PULLQUOTE,
    ZONE_BOX,
    ZONE_TABLE,
    ZONE_NOTE,
};

/* The zone as users and JSON write it: "body", "heading", "pullquote". */
const char *zone_name(enum zone zone);

enum page_flag {
    PAGE_NO_TEXT = 1 << 0,   /* an image without a text layer */
    PAGE_GARBLED = 1 << 1,   /* fonts without a Unicode map: no figures are taken from it */
    PAGE_OCR = 1 << 2,       /* text comes from character recognition */
    PAGE_UNFINISHED = 1 << 3 /* a limit ended its reading */
};

/* A page as numbered in the file, from 1 (pages[0] is page 1). Formats without pages have none. */
struct page {
    char *label;         /* as printed or as the file's label table says: "iv", "12"; NULL = unknown */
    float width, height; /* points; 0 for text */
    uint32_t flags;      /* enum page_flag */
};

/* A printed line, or the part of it that belongs to one passage; in order of their spans. */
struct line {
    struct span span;
    uint32_t page;  /* from 1; NONE in formats without pages */
    uint32_t edges; /* index into `edges`: the left edge of each character of the span, then the right edge of the last one; NONE = no boxes */
    struct rect box;
};

enum passage_flag {
    PASSAGE_UNRELIABLE = 1 << 0, /* garbled font or doubtful text: no figures are taken from it */
    PASSAGE_HIDDEN = 1 << 1,     /* invisible, white, tiny, covered or off the page */
    PASSAGE_OCR = 1 << 2,
    PASSAGE_LIST = 1 << 3,       /* a list item; its bullet or number stays in the text */
    PASSAGE_DOUBTFUL = 1 << 4,   /* the text layer and the shapes may disagree */
    PASSAGE_COUNTED = 1 << 5     /* an item of a list that the file numbers, from 1 on */
};

/* A paragraph, heading, caption, list item, note or table row; in reading order, spans do not overlap. */
struct passage {
    struct span span;
    enum zone zone;
    uint32_t page;    /* page on which it begins, from 1; NONE in formats without pages */
    uint32_t number;  /* its place on that page (in the document, where there are no pages), from 1 */
    uint32_t heading; /* passage that is the heading over it, or NONE */
    uint32_t repeats; /* a pull quote's: the passage that it says again, or NONE */
    uint32_t flags;   /* enum passage_flag */
    uint32_t level;   /* headings: 1 = title … 6; list items: depth */
};

struct sentence {
    struct span span; /* without the white space around it */
    uint32_t passage;
};

/* A note mark taken out of the text: where it stood (between two clean bytes), and what it printed. */
struct mark {
    uint32_t at;        /* clean byte before which it stood; after the word, figure or stop that it hangs on */
    struct span source; /* bytes of the file (text formats) or {NONE, NONE} */
    struct rect box;    /* PDFs */
    uint32_t page;
    char *label;        /* "12", "*", "iv" */
    uint32_t note;      /* index into notes, or NONE: no text found for it */
    bool doubtful;      /* its digits may as well end the number before it: the figure has two readings (until extract; not stored) */
};

/* A footnote's or endnote's own text. Its passage has ZONE_NOTE. */
struct note {
    char *label;
    struct span span; /* without the label */
    uint32_t page;    /* where the note's text stands */
};

/* A table cell that can be read with confidence, with the heads that give it its meaning. */
struct cell {
    struct span span;
    struct span row, column; /* head cells; start == end: none */
    uint32_t passage;
    uint32_t caption;        /* passage of the table's caption, or NONE */
    struct span group;       /* the head over several columns under which `column` stands ("2001" over "N" and "%"); start == end: none */
    struct span section;     /* the name of other rows under which `row` stands ("Deaths" over "North" and "South"); start == end: none */
};

/* From clean byte `clean` on, up to the next shift, the source byte is `source` and onwards; NONE = inserted, no source.
 *    source:  inhabit-\nants      clean:  inhabitants      shifts:  {0,0} {7,9} */
struct shift {
    uint32_t clean, source;
};

/* Where byte `at` of a text stood, by the shifts of that text; NONE: before the first shift, or inserted. */
uint32_t shift_source(const GArray *shifts, uint32_t at);

/* Damaged input is normal: said once, stored with the document, shown by `status`. */
struct warning {
    char *code;    /* stable word: "no-text", "garbled-font", "bad-utf8" (listed in docs/warnings.md) */
    uint32_t page; /* or NONE */
    char *text;    /* one line a person understands */
};

/* A box on a page. */
struct place_on_page {
    uint32_t page;
    struct rect box;
};

struct metadata {
    char *title, *publisher, *url, *language; /* language: ISO 639-1 ("en"), decided for the whole document */
    char *date;      /* EDTF: "2015-05-04", "2015-05", "2015" */
    char *authors;   /* "Family, Given; Family, Given" or an organisation */
    char *period;    /* EDTF: what the document itself says it is about, where it says so */
    char *symbol;    /* what its organisation numbers it by, as printed: "A/HRC/59/25" */
};

struct document {
    char *path;        /* as given */
    char *member;      /* inside a container: feed item, archive member; else NULL */
    char *sha256;      /* hex; of the file's bytes, or of the member's content: the document's id is a prefix of it */
    char *file_sha256; /* hex; of the file's bytes */
    uint64_t size;     /* bytes of the file */
    const char *reader; /* static: name of the reader */
    struct metadata metadata;
    GString *text;
    GArray *pages;     /* struct page */
    GArray *lines;     /* struct line */
    GArray *edges;     /* float, points */
    GArray *passages;  /* struct passage */
    GArray *sentences; /* struct sentence */
    GArray *marks;     /* struct mark, by `at` */
    GArray *doubts;    /* struct span, in order: digits at the end of a number that may be a note mark and stayed in the text (until extract; not stored) */
    GArray *notes;     /* struct note */
    GArray *cells;     /* struct cell */
    GArray *shifts;    /* struct shift, by `clean`; empty for PDFs */
    GArray *warnings;  /* struct warning */
};

struct document *document_new(const char *path);
void document_free(struct document *doc);

/* Element `i` of one of the arrays, by type: DOCUMENT_AT(doc->passages, struct passage, i).zone */
#define DOCUMENT_AT(array, type, i) g_array_index((array), type, (i))

static inline struct slice document_text(const struct document *doc)
{
    return slice_make(doc->text->str, doc->text->len);
}

/* The text of a span: asked of every token. */
static inline struct slice document_slice(const struct document *doc, struct span span)
{
    return slice_sub(document_text(doc), span.start, span.end);
}

/* Appends text that stands at byte `source` of the file (NONE: inserted by us, such as the space that heals a line end); keeps `shifts`. */
void document_append(struct document *doc, struct slice text, uint32_t source);

/* The source byte of a clean byte; NONE where the document has no source bytes (PDFs) or the byte was inserted. */
uint32_t document_source(const struct document *doc, uint32_t clean);

/* The source range that covers a clean span: from the source of its first byte to one past the source of its last; {NONE, NONE} if there is none. */
struct span document_source_span(const struct document *doc, struct span span);

/* Appends a struct place_on_page to `boxes` for each printed line that the span touches (none for formats without boxes). */
void document_boxes(const struct document *doc, struct span span, GArray *boxes);

/* The page of a clean byte, from 1; NONE in formats without pages. */
uint32_t document_page(const struct document *doc, uint32_t clean);

/* The passage or sentence that holds a clean byte; NONE between passages. */
uint32_t document_passage_at(const struct document *doc, uint32_t clean);
uint32_t document_sentence_at(const struct document *doc, uint32_t clean);

/* The same, for one who walks through the text: looks near the passage or sentence `*hint` first, which may be any, and leaves there where it looked last. */
uint32_t document_passage_near(const struct document *doc, uint32_t clean, uint32_t *hint);
uint32_t document_sentence_near(const struct document *doc, uint32_t clean, uint32_t *hint);

void document_warn(struct document *doc, const char *code, uint32_t page, const char *format, ...) G_GNUC_PRINTF(4, 5);

#endif
