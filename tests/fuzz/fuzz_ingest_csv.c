/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "ingest/passage.h"
#include "ingest/reader.h"

/* Any bytes as a table of values: refused, or a document that keeps its promises, with cells inside its rows; the same one when read again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    struct slice file = slice_make((const char *)data, size);
    for (int i = 0; i < 2 && size > 0; i++) {
        g_autoptr(GBytes) bytes = g_bytes_new(data, size);
        g_autoptr(GError) error = NULL;
        struct source *source = source_new("x.csv", bytes);
        read_csv.probe(file, "x.csv");
        CHECK(read_csv.read(source, documents, &error) == (error == NULL));
        source_free(source);
    }
    CHECK(documents->len == 0 || documents->len == 2);
    for (guint i = 0; i < documents->len; i++) {
        struct document *doc = g_ptr_array_index(documents, i), *first = g_ptr_array_index(documents, 0);
        passages_finish(doc);
        check_document(doc, file);
        CHECK(g_string_equal(doc->text, first->text) && doc->cells->len == first->cells->len);
        for (guint k = 0; k < doc->cells->len; k++) {
            const struct cell *cell = &DOCUMENT_AT(doc->cells, struct cell, k);
            check_span(doc, cell->row);
            check_span(doc, cell->column);
        }
    }
    return 0;
}
