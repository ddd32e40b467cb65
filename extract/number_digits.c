/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/number.h"

#include <math.h>

enum { MAX_PARTS = 8 };

/* Runs of digits with the signs between them: 1,250.75 → parts {1 250 75}, signs {, .} */
struct parts {
    struct slice digits[MAX_PARTS];
    char signs[MAX_PARTS]; /* signs[i] stands before digits[i] */
    uint32_t n, after;
};

static struct slice text_of(const struct number_reader *r, uint32_t i)
{
    return document_slice(r->doc, r->tokens[i].span);
}

static bool is_digits(const struct number_reader *r, uint32_t i)
{
    return i < r->n && r->tokens[i].class == TOKEN_NUMBER;
}

/* The sign between two parts as one of "." "," "'", or 0. */
static char part_sign(const struct number_reader *r, uint32_t i)
{
    if (i >= r->n || r->tokens[i].class != TOKEN_SIGN || !number_glued(r, i))
        return 0;
    struct slice s = text_of(r, i);
    if (s.len == 1 && (*s.ptr == '.' || *s.ptr == ',' || *s.ptr == '\''))
        return *s.ptr;
    return slice_is(s, "\u2019") ? '\'' : 0;
}

/* "10 000": one space, then three digits. */
static bool space_group(const struct number_reader *r, const struct parts *parts, uint32_t i)
{
    if (!is_digits(r, i) || !(r->tokens[i].flags & TOKEN_SPACE) || r->tokens[i].flags & TOKEN_PASSAGE)
        return false;
    struct span gap = {r->tokens[i - 1].span.end, r->tokens[i].span.start};
    struct slice space = document_slice(r->doc, gap);
    if (*space.ptr == '\t' || *space.ptr == '\n' || (space.len > 1 && *space.ptr == ' ') || space.len > 3)
        return false;
    if (r->tokens[i].span.end - r->tokens[i].span.start != 3)
        return false;
    return parts->n == 1 ? parts->digits[0].len <= 3 && *parts->digits[0].ptr != '0' : parts->signs[parts->n - 1] == ' ';
}

static void parts_read(const struct number_reader *r, uint32_t first, struct parts *parts)
{
    parts->n = 1;
    parts->digits[0] = text_of(r, first);
    uint32_t i = first + 1;
    while (parts->n < MAX_PARTS) {
        char sign = part_sign(r, i);
        uint32_t next = sign ? i + 1 : i;
        if (sign ? !(is_digits(r, next) && number_glued(r, next)) : !space_group(r, parts, i))
            break;
        if (!sign)
            sign = ' ';
        parts->digits[parts->n] = text_of(r, next);
        parts->signs[parts->n++] = sign;
        i = next + 1;
    }
    parts->after = i;
}

static double digits_value(struct slice digits, double value)
{
    for (size_t i = 0; i < digits.len; i++)
        value = value * 10 + (digits.ptr[i] - '0');
    return value;
}

/* Parts [0, n) joined, with `decimals` as the fraction (NULL = none), read exactly. */
static double joined(const struct parts *parts, uint32_t n, const struct slice *decimals)
{
    char text[128];
    size_t len = 0;
    for (uint32_t i = 0; i < n; i++)
        for (size_t k = 0; k < parts->digits[i].len && len < 80; k++)
            text[len++] = parts->digits[i].ptr[k];
    if (decimals) {
        text[len++] = '.';
        for (size_t k = 0; k < decimals->len && len < 120; k++)
            text[len++] = decimals->ptr[k];
    }
    text[len] = '\0';
    return g_ascii_strtod(text, NULL);
}

