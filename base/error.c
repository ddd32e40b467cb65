/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

G_DEFINE_QUARK(citable-error-quark, citable_error)

static const char *const names[] = {
    [CITABLE_ERROR_MISSING] = "missing",     [CITABLE_ERROR_READ] = "read",         [CITABLE_ERROR_EMPTY] = "empty",
    [CITABLE_ERROR_FORMAT] = "format",       [CITABLE_ERROR_ENCRYPTED] = "encrypted", [CITABLE_ERROR_ENCODING] = "encoding",
    [CITABLE_ERROR_LIMIT] = "limit",         [CITABLE_ERROR_WORKER] = "worker",     [CITABLE_ERROR_STORE] = "store",
    [CITABLE_ERROR_SCHEMA] = "schema",       [CITABLE_ERROR_QUERY] = "query",       [CITABLE_ERROR_RULE] = "rule",
    [CITABLE_ERROR_USAGE] = "usage",
};

const char *citable_error_name(enum citable_error code)
{
    g_assert((size_t)code < G_N_ELEMENTS(names));
    return names[code];
}

void citable_error_at(GError **error, enum citable_error code, const char *path, unsigned page, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);

    if (path && page)
        g_set_error(error, CITABLE_ERROR, (int)code, "%s:%u: %s", path, page, what);
    else if (path)
        g_set_error(error, CITABLE_ERROR, (int)code, "%s: %s", path, what);
    else
        g_set_error_literal(error, CITABLE_ERROR, (int)code, what);
}

void citable_error_memory(GError **error, const char *path)
{
    citable_error_at(error, CITABLE_ERROR_WORKER, path, 0, "needs more memory than its reader may take");
}

char *citable_error_excerpt(const char *typed)
{
    enum { CHARACTERS = 60 };
    if (g_utf8_strlen(typed, -1) <= CHARACTERS)
        return g_strdup(typed);
    return g_strdup_printf("%.*s…", (int)(g_utf8_offset_to_pointer(typed, CHARACTERS) - typed), typed);
}
