/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/style.h"

static void append_escaped(GString *out, const char *text)
{
    g_autofree char *safe = g_markup_escape_text(text, -1); /* control characters become references, which HTML does not know: there are none in clean text */
    g_string_append(out, safe);
}

void cite_html(const struct citation *citation, GString *out)
{
    g_autofree char *link = citation_link(citation), *source = citation_source(citation);
    g_string_append(out, "<figure>\n");
    if (citation->quote && *citation->quote) {
        g_string_append(out, "<blockquote");
        if (link) {
            g_string_append(out, " cite=\"");
            append_escaped(out, link);
            g_string_append_c(out, '"');
        }
        g_string_append(out, "><p>");
        append_escaped(out, citation->quote);
        g_string_append(out, "</p></blockquote>\n");
    }
    g_string_append(out, "<figcaption>");
    if (link) {
        g_string_append(out, "<a href=\"");
        append_escaped(out, link);
        g_string_append(out, "\">");
    }
    append_escaped(out, source);
    g_string_append(out, link ? "</a></figcaption>\n</figure>" : "</figcaption>\n</figure>");
}
