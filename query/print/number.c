/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/print/number.h"

#include <math.h>

void number_append(GString *out, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE + 32];
    if (value == floor(value) && fabs(value) < 0x1p63) {
        g_string_append_printf(out, "%" G_GINT64_FORMAT, (gint64)value);
        return;
    }
    g_string_append(out, g_ascii_formatd(buffer, sizeof buffer, "%.15g", value)); /* all that a double holds: "12345678901.23" has thirteen digits */
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

/* "1234567.5" → "1,234,567.5". */
static void grouped_append(GString *out, double value)
{
    g_autoptr(GString) plain = g_string_new(NULL);
    number_append(plain, value);
    const char *digits = plain->str + (plain->str[0] == '-');
    g_string_append_len(out, plain->str, digits - plain->str);
    size_t whole = strspn(digits, "0123456789");
    for (size_t i = 0; i < whole; i++)
        g_string_append_printf(out, "%s%c", i && (whole - i) % 3 == 0 ? "," : "", digits[i]);
    g_string_append(out, digits + whole);
}

/* "+15", "−0.9"; rounded: to one digit behind the point. */
static void signed_append(GString *out, double by, bool rounded)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(text, sizeof text, rounded ? "%.1f" : "%.12g", fabs(by));
    g_string_append(out, by < 0 ? "−" : "+");
    grouped_append(out, g_ascii_strtod(text, NULL));
}

void change_words_append(GString *out, double by, double before, bool share)
{
    signed_append(out, by, false);
    if (share) {
        g_string_append(out, " points");
    } else if (before != 0) {
        g_string_append(out, " (");
        signed_append(out, 100 * by / fabs(before), true);
        g_string_append(out, " %)");
    }
}

/* 0.333333333333 is "1/3", and "174 out of 295" is 174/295: the double does not say it, the smallest fraction that is equal within its accuracy does. */
static bool ratio_append(GString *out, double value)
{
    enum { LARGEST = 10000 };
    for (int below = 2; value > 0 && value < 1 && below <= LARGEST; below++) {
        double above = round(value * below);
        if (above >= 1 && fabs(value - above / below) < 1e-13) {
            g_string_append_printf(out, "%.0f/%d", above, below);
            return true;
        }
    }
    return false;
}

/* A fraction of more digits than a ratio of two short numbers has is printed to three: "11 million out of 21.2 million" is 0.519. */
static void number_words_append(GString *out, double value, enum figure_kind kind)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    if (kind != KIND_FRACTION)
        grouped_append(out, value);
    else if (!ratio_append(out, value))
        grouped_append(out, g_ascii_strtod(g_ascii_formatd(text, sizeof text, "%.3g", value), NULL));
}

static void value_words_append(GString *out, double low, double high, enum figure_kind kind)
{
    number_words_append(out, low, kind);
    if (low == high)
        return;
    g_string_append(out, "–");
    number_words_append(out, high, kind);
}

static const char *const words[] = {
    [QUALIFIER_EXACT] = "",          [QUALIFIER_ABOUT] = "about ",         [QUALIFIER_AT_LEAST] = "at least ", [QUALIFIER_AT_MOST] = "up to ",
    [QUALIFIER_MORE_THAN] = "more than ", [QUALIFIER_LESS_THAN] = "less than ", [QUALIFIER_BETWEEN] = "",
};

void quantity_words_append(GString *out, const struct quantity *quantity)
{
    g_string_append(out, words[quantity->qualifier]);
    value_words_append(out, quantity->low, quantity->high, quantity->kind);
    if (quantity->ambiguous) {
        g_string_append(out, " or ");
        value_words_append(out, quantity->other_low, quantity->other_high, quantity->kind);
    }
}

/* Units as people say them where the text prints none. */
static const struct {
    const char *code, *one, *many;
} spoken[] = {
    {"s", "second", "seconds"}, {"min", "minute", "minutes"}, {"h", "hour", "hours"},   {"d", "day", "days"},
    {"wk", "week", "weeks"},    {"mo", "month", "months"},    {"a", "year", "years"},   {"[pp]", "percentage point", "percentage points"},
    {"permille", "‰", "‰"},
};

/* A part of a unit, without the brackets of codes that UCUM does not know. */
static void part_append(GString *out, const char *code, size_t len, bool many)
{
    for (size_t i = 0; i < G_N_ELEMENTS(spoken); i++)
        if (strlen(spoken[i].code) == len && strncmp(spoken[i].code, code, len) == 0) {
            g_string_append(out, many ? spoken[i].many : spoken[i].one);
            return;
        }
    if (len > 2 && code[0] == '[' && code[len - 1] == ']')
        g_string_append_len(out, code + 1, (gssize)len - 2);
    else if (len > 0 && strspn(code, "0123456789") >= len)
        grouped_append(out, g_ascii_strtod(code, NULL));
    else if (len == strlen("percent") && strncmp(code, "percent", len) == 0)
        g_string_append_c(out, '%');
    else
        g_string_append_len(out, code, (gssize)len);
}

void unit_words_append(GString *out, const struct quantity *quantity, const char *printed)
{
    const char *unit = quantity->unit;
    if (quantity->kind == KIND_MULTIPLE)
        unit = printed && *printed ? printed : "times";
    if (!unit || !*unit || unit[0] == '{')
        return;
    size_t len = strcspn(unit, "/");
    bool per = unit[len] == '/', currency = quantity->kind == KIND_MONEY && unit[0] != '[', said = printed && *printed;
    bool many = quantity->low != quantity->high || quantity->low != 1;
    g_string_append_c(out, ' ');
    if (g_str_equal(unit, "percent") || quantity->kind == KIND_MULTIPLE || (currency && !per)) {
        part_append(out, unit, quantity->kind == KIND_MULTIPLE ? strlen(unit) : len, many);
        return;
    }
    if (currency)
        g_string_append_printf(out, "%.*s ", (int)len, unit);
    if (said) {
        g_string_append(out, printed);
        return;
    }
    bool bare = len == 1 && unit[0] == '1';
    if (!bare && !currency)
        part_append(out, unit, len, many);
    while (unit[len] == '/') {
        unit += len + 1;
        len = strcspn(unit, "/");
        g_string_append(out, g_str_has_suffix(out->str, " ") ? "per " : " per ");
        part_append(out, unit, len, false);
    }
}
