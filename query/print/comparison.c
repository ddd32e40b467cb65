/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/print/comparison.h"

#include "query/print/answer.h"
#include "query/print/period.h"
#include "query/print/table.h"

const char *const comparison_columns[] = {"group", "counted", "happened", "value", "other_value", "qualifier", "unit", "text", "period", "places.name", "said_by", "origin", "origin_note", "quote", "title",
                                          "publisher", "date", "page", "label", "id", "documents", "origins", "conflict", "series", "may_explain", "file", "citation", "link", NULL};

static const struct answer *answer_at(const struct comparison *comparison, guint i)
{
    return g_ptr_array_index(comparison->answers, i);
}

static const struct figure_row *first_figure(const struct comparison *comparison)
{
    return answer_at(comparison, 0)->figure;
}

/* What is counted, as the figure says that has most to say. */
static const char *counted_of(const struct comparison *comparison)
{
    const char *longest = NULL;
    for (guint i = 0; i < comparison->answers->len; i++) {
        const char *counted = answer_at(comparison, i)->figure->counted;
        if (counted && (!longest || strlen(counted) > strlen(longest)))
            longest = counted;
    }
    return longest;
}

/* A figure with the number of its origin, and what its note leads to. */
static json_t *figure_json(const struct comparison *comparison, guint i)
{
    json_t *figure = answer_json(answer_at(comparison, i), NULL);
    if (answer_at(comparison, i)->review)
        answer_json_review(figure, answer_at(comparison, i));
    json_object_set_new(figure, "origin", json_integer(g_array_index(comparison->origins, uint32_t, i)));
    json_object_set_new(figure, "origin_note", json_text(g_ptr_array_index(comparison->notes, i)));
    return figure;
}

/* What is said of all of them. */
static void set_result(json_t *object, const struct comparison *comparison)
{
    json_t *reasons = json_array();
    for (int i = 0; i < DIFFERENCES; i++)
        if (comparison->conflict && comparison->differences >> i & 1)
            json_array_append_new(reasons, json_string(difference_name((enum difference)i)));
    json_object_set_new(object, "happened", json_text(comparison->happened));
    json_object_set_new(object, "documents", json_integer(comparison->n_documents));
    json_object_set_new(object, "origins", json_integer(comparison->n_origins));
    json_object_set_new(object, "conflict", json_boolean(comparison->conflict));
    json_object_set_new(object, "series", json_boolean(comparison->series));
    json_object_set_new(object, "may_explain", reasons);
}

json_t *comparison_json(const struct comparison *comparison)
{
    json_t *object = json_object(), *figures = json_array(), *places = json_array();
    const struct figure_row *first = first_figure(comparison);
    for (guint i = 0; i < comparison->answers->len; i++)
        json_array_append_new(figures, figure_json(comparison, i));
    for (uint32_t i = 0; i < first->n_places; i++)
        json_array_append_new(places, json_pack("{s:s,s:s?}", "name", first->places[i].name, "iso", first->places[i].iso));
    json_object_set_new(object, "type", json_string("comparison"));
    json_object_set_new(object, "counted", json_text(counted_of(comparison)));
    json_object_set_new(object, "places", places);
    set_result(object, comparison);
    json_object_set_new(object, "figures", figures);
    return object;
}

json_t *comparison_row_json(const struct comparison *comparison, guint group, guint i)
{
    json_t *row = figure_json(comparison, i);
    json_object_set_new(row, "group", json_integer(group));
    set_result(row, comparison);
    return row;
}

enum { COLUMN_VALUE, COLUMN_COUNTED, COLUMN_PERIOD, COLUMN_PLACE, COLUMN_SAID_BY, COLUMN_ORIGIN, COLUMN_NOTE, COLUMN_SOURCE, COLUMN_DATE, COLUMN_PAGE, COLUMN_REVIEW, COLUMN_ID };
static const struct column columns[] = {
    {"VALUE", true, COLUMN_CUT},     {"COUNTED", false, COLUMN_CUT}, {"PERIOD", false, COLUMN_CUT}, {"PLACE", false, COLUMN_CUT}, {"SAID BY", false, COLUMN_CUT}, {"ORIGIN", true, COLUMN_WHOLE},
    {"NOTE", false, COLUMN_CUT},     {"SOURCE", false, COLUMN_CUT},  {"DATE", false, COLUMN_WHOLE}, {"PAGE", true, COLUMN_WHOLE}, {"REVIEW", false, COLUMN_WHOLE},
    {"ID", false, COLUMN_WHOLE},
};

/* A note as it stands, and behind an arrow what it refers back to; NULL: none. The caller frees it. */
static char *note_text(const struct comparison *comparison, guint i)
{
    const char *own = answer_at(comparison, i)->figure->note_text, *leads_to = g_ptr_array_index(comparison->notes, i);
    return g_strcmp0(own, leads_to) == 0 ? g_strdup(own) : g_strdup_printf("%s → %s", own, leads_to);
}

