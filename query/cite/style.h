/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_CITE_STYLE_H
#define CITABLE_QUERY_CITE_STYLE_H

#include "query/cite/citation.h"

/* One file per style; see the table in style.c. */
void cite_note(const struct citation *citation, GString *out);
void cite_apa(const struct citation *citation, GString *out);
void cite_markdown(const struct citation *citation, GString *out);
void cite_pandoc(const struct citation *citation, GString *out);
void cite_biblatex(const struct citation *citation, GString *out);
void cite_biblatex_again(const struct citation *citation, GString *out);
void cite_html(const struct citation *citation, GString *out);
void cite_ris(const struct citation *citation, GString *out);
void cite_csl_json(const struct citation *citation, GString *out);

#endif
