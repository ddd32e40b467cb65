/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "ingest/reader.h"

#include <stdio.h>

static char **files;

static const GOptionEntry options[] = {
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "FILE"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

int cmd_text(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_add_main_entries(context, options, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error) || !files) {
        fprintf(stderr, "citable: text: %s\n", error ? error->message : "name a file");
        return EXIT_WRONG_USE;
    }
    struct source *source = NULL;
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    if (!source_open(files[0], &source, &error) || !reader_read(source, documents, &error)) {
        complain(error);
        source_free(source);
        return EXIT_PARTLY;
    }
    for (guint i = 0; i < documents->len; i++) {
        const struct document *doc = g_ptr_array_index(documents, i);
        fwrite(doc->text->str, 1, doc->text->len, stdout);
    }
    source_free(source);
    return EXIT_DONE;
}
