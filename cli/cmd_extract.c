/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "extract/pass.h"
#include "ingest/reader.h"
#include "query/print/mention.h"

#include <stdio.h>

static char **files, *format, *lang, *rules;

static const GOptionEntry options[] = {
    {"format", 0, 0, G_OPTION_ARG_STRING, &format, "text or jsonl", "FORMAT"},
    {"lang", 0, 0, G_OPTION_ARG_STRING, &lang, "read as this language: en, es, fr", "LANG"},
    {"rules", 0, 0, G_OPTION_ARG_FILENAME, &rules, "a folder of your own rules, read after ours", "DIR"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "FILE…"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static void print_document(const struct extractor *extractor, const struct document *doc)
{
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct mentions *mentions = extractor_run(extractor, doc, troubles);
    g_autoptr(GPtrArray) all = mentions_in_order(mentions);
    for (guint i = 0; i < all->len; i++) {
        json_t *object = mention_json(doc, g_ptr_array_index(all, i));
        json_dumpf(object, stdout, JSON_COMPACT | JSON_REAL_PRECISION(15));
        putchar('\n');
        json_decref(object);
    }
    for (guint i = 0; i < troubles->len; i++)
        fprintf(stderr, "citable: %s: %s\n", doc->path, (const char *)g_ptr_array_index(troubles, i));
    mentions_free(mentions);
}

static bool print_file(const struct extractor *extractor, const char *path, GError **error)
{
    struct source *source = NULL;
    if (!source_open(path, &source, error))
        return false;
    source->lang = lang;
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    bool ok = reader_read(source, documents, error);
    for (guint i = 0; ok && i < documents->len; i++)
        print_document(extractor, g_ptr_array_index(documents, i));
    source_free(source);
    return ok;
}

int cmd_extract(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_add_main_entries(context, options, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error) || !files) {
        fprintf(stderr, "citable: extract: %s\n", error ? error->message : "name a file");
        return EXIT_WRONG_USE;
    }
    struct extractor *extractor = NULL;
    if (!extractor_new(rules, &extractor, &error)) {
        complain(error);
        return EXIT_WRONG_USE;
    }
    int code = EXIT_DONE;
    for (char **file = files; *file; file++) {
        g_autoptr(GError) problem = NULL;
        if (!print_file(extractor, *file, &problem)) {
            complain(problem);
            code = EXIT_PARTLY;
        }
    }
    extractor_free(extractor);
    return code;
}
