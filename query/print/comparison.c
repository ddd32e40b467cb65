/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/print/comparison.h"

#include "query/print/answer.h"
#include "query/print/table.h"

const char *const comparison_columns[] = {"counted", "places.name", "figures.value", "figures.period", "figures.said_by", "figures.title", "figures.page", "figures.id",
                                          "documents", "origins", "conflict", "may_explain", NULL};

static const struct figure_row *first_figure(const struct comparison *comparison)
{
    return ((const struct answer *)g_ptr_array_index(comparison->answers, 0))->figure;
}

/* What is counted, as the figure says that has most to say. */
static const char *counted_of(const struct comparison *comparison)
{
    const char *longest = NULL;
    for (guint i = 0; i < comparison->answers->len; i++) {
        const char *counted = ((const struct answer *)g_ptr_array_index(comparison->answers, i))->figure->counted;
        if (counted && (!longest || strlen(counted) > strlen(longest)))
            longest = counted;
    }
    return longest;
}

json_t *comparison_json(const struct comparison *comparison)
{
    json_t *object = json_object(), *figures = json_array(), *reasons = json_array(), *places = json_array();
    const struct figure_row *first = first_figure(comparison);
    for (guint i = 0; i < comparison->answers->len; i++) {
        json_t *figure = answer_json(g_ptr_array_index(comparison->answers, i), NULL);
        json_object_set_new(figure, "origin", json_integer(g_array_index(comparison->origins, uint32_t, i)));
        json_array_append_new(figures, figure);
    }
    for (uint32_t i = 0; i < first->n_places; i++)
        json_array_append_new(places, json_pack("{s:s,s:s?}", "name", first->places[i].name, "iso", first->places[i].iso));
    for (int i = 0; i < DIFFERENCES; i++)
        if (comparison->conflict && comparison->differences >> i & 1)
            json_array_append_new(reasons, json_string(difference_name((enum difference)i)));
    json_object_set_new(object, "type", json_string("comparison"));
    json_object_set_new(object, "counted", json_text(counted_of(comparison)));
    json_object_set_new(object, "places", places);
    json_object_set_new(object, "documents", json_integer(comparison->n_documents));
    json_object_set_new(object, "origins", json_integer(comparison->n_origins));
    json_object_set_new(object, "conflict", json_boolean(comparison->conflict));
    json_object_set_new(object, "may_explain", reasons);
    json_object_set_new(object, "figures", figures);
    return object;
}

enum { COLUMN_VALUE, COLUMN_COUNTED, COLUMN_PERIOD, COLUMN_PLACE, COLUMN_SAID_BY, COLUMN_ORIGIN, COLUMN_NOTE, COLUMN_SOURCE, COLUMN_PAGE, COLUMN_ID };
static const struct column columns[] = {
    {"VALUE", true, false},  {"COUNTED", false, true}, {"PERIOD", false, false}, {"PLACE", false, true}, {"SAID BY", false, true},
    {"ORIGIN", true, false}, {"NOTE", false, true},    {"SOURCE", false, true},  {"PAGE", true, false},  {"ID", false, false},
};

static void print_row(struct table *table, const struct comparison *comparison, guint i)
{
    const struct answer *answer = g_ptr_array_index(comparison->answers, i);
    const struct figure_row *figure = answer->figure;
    struct citation citation = answer_citation(answer, NULL);
    g_autoptr(GString) value = g_string_new(NULL);
    figure_number_append(value, figure);
    g_autofree char *places = places_text(figure->places, figure->n_places), *origin = g_strdup_printf("%u", g_array_index(comparison->origins, uint32_t, i));
    g_autofree char *page = figure->page == NONE ? NULL : figure->label ? g_strdup(figure->label) : g_strdup_printf("PDF %u", figure->page);
    table_row(table);
    table_set(table, COLUMN_VALUE, answer_quote(answer).ptr ? value->str : "damaged");
    table_set(table, COLUMN_COUNTED, figure->counted);
    table_set(table, COLUMN_PERIOD, figure->period);
    table_set(table, COLUMN_PLACE, places);
    table_set(table, COLUMN_SAID_BY, figure->said_by);
    table_set(table, COLUMN_ORIGIN, origin);
    table_set(table, COLUMN_NOTE, figure->note_text);
    table_set(table, COLUMN_SOURCE, citation_title(&citation));
    table_set(table, COLUMN_PAGE, page);
    table_set(table, COLUMN_ID, figure->id);
}

static const char *plural(uint32_t n)
{
    return n == 1 ? "" : "s";
}

void comparison_print(const struct comparison *comparison, struct terminal terminal, FILE *out)
{
    const struct figure_row *first = first_figure(comparison);
    g_autofree char *places = places_text(first->places, first->n_places), *counted = terminal_safe(counted_of(comparison)), *safe = terminal_safe(places);
    fprintf(out, "%s%s%s%s%s: %u statement%s, %u document%s, %u origin%s", ink_on(&terminal, INK_TITLE), *counted ? counted : kind_name(first->quantity.kind), *safe ? ", " : "", safe,
            ink_off(&terminal, INK_TITLE), comparison->answers->len, plural(comparison->answers->len), comparison->n_documents, plural(comparison->n_documents), comparison->n_origins,
            plural(comparison->n_origins));
    if (!comparison->conflict) {
        fputs("; they agree\n", out);
    } else {
        fprintf(out, "; %sthey differ%s", ink_on(&terminal, INK_ALARM), ink_off(&terminal, INK_ALARM));
        const char *before = ", perhaps because: ";
        for (int i = 0; i < DIFFERENCES; i++)
            if (comparison->differences >> i & 1) {
                fprintf(out, "%s%s", before, difference_name((enum difference)i));
                before = "; ";
            }
        fputs(comparison->differences ? "\n" : ", and nothing here explains it\n", out);
    }
    struct table *table = table_new(columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < comparison->answers->len; i++)
        print_row(table, comparison, i);
    table_close(table, terminal, out);
    fputc('\n', out);
}
