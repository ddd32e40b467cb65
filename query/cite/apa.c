/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/style.h"

/* "Given Other" as "G. O." */
static void append_initials(GString *out, const char *given)
{
    bool start = true;
    for (const char *at = given; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (start && g_unichar_isalpha(c)) {
            g_string_append_c(out, ' ');
            g_string_append_unichar(out, g_unichar_toupper(c));
            g_string_append_c(out, '.');
        }
        start = c == ' ' || c == '-' || c == '.';
    }
}

static void append_names(GString *out, const GArray *authors)
{
    for (guint i = 0; i < authors->len; i++) {
        const struct author *author = &g_array_index(authors, struct author, i);
        if (i)
            g_string_append(out, i + 1 == authors->len ? ", & " : ", ");
        g_string_append(out, author->family);
        if (author->given) {
            g_string_append_c(out, ',');
            append_initials(out, author->given);
        }
    }
}

static void append_date(GString *out, const char *edtf)
{
    static const char *const months[] = {"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
    int month = 0, day = 0, year = edtf ? edtf_day(edtf, &month, &day) : 0;
    if (!year)
        g_string_append(out, edtf ? edtf : "n.d.");
    else
        g_string_append_printf(out, "%d", year);
    if (month)
        g_string_append_printf(out, ", %s", months[month]);
    if (day)
        g_string_append_printf(out, " %d", day);
    int until, last;
    const char *slash = edtf ? strchr(edtf, '/') : NULL;
    if (slash && year == edtf_day(slash + 1, &until, &last) && until)
        g_string_append_printf(out, "–%s", months[until]);
}

void cite_apa(const struct citation *citation, GString *out)
{
    const struct metadata *metadata = &citation->document->metadata;
    g_autoptr(GArray) authors = citation_authors(citation);
    bool publisher = metadata->publisher && g_strcmp0(metadata->publisher, metadata->authors) != 0;
    if (authors->len)
        append_names(out, authors);
    else
        g_string_append(out, publisher ? metadata->publisher : citation_title(citation));
    g_string_append(out, out->str[out->len - 1] == '.' ? " (" : ". (");
    append_date(out, citation_date(metadata));
    g_string_append(out, ").");
    if (authors->len || publisher)
        g_string_append_printf(out, " %s", citation_title(citation));
    if (metadata->symbol)
        g_string_append_printf(out, " (%s)", metadata->symbol);
    g_autoptr(GString) page = g_string_new(NULL);
    if (citation_page_append(page, citation))
        g_string_append_printf(out, " [%s]", page->str);
    if (authors->len && publisher)
        g_string_append_printf(out, ". %s", metadata->publisher);
    if (out->str[out->len - 1] != '.')
        g_string_append_c(out, '.');
    g_autofree char *link = citation_link(citation);
    if (link)
        g_string_append_printf(out, " %s", link);
}
