/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_WORDS_H
#define CITABLE_INDEX_WORDS_H

#include "index/statement.h"

/* What many figures or mentions say, written once in the evidence file: words, periods, forms and names. Inside index/ only. */

struct form {
    enum figure_kind kind;
    enum qualifier qualifier;
    const char *unit, *unit_text;
    enum scope period_scope, place_scope;
    const char *rule;
    bool minor;
};

/* What a mention is of; texts are "" where there is none, lat and lon NaN. */
struct name {
    uint32_t type; /* enum mention_type */
    const char *name, *class, *code;
    uint32_t geonames;
    double lat, lon;
};

/* A row of periods, and the days that stand there: what makes them now may know more than what wrote them. */
struct written_period {
    uint32_t id;         /* NONE: there is no period */
    bool has_days;       /* false: it could not be read */
    int64_t first, last; /* from 1 January of the year 1 */
};

/* The row's number, which is made where there is none yet; NONE for NULL. Those used last are remembered. Rows that are made may wait for words_write; the strings of
 * names are borrowed until then. Errors: STORE. */
bool word_id(struct store *store, const char *text, uint32_t *ret, GError **error);
bool period_id(struct store *store, const char *edtf, struct written_period *ret, GError **error);
bool form_id(struct store *store, const struct form *form, uint32_t *ret, GError **error);
bool name_id(struct store *store, const struct name *name, uint32_t *ret, GError **error);

/* Writes the rows that wait. Errors: STORE. */
bool words_write(struct store *store, GError **error);

/* A transaction begins: what is known of rows that are not there is to be looked at again. */
void words_check(struct store *store);

/* Registers the SQL function word(id): a row's text, NULL for NULL and where there is none. */
bool words_register(struct store *store);

/* The same for C, valid until the next one is asked for; NULL: it has none, or cannot be read. */
const char *word_text(struct store *store, int64_t id);

/* The columns of a row of forms or periods, as form_values.sql and period_values.sql name them, valid until the next one is asked for; NULL: there is no such row, or it
 * cannot be read. */
sqlite3_value *const *form_values(struct store *store, int64_t id);
sqlite3_value *const *period_values(struct store *store, int64_t id);

/* What was remembered no longer holds; rows that wait are not written. */
void words_forget(struct store *store);

#endif
