/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/words/rows.h"

#include "query-embedded.h"

const char *const row_languages[ROW_LANGUAGES] = {"en", "es", "fr"};

size_t row_language(const struct lexis *lexis)
{
    size_t language = 0;
    while (language + 1 < ROW_LANGUAGES && lexis_of(row_languages[language]) != lexis)
        language++;
    return language;
}

GPtrArray *word_rows(const char *name)
{
    g_autofree char *path = g_strdup_printf("/query/words/%s.tsv", name);
    g_auto(GStrv) lines = g_strsplit(embedded_bytes(query_embedded, path).ptr, "\n", -1);
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    for (char **line = lines; *line; line++)
        if (**line && **line != '#')
            g_ptr_array_add(rows, g_strsplit(*line, "\t", -1));
    return rows;
}
