/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "ingest/reader.h"

/* Any bytes as a file that holds files: a zip and what is one inside (Word, OpenDocument, e-book), a tar, a mail. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct reader *const readers[] = {&read_zip, &read_tar, &read_mail};
    for (size_t i = 0; size > 0 && i < G_N_ELEMENTS(readers); i++) {
        g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
        g_autoptr(GBytes) bytes = g_bytes_new(data, size);
        g_autoptr(GError) error = NULL;
        struct source *source = source_new("x", bytes);
        readers[i]->probe(slice_make((const char *)data, size), "x");
        bool read = readers[i]->read(source, documents, &error);
        CHECK(read == (error == NULL) && (!read || documents->len > 0));
        for (guint k = 0; k < documents->len; k++) {
            struct document *doc = g_ptr_array_index(documents, k);
            for (guint s = 0; !doc->member && s < doc->shifts->len; s++) /* what was packed has no place in this file */
                CHECK(DOCUMENT_AT(doc->shifts, struct shift, s).source == NONE);
            g_array_set_size(doc->shifts, 0);            /* a member's places are in the member */
            for (guint m = 0; m < doc->marks->len; m++)
                DOCUMENT_AT(doc->marks, struct mark, m).source = (struct span){NONE, NONE};
            check_document(doc, slice_make((const char *)data, size));
        }
        source_free(source);
    }
    return 0;
}
