/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "query/answer.h"

static char **ids, *style_name;
static gboolean list;

static const GOptionEntry options[] = {
    {"style", 's', 0, G_OPTION_ARG_STRING, &style_name, "note (the default), apa, markdown, pandoc, html, biblatex, ris, csl-json", "STYLE"},
    {"list-styles", 0, 0, G_OPTION_ARG_NONE, &list, "print the styles", NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &ids, NULL, "ID…"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static int list_styles(void)
{
    for (size_t i = 0; i < n_cite_styles; i++)
        printf("%-10s %s\n", cite_styles[i].name, cite_styles[i].help);
    return EXIT_DONE;
}

static int no_such_style(void)
{
    g_autoptr(GString) message = g_string_new("no style of that name; there are ");
    for (size_t i = 0; i < n_cite_styles; i++)
        g_string_append_printf(message, "%s%s", i == 0 ? "" : i + 1 == n_cite_styles ? " and " : ", ", cite_styles[i].name);
    return wrong_use(message->str);
}

/* Appends the citation of a whole document, by its id; `*found` says whether there is one. */
static bool cite_document(struct library *library, const struct cite_style *style, const char *id, GHashTable *seen, GString *out, bool *found, GError **error)
{
    struct document_row *row = NULL;
    const struct document_row *document = NULL;
    if (!store_document_by_id(library_store(library), id, &row, error))
        return false;
    *found = row != NULL;
    bool ok = !row || library_document(library, row->rowid, &document, error);
    document_row_free(row);
    if (document) {
        const struct citation citation = {.document = document, .id = document->id, .page = NONE};
        bool again = !g_hash_table_add(seen, (gpointer)document);
        (again && style->again ? style->again : style->write)(&citation, out);
    }
    return ok;
}

/* Appends one citation; `*found` says whether there is such an id, and whether its text may be quoted. seen: the documents that were cited. */
static bool cite(struct library *library, const struct cite_style *style, const char *id, GHashTable *seen, GString *out, bool *found, GError **error)
{
    struct answer *answer = NULL;
    if (!answer_by_id(library, id, &answer, error))
        return false;
    struct slice quoted = answer ? answer_quote(answer) : slice_make(NULL, 0);
    *found = quoted.ptr != NULL;
    if (!answer && !cite_document(library, style, id, seen, out, found, error))
        return false;
    if (!answer && !*found)
        fprintf(stderr, "citable: nothing in the evidence has the id '%s'\n", id);
    else if (answer && !*found)
        fprintf(stderr, "citable: %s: stored text damaged; it is not cited\n", id);
    if (answer && *found) {
        g_autofree char *quote = slice_dup(quoted);
        struct citation citation = answer_citation(answer, quote);
        bool again = !g_hash_table_add(seen, (gpointer)answer->document);
        (again && style->again ? style->again : style->write)(&citation, out);
    }
    answer_free(answer);
    return true;
}

static int cite_all(struct store *store, const struct cite_style *style)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(style->open);
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    struct library *library = library_new(store);
    unsigned cited = 0;
    bool ok = true, all = true;
    for (char **id = ids; ok && *id; id++) {
        g_autoptr(GString) one = g_string_new(NULL);
        bool found = false;
        ok = cite(library, style, *id, seen, one, &found, &error);
        all = all && found;
        if (!ok || !found)
            continue;
        if (cited++)
            g_string_append(out, style->between);
        g_string_append_len(out, one->str, (gssize)one->len);
    }
    library_free(library);
    if (!ok)
        return give_up(error);
    if (cited) {
        g_string_append(out, style->close);
        fputs(out->str, stdout);
    }
    return all ? EXIT_DONE : EXIT_NO;
}

int cmd_cite(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!command_parse_writer(&argc, &argv, options, "ID: of a passage, a figure or a document, as the other commands print them.", &error))
        return give_up(error);
    if (command_format() != FORMAT_TEXT)
        return wrong_use("--format is not for citations; --style csl-json gives JSON");
    if (list)
        return list_styles();
    const struct cite_style *style = cite_style_named(style_name ? style_name : "note");
    if (!style)
        return no_such_style();
    if (!ids)
        return wrong_use("give an id");
    struct store *store = NULL;
    if (!command_open(STORE_READ, &store, &error))
        return give_up_evidence(error);
    int code = cite_all(store, style);
    store_close(store);
    return code;
}