/* Are parts [1, n) groups of three behind one and the same sign? Indian groups (1,00,000) are of two but for the last. */
static bool groups(const struct parts *parts, uint32_t n)
{
    if (n < 2 || parts->digits[0].len > 3 || (*parts->digits[0].ptr == '0' && parts->digits[0].len == 1))
        return false;
    bool three = true, indian = parts->signs[1] == ',' && parts->digits[0].len <= 2;
    for (uint32_t i = 1; i < n; i++) {
        if (parts->signs[i] != parts->signs[1])
            return false;
        three = three && parts->digits[i].len == 3;
        indian = indian && parts->digits[i].len == (i + 1 == n ? 3 : 2);
    }
    return three || (indian && n > 2);
}

/* One sign and two parts: "1.250", "1,5". */
static void two_parts(const struct number_reader *r, const struct parts *parts, struct number *ret)
{
    char sign = parts->signs[1];
    bool group = groups(parts, 2);
    if (sign == ' ' || sign == '\'') {
        ret->low = joined(parts, group ? 2 : 1, NULL);
        ret->flags |= group ? NUMBER_GROUPED : 0;
        if (!group)
            ret->after = ret->first + 1;
        return;
    }
    bool decimal = sign == r->style.decimal || !group;
    if (decimal && sign != r->style.decimal && sign == ',' && parts->digits[1].len > 2) {
        ret->low = joined(parts, 1, NULL); /* "in 2014,500 people": two numbers */
        ret->after = ret->first + 1;
        return;
    }
    ret->low = joined(parts, decimal ? 1 : 2, decimal ? &parts->digits[1] : NULL);
    ret->flags |= decimal ? NUMBER_DECIMAL : NUMBER_GROUPED;
    if (group && !r->style.certain && (r->language != LANGUAGE_EN || sign != ',')) {
        ret->ambiguous = true;
        ret->other = joined(parts, decimal ? 2 : 1, decimal ? NULL : &parts->digits[1]);
    }
}

static void parts_value(const struct number_reader *r, const struct parts *parts, struct number *ret)
{
    uint32_t n = parts->n;
    ret->after = parts->after;
    if (n == 1) {
        ret->low = digits_value(parts->digits[0], 0);
        if (*parts->digits[0].ptr == '0' && parts->digits[0].len > 1)
            ret->flags |= NUMBER_LEADING_ZERO;
    } else if (n == 2) {
        two_parts(r, parts, ret);
    } else if (groups(parts, n)) {
        ret->low = joined(parts, n, NULL);
        ret->flags |= NUMBER_GROUPED;
    } else if (groups(parts, n - 1) && parts->signs[n - 1] != parts->signs[1]) {
        ret->low = joined(parts, n - 1, &parts->digits[n - 1]);
        ret->flags |= NUMBER_GROUPED | NUMBER_DECIMAL;
    } else if (parts->signs[1] == ' ') {
        ret->low = digits_value(parts->digits[0], 0);
        ret->after = ret->first + 1;
    } else {
        ret->low = digits_value(parts->digits[0], 0);
        ret->flags |= NUMBER_DOTTED;
    }
}

static const struct {
    const char *sign;
    double value;
} vulgar[] = {{"½", 0.5}, {"¼", 0.25}, {"¾", 0.75}, {"⅓", 1.0 / 3}, {"⅔", 2.0 / 3}, {"⅕", 0.2}, {"⅛", 0.125}, {"⅜", 0.375}, {"⅝", 0.625}, {"⅞", 0.875}};

static double vulgar_value(const struct number_reader *r, uint32_t i)
{
    if (i >= r->n || r->tokens[i].class != TOKEN_SIGN || r->tokens[i].span.end - r->tokens[i].span.start < 2)
        return 0;
    for (size_t k = 0; k < G_N_ELEMENTS(vulgar); k++)
        if (slice_is(text_of(r, i), vulgar[k].sign))
            return vulgar[k].value;
    return 0;
}

