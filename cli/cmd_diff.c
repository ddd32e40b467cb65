/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "cli/command.h"
#include "index/build.h"
#include "index/find.h"
#include "query/compare/diff.h"
#include "query/print/answer.h"
#include "query/print/number.h"
#include "query/print/period.h"
#include "query/print/table.h"

#include <glib/gstdio.h>
#include <math.h>

static char **editions, *language;
static gboolean all, minor;

static const GOptionEntry options[] = {
    {"all", 0, 0, G_OPTION_ARG_NONE, &all, "also figures that stayed the same", NULL},
    {"minor", 0, 0, G_OPTION_ARG_NONE, &minor, "also counts that nobody cites (\"two reasons\")", NULL},
    {"lang", 0, 0, G_OPTION_ARG_STRING, &language, "the language of two files: en, es, fr", "LANG"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &editions, NULL, "OLD NEW"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const char details[] =
    "OLD and NEW: two files, or the ids of two documents in the evidence file. A figure is\n"
    "  changed    the same statistic has another number\n"
    "  qualifier  the same number now says more or less: \"at least 4,200\" and \"4,200\"\n"
    "  new, gone  only one of the two states it\n"
    "Other words, another page and another place on it are no change. Exit code 1: something changed.";

/* One edition: its figures, and what they are read from. */
struct edition {
    struct store *store;      /* of its own, or NULL: both are in the evidence file */
    char *folder;             /* in which that store is made, or NULL */
    struct library *library;
    GPtrArray *answers;       /* struct answer * */
    unsigned damaged;
};

static void edition_clear(struct edition *edition)
{
    if (edition->answers)
        g_ptr_array_unref(edition->answers);
    library_free(edition->library);
    store_close(edition->store);
    if (edition->folder) {
        g_autofree char *path = g_build_filename(edition->folder, "edition.citable", NULL);
        g_unlink(path);
        g_rmdir(edition->folder);
    }
    g_free(edition->folder);
}

/* The figures of a document (rowid's sha256), or of all there are. */
static bool take_figures(struct edition *edition, const char *sha256, GError **error)
{
    const struct figure_filter filter = {.document = sha256, .minor = minor};
    g_autoptr(GPtrArray) rows = NULL;
    edition->answers = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
    if (!store_figures(library_store(edition->library), &filter, NULL, 0, &rows, error))
        return false;
    for (guint i = 0; i < rows->len; i++) {
        struct answer *answer = NULL;
        if (!answer_of_figure(edition->library, g_steal_pointer(&g_ptr_array_index(rows, i)), &answer, error))
            return false;
        bool damaged = !answer_quote(answer).ptr;
        edition->damaged += damaged;
        if (damaged)
            answer_free(answer);
        else
            g_ptr_array_add(edition->answers, answer);
    }
    return true;
}

/* The first thing that a reader could not do is told; a part that is missing would pass for figures that are gone. */
static void on_result(void *data, const struct build_result *result)
{
    GError **trouble = data;
    if (result->reason && !*trouble)
        g_set_error(trouble, CITABLE_ERROR, CITABLE_ERROR_READ, "%s: %s", result->file, result->reason);
}

static void on_notice(void *data, const char *line)
{
    (void)data;
    g_autofree char *safe = terminal_safe(line);
    fprintf(stderr, "citable: %s\n", safe);
}

/* Reads a file as 'ingest' does, by a confined process, into an evidence file of its own. */
static bool read_file(struct edition *edition, const struct extractor *extractor, char *path, bool *whole, GError **error)
{
    char *paths[] = {path, NULL};
    g_autoptr(GError) trouble = NULL;
    const struct build_options build = {.extractor = extractor, .lang = language, .result = on_result, .notice = on_notice, .data = &trouble};
    edition->folder = g_dir_make_tmp("citable-XXXXXX", error);
    g_autofree char *evidence = edition->folder ? g_build_filename(edition->folder, "edition.citable", NULL) : NULL;
    if (!evidence || !store_open(evidence, STORE_CREATE, &edition->store, error) || !build_run(edition->store, paths, &build, error))
        return false;
    edition->library = library_new(edition->store);
    if (!take_figures(edition, NULL, error))
        return false;
    if (trouble && edition->answers->len == 0) {
        g_propagate_error(error, g_steal_pointer(&trouble));
        return false;
    }
    if (trouble)
        complain(trouble);
    *whole = *whole && !trouble;
    return true;
}

static bool take_document(struct edition *edition, struct store *store, const char *id, GError **error)
{
    struct document_row *document = NULL;
    if (!store_document_by_id(store, id, &document, error))
        return false;
    if (!document) {
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_QUERY, "'%s' is neither a file nor a document of the evidence; 'citable status' lists those", id);
        return false;
    }
    edition->library = library_new(store);
    bool ok = take_figures(edition, document->sha256, error);
    document_row_free(document);
    return ok;
}

/* ---- printing ---- */

static char *value_text(const struct answer *answer)
{
    g_autoptr(GString) value = g_string_new(NULL);
    if (answer)
        figure_number_append(value, answer->figure);
    return g_string_free(g_steal_pointer(&value), FALSE);
}

static char *page_text(const struct answer *answer)
{
    const struct figure_row *figure = answer ? answer->figure : NULL;
    if (!figure || figure->page == NONE)
        return NULL;
    return figure->label ? g_strdup(figure->label) : g_strdup_printf("PDF %u", figure->page);
}

static const struct answer *either(const struct difference *difference)
{
    return difference->now ? difference->now : difference->before;
}

static const struct column table_columns[] = {{"#", true, COLUMN_WHOLE}, {"CHANGE", false, COLUMN_WHOLE}, {"OLD", true, COLUMN_CUT}, {"NEW", true, COLUMN_CUT}, {"BY", true, COLUMN_WHOLE}, {"COUNTED", false, COLUMN_CUT},
                                              {"PERIOD", false, COLUMN_CUT}, {"PLACE", false, COLUMN_CUT}, {"OLD PAGE", true, COLUMN_WHOLE}, {"NEW PAGE", true, COLUMN_WHOLE}};

/* How much it went up or down; NULL where nothing can be said. */
static char *by_text(const struct difference *difference)
{
    double by = difference_by(difference);
    if (isnan(by) || by == 0)
        return NULL;
    const struct quantity *now = &difference->now->figure->quantity;
    g_autoptr(GString) text = g_string_new(NULL);
    change_words_append(text, by, now->low - by, now->kind == KIND_PERCENT);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* "10 September 2014 → 19 September 2014" where the editions speak of two times. */
static char *times_text(const struct difference *difference)
{
    const char *before = difference->before ? difference->before->figure->period : NULL, *now = difference->now ? difference->now->figure->period : NULL;
    g_autofree char *one = period_words(before), *other = period_words(now);
    if (one && other && !g_str_equal(one, other))
        return g_strdup_printf("%s → %s", one, other);
    return g_strdup(other ? other : one);
}

static void add_row(struct table *table, const struct difference *difference, unsigned number)
{
    const struct figure_row *figure = either(difference)->figure;
    g_autofree char *before = value_text(difference->before), *now = value_text(difference->now), *places = places_text(figure->places, figure->n_places);
    g_autofree char *old_page = page_text(difference->before), *new_page = page_text(difference->now), *count = g_strdup_printf("%u", number);
    g_autofree char *by = by_text(difference), *period = times_text(difference);
    const char *const cells[] = {count, change_name(difference->change), before, now, by, figure->counted, period, places, old_page, new_page};
    table_row(table);
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++)
        table_set(table, i, cells[i]);
}

/* The sentence with the figure in it marked. */
static void print_quote(const char *name, const struct answer *answer, struct terminal terminal)
{
    if (!answer)
        return;
    struct span quote = answer_quote_span(answer), figure = {answer->figure->span.start - quote.start, answer->figure->span.end - quote.start};
    g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(struct span));
    g_autoptr(GString) text = g_string_new(name), out = g_string_new(NULL);
    g_array_append_val(marks, figure);
    quote_append(text, terminal, answer_quote(answer), marks, 600);
    g_string_append_printf(text, " [%s]", answer->figure->id);
    terminal_wrap(&terminal, out, text->str, 4);
    printf("%s\n", out->str);
}

