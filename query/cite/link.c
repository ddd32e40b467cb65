/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/citation.h"

/* Words at either end of a long quote that a text fragment names; in between, browsers accept anything. */
enum { FRAGMENT_WORDS = 6, FRAGMENT_BYTES = 120 };

static bool is_web_address(const char *url)
{
    return url && (g_str_has_prefix(url, "https://") || g_str_has_prefix(url, "http://"));
}

/* In a text directive "-", "," and "&" have a meaning of their own, so they are escaped with all the rest. */
static void append_escaped(GString *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (g_ascii_isalnum(c) || c == '.' || c == '_' || c == '~')
            g_string_append_c(out, (char)c);
        else
            g_string_append_printf(out, "%%%02X", c);
    }
}

/* The end of the first n words of the text, and the start of its last n. */
static size_t first_words(const char *text, unsigned n)
{
    size_t at = 0;
    for (unsigned i = 0; i < n && text[at]; i++) {
        at += strspn(text + at, " ");
        at += strcspn(text + at, " ");
    }
    return at;
}

static size_t last_words(const char *text, unsigned n)
{
    size_t at = strlen(text);
    for (unsigned i = 0; i < n && at > 0; i++) {
        while (at > 0 && text[at - 1] == ' ')
            at--;
        while (at > 0 && text[at - 1] != ' ')
            at--;
    }
    return at;
}

static void append_text_fragment(GString *out, const char *quote)
{
    size_t len = strlen(quote), head = first_words(quote, FRAGMENT_WORDS), tail = last_words(quote, FRAGMENT_WORDS);
    g_string_append(out, strchr(out->str, '#') ? ":~:text=" : "#:~:text=");
    if (len <= FRAGMENT_BYTES || head >= tail) {
        append_escaped(out, quote, len);
        return;
    }
    append_escaped(out, quote, head);
    g_string_append_c(out, ',');
    append_escaped(out, quote + tail, len - tail);
}

char *citation_link(const struct citation *citation)
{
    const char *url = citation->document->metadata.url;
    if (!is_web_address(url))
        return NULL;
    GString *out = g_string_new(url);
    enum publication publication = citation_publication(citation);
    if (publication == PUBLICATION_REPORT && citation->page != NONE) {
        g_string_truncate(out, strcspn(out->str, "#"));
        g_string_append_printf(out, "#page=%u", citation->page);
    } else if ((publication == PUBLICATION_WEBPAGE || publication == PUBLICATION_NEWS) && citation->quote && *citation->quote) {
        append_text_fragment(out, citation->quote);
    }
    return g_string_free(out, FALSE);
}
