/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"
#include "tests/unit/described.h"

#include "ingest/passage.h"

#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static const char relations[] = "<Relationships><Relationship Type=\"" RELATION "styles\" Target=\"styles.xml\"/><Relationship Type=\"" RELATION "footnotes\" Target=\"footnotes.xml\"/>"
                                "<Relationship Type=\"" RELATION "comments\" Target=\"comments.xml\"/></Relationships>";
static const char container[] = "<container><rootfiles><rootfile full-path=\"a.opf\"/></rootfiles></container>";

/* Any parts, parted by zero bytes, as those of a Word file, an OpenDocument text and an e-book: refused, or a document that keeps its promises. The fuzzer
 * need not get through zip for it: fuzz_ingest_archive does that. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    for (size_t at = 0; at <= size && parts->len < 4;) {
        const uint8_t *end = at < size ? memchr(data + at, 0, size - at) : NULL;
        size_t len = end ? (size_t)(end - data) - at : size - at;
        g_ptr_array_add(parts, g_strndup((const char *)data + at, len));
        at += len + 1;
    }
    while (parts->len < 4)
        g_ptr_array_add(parts, g_strdup(""));
    char **part = (char **)parts->pdata;
    const struct zip_member word[] = {{"word/document.xml", part[0]}, {"word/_rels/document.xml.rels", relations}, {"word/styles.xml", part[1]}, {"word/footnotes.xml", part[2]}, {"word/comments.xml", part[3]}};
    const struct zip_member text[] = {{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", part[0]}, {"styles.xml", part[1]}, {"meta.xml", part[2]}};
    const struct zip_member book[] = {{"mimetype", "application/epub+zip"}, {"META-INF/container.xml", container}, {"a.opf", part[0]}, {"a.xhtml", part[1]}, {"b.xhtml", part[2]}};
    const struct {
        const struct zip_member *members;
        size_t n;
    } files[] = {{word, G_N_ELEMENTS(word)}, {text, G_N_ELEMENTS(text)}, {book, G_N_ELEMENTS(book)}};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(GBytes) bytes = zip_made(files[i].members, files[i].n);
        g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
        g_autoptr(GError) error = NULL;
        struct source *source = source_new("x", bytes);
        bool read = read_zip.read(source, documents, &error);
        CHECK(read == (error == NULL) && (!read || documents->len > 0));
        for (guint k = 0; k < documents->len; k++) {
            struct document *doc = g_ptr_array_index(documents, k);
            passages_finish(doc);
            g_array_set_size(doc->shifts, 0); /* its places are in the parts */
            for (guint m = 0; m < doc->marks->len; m++)
                DOCUMENT_AT(doc->marks, struct mark, m).source = (struct span){NONE, NONE};
            check_document(doc, slice_make(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
        }
        source_free(source);
    }
    return 0;
}
