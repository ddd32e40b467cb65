/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "query/mark.h"
#include "query/print/answer.h"
#include "query/print/comparison.h"

static char **words;
static int limit = 200;
static gboolean minor, cards, compare;

/* An option that is also a field of the query is a row: the value goes to query_set. */
static char *place, *actor, *period, *kind, *unit, *min, *max, *said_by, *source, *zone;
static const struct {
    const char *field;
    char **value;
} fields[] = {{"place", &place}, {"actor", &actor}, {"period", &period}, {"kind", &kind}, {"unit", &unit}, {"min", &min}, {"max", &max}, {"said-by", &said_by},
              {"source", &source}, {"zone", &zone}};

static const GOptionEntry options[] = {
    {"place", 0, 0, G_OPTION_ARG_STRING, &place, "in this country, region or city: SV, MX-CHP, Mexico", "PLACE"},
    {"actor", 0, 0, G_OPTION_ARG_STRING, &actor, "in a passage that names this actor", "NAME"},
    {"period", 0, 0, G_OPTION_ARG_STRING, &period, "whose period touches this one: 2014, 2014-03, 2014..2016", "PERIOD"},
    {"kind", 0, 0, G_OPTION_ARG_STRING, &kind, "count, percent, fraction, rate, money, duration, …", "KIND"},
    {"unit", 0, 0, G_OPTION_ARG_STRING, &unit, "person, household, %, USD, km, …", "UNIT"},
    {"min", 0, 0, G_OPTION_ARG_STRING, &min, "at least this value: 1000, '2 million'", "VALUE"},
    {"max", 0, 0, G_OPTION_ARG_STRING, &max, "at most this value", "VALUE"},
    {"said-by", 0, 0, G_OPTION_ARG_STRING, &said_by, "that the text credits to this source", "NAME"},
    {"source", 0, 0, G_OPTION_ARG_STRING, &source, "in this document: id, or a part of its path or title", "DOCUMENT"},
    {"zone", 0, 0, G_OPTION_ARG_STRING, &zone, "in this part of the page: body, heading, caption, table, note, …", "ZONE"},
    {"minor", 0, 0, G_OPTION_ARG_NONE, &minor, "also counts that nobody cites (\"two reasons\")", NULL},
    {"quotes", 0, 0, G_OPTION_ARG_NONE, &cards, "with the sentence of each, one under another", NULL},
    {"compare", 0, 0, G_OPTION_ARG_NONE, &compare, "the same statistic side by side, origins counted, conflicts told", NULL},
    {"limit", 'n', 0, G_OPTION_ARG_INT, &limit, "figures to print (200); 0 = all", "N"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, "[QUERY]"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const char details[] = "QUERY: words of the passage, \"a phrase\", -excluded; every option may stand in it as a field, place:SV period:2014 value:>1000.\n"
                              "Example: citable figures displaced --place SV --period 2014..2016";

static bool read_query(struct query **ret, GError **error)
{
    if (words) {
        g_autofree char *text = g_strjoinv(" ", words);
        if (!query_parse(text, ret, error))
            return false;
    } else {
        *ret = query_new();
    }
    (*ret)->filter.minor = minor;
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        if (*fields[i].value && !query_set(*ret, fields[i].field, *fields[i].value, error))
            return false;
    return true;
}

static bool fits(const struct answer *answer, const struct query *query)
{
    return (!query->has_zone || answer->passage->zone == query->zone) &&
           (!query->language || g_strcmp0(answer->document->metadata.language, query->language) == 0);
}

/* Takes the rows over. */
static bool complete(struct library *library, const struct query *query, GPtrArray *rows, GPtrArray *answers, GError **error)
{
    for (guint i = 0; i < rows->len; i++) {
        struct figure_row *row = g_steal_pointer(&g_ptr_array_index(rows, i));
        struct answer *answer = NULL;
        if (limit > 0 && answers->len == (guint)limit) {
            figure_row_free(row);
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

/* Returns whether anything is said twice. */
static bool print_comparisons(const GPtrArray *answers)
{
    g_autoptr(GPtrArray) comparisons = compare_figures(answers);
    struct printer *printer = command_format() == FORMAT_TEXT ? NULL : printer_new(command_format(), comparison_columns, stdout);
    for (guint i = 0; i < comparisons->len; i++) {
        const struct comparison *comparison = g_ptr_array_index(comparisons, i);
        if (printer)
            printer_add(printer, comparison_json(comparison));
        else
            comparison_print(comparison, command_terminal(), stdout);
    }
    if (printer)
        printer_close(printer);
    return comparisons->len > 0;
}

static bool print(const struct query *query, const GPtrArray *answers)
{
    command_page();
    if (compare)
        return print_comparisons(answers);
    if (command_format() == FORMAT_TEXT && !cards) {
        figures_print(answers, command_terminal(), stdout);
        return true;
    }
    struct printer *printer = command_format() == FORMAT_TEXT ? NULL : printer_new(command_format(), figure_columns, stdout);
    for (guint i = 0; i < answers->len; i++) {
        const struct answer *answer = g_ptr_array_index(answers, i);
        g_autoptr(GArray) marks = marks_new(query->clauses, answer->document->metadata.language, answer_quote(answer));
        if (printer)
            printer_add(printer, answer_json(answer, NULL));
        else
            answer_print(answer, marks, i + 1, command_terminal(), stdout);
    }
    if (printer)
        printer_close(printer);
    return true;
}

static int figures(struct store *store, const struct query *query)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = NULL, answers = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
    bool filtered = query->has_zone || query->language;
    uint32_t most = limit == 0 || filtered ? UINT32_MAX : (uint32_t)limit + 1;
    if (!store_figures(store, &query->filter, query->clauses, most, &rows, &error))
        return give_up(error);
    bool more = limit > 0 && rows->len > (guint)limit;
    struct library *library = library_new(store);
    bool ok = complete(library, query, rows, answers, &error);
    bool said = ok && answers->len > 0 && print(query, answers);
    guint n = answers->len;
    g_ptr_array_set_size(answers, 0);
    library_free(library);
    if (!ok)
        return give_up(error);
    if (n == 0 && command_format() == FORMAT_TEXT)
        fputs("No figure in the evidence fits.\n", stderr);
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
    if (!read_query(&query, &error))
        code = give_up(error);
    else if (!command_open(STORE_READ, &store, &error))
        code = give_up_evidence(error);
    else
        code = figures(store, query);
    store_close(store);
    query_free(query);
    return code;
}
