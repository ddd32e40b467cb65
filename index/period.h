/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_PERIOD_H
#define CITABLE_INDEX_PERIOD_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The days of an EDTF period, both ends inclusive, counted from 1 January of the year 1; INT32_MIN, INT32_MAX = open. */
struct days {
    int32_t first, last;
    bool about; /* "~" or "?": the ends are not exact */
};

/* Reads "2014", "2015-03", "2015-03-21", "2011/2014", "../2014-06", "2014/..", "2014~", "201X", seasons and quarters ("2014-33"). False for anything else. */
bool days_from_edtf(const char *edtf, struct days *ret);

/* Reads what a user writes for a period: EDTF, or two of them parted by "..", as in "2014..2016". */
bool days_from_user(const char *text, struct days *ret);

/* "2014-01-01"; NULL for an open end. The caller frees it. */
char *day_text(int32_t day);

/* How two periods, places or values stand to one another. */
enum relation {
    RELATION_UNKNOWN,  /* one of them is not given */
    RELATION_SAME,
    RELATION_WITHIN,   /* the second lies in the first */
    RELATION_AROUND,   /* the first lies in the second */
    RELATION_OVERLAPS,
    RELATION_APART,
};

enum relation days_relation(const struct days *a, const struct days *b);

/* Two EDTF periods; RELATION_UNKNOWN where one is NULL or cannot be read. */
enum relation period_relation(const char *a, const char *b);

#endif
