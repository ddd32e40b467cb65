/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/each_document.h"

#include "cli/command.h"

struct document_values document_values;

static void tell(const struct document *doc)
{
    g_autofree char *path = terminal_safe(doc->path);
    for (guint i = 0; i < doc->warnings->len; i++) {
        g_autofree char *text = terminal_safe(DOCUMENT_AT(doc->warnings, struct warning, i).text);
        fprintf(stderr, "citable: %s: %s\n", path, text);
    }
}

static bool read_file(const char *path, enum ocr_mode ocr, GPtrArray *documents, GError **error)
{
    struct source *source = NULL;
    if (!source_open(path, &source, error))
        return false;
    source->lang = document_values.lang;
    source->ocr = ocr;
    bool ok = reader_read(source, documents, error);
    source_free(source);
    return ok;
}

bool documents_named(void)
{
    enum ocr_mode ocr;
    const char *wrong = !document_values.files ? "name a file" : document_values.ocr && !ocr_mode_from(document_values.ocr, &ocr) ? "--ocr takes auto, never or force" : NULL;
    if (wrong)
        wrong_use(wrong);
    return !wrong;
}

int each_document(void (*each)(const struct document *doc, void *data), void *data)
{
    enum ocr_mode ocr = OCR_AUTO;
    int code = EXIT_DONE;
    if (document_values.ocr)
        ocr_mode_from(document_values.ocr, &ocr);
    for (char **file = document_values.files; *file; file++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
        if (!read_file(*file, ocr, documents, &error)) {
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
