/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/superscript.h"

static const char *const symbols[] = {"*", "†", "‡", "§", "¶", "#", "‖"};
static const char *const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
/* Units that are squared and cubed, and what statistics square. */
static const char *const units[] = {"km", "cm", "mm", "dm", "hm", "ft", "mi", "yd", "in", "nm", "chi", "Chi", "χ"};

static bool is_digits(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!g_ascii_isdigit(text.ptr[i]))
            return false;
    return text.len > 0;
}

/* "12", "1,2", "3–5", "1, 4". */
static bool is_number_label(struct slice text)
{
    size_t run = 0;
    bool any = false;
    for (size_t i = 0; i < text.len; i++) {
        if (g_ascii_isdigit(text.ptr[i])) {
            any = true;
            if (++run > 3)
                return false;
        } else if (strchr(", -;", text.ptr[i]) || (unsigned char)text.ptr[i] >= 0x80) {
            if (run == 0 && text.ptr[i] != ' ')
                return false;
            run = 0;
        } else {
            return false;
        }
    }
    return any && text.ptr[0] != '0';
}

static bool is_symbols(struct slice text)
{
    while (text.len > 0) {
        size_t used = 0;
        for (size_t i = 0; i < G_N_ELEMENTS(symbols) && used == 0; i++)
            if (slice_starts(text, symbols[i]))
                used = strlen(symbols[i]);
        if (used == 0)
            return false;
        text = slice_sub(text, used, text.len);
    }
    return true;
}

static bool is_roman(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!strchr("ivxl", text.ptr[i]))
            return false;
    return text.len > 0 && text.len <= 6;
}

/* The word (letters and digits) that ends the text. */
static struct slice last_word(struct slice text)
{
    size_t start = text.len;
    while (start > 0 && (g_ascii_isalnum(text.ptr[start - 1]) || (unsigned char)text.ptr[start - 1] >= 0x80))
        start--;
    return slice_sub(text, start, text.len);
}

/* m² and km³, R², 10⁶, s⁻¹. A number other than ten is not raised to a power in prose: 851¹ is 851 with a note. */
static bool is_power(struct slice before, struct slice raised)
{
    if (raised.len > 1 && (raised.ptr[0] == '-' || slice_starts(raised, "−") || slice_starts(raised, "–")))
        return g_ascii_isdigit(raised.ptr[raised.len - 1]);
    if (!is_digits(raised))
        return false;
    struct slice word = last_word(before);
    if (slice_is(word, "10"))
        return slice_is(raised, "3") || slice_is(raised, "6") || slice_is(raised, "9") || slice_is(raised, "12") || slice_ends(slice_trim(slice_sub(before, 0, before.len - 2)), "×");
    if (!slice_is(raised, "2") && !slice_is(raised, "3"))
        return false;
    while (word.len > 0 && g_ascii_isdigit(word.ptr[0])) /* "5km" */
        word = slice_sub(word, 1, word.len);
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
        if (slice_is(word, units[i]))
            return true;
    return word.len == 1 && g_ascii_isalpha(word.ptr[0]);
}

/* A letter after a number of three digits or more, or with decimals ("12,300ᵃ"); after a shorter one it is an ordinal's ("2ª", "5e"). */
static bool is_letter_mark(struct slice before, struct slice raised)
{
    if (raised.len != 1 || raised.ptr[0] < 'a' || raised.ptr[0] > 'k' || before.len < 3)
        return false;
    size_t count = 0;
    for (size_t at = before.len; at > 0 && (g_ascii_isdigit(before.ptr[at - 1]) || before.ptr[at - 1] == ',' || before.ptr[at - 1] == '.'); at--)
        count++;
    return count >= 3 && g_ascii_isdigit(before.ptr[before.len - 1]);
}

struct slice superscript_label(struct slice raised)
{
    raised = slice_trim(raised);
    if (raised.len > 2 && ((raised.ptr[0] == '[' && slice_ends(raised, "]")) || (raised.ptr[0] == '(' && slice_ends(raised, ")"))))
        return slice_trim(slice_sub(raised, 1, raised.len - 1));
    if (raised.len > 1 && (slice_ends(raised, ")") || slice_ends(raised, ".")))
        return slice_sub(raised, 0, raised.len - 1);
    return raised;
}

enum superscript superscript_kind(struct slice before, struct slice raised)
{
    raised = slice_trim(raised);
    struct slice label = superscript_label(raised);
    if (label.len == 0)
        return SUPERSCRIPT_TEXT;
    if (is_power(before, raised))
        return SUPERSCRIPT_POWER;
    if (is_number_label(label) || is_symbols(label) || is_letter_mark(before, label))
        return SUPERSCRIPT_MARK;
    bool closed = before.len > 0 && strchr(".,;:!?)\"", before.ptr[before.len - 1]);
    return is_roman(label) && (closed || slice_ends(before, "”") || slice_ends(before, "’")) ? SUPERSCRIPT_MARK : SUPERSCRIPT_TEXT;
}

char *superscript_raise(struct slice raised)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < raised.len; i++) {
        if (g_ascii_isdigit(raised.ptr[i]))
            g_string_append(text, digits[raised.ptr[i] - '0']);
        else if (raised.ptr[i] == '-')
            g_string_append(text, "⁻");
        else if (strncmp(raised.ptr + i, "−", MIN(raised.len - i, strlen("−"))) == 0) {
            g_string_append(text, "⁻");
            i += strlen("−") - 1;
        } else
            g_string_append_c(text, raised.ptr[i]);
    }
    return g_string_free(text, FALSE);
}
