/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_PARSE_H
#define CITABLE_QUERY_PARSE_H

#include "index/find.h"

/* What a user writes after `find` and `figures`:
 *    word  "a phrase"  -excluded  -"excluded phrase"  begin*  field:value  field:"a value"
 * with the fields place period value kind unit actor said-by source lang zone reviewed. Anything else is a word; none of it ever reaches the full-text engine's own syntax. */
struct query {
    GPtrArray *clauses;          /* struct clause *; words and phrases are required */
    struct figure_filter filter; /* its strings belong to `strings` */
    const char *language;        /* "es" or NULL */
    bool has_zone;
    enum zone zone;
    const char *reviewed;        /* "accepted", "rejected", "none", or NULL: whatever a person said of it */
    bool has_filter;             /* any field was given */
    GStringChunk *strings;
};

/* Errors: QUERY (nothing to look for; a field's value that cannot be read), always one line. The caller frees it. */
bool query_parse(const char *text, struct query **ret, GError **error);
void query_free(struct query *query);

/* Sets one field as in "place:SV"; the commands' options go the same way. Errors: QUERY. */
bool query_set(struct query *query, const char *field, const char *value, GError **error);

/* An empty query, to be filled with query_set. */
struct query *query_new(void);

/* A clause of one word or phrase; the caller owns it. */
struct clause *clause_new(const char *text, bool phrase, bool required);
void clause_free(struct clause *clause);

#endif
