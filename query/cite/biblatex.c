/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/style.h"

/* Do the braces of a text pair off? Only then may they stand in an entry, whose own end is told by counting them. */
static bool braces_pair(const char *text)
{
    int open = 0;
    for (const char *at = text; *at && open >= 0; at++)
        open += *at == '{' ? 1 : *at == '}' ? -1 : 0;
    return open == 0;
}

/* TeX reads these as commands; all else is UTF-8, as biber wants it. */
static void append_escaped(GString *out, const char *text)
{
    bool pair = braces_pair(text);
    for (const char *at = text; *at; at++) {
        switch (*at) {
        case '\\': g_string_append(out, "\\textbackslash{}"); break;
        case '~': g_string_append(out, "\\textasciitilde{}"); break;
        case '^': g_string_append(out, "\\textasciicircum{}"); break;
        case '{': g_string_append(out, pair ? "\\{" : "\\textbraceleft{}"); break;
        case '}': g_string_append(out, pair ? "\\}" : "\\textbraceright{}"); break;
        case '`': g_string_append(out, "\\`{}"); break;
        case '-': case '<': case '>': g_string_append(out, at[1] == *at ? (char[]){*at, '{', '}', '\0'} : (char[]){*at, '\0'}); break; /* "--" is a dash, "<<" a quotation mark */
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

/* In braces of its own: a style that prints titles in small letters must not turn "El Salvador" to "el salvador". */
static void title_field(GString *out, const char *title)
{
    g_string_append_printf(out, "  %-11s = {{", "title");
    append_escaped(out, title);
    g_string_append(out, "}},\n");
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

/* Between braces a URL is read as it stands; what would end the field is escaped in it already. */
static void url_field(GString *out, const struct citation *citation)
{
    g_autofree char *link = citation_link(citation);
    if (link)
        g_string_append_printf(out, "  %-11s = {%s},\n", "url", link);
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
    g_string_append_printf(out, "@%s{%s,\n", types[publication].type, key);
    authors_field(out, citation);
    title_field(out, citation_title(citation));
    if (publication == PUBLICATION_REPORT)
        field(out, "type", "Report");
    field(out, "number", metadata->symbol);
    field(out, types[publication].publisher, metadata->publisher);
    field(out, "date", citation_date(metadata));
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++)
        if (g_strcmp0(metadata->language, languages[i].code) == 0)
            field(out, "langid", languages[i].name);
    url_field(out, citation);
    g_autofree char *annotation = citation_place_and_quote(citation);
    field(out, "annotation", annotation);
    g_string_append_c(out, '}');
}

void cite_biblatex_again(const struct citation *citation, GString *out)
{
    g_autofree char *key = citation_key(citation), *annotation = citation_place_and_quote(citation);
    g_autoptr(GString) line = g_string_new(annotation);
    for (char *at = line->str; *at; at++)
        *at = strchr("@{}\n", *at) ? ' ' : *at; /* what begins an entry, or ends the comment */
    g_string_append_printf(out, "%% %s%s%s", key, annotation ? ": " : "", line->str);
}
