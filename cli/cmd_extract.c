/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "extract/pass.h"
#include "ingest/reader.h"
#include "query/print/mention.h"

static char **files, *lang, *rules;

static const GOptionEntry options[] = {
    {"lang", 0, 0, G_OPTION_ARG_STRING, &lang, "read as this language: en, es, fr", "LANG"},
    {"rules", 0, 0, G_OPTION_ARG_FILENAME, &rules, "a folder of your own rules, read after ours", "DIR"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "FILE…"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static void print_document(const struct extractor *extractor, const struct document *doc, struct printer *printer)
{
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct mentions *mentions = extractor_run(extractor, doc, troubles);
    g_autoptr(GPtrArray) all = mentions_in_order(mentions);
    if (printer)
        for (guint i = 0; i < all->len; i++)
            printer_add(printer, mention_json(doc, g_ptr_array_index(all, i)));
    else
        mentions_print(doc, all, command_terminal(), stdout);
    for (guint i = 0; i < troubles->len; i++) {
        g_autofree char *line = terminal_safe(g_ptr_array_index(troubles, i));
        fprintf(stderr, "citable: %s: %s\n", doc->path, line);
    }
    mentions_free(mentions);
}

static bool print_file(const struct extractor *extractor, const char *path, struct printer *printer, GError **error)
{
    struct source *source = NULL;
    if (!source_open(path, &source, error))
        return false;
    source->lang = lang;
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    bool ok = reader_read(source, documents, error);
    for (guint i = 0; ok && i < documents->len; i++)
        print_document(extractor, g_ptr_array_index(documents, i), printer);
    source_free(source);
    return ok;
}

int cmd_extract(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!command_parse(&argc, &argv, options, "Prints figures, notes, places, actors, periods and attributions in reading order.", &error))
        return give_up(error);
    if (!files)
        return wrong_use("name a file");
    struct extractor *extractor = NULL;
    if (!extractor_new(rules, &extractor, &error))
        return give_up(error);
    command_page();
    struct printer *printer = command_format() == FORMAT_TEXT ? NULL : printer_new(command_format(), mention_columns, stdout);
    int code = EXIT_DONE;
    for (char **file = files; *file; file++) {
        g_autoptr(GError) problem = NULL;
        if (!print_file(extractor, *file, printer, &problem)) {
            complain(problem);
            code = EXIT_PARTLY;
        }
    }
    if (printer)
        printer_close(printer);
    extractor_free(extractor);
    return code;
}
