/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/style.h"

/* TeX reads these as commands; all else is UTF-8, as biber wants it. */
static void append_escaped(GString *out, const char *text)
{
    for (const char *at = text; *at; at++) {
        switch (*at) {
        case '\\': g_string_append(out, "\\textbackslash{}"); break;
        case '~': g_string_append(out, "\\textasciitilde{}"); break;
        case '^': g_string_append(out, "\\textasciicircum{}"); break;
        case '{': g_string_append(out, "\\textbraceleft{}"); break;
        case '}': g_string_append(out, "\\textbraceright{}"); break;
        case '&': case '%': case '$': case '#': case '_': g_string_append_c(out, '\\'); G_GNUC_FALLTHROUGH;
        default: g_string_append_c(out, g_ascii_isspace(*at) ? ' ' : *at);
        }
    }
}

static void field(GString *out, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    g_string_append_printf(out, "  %-11s = {", name);
    append_escaped(out, text);
    g_string_append(out, "},\n");
}

static void authors_field(GString *out, const struct citation *citation)
{
    g_autoptr(GArray) authors = citation_authors(citation);
    if (authors->len == 0)
        return;
    g_string_append_printf(out, "  %-11s = {", "author");
    for (guint i = 0; i < authors->len; i++) {
        const struct author *author = &g_array_index(authors, struct author, i);
        g_string_append(out, i ? " and " : "");
        g_string_append(out, author->given ? "" : "{"); /* braces keep an organisation's name whole */
        append_escaped(out, author->family);
        if (author->given) {
            g_string_append(out, ", ");
            append_escaped(out, author->given);
        }
        g_string_append(out, author->given ? "" : "}");
    }
    g_string_append(out, "},\n");
}

/* Between braces a URL is read as it stands, but for a percent sign's braces: what would end the field is percent-encoded. */
static void url_field(GString *out, const struct citation *citation)
{
    g_autofree char *link = citation_link(citation);
    if (!link)
        return;
    g_string_append_printf(out, "  %-11s = {", "url");
    for (const char *at = link; *at; at++)
        if (strchr("{}\\ ", *at))
            g_string_append_printf(out, "%%%02X", (unsigned)(unsigned char)*at);
        else
            g_string_append_c(out, *at);
    g_string_append(out, "},\n");
}

void cite_biblatex(const struct citation *citation, GString *out)
{
    static const struct {
        const char *type, *publisher;
    } types[] = {
        [PUBLICATION_REPORT] = {"report", "institution"},
        [PUBLICATION_WEBPAGE] = {"online", "organization"},
        [PUBLICATION_NEWS] = {"article", "journaltitle"},
        [PUBLICATION_DOCUMENT] = {"misc", "organization"},
    };
    static const struct {
        const char *code, *name;
    } languages[] = {{"en", "english"}, {"es", "spanish"}, {"fr", "french"}, {"pt", "portuguese"}, {"de", "german"}};
    const struct metadata *metadata = &citation->document->metadata;
    enum publication publication = citation_publication(citation);
    g_autofree char *key = citation_key(citation);
    g_autofree char *file_page = citation->page == NONE ? NULL : g_strdup_printf("%u", citation->page);
    g_string_append_printf(out, "@%s{%s,\n", types[publication].type, key);
    authors_field(out, citation);
    field(out, "title", citation_title(citation));
    if (publication == PUBLICATION_REPORT)
        field(out, "type", "Report");
    field(out, types[publication].publisher, metadata->publisher);
    field(out, "date", metadata->date);
    field(out, "pages", citation->label && *citation->label ? citation->label : file_page);
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++)
        if (g_strcmp0(metadata->language, languages[i].code) == 0)
            field(out, "langid", languages[i].name);
    url_field(out, citation);
    field(out, "annotation", citation->quote);
    g_string_append_c(out, '}');
}
