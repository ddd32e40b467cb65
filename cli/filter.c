/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/filter.h"

#include "base/timing.h"
#include "extract/gazetteer.h"

#include <stdio.h>

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

/* "IDMC" for "Internal Displacement Monitoring Centre": the first letters of the words that begin with a capital. */
static bool is_acronym_of(const char *acronym, const char *name)
{
    bool inside = false;
    const char *at = acronym;
    for (const char *c = name; *c; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        if (!inside && g_unichar_isupper(letter)) {
            if (g_utf8_get_char(at) != letter)
                return false;
            at = g_utf8_next_char(at);
        }
        inside = g_unichar_isalpha(letter) || letter == '\'' || letter == 0x2019;
    }
    return *at == '\0' && g_utf8_strlen(acronym, -1) > 1;
}

/* Is what is asked for another name of this actor, in the table of names? */
static bool is_alias_of(const struct gazetteer_slot *slot, const char *name)
{
    const struct gazetteer *g = gazetteer_get();
    const struct gazetteer_sense *senses = slot ? gazetteer_senses(g, slot) : NULL;
    for (uint32_t i = 0; slot && i < slot->count; i++)
        if ((senses[i].flags & SENSE_ACTOR) && g_str_equal(gazetteer_string(g, gazetteer_actor(g, senses[i].record)->name), name))
            return true;
    return false;
}

/* Leaves the figures that the text credits to `wanted`: its name in any case, an alias, or the name's acronym. */
static void keep_said_by(GPtrArray *rows, const char *wanted)
{
    const struct gazetteer_slot *slot = gazetteer_find(gazetteer_get(), wanted);
    g_autofree char *folded = g_utf8_casefold(wanted, -1);
    guint kept = 0;
    for (guint i = 0; i < rows->len; i++) {
        struct figure_row *row = g_ptr_array_index(rows, i);
        g_autofree char *name = row->said_by ? g_utf8_casefold(row->said_by, -1) : NULL;
        bool fit = name && (g_str_equal(name, folded) || is_alias_of(slot, row->said_by) || is_acronym_of(wanted, row->said_by));
        if (!fit)
            continue;
        g_ptr_array_index(rows, i) = g_ptr_array_index(rows, kept);
        g_ptr_array_index(rows, kept++) = row;
    }
    g_ptr_array_set_size(rows, (gint)kept);
}

static bool read_figures(struct library *library, const struct query *query, guint limit, GPtrArray *answers, bool *more, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    bool filtered = query->has_zone || query->language || query->reviewed || query->filter.said_by;
    struct figure_filter filter = query->filter;
    filter.said_by = NULL; /* stored under one name; asked for under any */
    uint32_t most = limit == 0 || filtered ? UINT32_MAX : limit + 1;
    const char *stage = timing_enter("figures");
    bool found = store_figures(library_store(library), &filter, query->clauses, most, &rows, error);
    timing_enter(stage);
    if (!found)
        return false;
    if (query->filter.said_by)
        keep_said_by(rows, query->filter.said_by);
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

/* All at one moment: where another program writes, a figure's passage may be gone in the next, or another's. */
bool filter_figures(struct library *library, const struct query *query, guint limit, GPtrArray *answers, bool *more, GError **error)
{
    if (!store_hold(library_store(library), error))
        return false;
    bool ok = read_figures(library, query, limit, answers, more, error);
    store_release(library_store(library));
    return ok;
}

bool filter_rejected(GPtrArray *answers, const struct query *query, bool marked)
{
    guint before = answers->len;
    if (marked || filter_values.rejected || g_strcmp0(query->reviewed, "rejected") == 0)
        return true;
    guint kept = 0;
    for (guint i = 0; i < before; i++) {
        struct answer *answer = g_ptr_array_index(answers, i);
        if (answer->rejected)
            continue;
        g_ptr_array_index(answers, i) = g_ptr_array_index(answers, kept);
        g_ptr_array_index(answers, kept++) = answer;
    }
    g_ptr_array_set_size(answers, (gint)kept);
    guint out = before - kept;
    if (out > 0)
        fprintf(stderr, "citable: %u rejected %s left out; --rejected keeps %s, marked\n", out, out == 1 ? "figure was" : "figures were", out == 1 ? "it" : "them");
    return false;
}
