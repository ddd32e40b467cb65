/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_PRINT_ANSWER_H
#define CITABLE_QUERY_PRINT_ANSWER_H

#include "query/answer.h"
#include "query/print/printer.h"

/* An answer as one JSON object (docs/schema.md, "passage" and "figure"); the caller decrefs it.
 * matches: struct span in bytes of the quote, or NULL. */
json_t *answer_json(const struct answer *answer, const GArray *matches);

/* Adds what persons said of it: only on demand, since it is no part of what the document says. */
void answer_json_review(json_t *record, const struct answer *answer);

/* The CSV columns of passages and of figures, and of figures with what persons said of them. */
extern const char *const passage_columns[], *const figure_columns[], *const reviewed_columns[];

/* An answer for people: title and page, heading, the quote with the matches marked, its figure, cautions, id. */
void answer_print(const struct answer *answer, const GArray *matches, unsigned number, struct terminal terminal, FILE *out);

/* What persons said of it, for people; nothing where nobody did. */
void answer_review_print(const struct answer *answer, struct terminal terminal, FILE *out);

/* A table of figures (struct answer *), one a line. */
void figures_print(const GPtrArray *answers, struct terminal terminal, FILE *out);

/* What a figure record holds, one field a line. */
void figure_record_print(const struct answer *answer, struct terminal terminal, FILE *out);

/* Appends the value for people, with its unit: "at least 10,000", "12 %", "171 per 100,000 inhabitants"; numbers in words as printed: “one in five”. */
void figure_number_append(GString *out, const struct figure_row *figure);

/* The same and what is counted: "at least 10,000 people", "12 %: households". */
void figure_value_append(GString *out, const struct figure_row *figure);

/* A review in a table's cell: "accepted", "rejected, note"; NULL for none. Static. */
const char *review_short(const struct review *review);

/* "2024 (from the heading)" where it was read from outside the figure's sentence, else the value; "rejected by Ana", NULL for what nobody rejected. The caller frees them. */
char *inferred_text(const char *value, enum scope scope);
char *rejected_text(const struct answer *answer);

/* "El Salvador (host), Honduras"; the caller frees it; NULL without places. */
char *places_text(const struct figure_place *places, uint32_t n);

/* Appends safe text with the spans of `matches` (bytes of `text`) inked, the whole cut to about `most` bytes around the first match; 0 = not cut. */
void quote_append(GString *out, struct terminal terminal, struct slice text, const GArray *matches, size_t most);

#endif
