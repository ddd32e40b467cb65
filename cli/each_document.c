/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/each_document.h"

#include "cli/command.h"

static void tell(const struct document *doc)
{
    g_autofree char *path = terminal_safe(doc->path);
    for (guint i = 0; i < doc->warnings->len; i++) {
        g_autofree char *text = terminal_safe(DOCUMENT_AT(doc->warnings, struct warning, i).text);
        fprintf(stderr, "citable: %s: %s\n", path, text);
    }
}

static bool read_file(const char *path, const char *lang, enum ocr_mode ocr, GPtrArray *documents, GError **error)
{
    struct source *source = NULL;
    if (!source_open(path, &source, error))
        return false;
    source->lang = lang;
    source->ocr = ocr;
    bool ok = reader_read(source, documents, error);
    source_free(source);
    return ok;
}

int each_document(char *const *files, const char *lang, enum ocr_mode ocr, void (*each)(const struct document *doc, void *data), void *data)
{
    int code = EXIT_DONE;
    for (; *files; files++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
        if (!read_file(*files, lang, ocr, documents, &error)) {
            complain(error);
            code = EXIT_PARTLY;
            continue;
        }
        for (guint i = 0; i < documents->len; i++) {
            each(g_ptr_array_index(documents, i), data);
            tell(g_ptr_array_index(documents, i));
        }
    }
    return code;
}
