/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "ingest/passage.h"
#include "ingest/reader.h"

/* Any bytes as Markdown. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(GError) error = NULL;
    struct source *source = source_new("x.md", bytes);
    read_markdown.probe(slice_make((const char *)data, size), "x.md");
    if (read_markdown.read(source, documents, &error)) {
        struct document *doc = g_ptr_array_index(documents, 0);
        passages_finish(doc);
        check_document(doc, slice_make((const char *)data, size));
    } else
        CHECK(error != NULL);
    source_free(source);
    return 0;
}