/* "1/2", "3/4", after a whole number "2 1/2": denominators that people write so. */
static bool slash_fraction(const struct number_reader *r, uint32_t i, double *ret)
{
    if (!is_digits(r, i) || !number_sign(r, i + 1, '/') || !number_glued(r, i + 1) || !is_digits(r, i + 2) || !number_glued(r, i + 2))
        return false;
    if (number_glued(r, i + 3) && (number_sign(r, i + 3, '/') || number_sign(r, i + 3, '-')))
        return false;
    double part = digits_value(text_of(r, i), 0), whole = digits_value(text_of(r, i + 2), 0);
    bool usual = whole == 2 || whole == 3 || whole == 4 || whole == 5 || whole == 6 || whole == 8 || whole == 10 || whole == 16;
    if (!usual || part >= whole || part == 0)
        return false;
    *ret = part / whole;
    return true;
}

/* White space and fractions behind a whole number. */
static void fraction_after(const struct number_reader *r, struct number *ret)
{
    double part = vulgar_value(r, ret->after);
    if (part > 0) {
        ret->low += part;
        ret->after++;
        ret->flags |= NUMBER_DECIMAL;
    } else if (ret->flags == 0 && ret->low < 1000 && ret->after < r->n && !(r->tokens[ret->after].flags & TOKEN_PASSAGE) && slash_fraction(r, ret->after, &part)) {
        ret->low += part;
        ret->after += 3;
        ret->flags |= NUMBER_DECIMAL;
    }
}

/* "m" is a million after a currency, or where a thing that is counted follows; else it is metres. */
static bool suffix_is_scale(const struct number_reader *r, const struct number *number, uint32_t i)
{
    struct slice s = text_of(r, i);
    if (s.len > 1 || *s.ptr == 'k')
        return true;
    bool currency = number->first > 0 && (r->tokens[number->first].flags & TOKEN_SPACE) == 0 && r->tokens[number->first - 1].class != TOKEN_NUMBER &&
                    !number_sign(r, number->first - 1, '(') && !number_sign(r, number->first - 1, '-');
    if (*s.ptr == 'K')
        return currency || number->low >= 1;
    if (*s.ptr != 'm')
        return *s.ptr == 'M' || currency || (*s.ptr == 'B' && number->low < 20);
    if (currency)
        return true;
    if (i + 1 >= r->n || r->tokens[i + 1].class != TOKEN_WORD || r->tokens[i + 1].flags & TOKEN_CAPITAL)
        return false;
    uint32_t word = lexicon_word(r->lexicon, r->language, r->tokens[i + 1].hash);
    return word & WORD_OF ? number->low != 100 : !(word & WORD_STOP) && (number->flags & NUMBER_DECIMAL || word & WORD_PERSON);
}

static bool is_suffix(const struct number_reader *r, const struct number *number, uint32_t i, double *value)
{
    if (!number_glued(r, i) || r->tokens[i].class != TOKEN_WORD)
        return false;
    const struct number_word *suffix = lexicon_number_role(r->lexicon, r->language, r->tokens[i].hash, NUMBER_SUFFIX);
    if (!suffix || !suffix_is_scale(r, number, i))
        return false;
    *value = suffix->value;
    return true;
}

/* "12 million", "2.5-million", "300k", "mil millones": scales behind the digits; "8 B people" too. */
static void scales_after(const struct number_reader *r, struct number *ret)
{
    double value;
    for (;;) {
        uint32_t i = ret->after;
        if (is_suffix(r, ret, i, &value)) {
            ret->after++;
        } else {
            bool hyphen = number_sign(r, i, '-') && number_glued(r, i) && number_glued(r, i + 1);
            uint32_t at = i + hyphen;
            if (at >= r->n || r->tokens[at].flags & TOKEN_PASSAGE || r->tokens[at].class != TOKEN_WORD)
                return;
            const struct number_word *word = lexicon_number_role(r->lexicon, r->language, r->tokens[at].hash, NUMBER_SCALE);
            if (!word)
                word = lexicon_number_role(r->lexicon, r->language, r->tokens[at].hash, NUMBER_HUNDRED);
            if (!word)
                word = lexicon_number_role(r->lexicon, r->language, r->tokens[at].hash, NUMBER_DOZEN);
            bool short_form = !word && ret->low < 1000 && (slice_is(text_of(r, at), "B") || slice_is(text_of(r, at), "M")) && at + 1 < r->n &&
                              r->tokens[at + 1].class == TOKEN_WORD && !(r->tokens[at + 1].flags & TOKEN_CAPITAL);
            if (!word && !short_form)
                return;
            value = word ? word->value : *text_of(r, at).ptr == 'B' ? 1e9 : 1e6;
            ret->after = at + 1;
        }
        if (ret->ambiguous) { /* nobody writes 1.250 million for 1,250,000,000 in words: the decimal is meant */
            ret->low = ret->flags & NUMBER_GROUPED ? ret->other : ret->low;
            ret->ambiguous = false;
        }
        ret->low *= value;
        ret->scale *= value;
        ret->flags |= NUMBER_SCALED;
    }
}

