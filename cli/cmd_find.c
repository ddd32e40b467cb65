/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "query/mark.h"
#include "query/print/answer.h"

static char **words, *language, *source_word, *zone_word, *reviewed_word;
static int limit = 10;
static gboolean any;

static const GOptionEntry options[] = {
    {"limit", 'n', 0, G_OPTION_ARG_INT, &limit, "passages to print (10)", "N"},
    {"any", 0, 0, G_OPTION_ARG_NONE, &any, "passages that have any of the words, not all of them", NULL},
    {"lang", 0, 0, G_OPTION_ARG_STRING, &language, "the language of the query, for its word endings", "LANG"},
    {"source", 0, 0, G_OPTION_ARG_STRING, &source_word, "in this document: id, or part of its path or title", "DOC"},
    {"zone", 0, 0, G_OPTION_ARG_STRING, &zone_word, "in this part of the page: body, heading, note, …", "ZONE"},
    {"reviewed", 0, 0, G_OPTION_ARG_STRING, &reviewed_word, "that a person accepted or rejected; none: neither", "VERDICT"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, "QUERY"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* Options that are fields of the query, too. */
static const struct {
    const char *field;
    char **value;
} fields[] = {{"source", &source_word}, {"zone", &zone_word}, {"reviewed", &reviewed_word}};

static const char details[] = "QUERY: words, \"a phrase\", begin*, -excluded, and fields that passages must\n"
                              "have: lang: zone: source: reviewed:\n"
                              "Example: citable find '\"armed groups\" extortion -police source:2015'";

static bool source_fits(const struct document_row *document, const char *source)
{
    const char *const places[] = {document->id, document->path, document->metadata.title};
    g_autofree char *wanted = g_utf8_casefold(source, -1);
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autofree char *folded = places[i] ? g_utf8_casefold(places[i], -1) : NULL;
        if (folded && strstr(folded, wanted))
            return true;
    }
    return false;
}

static bool fits(const struct answer *answer, const struct query *query)
{
    const struct document_row *document = answer->document;
    if (query->reviewed && !g_str_equal(query->reviewed, review_verdict(answer->review)))
        return false;
    return (!query->has_zone || answer->passage->zone == query->zone) && (!query->language || g_strcmp0(document->metadata.language, query->language) == 0) &&
           (!query->filter.document || source_fits(document, query->filter.document));
}

/* Fields that only figures have would be passed over in silence. */
static bool asks_for_figures(const struct query *query)
{
    const struct figure_filter *filter = &query->filter;
    return filter->place || filter->actor || filter->said_by || filter->period_from || filter->period_to || filter->unit || filter->has_kind || filter->has_min || filter->has_max;
}

/* *hits: how many passages have the words, whether they fit or not. */
static bool read_answers(struct library *library, const struct query *query, GPtrArray *answers, guint *hits, GError **error)
{
    g_autoptr(GArray) found = NULL;
    bool filtered = query->has_zone || query->language || query->filter.document || query->reviewed;
    uint32_t most = filtered ? (uint32_t)MIN((uint64_t)limit * 50, UINT32_MAX) : (uint32_t)limit;
    if (!store_find(library_store(library), query->clauses, language, most, &found, error))
        return false;
    *hits = found->len;
    for (guint i = 0; i < found->len && answers->len < (guint)limit; i++) {
        struct answer *answer = NULL;
        if (!answer_of_passage(library, g_array_index(found, struct passage_hit, i).passage, &answer, error))
            return false;
        if (fits(answer, query))
            g_ptr_array_add(answers, answer);
        else
            answer_free(answer);
    }
    return true;
}

/* All at one moment: where another program writes, a passage that was found may be gone in the next, or another's. */
static bool read_held(struct library *library, const struct query *query, GPtrArray *answers, guint *hits, GError **error)
{
    if (!store_hold(library_store(library), error))
        return false;
    bool ok = read_answers(library, query, answers, hits, error);
    store_release(library_store(library));
    return ok;
}

static void print_answers(const GPtrArray *answers, const struct query *query)
{
    struct printer *printer = command_format() == FORMAT_TEXT ? NULL : printer_new(command_format(), passage_columns, stdout);
    for (guint i = 0; i < answers->len; i++) {
        const struct answer *answer = g_ptr_array_index(answers, i);
        g_autoptr(GArray) marks = marks_new(query->clauses, answer->document->metadata.language, answer_quote(answer));
        if (printer)
            printer_add(printer, answer_json(answer, marks));
        else
            answer_print(answer, marks, i + 1, command_terminal(), stdout);
    }
    if (printer)
        printer_close(printer);
}

static int find(struct store *store, const struct query *query)
{
    g_autoptr(GError) error = NULL;
    struct library *library = library_new(store);
    GPtrArray *answers = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
    guint hits = 0;
    bool ok = read_held(library, query, answers, &hits, &error), some = answers->len > 0;
    if (ok) {
        command_page();
        print_answers(answers, query);
    }
    g_ptr_array_unref(answers);
    library_free(library);
    if (!ok)
        return give_up(error);
    if (!some && command_format() == FORMAT_TEXT)
        fputs(hits ? "Passages have these words, but none that the options choose.\n" : "Nothing in the evidence has these words.\n", stderr);
    return some ? EXIT_DONE : EXIT_NO;
}

/* Without --any a passage must have them all. */
static void ask_for_any(const struct query *query)
{
    for (guint i = 0; i < query->clauses->len; i++)
        ((struct clause *)g_ptr_array_index(query->clauses, i))->required = false;
}

/* The words and the options, as one query. */
static bool parse(const char *text, struct query **ret, GError **error)
{
    struct query *query = NULL;
    bool ok = query_parse(text, &query, error);
    for (size_t i = 0; ok && i < G_N_ELEMENTS(fields); i++)
        ok = !*fields[i].value || query_set(query, fields[i].field, *fields[i].value, error);
    if (ok && any)
        ask_for_any(query);
    if (ok)
        *ret = query;
    else
        query_free(query);
    return ok;
}

int cmd_find(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!command_parse_evidence(&argc, &argv, options, details, &error))
        return give_up(error);
    if (!words)
        return wrong_use("say what to look for");
    if (limit < 1)
        return wrong_use("--limit is 1 or more");
    g_autofree char *text = g_strjoinv(" ", words);
    struct query *query = NULL;
    if (!parse(text, &query, &error))
        return give_up(error);
    struct store *store = NULL;
    int code = EXIT_WRONG_USE;
    if (query->clauses->len == 0)
        code = wrong_use("give a word to look for; fields alone are for 'citable figures'");
    else if (asks_for_figures(query))
        code = wrong_use("place:, period:, value:, kind:, unit:, actor: and said-by: are fields of figures; use 'citable figures'");
    else if (!command_open(STORE_READ, &store, &error))
        code = give_up_evidence(error);
    else
        code = find(store, query);
    store_close(store);
    query_free(query);
    return code;
}
