/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_CITE_CITATION_H
#define CITABLE_QUERY_CITE_CITATION_H

#include "index/get.h"
#include "query/cite/wording.h"

/* What a citation is made of; everything is borrowed. Nothing in it is guessed: what the document does not say is left out. */
struct citation {
    const struct document_row *document;
    const char *quote;  /* verbatim, or NULL */
    const char *label;  /* the page as printed, or NULL */
    uint32_t page;      /* in the file, from 1; NONE in formats without pages */
    uint32_t paragraph; /* as numbered in the document, or 0 */
    const char *mark;   /* the note that the quote hangs on, or NULL */
    const char *id;     /* of the passage or figure */
    const struct passage_row *passage; /* in which the quote stands, or NULL: links then lead to the page alone */
    struct span span, focus;           /* of the quote, and of the part of it that matters most, in the document's clean text */
    struct wordings *wordings;         /* proves that the words of a link stand once in the document; NULL as above */
};

/* A style is a row. `write` appends one citation; a list of them is `open`, citations parted by `between`, `close`. */
struct cite_style {
    const char *name, *help;
    const char *open, *between, *close;
    void (*write)(const struct citation *citation, GString *out);
    void (*again)(const struct citation *citation, GString *out); /* for further quotes of a document whose entry stands there; NULL: as the first */
};

extern const struct cite_style cite_styles[];
extern const size_t n_cite_styles;

/* NULL for a word that is none. */
const struct cite_style *cite_style_named(const char *name);

/* The note style, which answers carry beside them; the same without its link and the stop in its place. The caller frees them. */
char *citation_note(const struct citation *citation);
char *citation_source(const struct citation *citation);

/* "p. 12: “quote”", for the notes of bibliographies: an entry is a document's, its pages are not where one quote stands. NULL where there is no quote; the caller frees it. */
char *citation_place_and_quote(const struct citation *citation);

/* What kind of publication it is, from the format it came in. */
enum publication { PUBLICATION_REPORT, PUBLICATION_WEBPAGE, PUBLICATION_NEWS, PUBLICATION_DOCUMENT };
enum publication citation_publication(const struct citation *citation);

/* The title, else the name of the file; never NULL. Borrowed. */
const char *citation_title(const struct citation *citation);

/* An author's name: family and given, or an organisation (given is NULL). The caller frees the array. */
struct author {
    char *family, *given;
};
GArray *citation_authors(const struct citation *citation);

/* The year of an EDTF date as four digits, or 0. month and day: 0 where it does not say. */
int edtf_day(const char *edtf, int *month, int *day);

/* The date as a citation writes it; NULL where there is none, or only the day on which the file was made ("2025-12-03?"): nobody printed it. Borrowed. */
const char *citation_date(const struct metadata *metadata);

/* Appends "4 May 2015", "May 2015", "2015", "July–September 2025"; dates of other shapes as they are. */
void citation_date_append(GString *out, const char *edtf);

/* Appends where the quote stands: "p. 12, para. 24", the paragraph where it has a number; "p. 12", "p. 12 (PDF p. 14)" where the printed page differs from the file's, "PDF p. 14" where none is printed;
 * nothing without pages. Returns whether anything was appended. */
bool citation_page_append(GString *out, const struct citation *citation);

/* A key for bibliographies: "unodc2015transnational-a1c94e"; the same for every quote of a document. The caller frees it. */
char *citation_key(const struct citation *citation);

/* A link that opens the publisher's copy at the passage and marks the quote (docs/links.md): page, search phrase and text directive for PDFs, a text
 * directive for web pages. NULL where no address is known. The caller frees it. */
char *citation_link(const struct citation *citation);

#endif
