/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/charset.h"

#include "base/error.h"
#include "base/limits.h"

enum { HEAD_BYTES = 4096, NAME_BYTES = 40 };

/* The name after "charset=" or "encoding=", with or without quotes. */
static char *name_at(struct slice text)
{
    size_t at = 0, start;
    while (at < text.len && g_ascii_isspace(text.ptr[at]))
        at++;
    if (at == text.len || text.ptr[at] != '=')
        return NULL;
    for (at++; at < text.len && (g_ascii_isspace(text.ptr[at]) || text.ptr[at] == '"' || text.ptr[at] == '\''); at++)
        ;
    for (start = at; at < text.len && at - start < NAME_BYTES && (g_ascii_isalnum(text.ptr[at]) || strchr("-_:.", text.ptr[at])); at++)
        ;
    return at > start ? g_strndup(text.ptr + start, at - start) : NULL;
}

/* Only inside a tag: a page may well write about charsets. */
static char *name_in(struct slice tag, const char *word)
{
    size_t len = strlen(word);
    for (size_t at = 0; at + len < tag.len; at++)
        if (g_ascii_strncasecmp(tag.ptr + at, word, len) == 0) {
            char *name = name_at(slice_sub(tag, at + len, tag.len));
            if (name)
                return name;
        }
    return NULL;
}

char *charset_declared(struct slice head)
{
    head.len = MIN(head.len, (size_t)HEAD_BYTES);
    char *found = NULL;
    for (size_t at = 0; !found && at < head.len; at++) {
        if (head.ptr[at] != '<')
            continue;
        struct slice rest = slice_sub(head, at, head.len);
        const char *end = memchr(rest.ptr, '>', rest.len);
        struct slice tag = slice_make(rest.ptr, end ? (size_t)(end - rest.ptr) : rest.len);
        if (slice_starts(tag, "<?xml"))
            found = name_in(tag, "encoding");
        else if (tag.len > 5 && g_ascii_strncasecmp(tag.ptr, "<meta", 5) == 0)
            found = name_in(tag, "charset");
    }
    return found;
}

bool charset_decode(const char *path, struct slice bytes, struct encoding *ret, GError **error)
{
    g_autofree char *declared = charset_declared(bytes);
    if (encoding_decode(bytes, declared, ret))
        return true;
    citable_error_at(error, CITABLE_ERROR_ENCODING, path, 0, "is not text in any charset that can be told");
    return false;
}

bool charset_decode_plain(const struct source *source, struct encoding *ret, GError **error)
{
    size_t size;
    const char *data = g_bytes_get_data(source->bytes, &size);
    if (!encoding_decode(slice_make(data, size), NULL, ret)) {
        citable_error_at(error, CITABLE_ERROR_FORMAT, source->path, 0, "is not text: it holds control characters that no text has");
        return false;
    }
    if (ret->text.len > LIMIT_TEXT_BYTES) {
        encoding_clear(ret);
        citable_error_at(error, CITABLE_ERROR_LIMIT, source->path, 0, "has more than 256 MiB of text; split it");
        return false;
    }
    return true;
}

bool charset_read(const struct source *source, bool (*read)(const struct source *source, const struct encoding *encoding, GPtrArray *documents, GError **error),
                  GPtrArray *documents, GError **error)
{
    size_t size;
    const char *data = g_bytes_get_data(source->bytes, &size);
    struct encoding encoding;
    if (!charset_decode(source->path, slice_make(data, size), &encoding, error))
        return false;
    bool ok = read(source, &encoding, documents, error);
    encoding_clear(&encoding);
    return ok;
}