/* "2.998×10−8": the power of ten as printed by text extractors that lose its height. */
static void power_after(const struct number_reader *r, struct number *ret)
{
    uint32_t i = ret->after;
    if (i + 2 >= r->n || !(slice_is(text_of(r, i), "×") || slice_is(text_of(r, i), "x")) || !is_digits(r, i + 1) || !slice_is(text_of(r, i + 1), "10"))
        return;
    i += 2;
    if (number_sign(r, i, '^'))
        i++;
    bool minus = i < r->n && (number_sign(r, i, '-') || slice_is(text_of(r, i), "−"));
    if (!is_digits(r, i + minus) || !number_glued(r, i + minus) || r->tokens[i + minus].span.end - r->tokens[i + minus].span.start > 2)
        return;
    double power = digits_value(text_of(r, i + minus), 0);
    ret->low *= pow(10, minus ? -power : power);
    ret->after = i + minus + 1;
    ret->flags |= NUMBER_SCALED;
}

/* 6th, 2nd, 11º: an ordinal. */
static bool ordinal_after(const struct number_reader *r, struct number *ret)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "º", "ª", "er", "ère", "e", "ème"};
    if (ret->flags & NUMBER_DECIMAL || !number_glued(r, ret->after))
        return false;
    struct slice s = text_of(r, ret->after);
    size_t n = r->language == LANGUAGE_EN ? 4 : G_N_ELEMENTS(endings);
    for (size_t i = 0; i < n; i++)
        if (slice_is(s, endings[i])) {
            ret->after++;
            ret->form = FORM_ORDINAL;
            return true;
        }
    return false;
}

/* A minus that belongs to the number: glued to it, and nothing that it could join before it. */
static bool minus_before(const struct number_reader *r, uint32_t first)
{
    if (first == 0 || !number_glued(r, first))
        return false;
    bool minus = number_sign(r, first - 1, '-') || slice_is(text_of(r, first - 1), "−") || slice_is(text_of(r, first - 1), "–");
    if (!minus)
        return false;
    if (first == 1 || r->tokens[first - 1].flags & TOKEN_PASSAGE || number_sign(r, first - 2, '('))
        return true;
    return (r->tokens[first - 1].flags & TOKEN_SPACE && r->tokens[first - 2].class != TOKEN_NUMBER) ||
           (lexicon_number_role(r->lexicon, r->language, r->tokens[first - 2].hash, NUMBER_MINUS) && number_glued(r, first - 1));
}

static void signs_before(const struct number_reader *r, uint32_t first, struct number *ret)
{
    if (first == 0)
        return;
    const struct token *before = &r->tokens[first - 1];
    if (minus_before(r, first)) {
        ret->first = first - 1;
        if (first > 1 && lexicon_number_role(r->lexicon, r->language, r->tokens[first - 2].hash, NUMBER_MINUS))
            ret->first = first - 2;
        ret->low = -ret->low;
        ret->flags |= NUMBER_SIGNED;
    } else if (before->class == TOKEN_WORD && !(r->tokens[first].flags & TOKEN_PASSAGE) && r->tokens[first].flags & TOKEN_SPACE &&
               lexicon_number_role(r->lexicon, r->language, before->hash, NUMBER_MINUS)) {
        ret->first = first - 1;
        ret->low = -ret->low;
        ret->flags |= NUMBER_SIGNED;
    } else if (number_glued(r, first) && (before->class == TOKEN_WORD || number_sign(r, first - 1, '#') || number_sign(r, first - 1, '_'))) {
        ret->flags |= NUMBER_GLUED_BEFORE;
    }
}

