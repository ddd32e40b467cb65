/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/words/rows.h"

#include "query-resources.h"

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
    if (!query_get_resource())
        query_register_resource();
    g_autofree char *path = g_strdup_printf("/query/words/%s.tsv", name);
    g_autoptr(GBytes) bytes = g_resource_lookup_data(query_get_resource(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert(bytes);
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *text = g_strndup(data, size);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    for (char **line = lines; *line; line++)
        if (**line && **line != '#')
            g_ptr_array_add(rows, g_strsplit(*line, "\t", -1));
    return rows;
}
