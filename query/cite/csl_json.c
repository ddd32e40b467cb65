/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/style.h"
#include "query/print/printer.h"

static json_t *authors_json(const struct citation *citation)
{
    g_autoptr(GArray) authors = citation_authors(citation);
    json_t *list = json_array();
    for (guint i = 0; i < authors->len; i++) {
        const struct author *author = &g_array_index(authors, struct author, i);
        json_t *name = json_object();
        json_object_set_new(name, author->given ? "family" : "literal", json_text(author->family));
        if (author->given)
            json_object_set_new(name, "given", json_text(author->given));
        json_array_append_new(list, name);
    }
    return list;
}

static json_t *parts_json(const char *edtf)
{
    int month, day, year = edtf_day(edtf, &month, &day);
    json_t *parts = json_array();
    json_array_append_new(parts, json_integer(year));
    if (month)
        json_array_append_new(parts, json_integer(month));
    if (day)
        json_array_append_new(parts, json_integer(day));
    return parts;
}

static json_t *date_json(const char *edtf)
{
    const char *slash = strchr(edtf, '/');
    json_t *dates = json_pack("[o]", parts_json(edtf));
    if (slash && g_ascii_isdigit(slash[1]))
        json_array_append_new(dates, parts_json(slash + 1));
    return json_pack("{s:o}", "date-parts", dates);
}

static void set(json_t *object, const char *key, const char *text)
{
    if (text && *text)
        json_object_set_new(object, key, json_text(text));
}

/* What 'citable verify' needs to find the words again, long after. */
static json_t *custom_json(const struct citation *citation)
{
    json_t *object = json_object();
    set(object, "id", citation->id);
    set(object, "sha256", citation->document->sha256);
    set(object, "file", citation->document->path);
    if (citation->page != NONE) { /* the locator of CSL's citations, and the file's own count */
        g_autofree char *file_page = g_strdup_printf("%u", citation->page);
        set(object, "label", "page");
        set(object, "locator", citation->label && *citation->label ? citation->label : file_page);
        json_object_set_new(object, "page", json_integer(citation->page));
    }
    if (citation->paragraph)
        json_object_set_new(object, "paragraph", json_integer(citation->paragraph));
    if (citation->quote && *citation->quote) {
        set(object, "quote", citation->quote);
        json_object_set_new(object, "quote_start", json_integer(citation->span.start));
        json_object_set_new(object, "quote_end", json_integer(citation->span.end));
    }
    return object;
}

void cite_csl_json(const struct citation *citation, GString *out)
{
    static const char *const types[] = {[PUBLICATION_REPORT] = "report", [PUBLICATION_WEBPAGE] = "webpage", [PUBLICATION_NEWS] = "article-newspaper",
                                        [PUBLICATION_DOCUMENT] = "document"};
    const struct metadata *metadata = &citation->document->metadata;
    g_autofree char *key = citation_key(citation), *link = citation_link(citation);
    g_autofree char *note = citation_place_and_quote(citation);
    int month, day;
    json_t *object = json_object();
    set(object, "id", key);
    set(object, "type", types[citation_publication(citation)]);
    set(object, "title", citation_title(citation));
    json_t *authors = authors_json(citation);
    if (json_array_size(authors))
        json_object_set(object, "author", authors);
    json_decref(authors);
    set(object, "number", metadata->symbol);
    set(object, "publisher", metadata->publisher);
    if (edtf_day(citation_date(metadata), &month, &day))
        json_object_set_new(object, "issued", date_json(citation_date(metadata)));
    set(object, "language", metadata->language);
    set(object, "URL", link);
    set(object, "note", note);
    json_object_set_new(object, "custom", custom_json(citation));
    char *text = json_dumps(object, JSON_INDENT(2));
    g_string_append(out, text);
    free(text);
    json_decref(object);
}
