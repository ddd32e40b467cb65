/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/reader.h"

static int probe_text(struct slice head, const char *path)
{
    (void)path;
    return head.len > 0 && !memchr(head.ptr, 0, head.len) ? 10 : 0;
}

/* Paragraphs are parted by empty lines; a line end inside one is a space. */
static bool read_plain(const struct source *source, GPtrArray *documents, GError **error)
{
    size_t size;
    const char *data = g_bytes_get_data(source->bytes, &size);
    if (!g_utf8_validate(data, (gssize)size, NULL)) {
        citable_error_at(error, CITABLE_ERROR_ENCODING, source->path, 0, "is not UTF-8 text");
        return false;
    }
    struct document *doc = document_new(source->path);
    uint32_t at = 0, len = (uint32_t)size;
    while (at < len) {
        uint32_t start = (uint32_t)doc->text->len;
        bool blank = false;
        while (at < len && !blank) {
            const char *end = memchr(data + at, '\n', len - at);
            uint32_t stop = end ? (uint32_t)(end - data) : len;
            struct slice line = slice_trim(slice_make(data + at, stop - at));
            blank = line.len == 0;
            if (!blank) {
                if (doc->text->len > start)
                    document_append(doc, (struct slice)SLICE(" "), NONE);
                document_append(doc, line, (uint32_t)(line.ptr - data));
            }
            at = stop + 1;
        }
        if (doc->text->len == start)
            continue;
        struct passage passage = {.span = {start, (uint32_t)doc->text->len}, .page = NONE};
        g_array_append_val(doc->passages, passage);
        document_append(doc, (struct slice)SLICE("\n\n"), NONE);
    }
    g_ptr_array_add(documents, doc);
    return true;
}

const struct reader read_text = {"text", probe_text, read_plain};
