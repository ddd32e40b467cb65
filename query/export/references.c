/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/export/exporter.h"

/* What has been written, so that a document stands there once. */
struct references {
    const struct cite_style *style;
    GHashTable *written; /* struct document_row * */
};

static void begin(struct export *export, const char *style)
{
    struct references *references = g_new(struct references, 1);
    references->style = cite_style_named(style);
    references->written = g_hash_table_new(NULL, NULL);
    g_assert(references->style);
    export->state = references;
    fputs(references->style->open, export->out);
}

void export_biblatex_begin(struct export *export)
{
    begin(export, "biblatex");
}

void export_ris_begin(struct export *export)
{
    begin(export, "ris");
}

void export_csl_begin(struct export *export)
{
    begin(export, "csl-json");
}

bool export_references_add(struct export *export, const struct answer *answer, GError **error)
{
    (void)error;
    struct references *references = export->state;
    if (g_hash_table_contains(references->written, answer->document))
        return true;
    g_autoptr(GString) entry = g_string_new(g_hash_table_size(references->written) ? references->style->between : "");
    struct citation citation = {.document = answer->document, .page = NONE, .id = answer->document->id};
    references->style->write(&citation, entry);
    fputs(entry->str, export->out);
    g_hash_table_add(references->written, (gpointer)answer->document);
    return true;
}

void export_references_end(struct export *export)
{
    struct references *references = export->state;
    fputs(references->style->close, export->out);
    g_hash_table_unref(references->written);
    g_free(references);
}