/* ".500" */
static bool point_first(const struct number_reader *r, uint32_t first)
{
    return number_sign(r, first, '.') && is_digits(r, first + 1) && number_glued(r, first + 1) &&
           (first == 0 || r->tokens[first].flags & (TOKEN_SPACE | TOKEN_PASSAGE) || r->tokens[first - 1].class == TOKEN_SIGN);
}

bool number_read_digits(const struct number_reader *r, uint32_t first, struct number *ret)
{
    double part;
    ret->form = FORM_DIGITS;
    if (point_first(r, first)) {
        struct parts parts = {.n = 1};
        struct slice decimals = text_of(r, first + 1);
        ret->low = ret->high = joined(&parts, 0, &decimals);
        ret->after = first + 2;
        ret->flags = NUMBER_DECIMAL;
        return true;
    }
    if ((part = vulgar_value(r, first)) > 0) {
        *ret = (struct number){.first = first, .after = first + 1, .low = part, .high = part, .form = FORM_FRACTION};
        return true;
    }
    if (!is_digits(r, first))
        return false;
    if (slash_fraction(r, first, &part) && !(first > 0 && number_sign(r, first - 1, '/'))) {
        *ret = (struct number){.first = first, .after = first + 3, .low = part, .high = part, .form = FORM_FRACTION};
        return true;
    }
    struct parts parts;
    parts_read(r, first, &parts);
    parts_value(r, &parts, ret);
    if (!(ret->flags & NUMBER_DOTTED) && !ordinal_after(r, ret)) {
        fraction_after(r, ret);
        power_after(r, ret);
        scales_after(r, ret);
    }
    if (number_glued(r, ret->after) && r->tokens[ret->after].class == TOKEN_WORD)
        ret->flags |= NUMBER_GLUED_AFTER;
    signs_before(r, first, ret);
    ret->high = ret->low;
    return true;
}

/* Counts what can only be read in one way: 1,250,000 or 12.5 against 1.250.000 or 12,5. */
struct number_style number_style_of(const struct document *doc, const GArray *tokens, enum language language)
{
    struct number_style english = {',', '.', true}, other = {'.', ',', true};
    struct number_reader r = {.doc = doc, .tokens = (const struct token *)(void *)tokens->data, .n = tokens->len, .language = language};
    uint32_t point = 0, comma = 0;
    for (uint32_t i = 0; i < r.n; i++) {
        if (!is_digits(&r, i) || (i > 0 && part_sign(&r, i - 1)))
            continue;
        struct parts parts;
        parts_read(&r, i, &parts);
        char last = parts.n > 1 ? parts.signs[parts.n - 1] : 0;
        size_t len = parts.digits[parts.n - 1].len;
        if (last != '.' && last != ',')
            continue;
        bool grouping = parts.n > 2 && groups(&parts, parts.n);
        bool decimal = parts.n == 2 && (len <= 2 || len > 3 || parts.digits[0].len > 3 || *parts.digits[0].ptr == '0');
        bool both = parts.n > 2 && groups(&parts, parts.n - 1) && last != parts.signs[1];
        if (grouping || decimal || both)
            *((last == '.') != grouping ? &point : &comma) += 1;
    }
    struct number_style own = language == LANGUAGE_EN ? english : other;
    if (point > 2 * comma && point > 1)
        own = english;
    else if (comma > 2 * point && comma > 1)
        own = other;
    own.certain = (point > 0) != (comma > 0);
    return own;
}
