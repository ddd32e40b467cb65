/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/citation.h"

enum publication citation_publication(const struct citation *citation)
{
    static const struct {
        const char *reader;
        enum publication publication;
    } rows[] = {{"pdf", PUBLICATION_REPORT}, {"docx", PUBLICATION_REPORT}, {"odt", PUBLICATION_REPORT}, {"html", PUBLICATION_WEBPAGE}, {"news", PUBLICATION_NEWS}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (g_strcmp0(citation->document->reader, rows[i].reader) == 0)
            return rows[i].publication;
    return PUBLICATION_DOCUMENT;
}

const char *citation_title(const struct citation *citation)
{
    const struct document_row *document = citation->document;
    if (document->metadata.title && *document->metadata.title)
        return document->metadata.title;
    const char *slash = strrchr(document->path, '/');
    return slash ? slash + 1 : document->path;
}

static void author_clear(void *data)
{
    struct author *author = data;
    g_free(author->family);
    g_free(author->given);
}

GArray *citation_authors(const struct citation *citation)
{
    GArray *authors = g_array_new(FALSE, TRUE, sizeof(struct author));
    g_array_set_clear_func(authors, author_clear);
    const char *names = citation->document->metadata.authors;
    if (!names)
        return authors;
    g_auto(GStrv) list = g_strsplit(names, ";", 0);
    for (char **name = list; *name; name++) {
        g_strstrip(*name);
        if (**name == '\0')
            continue;
        g_auto(GStrv) parts = g_strsplit(*name, ",", 2);
        struct author author = {g_strdup(g_strstrip(parts[0])), parts[1] ? g_strdup(g_strstrip(parts[1])) : NULL};
        g_array_append_val(authors, author);
    }
    return authors;
}

int edtf_day(const char *edtf, int *month, int *day)
{
    *month = *day = 0;
    for (int i = 0; i < 4; i++)
        if (!edtf || !g_ascii_isdigit(edtf[i]))
            return 0;
    if (edtf[4] == '-' && g_ascii_isdigit(edtf[5]) && g_ascii_isdigit(edtf[6])) {
        int m = (edtf[5] - '0') * 10 + edtf[6] - '0';
        *month = m >= 1 && m <= 12 ? m : 0;
        if (*month && edtf[7] == '-' && g_ascii_isdigit(edtf[8]) && g_ascii_isdigit(edtf[9]))
            *day = (edtf[8] - '0') * 10 + edtf[9] - '0';
    }
    return (edtf[0] - '0') * 1000 + (edtf[1] - '0') * 100 + (edtf[2] - '0') * 10 + edtf[3] - '0';
}

const char *citation_date(const struct metadata *metadata)
{
    return metadata->date && !g_str_has_suffix(metadata->date, "?") ? metadata->date : NULL;
}

/* "2025-07/2025-09": July–September 2025. False: not two ends of one year. */
static bool append_span(GString *out, const char *edtf)
{
    const char *slash = strchr(edtf, '/');
    if (!slash || strpbrk(edtf, "~?%") || strncmp(edtf, slash + 1, 5) != 0)
        return false;
    g_autofree char *first = g_strndup(edtf, (gsize)(slash - edtf));
    int month, day;
    if (!edtf_day(first, &month, &day) || !month)
        return false;
    citation_date_append(out, first);
    g_string_truncate(out, out->len - strlen(" 2025"));
    g_string_append(out, "–");
    citation_date_append(out, slash + 1);
    return true;
}

void citation_date_append(GString *out, const char *edtf)
{
    static const char *const months[] = {"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
    int month, day, year = edtf_day(edtf, &month, &day);
    if (append_span(out, edtf))
        return;
    if (!year || strpbrk(edtf, "/~?%")) {
        g_string_append(out, edtf);
        return;
    }
    if (day)
        g_string_append_printf(out, "%d ", day);
    if (month)
        g_string_append_printf(out, "%s ", months[month]);
    g_string_append_printf(out, "%d", year);
}

bool citation_page_append(GString *out, const struct citation *citation)
{
    g_autofree char *paragraph = citation->paragraph ? g_strdup_printf("para. %u", citation->paragraph) : NULL;
    if (citation->page == NONE) {
        g_string_append(out, paragraph ? paragraph : "");
        return paragraph != NULL;
    }
    g_autofree char *file_page = g_strdup_printf("%u", citation->page);
    if (!citation->label || !*citation->label)
        g_string_append_printf(out, "PDF p. %s", file_page);
    else if (g_str_equal(citation->label, file_page))
        g_string_append_printf(out, "p. %s", file_page);
    else
        g_string_append_printf(out, "p. %s (PDF p. %s)", citation->label, file_page);
    if (paragraph)
        g_string_append_printf(out, ", %s", paragraph);
    return true;
}

char *citation_place_and_quote(const struct citation *citation)
{
    if (!citation->quote || !*citation->quote)
        return NULL;
    GString *out = g_string_new(NULL);
    if (citation_page_append(out, citation))
        g_string_append(out, ": ");
    g_string_append_printf(out, "“%s”", citation->quote);
    return g_string_free(out, FALSE);
}

/* Appends the letters and digits of a word's ASCII form in lower case. */
static void append_key_word(GString *key, const char *word, size_t len)
{
    g_autofree char *part = g_strndup(word, len), *ascii = g_str_to_ascii(part, "C");
    for (const char *c = ascii; *c; c++)
        if (g_ascii_isalnum(*c))
            g_string_append_c(key, g_ascii_tolower(*c));
}

/* The first word of a title that says something. */
static const char *telling_word(const char *title, size_t *len)
{
    static const char *const empty[] = {"a", "an", "the", "on", "of", "in", "report", "el", "la", "los", "las", "le", "les", "un", "une", "una", "l", "and", "for", "to"};
    for (const char *at = title; *at; at += *len) {
        while (*at && g_ascii_ispunct(*at))
            at++;
        at += strspn(at, " \t");
        *len = strcspn(at, " \t'’:,.;()/-");
        if (*len == 0) {
            *len = *at ? 1 : 0;
            continue;
        }
        g_autofree char *word = g_ascii_strdown(at, (gssize)*len);
        bool telling = true;
        for (size_t i = 0; i < G_N_ELEMENTS(empty); i++)
            telling = telling && !g_str_equal(word, empty[i]);
        if (telling)
            return at;
    }
    *len = 0;
    return "";
}

char *citation_key(const struct citation *citation)
{
    g_autoptr(GString) key = g_string_new(NULL);
    g_autoptr(GArray) authors = citation_authors(citation);
    const struct metadata *metadata = &citation->document->metadata;
    const char *who = authors->len ? g_array_index(authors, struct author, 0).family : metadata->publisher;
    size_t len = 0;
    if (who) {
        const char *word = telling_word(who, &len);
        append_key_word(key, word, len);
    }
    int month, day, year = edtf_day(citation_date(metadata), &month, &day);
    if (year)
        g_string_append_printf(key, "%04d", year);
    const char *word = telling_word(citation_title(citation), &len);
    append_key_word(key, word, MIN(len, 24));
    if (key->len == 0)
        g_string_append(key, "document");
    g_string_append_printf(key, "-%s", citation->document->id);
    return g_string_free(g_steal_pointer(&key), FALSE);
}
