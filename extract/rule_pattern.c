/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/rule_pattern.h"

#include <stdbool.h>
#include <string.h>

enum { DEPTH = 8 };

/* Parts that every language has: the forms of a number (number.h) and white space. */
static const struct {
    const char *name, *pattern;
} own_parts[] = {
    {"number", "[\\x{E000}-\\x{E002}\\x{E004}]"},
    {"digits", "[\\x{E000}\\x{E004}]"},
    {"word_number", "[\\x{E001}\\x{E002}]"},
    {"one", "\\x{E002}"},
    {"ordinal", "[\\x{E003}\\x{E007}]"},
    {"ordinal_digits", "\\x{E007}"},
    {"year", "\\x{E004}"},
    {"fraction", "\\x{E005}"},
    {"vague", "\\x{E006}"},
    {"s", "[ \\r\\n\\f\\x{A0}\\x{202F}\\x{2009}]"},
};

static const char *part_pattern(GHashTable *parts, const char *name)
{
    const char *pattern = g_hash_table_lookup(parts, name);
    for (size_t i = 0; !pattern && i < G_N_ELEMENTS(own_parts); i++)
        if (strcmp(own_parts[i].name, name) == 0)
            pattern = own_parts[i].pattern;
    return pattern;
}

static bool expand(GString *out, const char *p, GHashTable *parts, int depth, char **problem);

/* p stands behind "(?&"; returns the byte behind the closing bracket, or NULL. */
static const char *expand_part(GString *out, const char *p, GHashTable *parts, int depth, char **problem)
{
    const char *end = strchr(p, ')');
    g_autofree char *name = end ? g_strndup(p, (gsize)(end - p)) : g_strdup(p);
    const char *pattern = end ? part_pattern(parts, name) : NULL;
    if (!pattern || depth == DEPTH) {
        *problem = g_strdup_printf(pattern ? "part '%s' is inside itself" : "no part is called '%s'", name);
        return NULL;
    }
    g_string_append(out, "(?:");
    if (!expand(out, pattern, parts, depth + 1, problem))
        return NULL;
    g_string_append_c(out, ')');
    return end + 1;
}

static bool expand(GString *out, const char *p, GHashTable *parts, int depth, char **problem)
{
    bool in_class = false;
    while (*p) {
        if (*p == '\\' && p[1]) {
            g_string_append_len(out, p, 2);
            p += 2;
        } else if (!in_class && g_str_has_prefix(p, "(?&")) {
            p = expand_part(out, p + 3, parts, depth, problem);
            if (!p)
                return false;
        } else if (!in_class && *p == ' ') {
            g_string_append(out, "[ \\r\\n\\f\\x{A0}\\x{202F}\\x{2009}]");
            p++;
        } else {
            if (*p == '[')
                in_class = true;
            else if (*p == ']')
                in_class = false;
            g_string_append_c(out, *p++);
        }
    }
    return true;
}

char *rule_pattern_expand(const char *pattern, GHashTable *parts, char **problem)
{
    GString *out = g_string_new("(?:");
    if (!expand(out, pattern, parts, 0, problem)) {
        g_string_free(out, TRUE);
        return NULL;
    }
    g_string_append(out, ")(?<!\\p{L}(?=\\p{L}))");
    return g_string_free(out, FALSE);
}

int rule_name_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}
