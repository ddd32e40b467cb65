/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/style.h"

const struct cite_style cite_styles[] = {
    {"note", "a footnote: author, title, publisher, date, page, link", "", "\n", "\n", cite_note, NULL},
    {"apa", "APA reference with the page", "", "\n", "\n", cite_apa, NULL},
    {"markdown", "the quote as a block, with a linked source line", "", "\n\n", "\n", cite_markdown, NULL},
    {"pandoc", "a pandoc citation key with the page", "", "\n", "\n", cite_pandoc, NULL},
    {"html", "the quote as a block, with a linked source line", "", "\n", "\n", cite_html, NULL},
    {"biblatex", "a BibLaTeX entry", "", "\n\n", "\n", cite_biblatex, cite_biblatex_again},
    {"ris", "an RIS record, for reference managers", "", "\n", "", cite_ris, NULL},
    {"csl-json", "CSL-JSON, for pandoc and Zotero", "[\n", ",\n", "\n]\n", cite_csl_json, NULL},
};
const size_t n_cite_styles = G_N_ELEMENTS(cite_styles);

const struct cite_style *cite_style_named(const char *name)
{
    for (size_t i = 0; i < n_cite_styles; i++)
        if (g_str_equal(cite_styles[i].name, name))
            return &cite_styles[i];
    return NULL;
}

char *citation_note(const struct citation *citation)
{
    GString *out = g_string_new(NULL);
    cite_note(citation, out);
    return g_string_free(out, FALSE);
}
