/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/cited.h"

#include "base/error.h"

#include <jansson.h>

static char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text && *text ? g_strdup(text) : NULL;
}

/* A number from 0 on, or NONE. */
static uint32_t number_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    json_int_t number = json_integer_value(value);
    return json_is_integer(value) && number >= 0 && number < NONE ? (uint32_t)number : NONE;
}

/* "https://example.org/r.pdf#page=9…" as a document has it: without what leads inside it. */
static char *address_of(char *link)
{
    if (link)
        link[strcspn(link, "#")] = '\0';
    return link;
}

/* An answer, and CSL-JSON's `custom`: the same keys. */
static void read_answer(const json_t *object, struct quoted *quoted)
{
    quoted->id = text_of(object, "id");
    quoted->sha256 = text_of(object, "sha256");
    quoted->file = text_of(object, "file");
    quoted->quote = text_of(object, "quote");
    quoted->start = number_of(object, "quote_start");
    quoted->page = number_of(object, "page");
    quoted->url = address_of(text_of(object, "link"));
}

static void read_csl(const json_t *object, struct quoted *quoted)
{
    read_answer(json_object_get(object, "custom"), quoted);
    quoted->id = quoted->id ? quoted->id : text_of(object, "id");
    quoted->url = address_of(text_of(object, "URL"));
}

static void read_selector(const json_t *selector, struct quoted *quoted)
{
    const char *value = json_string_value(json_object_get(selector, "value"));
    if (!quoted->quote)
        quoted->quote = text_of(selector, "exact");
    if (value && g_str_has_prefix(value, "page="))
        quoted->page = (uint32_t)CLAMP(g_ascii_strtoull(value + strlen("page="), NULL, 10), 1, NONE - 1);
}

static void read_annotation(const json_t *object, struct quoted *quoted)
{
    const json_t *target = json_object_get(object, "target"), *selectors = json_object_get(target, "selector"), *selector;
    size_t i;
    quoted->id = text_of(object, "id");
    quoted->sha256 = text_of(target, "schema:sha256");
    quoted->file = text_of(target, "source");
    if (quoted->file && strstr(quoted->file, "://")) {
        quoted->url = address_of(g_strdup(quoted->file));
    } else if (quoted->file) { /* a path, escaped as an address */
        g_autofree char *path = g_uri_unescape_string(quoted->file, NULL);
        if (path && g_utf8_validate(path, -1, NULL)) { /* else it was not escaped by us */
            g_free(quoted->file);
            quoted->file = g_steal_pointer(&path);
        }
    }
    json_array_foreach(selectors, i, selector)
        read_selector(selector, quoted);
    if (json_is_object(selectors))
        read_selector(selectors, quoted);
}

/* A feature of a map holds a figure, a comparison a list of them, a difference two. */
static void read_record(const json_t *object, GPtrArray *quotes)
{
    static const char *const inside[] = {"properties", "old", "new"};
    const json_t *figures = json_object_get(object, "figures"), *figure;
    size_t held = 0, at;
    bool itself = json_is_string(json_object_get(object, "quote")); /* a passage has its figures beside it */
    for (size_t i = 0; !itself && i < G_N_ELEMENTS(inside); i++)
        if (json_is_object(json_object_get(object, inside[i]))) {
            read_record(json_object_get(object, inside[i]), quotes);
            held++;
        }
    json_array_foreach(itself ? NULL : figures, at, figure) {
        read_record(figure, quotes);
        held++;
    }
    if (held)
        return;
    struct quoted *quoted = quoted_new();
    if (json_object_get(object, "target"))
        read_annotation(object, quoted);
    else if (json_object_get(object, "custom"))
        read_csl(object, quoted);
    else
        read_answer(object, quoted);
    g_ptr_array_add(quotes, quoted);
}

/* One value of the file: a record, or a list of them under one of the names that programs use. */
static void read_value(const json_t *value, GPtrArray *quotes)
{
    const json_t *lists[] = {value, json_object_get(value, "items"), json_object_get(value, "results"), json_object_get(value, "features")}, *item;
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        size_t at;
        if (!json_is_array(lists[i]))
            continue;
        json_array_foreach(lists[i], at, item)
            read_record(item, quotes);
        return;
    }
    read_record(value, quotes);
}

bool cited_read(const char *path, GPtrArray *quotes, GError **error)
{
    struct source *source = NULL;
    if (!source_open(path, &source, error))
        return false;
    gsize len, at = 0;
    const char *bytes = g_bytes_get_data(source->bytes, &len);
    unsigned line = 1;
    bool ok = true;
    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) /* as programs of Windows begin a file of UTF-8 */
        at = 3;
    while (ok) {
        for (; at < len && g_ascii_isspace(bytes[at]); at++)
            line += bytes[at] == '\n';
        if (at == len)
            break;
        json_error_t problem;
        json_t *value = json_loadb(bytes + at, len - at, JSON_DISABLE_EOF_CHECK, &problem);
        ok = json_is_object(value) || json_is_array(value);
        if (ok)
            read_value(value, quotes);
        else
            citable_error_at(error, CITABLE_ERROR_FORMAT, path, 0, "line %u: not a file of citations (CSL-JSON, web annotations, GeoJSON, JSON of answers)",
                             line + (value ? 0 : (unsigned)MAX(problem.line - 1, 0)));
        for (gsize end = at + (value ? (gsize)problem.position : 0); at < end; at++)
            line += bytes[at] == '\n';
        json_decref(value);
    }
    source_free(source);
    return ok;
}
