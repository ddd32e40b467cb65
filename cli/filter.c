/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/filter.h"

struct filter_values filter_values;

/* An option that is also a field of the query is a row: the value goes to query_set. */
static const struct {
    const char *field;
    char **value;
} fields[] = {
    {"place", &filter_values.place}, {"actor", &filter_values.actor}, {"period", &filter_values.period},   {"kind", &filter_values.kind},     {"unit", &filter_values.unit},
    {"min", &filter_values.min},     {"max", &filter_values.max},     {"said-by", &filter_values.said_by}, {"source", &filter_values.source}, {"zone", &filter_values.zone},
    {"reviewed", &filter_values.reviewed},
};

bool filter_query(char *const *words, struct query **ret, GError **error)
{
    struct query *query = NULL;
    if (words) {
        g_autofree char *text = g_strjoinv(" ", (char **)words);
        if (!query_parse(text, &query, error))
            return false;
    } else {
        query = query_new();
    }
    query->filter.minor = filter_values.minor;
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        if (*fields[i].value && !query_set(query, fields[i].field, *fields[i].value, error)) {
            query_free(query);
            return false;
        }
    *ret = query;
    return true;
}

static bool fits(const struct answer *answer, const struct query *query)
{
    if (query->reviewed && !g_str_equal(query->reviewed, review_verdict(answer->review)))
        return false;
    return (!query->has_zone || answer->passage->zone == query->zone) &&
           (!query->language || g_strcmp0(answer->document->metadata.language, query->language) == 0);
}

bool filter_figures(struct library *library, const struct query *query, guint limit, GPtrArray *answers, bool *more, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    bool filtered = query->has_zone || query->language || query->reviewed;
    uint32_t most = limit == 0 || filtered ? UINT32_MAX : limit + 1;
    if (!store_figures(library_store(library), &query->filter, query->clauses, most, &rows, error))
        return false;
    *more = false;
    for (guint i = 0; i < rows->len; i++) {
        struct figure_row *row = g_steal_pointer(&g_ptr_array_index(rows, i));
        struct answer *answer = NULL;
        if (limit > 0 && answers->len == limit) {
            figure_row_free(row);
            *more = true;
            continue;
        }
        if (!answer_of_figure(library, row, &answer, error))
            return false;
        if (fits(answer, query))
            g_ptr_array_add(answers, answer);
        else
            answer_free(answer);
    }
    return true;
}
