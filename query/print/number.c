/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/print/number.h"

#include <math.h>

void number_append(GString *out, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE + 32];
    if (value == floor(value) && fabs(value) < 1e18) {
        g_string_append_printf(out, "%" G_GINT64_FORMAT, (gint64)value);
        return;
    }
    g_string_append(out, g_ascii_formatd(buffer, sizeof buffer, "%.12g", value));
}

static const char *const signs[] = {
    [QUALIFIER_EXACT] = "",       [QUALIFIER_ABOUT] = "~ ",     [QUALIFIER_AT_LEAST] = "≥ ", [QUALIFIER_AT_MOST] = "≤ ",
    [QUALIFIER_MORE_THAN] = "> ", [QUALIFIER_LESS_THAN] = "< ", [QUALIFIER_BETWEEN] = "",
};

static void interval_append(GString *out, double low, double high)
{
    number_append(out, low);
    if (low != high) {
        g_string_append(out, "–");
        number_append(out, high);
    }
}

void quantity_append(GString *out, const struct quantity *quantity)
{
    g_string_append(out, signs[quantity->qualifier]);
    interval_append(out, quantity->low, quantity->high);
    if (quantity->ambiguous) {
        g_string_append(out, " | ");
        interval_append(out, quantity->other_low, quantity->other_high);
    }
}

const char *unit_shown(const struct quantity *quantity)
{
    if (!quantity->unit || quantity->unit[0] == '{' || quantity->unit[0] == '\0')
        return NULL;
    return g_str_equal(quantity->unit, "percent") ? "%" : quantity->unit;
}
