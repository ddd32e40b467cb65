/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/fragment.h"

static bool is_web_address(const char *url)
{
    return url && (g_str_has_prefix(url, "https://") || g_str_has_prefix(url, "http://"));
}

/* In a text directive "-", "," and "&" have a meaning of their own, so they are escaped with all the rest; "+" is a space to some viewers. */
static void append_escaped(GString *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (g_ascii_isalnum(c) || c == '.' || c == '_')
            g_string_append_c(out, (char)c);
        else
            g_string_append_printf(out, "%%%02X", c == '\t' ? ' ' : c); /* cells of a table's row stand side by side */
    }
}

/* https://wicg.github.io/scroll-to-text-fragment: text=[prefix-,]start[,end][,-suffix] */
static void append_directive(GString *out, const struct fragment *fragment)
{
    const struct {
        const char *before, *after;
        struct slice words;
    } terms[] = {{"", "-,", fragment->prefix}, {"", "", fragment->start}, {",", "", fragment->end}, {",-", "", fragment->suffix}};
    if (fragment->start.len == 0)
        return;
    g_string_append(out, strchr(out->str, '#') ? ":~:text=" : "#:~:text=");
    for (size_t i = 0; i < G_N_ELEMENTS(terms); i++) {
        if (terms[i].words.len == 0)
            continue;
        g_string_append(out, terms[i].before);
        append_escaped(out, terms[i].words);
        g_string_append(out, terms[i].after);
    }
}

/* The address with what no address may hold escaped: files and people write them as they please. */
static GString *address_of(const char *url)
{
    GString *out = g_string_new(NULL);
    for (const char *at = url; *at; at++)
        if ((unsigned char)*at <= ' ' || strchr("<>\"{}|\\^`", *at))
            g_string_append_printf(out, "%%%02X", (unsigned)(unsigned char)*at);
        else
            g_string_append_c(out, *at);
    return out;
}

/* "#page=14&search=…&phrase=true" is read by Firefox (pdf.js), "#page=14:~:text=…" by Chromium; each passes over what is the other's. */
static void append_page(GString *out, uint32_t page, struct slice phrase)
{
    g_string_truncate(out, strcspn(out->str, "#"));
    g_string_append_printf(out, "#page=%u", page);
    if (phrase.len == 0)
        return;
    g_string_append(out, "&search=");
    append_escaped(out, phrase);
    g_string_append(out, "&phrase=true");
}

char *citation_link(const struct citation *citation)
{
    const char *url = citation->document->metadata.url;
    if (!is_web_address(url))
        return NULL;
    GString *out = address_of(url);
    enum publication publication = citation_publication(citation);
    bool printed = publication == PUBLICATION_REPORT && citation->page != NONE;
    if (!printed && publication != PUBLICATION_WEBPAGE && publication != PUBLICATION_NEWS)
        return g_string_free(out, FALSE);
    struct fragment fragment = fragment_of(citation);
    if (printed)
        append_page(out, citation->page, fragment.phrase);
    append_directive(out, &fragment);
    return g_string_free(out, FALSE);
}
