/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/style.h"

/* "Family", "Given Family", "A and B", "A, B and C", "A and others" from four on. */
static void append_names(GString *out, const GArray *authors)
{
    guint shown = authors->len > 3 ? 1 : authors->len;
    for (guint i = 0; i < shown; i++) {
        const struct author *author = &g_array_index(authors, struct author, i);
        if (i)
            g_string_append(out, i + 1 == shown ? " and " : ", ");
        if (author->given)
            g_string_append_printf(out, "%s ", author->given);
        g_string_append(out, author->family);
    }
    if (authors->len > shown)
        g_string_append(out, " and others");
}

static void append_source(const struct citation *citation, GString *out)
{
    const struct metadata *metadata = &citation->document->metadata;
    g_autoptr(GArray) authors = citation_authors(citation);
    bool publisher = metadata->publisher && g_strcmp0(metadata->publisher, metadata->authors) != 0;
    if (authors->len) {
        append_names(out, authors);
        g_string_append(out, ", ");
    }
    g_string_append_printf(out, "“%s”", citation_title(citation));
    if (metadata->symbol)
        g_string_append_printf(out, ", %s", metadata->symbol);
    if (publisher || citation_date(metadata)) {
        g_string_append_printf(out, " (%s%s", publisher ? metadata->publisher : "", publisher && citation_date(metadata) ? ", " : "");
        if (citation_date(metadata))
            citation_date_append(out, citation_date(metadata));
        g_string_append_c(out, ')');
    }
    g_autoptr(GString) page = g_string_new(NULL);
    if (citation_page_append(page, citation))
        g_string_append_printf(out, ", %s", page->str);
    if (citation->mark)
        g_string_append_printf(out, ", note %s", citation->mark);
}

char *citation_source(const struct citation *citation)
{
    GString *out = g_string_new(NULL);
    append_source(citation, out);
    return g_string_free(out, FALSE);
}

void cite_note(const struct citation *citation, GString *out)
{
    append_source(citation, out);
    g_autofree char *link = citation_link(citation);
    if (link)
        g_string_append_printf(out, ", %s", link);
    else
        g_string_append_c(out, '.');
}
