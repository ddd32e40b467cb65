/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_ANSWER_H
#define CITABLE_QUERY_ANSWER_H

#include "query/cite/citation.h"
#include "query/review.h"

/* The documents of an evidence file, each read once. */
struct library;

struct library *library_new(struct store *store);
void library_free(struct library *library);

/* The document; it lives as long as the library. Errors: STORE (also: no such document, which a whole evidence file never lacks). */
bool library_document(struct library *library, int64_t rowid, const struct document_row **ret, GError **error);

struct store *library_store(const struct library *library);

/* What persons said of figures and passages, read once. Errors: STORE. */
bool library_reviews(struct library *library, const struct reviews **ret, GError **error);

/* What every question is answered with: a verbatim passage, perhaps one figure of it, and the document they stand in. */
struct answer {
    const struct document_row *document; /* the library's */
    struct passage_row *passage;         /* owned */
    struct figure_row *figure;           /* owned, or NULL */
    const struct review *review;         /* what persons said of it, or NULL; the library's */
    const struct review *rejected;       /* the review that rejects the figure, or the passage it stands in; NULL: none does */
    double score;                        /* higher is better; only compares answers of one question */
    char *why;                           /* how the constraints were met, or NULL */
    char *fails;                         /* the constraint that it does not meet; NULL: it answers, or nobody asked */
    struct wordings *wordings;           /* the library's, for links; NULL: they lead to the page alone */
};

/* Reads the passage of a figure, or of a rowid, and its document. `figure` is taken over, also on errors. */
bool answer_of_figure(struct library *library, struct figure_row *figure, struct answer **ret, GError **error);
bool answer_of_passage(struct library *library, int64_t passage, struct answer **ret, GError **error);
void answer_free(struct answer *answer);

/* The passage, or the figure ("…#2"), of an id; `*ret` is NULL where there is none. Errors: STORE, QUERY (a prefix of several documents). */
bool answer_by_id(struct library *library, const char *id, struct answer **ret, GError **error);

/* The words to quote: the figure's sentence, else the passage, without the number that the document gives to the paragraph ("24. "); always bytes of the passage's text as stored. Empty where the stored text is damaged:
 * nothing of it may be shown as a quote. */
struct slice answer_quote(const struct answer *answer);

/* Its id, and what that names as printed: the figure, or the whole passage. */
const char *answer_id(const struct answer *answer);
const char *answer_text(const struct answer *answer);

/* Where the quote begins and ends in the document's clean text. */
struct span answer_quote_span(const struct answer *answer);

/* The page on which the quote's figure (else the passage) stands, and its printed label. */
uint32_t answer_page(const struct answer *answer);
const char *answer_label(const struct answer *answer);

/* The citation of an answer; `quote` is a copy of answer_quote that the caller keeps alive, or NULL. */
struct citation answer_citation(const struct answer *answer, const char *quote);

/* Words a person reads beside a quote that must be compared with the page: "read by character recognition"; NULL-terminated list that the caller frees
 * with g_free, its strings are static. `codes`: the same as words for programs ("ocr"). */
const char **passage_cautions(uint32_t flags);
const char **passage_flag_codes(uint32_t flags);

#endif
