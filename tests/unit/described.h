/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_TESTS_DESCRIBED_H
#define CITABLE_TESTS_DESCRIBED_H

#include "ingest/reader.h"

#include <zip.h>

/* What the tests of readers share: documents as text that a table can hold, and zip files made in memory. */

/* One line a passage: "heading1 Text", "body Text{1}" ({1}: a note mark; {1=text}: tied to a note), "list2 Text"; then "cell: row | column | text", "doubt: digits". */
static inline char *described(const struct document *doc)
{
    GString *out = g_string_new(NULL);
    guint mark = 0;
    for (guint i = 0; i < doc->passages->len; i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        g_string_append(out, passage->flags & PASSAGE_LIST ? "list" : zone_name(passage->zone));
        if (passage->level > 0)
            g_string_append_printf(out, "%u", passage->level);
        g_string_append_c(out, ' ');
        uint32_t at = passage->span.start;
        for (; mark < doc->marks->len && DOCUMENT_AT(doc->marks, struct mark, mark).at <= passage->span.end; mark++) {
            const struct mark *one = &DOCUMENT_AT(doc->marks, struct mark, mark);
            g_string_append_len(out, doc->text->str + at, one->at - at);
            g_string_append_printf(out, "{%s", one->label);
            if (one->note != NONE) {
                struct slice note = document_slice(doc, DOCUMENT_AT(doc->notes, struct note, one->note).span);
                g_string_append_printf(out, "=%.*s", SLICE_ARG(note));
            }
            g_string_append_c(out, '}');
            at = one->at;
        }
        g_string_append_len(out, doc->text->str + at, passage->span.end - at);
        g_string_append_c(out, '\n');
    }
    for (guint i = 0; i < doc->cells->len; i++) {
        const struct cell *cell = &DOCUMENT_AT(doc->cells, struct cell, i);
        g_string_append_printf(out, "cell: %.*s | %.*s | %.*s\n", SLICE_ARG(document_slice(doc, cell->row)), SLICE_ARG(document_slice(doc, cell->column)), SLICE_ARG(document_slice(doc, cell->span)));
    }
    for (guint i = 0; i < doc->doubts->len; i++)
        g_string_append_printf(out, "doubt: %.*s\n", SLICE_ARG(document_slice(doc, DOCUMENT_AT(doc->doubts, struct span, i))));
    for (char *p = out->str; *p; p++)
        if (*p == '\t')
            *p = '|';
    return g_string_free(out, FALSE);
}

struct zip_member {
    const char *name, *content;
};

/* A zip file of the members up to the one without a name. The caller unrefs it. */
static inline GBytes *zip_made(const struct zip_member *members, size_t count)
{
    zip_error_t trouble;
    zip_error_init(&trouble);
    zip_source_t *buffer = zip_source_buffer_create(NULL, 0, 0, &trouble);
    zip_t *zip = zip_open_from_source(buffer, ZIP_CREATE | ZIP_TRUNCATE, &trouble);
    zip_source_keep(buffer);
    for (size_t i = 0; i < count && members[i].name; i++) {
        zip_source_t *content = zip_source_buffer(zip, members[i].content, strlen(members[i].content), 0);
        zip_file_add(zip, members[i].name, content, ZIP_FL_ENC_UTF_8);
    }
    g_assert(zip_close(zip) == 0);
    zip_stat_t stat;
    zip_source_stat(buffer, &stat);
    zip_source_open(buffer);
    guint8 *data = g_malloc(stat.size + 1);
    zip_int64_t got = zip_source_read(buffer, data, stat.size);
    g_assert(got >= 0 && (zip_uint64_t)got == stat.size);
    zip_source_close(buffer);
    zip_source_free(buffer);
    zip_error_fini(&trouble);
    return g_bytes_new_take(data, stat.size);
}

/* Reads bytes as a file of this name; NULL and `error` where that fails. Owned by the caller. */
static inline GPtrArray *read_bytes(const char *path, GBytes *bytes, GError **error)
{
    GPtrArray *documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    struct source *source = source_new(path, bytes);
    if (!reader_read(source, documents, error))
        g_clear_pointer(&documents, g_ptr_array_unref);
    source_free(source);
    return documents;
}

#endif
