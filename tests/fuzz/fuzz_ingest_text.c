/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "ingest/passage.h"
#include "ingest/reader.h"

/* Any bytes as printed text: either refused, or a document that keeps its promises; the same one when read again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct document *docs[2] = {NULL, NULL};
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    for (int i = 0; i < 2 && size > 0; i++) {
        g_autoptr(GBytes) bytes = g_bytes_new(data, size);
        g_autoptr(GError) error = NULL;
        struct source *source = source_new("x.txt", bytes);
        if (read_text.read(source, documents, &error)) {
            docs[i] = g_ptr_array_index(documents, documents->len - 1);
            passages_finish(docs[i]);
            check_document(docs[i], slice_make((const char *)data, size));
        } else
            CHECK(error != NULL);
        source_free(source);
    }
    if (docs[0] && docs[1])
        CHECK(g_string_equal(docs[0]->text, docs[1]->text) && docs[0]->marks->len == docs[1]->marks->len);
    if (docs[0] && docs[0]->pages->len > 0) {
        guint turns = 0;
        for (gsize i = 0; i < docs[0]->text->len; i++)
            turns += docs[0]->text->str[i] == '\f';
        CHECK(turns + 1 == docs[0]->pages->len);
    }
    return 0;
}
