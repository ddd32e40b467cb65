/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/style.h"

static void line(GString *out, const char *tag, const char *text)
{
    if (!text || !*text)
        return;
    g_string_append_printf(out, "%s  - ", tag);
    for (const char *at = text; *at; at++)
        g_string_append_c(out, g_ascii_isspace(*at) ? ' ' : *at);
    g_string_append_c(out, '\n');
}

static void date_lines(GString *out, const char *edtf)
{
    int month, day, year = edtf_day(edtf, &month, &day);
    if (!year)
        return;
    if (strchr(edtf, '/'))
        month = day = 0; /* RIS has no span: its year is sure */
    g_string_append_printf(out, "PY  - %d\nDA  - %d/", year, year);
    if (month)
        g_string_append_printf(out, "%02d", month);
    g_string_append_c(out, '/');
    if (day)
        g_string_append_printf(out, "%02d", day);
    g_string_append(out, "/\n");
}

void cite_ris(const struct citation *citation, GString *out)
{
    static const char *const types[] = {
        [PUBLICATION_REPORT] = "RPRT", [PUBLICATION_WEBPAGE] = "ELEC", [PUBLICATION_NEWS] = "NEWS", [PUBLICATION_DOCUMENT] = "GEN"};
    const struct metadata *metadata = &citation->document->metadata;
    g_autofree char *link = citation_link(citation);
    g_autofree char *key = citation_key(citation);
    g_autoptr(GArray) authors = citation_authors(citation);
    g_autofree char *note = citation_place_and_quote(citation);
    line(out, "TY", types[citation_publication(citation)]);
    line(out, "ID", key);
    for (guint i = 0; i < authors->len; i++) {
        const struct author *author = &g_array_index(authors, struct author, i);
        g_autofree char *name = author->given ? g_strdup_printf("%s, %s", author->family, author->given) : g_strdup(author->family);
        line(out, "AU", name);
    }
    line(out, "TI", citation_title(citation));
    line(out, "PB", metadata->publisher);
    line(out, "SN", metadata->symbol); /* what reference managers read as a report's number */
    date_lines(out, citation_date(metadata));
    line(out, "LA", metadata->language);
    line(out, "UR", link);
    line(out, "N1", note);
    g_string_append(out, "ER  - \n");
}
