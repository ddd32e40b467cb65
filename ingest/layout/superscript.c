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

/* Is the number that ends the text ten? times: something is multiplied by it, "3.2 × 10". */
static bool is_ten(struct slice before, bool *times)
{
    static const char *const signs[] = {"×", "·", "⋅", "*", "∙"};
    *times = false;
    if (!slice_ends(before, "10"))
        return false;
    struct slice left = slice_sub(before, 0, before.len - 2), factor = slice_trim(left);
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        *times |= slice_ends(factor, signs[i]);
    bool x = slice_ends(factor, "x") || slice_ends(factor, "X");
    *times |= x && (factor.len == 1 || !(g_ascii_isalpha(factor.ptr[factor.len - 2]) || (unsigned char)factor.ptr[factor.len - 2] >= 0x80));
    return *times || left.len == 0 || !(g_ascii_isdigit(left.ptr[left.len - 1]) || strchr(".,", left.ptr[left.len - 1]));
}

static bool is_minus(struct slice raised)
{
    return raised.ptr[0] == '-' || slice_starts(raised, "−") || slice_starts(raised, "–") || slice_starts(raised, "‐") || slice_starts(raised, "‑");
}

/* m² and km³, R², 10⁶, s⁻¹. A number other than ten is not raised to a power in prose: 851¹ is 851 with a note. */
static bool is_power(struct slice before, struct slice raised)
{
    bool times;
    if (raised.len > 1 && is_minus(raised))
        return g_ascii_isdigit(raised.ptr[raised.len - 1]);
    if (!is_digits(raised))
        return false;
    if (is_ten(before, &times))
        return raised.len <= 2 && (times || !slice_is(raised, "1"));
    if (!slice_is(raised, "2") && !slice_is(raised, "3"))
        return false;
    struct slice word = last_word(before);
    while (word.len > 0 && g_ascii_isdigit(word.ptr[0])) /* "5km" */
        word = slice_sub(word, 1, word.len);
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
        if (slice_is(word, units[i]))
            return true;
    return word.len == 1 && g_ascii_isalpha(word.ptr[0]);
}

bool superscript_may_be_mark(struct slice before, struct slice raised)
{
    bool times;
    return is_ten(before, &times) && !times && is_digits(slice_trim(raised));
}

bool superscript_is_amount(struct slice raised)
{
    raised = slice_trim(raised);
    size_t head = raised.len % 4;
    if (head == 0 || raised.len < 5 || raised.ptr[0] == '0')
        return false;
    for (size_t i = 0; i < raised.len; i++)
        if (i % 4 == head ? raised.ptr[i] != ',' : !g_ascii_isdigit(raised.ptr[i]))
            return false;
    return true;
}

bool superscript_is_fraction(struct slice raised)
{
    raised = slice_trim(raised);
    size_t at = 0;
    while (at < raised.len && g_ascii_isdigit(raised.ptr[at]))
        at++;
    size_t stroke = slice_starts(slice_sub(raised, at, raised.len), "⁄") ? strlen("⁄") : at < raised.len && raised.ptr[at] == '/' ? 1 : 0;
    return at > 0 && stroke > 0 && is_digits(slice_sub(raised, at + stroke, raised.len));
}

/* A letter after a number of three digits or more, or with decimals ("12,300ᵃ"): after a shorter one it may be an ordinal's ("2ª", "5e", "2d") or an hour's. */
static bool is_letter_mark(struct slice before, struct slice raised)
{
    if (raised.len != 1 || raised.ptr[0] < 'a' || raised.ptr[0] > 'k' || before.len == 0)
        return false;
    size_t count = 0;
    for (size_t at = before.len; at > 0 && (g_ascii_isdigit(before.ptr[at - 1]) || before.ptr[at - 1] == ',' || before.ptr[at - 1] == '.'); at--)
        count++;
    if (count == 0 || !g_ascii_isdigit(before.ptr[before.len - 1]))
        return false;
    return !strchr("adeh", raised.ptr[0]) || count >= (raised.ptr[0] == 'e' ? 4u : 3u);
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
        else if (is_minus(slice_sub(raised, i, raised.len))) {
            g_string_append(text, "⁻");
            i += strlen("−") - 1;
        } else
            g_string_append_c(text, raised.ptr[i]);
    }
    return g_string_free(text, FALSE);
}
