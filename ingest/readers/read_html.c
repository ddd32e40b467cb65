/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/charset.h"
#include "ingest/markup/page.h"
#include "ingest/reader.h"

/* Tags that tell a page from a text that mentions one. */
static const char *const page_tags[] = {"<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<article"};
static const char *const block_tags[] = {"<p>", "<p ", "<div", "<h1", "<h2", "<ul", "<table", "<span", "<br"};

static bool begins(struct slice text, const char *tag)
{
    size_t len = strlen(tag);
    return text.len >= len && g_ascii_strncasecmp(text.ptr, tag, len) == 0;
}

/* Without a byte order mark, white space, comments and an XML declaration. */
static struct slice first_markup(struct slice head)
{
    if (slice_starts(head, "\xef\xbb\xbf"))
        head = slice_sub(head, 3, head.len);
    for (;;) {
        head = slice_trim(head);
        const char *end = slice_starts(head, "<!--") ? g_strstr_len(head.ptr, (gssize)head.len, "-->") : slice_starts(head, "<?") ? memchr(head.ptr, '>', head.len) : NULL;
        if (!end)
            return head;
        size_t used = (size_t)(end - head.ptr) + (*end == '-' ? 3 : 1);
        head = slice_sub(head, used, head.len);
    }
}

static int probe_html(struct slice head, const char *path)
{
    struct slice first = first_markup(head);
    if (first.len == 0 || first.ptr[0] != '<')
        return 0;
    for (size_t i = 0; i < G_N_ELEMENTS(page_tags); i++)
        if (begins(first, page_tags[i]))
            return 90;
    bool named = path && (g_str_has_suffix(path, ".html") || g_str_has_suffix(path, ".htm") || g_str_has_suffix(path, ".xhtml"));
    for (size_t i = 0; i < G_N_ELEMENTS(block_tags); i++)
        if (begins(first, block_tags[i]))
            return named ? 90 : 40;
    return named ? 60 : 0;
}

static bool read_decoded(const struct source *source, const struct encoding *encoding, GPtrArray *documents, GError **error)
{
    struct origin origin = origin_of(encoding);
    struct document *doc = page_read(source->path, encoding->text, &origin, NULL, error);
    if (!doc)
        return false;
    encoding_warn(encoding, doc);
    g_ptr_array_add(documents, doc);
    return true;
}

static bool read_page(const struct source *source, GPtrArray *documents, GError **error)
{
    return charset_read(source, read_decoded, documents, error);
}

const struct reader read_html = {"html", probe_html, read_page};