/* What the heading says for all of them stands in no row. */
struct heading {
    const char *counted;
    char *places;
};

static void print_row(struct table *table, const struct comparison *comparison, guint i, const struct heading *heading)
{
    const struct answer *answer = answer_at(comparison, i);
    const struct figure_row *figure = answer->figure;
    struct citation citation = answer_citation(answer, NULL);
    g_autoptr(GString) value = g_string_new(NULL);
    figure_number_append(value, figure);
    g_autofree char *places = places_text(figure->places, figure->n_places), *origin = g_strdup_printf("%u", g_array_index(comparison->origins, uint32_t, i));
    g_autofree char *page = figure->page == NONE ? NULL : figure->label ? g_strdup(figure->label) : g_strdup_printf("PDF %u", figure->page);
    g_autofree char *note = note_text(comparison, i), *period = period_words(figure->period);
    const char *symbol = answer->document->metadata.symbol;
    g_autofree char *source = g_strdup_printf("%s%s%s", symbol ? symbol : "", symbol ? ", " : "", citation_title(&citation));
    table_row(table);
    table_set(table, COLUMN_VALUE, answer_quote(answer).ptr ? value->str : "damaged");
    table_set(table, COLUMN_COUNTED, g_strcmp0(figure->counted, heading->counted) == 0 ? NULL : figure->counted);
    table_set(table, COLUMN_PERIOD, period);
    table_set(table, COLUMN_PLACE, g_strcmp0(places, heading->places) == 0 ? NULL : places);
    table_set(table, COLUMN_SAID_BY, figure->said_by);
    table_set(table, COLUMN_ORIGIN, origin);
    table_set(table, COLUMN_NOTE, note);
    table_set(table, COLUMN_SOURCE, source);
    table_set(table, COLUMN_DATE, answer->document->metadata.date);
    table_set(table, COLUMN_PAGE, page);
    table_set(table, COLUMN_REVIEW, review_short(answer->review));
    table_set(table, COLUMN_ID, figure->id);
}

enum { QUOTE_BYTES = 150 };

/* The first statement in its sentence: nouns alone seldom say what is counted. */
static void print_sentence(const struct answer *answer, struct terminal terminal, FILE *out)
{
    struct span quote = answer_quote_span(answer), figure = {answer->figure->span.start - quote.start, answer->figure->span.end - quote.start};
    g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(struct span));
    g_autoptr(GString) text = g_string_new(NULL), wrapped = g_string_new(NULL);
    if (!answer_quote(answer).ptr)
        return;
    g_array_append_val(marks, figure);
    quote_append(text, terminal, answer_quote(answer), marks, QUOTE_BYTES);
    terminal_wrap(&terminal, wrapped, text->str, 0);
    fprintf(out, "%s\n", wrapped->str);
}

static const char *plural(uint32_t n)
{
    return n == 1 ? "" : "s";
}

static void print_verdict(const struct comparison *comparison, const struct terminal *terminal, FILE *out)
{
    if (!comparison->conflict) {
        fputs(comparison->series ? "; at several times\n" : "; they agree\n", out);
        return;
    }
    fprintf(out, "; %sthey differ%s", ink_on(terminal, INK_ALARM), ink_off(terminal, INK_ALARM));
    const char *before = ", perhaps because: ";
    for (int i = 0; i < DIFFERENCES; i++)
        if (comparison->differences >> i & 1) {
            fprintf(out, "%s%s", before, difference_name((enum difference)i));
            before = "; ";
        }
    fputs(comparison->differences ? "\n" : ", and nothing here explains it\n", out);
}

void comparison_print(const struct comparison *comparison, struct terminal terminal, FILE *out)
{
    const struct figure_row *first = first_figure(comparison);
    struct heading heading = {counted_of(comparison), places_text(first->places, first->n_places)};
    g_autofree char *counted = terminal_safe(heading.counted), *places = terminal_safe(heading.places);
    g_autofree char *happened = comparison->happened ? g_strdup_printf(" (%s)", comparison->happened) : g_strdup("");
    fprintf(out, "%s%s%s%s%s%s: %u statement%s, %u document%s, %u origin%s", ink_on(&terminal, INK_TITLE), *counted ? counted : kind_name(first->quantity.kind), happened, *places ? ", " : "", places,
            ink_off(&terminal, INK_TITLE), comparison->answers->len, plural(comparison->answers->len), comparison->n_documents, plural(comparison->n_documents), comparison->n_origins,
            plural(comparison->n_origins));
    print_verdict(comparison, &terminal, out);
    print_sentence(answer_at(comparison, 0), terminal, out);
    struct table *table = table_new(columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < comparison->answers->len; i++)
        print_row(table, comparison, i, &heading);
    table_close(table, terminal, out);
    fputc('\n', out);
    g_free(heading.places);
}
