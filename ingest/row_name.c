/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/row_name.h"

#include <glib.h>

bool row_name_total(struct slice name)
{
    static const char *const words[] = {"total", "sub-total", "subtotal", "grand total", "sum", "suma", "somme", "ensemble", "all "};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (name.len >= strlen(words[i]) && g_ascii_strncasecmp(name.ptr, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}
