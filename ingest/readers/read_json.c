/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/charset.h"
#include "ingest/facts/date.h"
#include "ingest/markup/page.h"
#include "ingest/facts/page_facts.h"
#include "ingest/reader.h"

#include <jansson.h>

/* ninjs (one story as news agencies send it in JSON) and JSON Feed (one document per item). */

/* The same few things under other names; the first that is there counts. */
static const char *const html_names[] = {"body_xhtml", "body_html", "content_html"}, *const text_names[] = {"body_text", "content_text", "summary"}, *const title_names[] = {"headline", "title"},
                  *const date_names[] = {"firstcreated", "firstCreated", "contentcreated", "contentCreated", "date_published", "versioncreated", "versionCreated", "date_modified"}, *const key_names[] = {"uri", "id", "guid"}, *const author_names[] = {"byline", "by"},
                  *const owner_names[] = {"copyrightholder", "copyrightHolder", "source"}, *const caption_names[] = {"description_text", "description_caption", "body_text"};

static int probe_json(struct slice head, const char *path)
{
    (void)path;
    head = slice_trim(head);
    if (slice_starts(head, "\xef\xbb\xbf"))
        head = slice_sub(head, 3, head.len);
    if (head.len == 0 || head.ptr[0] != '{')
        return 0;
    static const char *const signs[] = {"jsonfeed.org/version", "\"body_xhtml\"", "\"body_html\"", "\"body_text\"", "\"bodies\""};
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (g_strstr_len(head.ptr, (gssize)head.len, signs[i]))
            return 90;
    return 0;
}

static const char *first_of(const json_t *object, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *value = json_string_value(json_object_get(object, names[i]));
        if (value && *value)
            return value;
    }
    return NULL;
}
#define FIRST_OF(object, names) first_of((object), (names), G_N_ELEMENTS(names))

/* ninjs 2 and 3 list versions of a text: {"bodies": [{"contenttype": "text/html", "value": …}]}. `type` NULL: any. */
static const char *listed(const json_t *object, const char *name, const char *type)
{
    const json_t *list = json_object_get(object, name);
    for (size_t i = 0; i < json_array_size(list); i++) {
        static const char *const kinds[] = {"contenttype", "contentType"};
        const char *kind = FIRST_OF(json_array_get(list, i), kinds), *value = json_string_value(json_object_get(json_array_get(list, i), "value"));
        if (value && *value && (!type || (kind && strstr(kind, type))))
            return value;
    }
    return NULL;
}

static char *authors_in(const json_t *object)
{
    const json_t *list = json_object_get(object, "authors");
    if (!json_is_array(list))
        list = json_object_get(object, "author");
    GString *authors = g_string_new(NULL);
    for (size_t i = 0; i < (json_is_object(list) ? 1 : json_array_size(list)); i++) {
        const char *name = json_string_value(json_object_get(json_is_object(list) ? list : json_array_get(list, i), "name"));
        g_autofree char *made = name ? authors_of(name) : NULL;
        if (made)
            g_string_append_printf(authors, "%s%s", authors->len > 0 ? "; " : "", made);
    }
    const char *byline = authors->len == 0 ? FIRST_OF(object, author_names) : NULL;
    if (!byline)
        return g_string_free(authors, authors->len == 0);
    g_string_free(authors, TRUE);
    return authors_of(byline);
}

/* What stands under the pictures that belong to the story: {"associations": {"main": {"type": "picture", "description_text": …}}}, a list in ninjs 3. */
static void append_captions(const struct source *source, struct document *doc, const json_t *object)
{
    struct origin lost = {.lost = true};
    json_t *list = json_object_get(object, "associations");
    void *at = json_object_iter(list);
    for (size_t i = 0; at || i < json_array_size(list); i++) {
        const json_t *one = at ? json_object_iter_value(at) : json_array_get(list, i);
        const char *type = json_string_value(json_object_get(one, "type")), *caption = FIRST_OF(one, caption_names);
        caption = caption ? caption : listed(one, "descriptions", NULL);
        at = at ? json_object_iter_next(list, at) : NULL;
        if (!caption || !type || strcmp(type, "text") == 0)
            continue;
        g_autofree char *escaped = g_markup_escape_text(caption, -1), *markup = g_strconcat("<figcaption>", escaped, "</figcaption>", NULL);
        page_append(doc, source->path, slice_of(markup), &lost, NULL);
    }
}

/* Who owns the story, or sent it. */
static const char *owner_of(const json_t *object)
{
    const char *owner = FIRST_OF(object, owner_names);
    return owner ? owner : json_string_value(json_object_get(json_array_get(json_object_get(object, "infoSources"), 0), "name"));
}

static struct document *read_story(const struct source *source, const json_t *object, const json_t *feed)
{
    struct document *doc = document_new(source->path);
    struct metadata *metadata = &doc->metadata;
    const char *html = FIRST_OF(object, html_names), *text = FIRST_OF(object, text_names), *title = FIRST_OF(object, title_names), *date = FIRST_OF(object, date_names), *url = json_string_value(json_object_get(object, "url"));
    html = html ? html : listed(object, "bodies", "html");
    text = text ? text : listed(object, "bodies", NULL);
    title = title ? title : listed(object, "headlines", NULL);
    struct origin lost = {.lost = true};
    g_autofree char *made = html || !text ? NULL : page_paragraphs(text);
    const char *body = html ? html : made;
    if (body)
        page_append(doc, source->path, slice_of(body), &lost, NULL);
    append_captions(source, doc, object);
    if (doc->passages->len == 0)
        document_warn(doc, "no-text", NONE, "the item holds no text");
    const char *publisher = feed ? json_string_value(json_object_get(feed, "title")) : owner_of(object), *language = json_string_value(json_object_get(object, "language"));
    metadata->title = g_strdup(title);
    metadata->date = date ? date_edtf(date) : NULL;
    metadata->authors = authors_in(object);
    metadata->publisher = g_strdup(publisher);
    metadata->url = url && g_str_has_prefix(url, "http") ? g_strdup(url) : NULL;
    metadata->language = language_of(language ? language : feed ? json_string_value(json_object_get(feed, "language")) : NULL);
    return doc;
}

static void read_value(const struct source *source, const json_t *value, GPtrArray *documents)
{
    const json_t *items = json_object_get(value, "items");
    if (!json_is_array(items)) {
        g_ptr_array_add(documents, read_story(source, value, NULL));
        return;
    }
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        if (!json_is_object(item))
            continue;
        struct document *doc = read_story(source, item, value);
        const char *key = FIRST_OF(item, key_names);
        page_identify(doc, key ? key : doc->metadata.url ? doc->metadata.url : doc->metadata.title);
        g_ptr_array_add(documents, doc);
    }
}

static bool read_decoded(const struct source *source, const struct encoding *encoding, GPtrArray *documents, GError **error)
{
    json_error_t trouble;
    json_t *value = json_loadb(encoding->text.ptr, encoding->text.len, JSON_DISABLE_EOF_CHECK, &trouble);
    guint before = documents->len;
    if (!value)
        citable_error_at(error, CITABLE_ERROR_FORMAT, source->path, 0, "holds damaged JSON (line %d: %s)", trouble.line, trouble.text);
    else
        read_value(source, value, documents);
    if (value && documents->len == before)
        citable_error_at(error, CITABLE_ERROR_EMPTY, source->path, 0, "is a feed without items");
    json_decref(value);
    return documents->len > before;
}

static bool read_object(const struct source *source, GPtrArray *documents, GError **error)
{
    return charset_read(source, read_decoded, documents, error);
}

const struct reader read_json = {"json", probe_json, read_object};
