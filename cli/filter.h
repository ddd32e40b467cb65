/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_CLI_FILTER_H
#define CITABLE_CLI_FILTER_H

#include "query/answer.h"
#include "query/parse.h"

/* The options by which figures are chosen, for the commands that print them. */
struct filter_values {
    char *place, *actor, *period, *kind, *unit, *min, *max, *said_by, *source, *zone, *reviewed;
    gboolean minor, rejected;
};
extern struct filter_values filter_values;

/* Rows of a GOptionEntry table. */
#define FILTER_OPTIONS                                                                                                                       \
    {"place", 0, 0, G_OPTION_ARG_STRING, &filter_values.place, "in this country, region or city: SV, MX-CHP, Mexico", "PLACE"},              \
    {"actor", 0, 0, G_OPTION_ARG_STRING, &filter_values.actor, "in a passage that names this actor", "NAME"},                                \
    {"period", 0, 0, G_OPTION_ARG_STRING, &filter_values.period, "whose period touches this one: 2014, 2014-03, 2014..2016", "PERIOD"},      \
    {"kind", 0, 0, G_OPTION_ARG_STRING, &filter_values.kind, "count, percent, fraction, rate, money, duration, …", "KIND"},                  \
    {"unit", 0, 0, G_OPTION_ARG_STRING, &filter_values.unit, "person, household, %, USD, km, …", "UNIT"},                                    \
    {"min", 0, 0, G_OPTION_ARG_STRING, &filter_values.min, "at least this value: 1000, '2 million'", "VALUE"},                               \
    {"max", 0, 0, G_OPTION_ARG_STRING, &filter_values.max, "at most this value", "VALUE"},                                                   \
    {"said-by", 0, 0, G_OPTION_ARG_STRING, &filter_values.said_by, "credited to this source: name or acronym", "NAME"},                          \
    {"source", 0, 0, G_OPTION_ARG_STRING, &filter_values.source, "in this document: id, or a part of its path or title", "DOCUMENT"},        \
    {"zone", 0, 0, G_OPTION_ARG_STRING, &filter_values.zone, "in this part of the page: body, heading, caption, table, note, …", "ZONE"},    \
    {"reviewed", 0, 0, G_OPTION_ARG_STRING, &filter_values.reviewed, "that a person accepted, rejected, or none has judged", "VERDICT"},         \
    {"rejected", 0, 0, G_OPTION_ARG_NONE, &filter_values.rejected, "json, csv, exports: also figures that a person rejected, marked", NULL},           \
    {"minor", 0, 0, G_OPTION_ARG_NONE, &filter_values.minor, "also counts that nobody cites (\"two reasons\")", NULL}

/* The words of a query (or NULL) and the options, as one query; the caller frees it with query_free. Errors: QUERY. */
bool filter_query(char *const *words, struct query **ret, GError **error);

/* The figures that fit: struct answer * is added to `answers`. limit 0 = all; *more: there are more than the limit. Errors: STORE, QUERY. */
bool filter_figures(struct library *library, const struct query *query, guint limit, GPtrArray *answers, bool *more, GError **error);

/* For what leaves the program: takes out figures that a person rejected, and says on stderr how many; not where --rejected asks for them, or --reviewed
 * rejected, or `marked` (their reviews are written beside them). Returns whether reviews must be written, so that what is rejected is marked. */
bool filter_rejected(GPtrArray *answers, const struct query *query, bool marked);

#endif