/* For people: what changed first, then what is new, what is gone, and what stayed. */
static const enum change shown_order[] = {CHANGE_VALUE, CHANGE_QUALIFIER, CHANGE_NEW, CHANGE_GONE, CHANGE_NONE};

static void print_change(const struct difference *difference, unsigned number, struct terminal terminal)
{
    printf("%2u. %s%s%s\n", number, ink_on(&terminal, INK_VALUE), change_name(difference->change), ink_off(&terminal, INK_VALUE));
    print_quote("old: ", difference->before, terminal);
    print_quote("new: ", difference->now, terminal);
    fputc('\n', stdout);
}

static void print_text(const GArray *differences)
{
    struct terminal terminal = command_terminal();
    struct table *table = table_new(table_columns, G_N_ELEMENTS(table_columns));
    unsigned counts[CHANGES] = {0}, number = 0;
    g_autoptr(GPtrArray) shown = g_ptr_array_new();
    for (size_t order = 0; order < G_N_ELEMENTS(shown_order); order++)
        for (guint i = 0; i < differences->len; i++) {
            struct difference *difference = &g_array_index(differences, struct difference, i);
            if (difference->change != shown_order[order])
                continue;
            counts[difference->change]++;
            if (!all && difference->change == CHANGE_NONE)
                continue;
            add_row(table, difference, ++number);
            g_ptr_array_add(shown, difference);
        }
    table_close(table, terminal, stdout);
    if (number > 0)
        fputc('\n', stdout);
    for (guint i = 0; i < shown->len; i++)
        print_change(g_ptr_array_index(shown, i), i + 1, terminal);
    printf("%u the same, %u changed, %u with another qualifier, %u new, %u gone\n", counts[CHANGE_NONE], counts[CHANGE_VALUE], counts[CHANGE_QUALIFIER], counts[CHANGE_NEW], counts[CHANGE_GONE]);
}

