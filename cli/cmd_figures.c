/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "cli/filter.h"
#include "query/mark.h"
#include "query/print/answer.h"
#include "query/print/comparison.h"

static char **words;
static int limit = 200;
static gboolean cards, compare, reviews;

static const GOptionEntry options[] = {
    FILTER_OPTIONS,
    {"quotes", 0, 0, G_OPTION_ARG_NONE, &cards, "with the sentence of each, one under another", NULL},
    {"compare", 0, 0, G_OPTION_ARG_NONE, &compare, "the same statistic side by side, origins counted, conflicts told; csv: a row a figure, groups numbered", NULL},
    {"reviews", 0, 0, G_OPTION_ARG_NONE, &reviews, "json, jsonl, csv: also what persons said of each ('citable review')", NULL},
    {"limit", 'n', 0, G_OPTION_ARG_INT, &limit, "figures to print (200); 0 = all", "N"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, "[QUERY]"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const char details[] = "QUERY: words of the passage, \"a phrase\", -excluded; every option may stand in it as a field, place:SV period:2014 value:>1000.\n"
                              "Example: citable figures displaced --place SV --period 2014..2016";

static void print_comparisons(const GPtrArray *comparisons)
{
    struct printer *printer = command_format() == FORMAT_TEXT ? NULL : printer_new(command_format(), comparison_columns, stdout);
    for (guint i = 0; i < comparisons->len; i++) {
        const struct comparison *comparison = g_ptr_array_index(comparisons, i);
        for (guint k = 0; command_format() == FORMAT_CSV && k < comparison->answers->len; k++)
            printer_add(printer, comparison_row_json(comparison, i + 1, k));
        if (printer && command_format() != FORMAT_CSV)
            printer_add(printer, comparison_json(comparison));
        else if (!printer)
            comparison_print(comparison, command_terminal(), stdout);
    }
    if (printer)
        printer_close(printer);
}

/* `*said`: whether anything is said twice. */
static bool print_compared(struct store *store, const GPtrArray *answers, bool *said, GError **error)
{
    struct note_chain *chain = note_chain_new(store);
    g_autoptr(GPtrArray) comparisons = NULL;
    bool ok = compare_figures(answers, chain, &comparisons, error);
    *said = ok && comparisons->len > 0;
    if (*said) {
        command_page();
        print_comparisons(comparisons);
    }
    note_chain_free(chain);
    return ok;
}

static void print(const struct query *query, const GPtrArray *answers)
{
    command_page();
    if (command_format() == FORMAT_TEXT && !cards) {
        figures_print(answers, command_terminal(), stdout);
        return;
    }
    struct printer *printer = command_format() == FORMAT_TEXT ? NULL : printer_new(command_format(), reviews ? reviewed_columns : figure_columns, stdout);
    for (guint i = 0; i < answers->len; i++) {
        const struct answer *answer = g_ptr_array_index(answers, i);
        g_autoptr(GArray) marks = marks_new(query->clauses, answer->document->metadata.language, answer_quote(answer));
        json_t *record = printer ? answer_json(answer, NULL) : NULL;
        if (printer && reviews)
            answer_json_review(record, answer);
        if (printer)
            printer_add(printer, record);
        else
            answer_print(answer, marks, i + 1, command_terminal(), stdout);
    }
    if (printer)
        printer_close(printer);
}

static int figures(struct store *store, const struct query *query)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
    struct library *library = library_new(store);
    bool more = false, ok = filter_figures(library, query, (guint)limit, answers, &more, &error), said = ok && answers->len > 0;
    guint n = answers->len;
    if (said && !compare && command_format() != FORMAT_TEXT)
        reviews = filter_rejected(answers, query, reviews);
    if (said && compare)
        ok = print_compared(store, answers, &said, &error);
    else if (said)
        print(query, answers);
    g_ptr_array_set_size(answers, 0);
    library_free(library);
    if (!ok)
        return give_up(error);
    if (n == 0 && command_format() == FORMAT_TEXT)
        fputs("No figure in the evidence fits: each word must stand in its passage, each field in its record.\n", stderr);
    else if (!said && command_format() == FORMAT_TEXT)
        fputs("Figures fit, but no two documents state the same one.\n", stderr);
    if (more && command_talks())
        fprintf(stderr, "Only the first %d; --limit 0 prints all.\n", limit);
    return said ? EXIT_DONE : EXIT_NO;
}

int cmd_figures(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!command_parse_evidence(&argc, &argv, options, details, &error))
        return give_up(error);
    if (compare)
        limit = 0;
    if (limit < 0)
        return wrong_use("--limit is 0 (all) or more");
    struct query *query = NULL;
    struct store *store = NULL;
    int code;
    if (!filter_query(words, &query, &error))
        code = give_up(error);
    else if (!command_open(STORE_READ, &store, &error))
        code = give_up_evidence(error);
    else
        code = figures(store, query);
    store_close(store);
    query_free(query);
    return code;
}
