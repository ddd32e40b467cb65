/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/style.h"

/* Markdown shows the text itself: everything that it would read as a sign is escaped, and white space of any kind is one space. */
static void append_escaped(GString *out, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (g_ascii_isspace(*at)) {
            g_string_append_c(out, ' ');
            continue;
        }
        if (strchr("\\`*_[]<>#|~^$@", *at))
            g_string_append_c(out, '\\');
        g_string_append_c(out, *at);
    }
}

static void append_source(const struct citation *citation, GString *out)
{
    const struct metadata *metadata = &citation->document->metadata;
    const char *who = metadata->authors ? metadata->authors : metadata->publisher;
    if (who) {
        append_escaped(out, who);
        g_string_append(out, ", ");
    }
    g_string_append_c(out, '*');
    append_escaped(out, citation_title(citation));
    g_string_append_c(out, '*');
    if (metadata->symbol) {
        g_string_append(out, ", ");
        append_escaped(out, metadata->symbol);
    }
    if (citation_date(metadata)) {
        g_string_append(out, ", ");
        citation_date_append(out, citation_date(metadata));
    }
    g_autoptr(GString) page = g_string_new(NULL);
    if (citation_page_append(page, citation))
        g_string_append_printf(out, ", %s", page->str);
}

void cite_markdown(const struct citation *citation, GString *out)
{
    g_autoptr(GString) source = g_string_new(NULL);
    g_autofree char *link = citation_link(citation);
    append_source(citation, source);
    if (citation->quote) {
        g_string_append(out, "> ");
        append_escaped(out, citation->quote);
        g_string_append(out, "\n>\n> — ");
    }
    if (link)
        g_string_append_printf(out, "[%s](<%s>)", source->str, link);
    else
        g_string_append(out, source->str);
}

void cite_pandoc(const struct citation *citation, GString *out)
{
    g_autofree char *key = citation_key(citation);
    g_string_append_printf(out, "[@%s", key);
    if (citation->label && *citation->label)
        g_string_append_printf(out, ", p. %s", citation->label);
    else if (citation->page != NONE)
        g_string_append_printf(out, ", p. %u", citation->page);
    if (citation->paragraph)
        g_string_append_printf(out, ", para. %u", citation->paragraph);
    g_string_append_c(out, ']');
}