static const char *const columns[] = {"change", "old_value", "old_qualifier", "new_value", "new_qualifier", "by", "unit", "counted", "period", "places.name", "old_page", "new_page", "old_quote", "new_quote",
                                      "old_id", "new_id", NULL};

/* One side's keys, and its whole record. */
static void add_side(json_t *record, const char *side, const struct answer *answer)
{
    static const char *const keys[] = {"value", "qualifier", "text", "page", "quote", "id"};
    json_t *figure = answer ? answer_json(answer, NULL) : json_null();
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autofree char *name = g_strdup_printf("%s_%s", side, keys[i]);
        json_t *value = answer ? json_object_get(figure, keys[i]) : NULL;
        json_object_set_new(record, name, value ? json_incref(value) : json_null());
    }
    json_object_set_new(record, side, figure);
}

static json_t *difference_json(const struct difference *difference)
{
    static const char *const keys[] = {"unit", "counted", "period", "places"};
    json_t *record = json_pack("{s:s,s:s}", "type", "difference", "change", change_name(difference->change)), *figure = answer_json(either(difference), NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        json_object_set(record, keys[i], json_object_get(figure, keys[i]));
    json_decref(figure);
    double by = difference_by(difference);
    json_object_set_new(record, "by", isnan(by) ? json_null() : json_value(by));
    add_side(record, "old", difference->before);
    add_side(record, "new", difference->now);
    return record;
}

static bool print_differences(const GArray *differences)
{
    bool changed = false;
    command_page();
    struct printer *printer = command_format() == FORMAT_TEXT ? NULL : printer_new(command_format(), columns, stdout);
    for (guint i = 0; i < differences->len; i++) {
        const struct difference *difference = &g_array_index(differences, struct difference, i);
        changed = changed || difference->change != CHANGE_NONE;
        if (printer && (all || difference->change != CHANGE_NONE))
            printer_add(printer, difference_json(difference));
    }
    if (printer)
        printer_close(printer);
    else
        print_text(differences);
    return changed;
}

static int compare(struct edition both[2], bool whole)
{
    unsigned damaged = both[0].damaged + both[1].damaged;
    g_autoptr(GArray) differences = diff_figures(both[0].answers, both[1].answers);
    bool changed = print_differences(differences);
    if (damaged)
        fprintf(stderr, "citable: stored text damaged: %u %s left out; 'citable verify' names them\n", damaged, damaged == 1 ? "figure was" : "figures were");
    return damaged || !whole ? EXIT_PARTLY : changed ? EXIT_NO : EXIT_DONE;
}

static int diff_files(struct edition both[2])
{
    g_autoptr(GError) error = NULL;
    struct extractor *extractor = NULL;
    bool whole = true, ok = extractor_new(NULL, &extractor, &error);
    for (size_t i = 0; ok && i < 2; i++)
        ok = read_file(&both[i], extractor, editions[i], &whole, &error);
    extractor_free(extractor);
    return ok ? compare(both, whole) : give_up(error);
}

static int diff_documents(struct edition both[2])
{
    g_autoptr(GError) error = NULL;
    struct store *store = NULL;
    if (!command_open(STORE_READ, &store, &error))
        return give_up_evidence(error);
    bool ok = true;
    for (size_t i = 0; ok && i < 2; i++)
        ok = take_document(&both[i], store, editions[i], &error);
    int code = ok ? compare(both, true) : give_up(error);
    for (size_t i = 0; i < 2; i++) { /* they borrow the store */
        g_clear_pointer(&both[i].answers, g_ptr_array_unref);
        g_clear_pointer(&both[i].library, library_free);
    }
    store_close(store);
    return code;
}

int cmd_diff(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!command_parse_evidence(&argc, &argv, options, details, &error))
        return give_up(error);
    if (!editions || !editions[1] || editions[2])
        return wrong_use("name two editions: the old one, then the new one");
    bool files = g_file_test(editions[0], G_FILE_TEST_IS_REGULAR), other = g_file_test(editions[1], G_FILE_TEST_IS_REGULAR);
    if (files != other) {
        const char *none = files ? editions[1] : editions[0];
        g_autofree char *safe = terminal_safe(none), *message = g_strdup_printf("%s is no file: give two files, or the ids of two documents", safe);
        return wrong_use(message);
    }
    struct edition both[2] = {0};
    int code = files ? diff_files(both) : diff_documents(both);
    for (size_t i = 0; i < 2; i++)
        edition_clear(&both[i]);
    return code;
}
