/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "ingest/passage.h"
#include "ingest/reader.h"

/* Any bytes as a page, as a feed, and as each vocabulary of XML and JSON. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct reader *const readers[] = {&read_html, &read_news, &read_jats, &read_newsml, &read_json, &read_xml};
    if (size == 0)
        return 0;
    struct slice file = slice_make((const char *)data, size);
    for (size_t i = 0; i < G_N_ELEMENTS(readers); i++) {
        g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
        g_autoptr(GBytes) bytes = g_bytes_new(data, size);
        g_autoptr(GError) error = NULL;
        struct source *source = source_new("x", bytes);
        readers[i]->probe(file, "x");
        bool read = readers[i]->read(source, documents, &error);
        CHECK(read == (error == NULL) && (!read || documents->len > 0));
        for (guint k = 0; k < documents->len; k++) {
            passages_finish(g_ptr_array_index(documents, k));
            check_document(g_ptr_array_index(documents, k), file);
        }
        source_free(source);
    }
    return 0;
}
