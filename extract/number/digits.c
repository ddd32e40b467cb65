/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/number/digits.h"

#include "base/sorted.h"

#include <math.h>

enum { MAX_PARTS = 128, SPACED_PARTS = 5, EXACT_DIGITS = 15 }; /* parts: more than the largest double has groups of digits */

/* Runs of digits with the signs between them: 1,250.75 → parts {1 250 75}, signs {, .} */
struct parts {
    struct slice digits[MAX_PARTS];
    char signs[MAX_PARTS]; /* signs[i] stands before digits[i] */
    uint32_t n, after;
    bool more;             /* than fit: no number */
};

/* The sign between two parts as one of "." "," "'", or 0. */
static char part_sign(const struct number_reader *r, uint32_t i)
{
    if (i >= r->n || i == 0 || r->tokens[i].class != TOKEN_SIGN || r->tokens[i].flags & TOKEN_PASSAGE)
        return 0;
    uint16_t sign = r->tokens[i].sign;
    if (!number_glued(r, i)) /* "3 .6 per cent" as extractors print it */
        return sign == '.' && number_digits_at(r, i - 1) && number_digits_at(r, i + 1) && number_glued(r, i + 1) &&
            r->tokens[i - 1].span.end - r->tokens[i - 1].span.start <= 3 ? '.' : 0;
    if (sign == '.' || sign == ',' || sign == '\'')
        return (char)sign;
    return sign == 0x2019 /* ’ */ ? '\'' : 0;
}

/* "10 000": one space, then three digits. */
static bool space_group(const struct number_reader *r, const struct parts *parts, uint32_t i)
{
    if (!number_digits_at(r, i) || !(r->tokens[i].flags & TOKEN_SPACE) || r->tokens[i].flags & TOKEN_PASSAGE)
        return false;
    struct span gap = {r->tokens[i - 1].span.end, r->tokens[i].span.start};
    struct slice space = document_slice(r->doc, gap);
    if (*space.ptr == '\t' || *space.ptr == '\n' || (space.len > 1 && *space.ptr == ' ') || space.len > 3)
        return false;
    if (r->tokens[i].span.end - r->tokens[i].span.start != 3 || (parts->n == 1 && i > 1 && !(r->tokens[i - 1].flags & TOKEN_PASSAGE) &&
        r->tokens[i - 2].class == TOKEN_NUMBER))
        return false; /* a row of numbers is no number */
    return parts->n == 1 ? parts->digits[0].len <= 3 && *parts->digits[0].ptr != '0' : parts->signs[parts->n - 1] == ' ';
}

/* "61, 000 people": a comma apart from three zeros, which are no number of their own. */
static bool lost_group(const struct number_reader *r, const struct parts *parts, uint32_t i)
{
    return number_sign(r, i, ',') && number_glued(r, i) && number_digits_at(r, i + 1) && !(r->tokens[i + 1].flags & TOKEN_PASSAGE) &&
        slice_is(number_text(r, i + 1), "000") &&
           parts->digits[0].len <= 3 && (parts->n == 1 || parts->signs[parts->n - 1] == ',');
}

/* Is the run of three-digit groups from token `i` on too long for one number? "400 350 300 250 200 150" are the ticks of an axis. */
static bool row_of_numbers(const struct number_reader *r, uint32_t i)
{
    uint32_t n = 0;
    while (n < SPACED_PARTS && number_digits_at(r, i + n) && r->tokens[i + n].flags & TOKEN_SPACE && !(r->tokens[i + n].flags & TOKEN_PASSAGE) &&
           r->tokens[i + n].span.end - r->tokens[i + n].span.start == 3)
        n++;
    return n + 1 >= SPACED_PARTS;
}

static void parts_read(const struct number_reader *r, uint32_t first, struct parts *parts)
{
    parts->n = 1;
    parts->more = false;
    parts->digits[0] = number_text(r, first);
    uint32_t i = first + 1;
    for (;;) {
        char sign = part_sign(r, i);
        uint32_t next = sign ? i + 1 : i;
        if (sign ? !(number_digits_at(r, next) && (number_glued(r, next) || lost_group(r, parts, i))) : !(space_group(r, parts, i) &&
            !(parts->n == 1 && row_of_numbers(r, i))))
            break;
        i = next + 1;
        if (parts->n == MAX_PARTS) {
            parts->more = true;
            continue;
        }
        parts->digits[parts->n] = number_text(r, next);
        parts->signs[parts->n++] = sign ? sign : ' ';
    }
    parts->after = i;
}

/* Can a double hold the number that prints these digits, `whole` of them before the point? Fifteen digits it holds always, more of a whole number
 * where it is the same again when printed; decimals beyond them are of no weight. */
static bool held(const char *digits, size_t len, size_t whole, double value)
{
    size_t first = strspn(digits, "0"), last = len;
    while (last > first && digits[last - 1] == '0')
        last--;
    if (MIN(last, whole) <= first + EXACT_DIGITS)
        return true;
    char again[32];
    if (fabs(value) >= 0x1p63 || last > whole)
        return false;
    g_snprintf(again, sizeof again, "%" G_GUINT64_FORMAT, (guint64)value);
    return strlen(again) == whole - first && memcmp(again, digits + first, whole - first) == 0;
}

/* Up to fifteen digits, whole ones and decimals: their number and the power of ten below them are held exactly, so that the quotient is the nearest double, as strtod gives it. */
static bool joined_few(const struct parts *parts, uint32_t n, const struct slice *decimals, double *ret)
{
    static const double powers[EXACT_DIGITS + 1] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    size_t len = decimals ? decimals->len : 0;
    for (uint32_t i = 0; i < n; i++)
        len += parts->digits[i].len;
    if (len > EXACT_DIGITS)
        return false;
    double value = 0;
    for (uint32_t i = 0; i < n; i++)
        value = number_digits_value(parts->digits[i], value);
    *ret = decimals ? number_digits_value(*decimals, value) / powers[decimals->len] : value;
    return true;
}

/* Parts [0, n) joined, with `decimals` as the fraction (NULL = none); flags gets NUMBER_LONG where a double cannot hold it. */
static double joined(const struct parts *parts, uint32_t n, const struct slice *decimals, uint16_t *flags)
{
    double quotient;
    if (joined_few(parts, n, decimals, &quotient))
        return quotient;
    char few[128];
    size_t len = 0, whole = 0, room = decimals ? decimals->len + 2 : 2;
    for (uint32_t i = 0; i < n; i++)
        room += parts->digits[i].len;
    g_autofree char *many = room > sizeof few ? g_malloc(room) : NULL;
    char *text = many ? many : few;
    for (uint32_t i = 0; i < n; len += parts->digits[i++].len)
        memcpy(text + len, parts->digits[i].ptr, parts->digits[i].len);
    whole = len;
    if (decimals) {
        text[len++] = '.';
        memcpy(text + len, decimals->ptr, decimals->len);
        len += decimals->len;
    }
    text[len] = '\0';
    double value = g_ascii_strtod(text, NULL);
    if (decimals)
        memmove(text + whole, text + whole + 1, len - whole); /* digits alone */
    if (!held(text, len - (decimals != NULL), whole, value))
        *flags |= NUMBER_LONG;
    return value;
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
/* "437,0001 people", "2.0173 personas" where the sign parts thousands: a note mark is glued to the number. Where it was not told from it by its note or
 * its turn, what is printed stays as the other reading: a decimal, or a number whose sign was misplaced. */
static bool has_glued_mark(const struct parts *parts)
{
    uint32_t n = parts->n - 1;
    if (n == 0 || parts->more)
        return false;
    struct slice last = parts->digits[n];
    bool before = n > 1 ? groups(parts, n) && parts->signs[n] == parts->signs[1] : parts->digits[0].len <= 3 && *parts->digits[0].ptr != '0';
    return before && last.len >= 4 && last.len <= 6 && last.ptr[3] != '0' && parts->signs[n] != ' ';
}

static bool glued_mark(const struct parts *parts, struct number *ret)
{
    uint32_t n = parts->n - 1;
    struct slice last = parts->digits[n];
    if (!has_glued_mark(parts))
        return false;
    struct parts group = *parts;
    group.digits[n].len = 3;
    ret->low = joined(&group, parts->n, NULL, &ret->flags);
    bool decimal = n == 1 && parts->signs[1] == '.';
    ret->other = joined(parts, decimal ? 1 : parts->n, decimal ? &last : NULL, &ret->flags);
    ret->ambiguous = true;
    ret->flags |= NUMBER_GROUPED | NUMBER_DOUBT;
    return true;
}

static void two_parts(const struct number_reader *r, const struct parts *parts, struct number *ret)
{
    char sign = parts->signs[1];
    bool group = groups(parts, 2), point = sign == '.';
    if (sign == ' ' || sign == '\'') {
        ret->low = joined(parts, group ? 2 : 1, NULL, &ret->flags);
        ret->flags |= group ? NUMBER_GROUPED : 0;
        if (!group)
            ret->after = ret->first + 1;
        return;
    }
    bool usual = point ? r->style.point_groups : r->style.comma_groups, certain = point ? r->style.point_certain : r->style.comma_certain;
    if (usual && glued_mark(parts, ret))
        return;
    if (!group && !point && r->style.comma_groups && parts->digits[1].len > 2) {
        ret->low = joined(parts, 1, NULL, &ret->flags); /* "in 2014,5000 people": two numbers */
        ret->after = ret->first + 1;
        return;
    }
    bool zeros = group && slice_is(parts->digits[1], "000"); /* nobody writes 20 as "20.000" */
    bool decimal = !group || !(usual || (zeros && r->language != LANGUAGE_EN));
    ret->low = joined(parts, decimal ? 1 : 2, decimal ? &parts->digits[1] : NULL, &ret->flags);
    ret->flags |= decimal ? NUMBER_DECIMAL : NUMBER_GROUPED;
    if (group && !certain && !(zeros && r->language != LANGUAGE_EN)) {
        ret->ambiguous = true;
        ret->other = joined(parts, decimal ? 2 : 1, decimal ? NULL : &parts->digits[1], &ret->flags);
    }
}

static void parts_value(const struct number_reader *r, const struct parts *parts, struct number *ret)
{
    uint32_t n = parts->n;
    ret->after = parts->after;
    if (n == 1) {
        ret->low = joined(parts, 1, NULL, &ret->flags);
        if (*parts->digits[0].ptr == '0' && parts->digits[0].len > 1)
            ret->flags |= NUMBER_LEADING_ZERO;
    } else if (n == 2) {
        two_parts(r, parts, ret);
    } else if (parts->more) {
        ret->flags |= NUMBER_DOTTED;
    } else if (groups(parts, n)) {
        ret->low = joined(parts, n, NULL, &ret->flags);
        ret->flags |= NUMBER_GROUPED;
    } else if (groups(parts, n - 1) && parts->signs[n - 1] != parts->signs[1]) {
        ret->low = joined(parts, n - 1, &parts->digits[n - 1], &ret->flags);
        ret->flags |= NUMBER_GROUPED | NUMBER_DECIMAL;
    } else if (glued_mark(parts, ret)) {
        return;
    } else if (parts->signs[1] == ' ') {
        ret->low = joined(parts, 1, NULL, &ret->flags);
        ret->after = ret->first + 1;
    } else {
        ret->low = joined(parts, 1, NULL, &ret->flags);
        ret->flags |= NUMBER_DOTTED;
    }
}

/* What may be a note mark at the end of the digits that end at byte `end`. */
static const struct number_doubt *doubt_at(const struct number_reader *r, uint32_t start, uint32_t end)
{
    for (guint i = r->doubts ? SORTED_FROM(r->doubts, struct number_doubt, at, start + 1) : 0; r->doubts && i < r->doubts->len; i++) {
        const struct number_doubt *doubt = &g_array_index(r->doubts, struct number_doubt, i);
        if (doubt->at > end + 1)
            break;
        char sign = doubt->at == end + 1 ? r->doc->text->str[end] : 0;
        if (doubt->kept ? doubt->at + doubt->kept == end : doubt->at == end || sign == '.' || sign == ',')
            return doubt;
    }
    return NULL;
}

/* The parts of the number as it is with the mark's digits, where they were taken out, or without them, where they were kept:
 *
 *    18.{8}   →  18.8        2.017{3}  →  2.0173        18.[8]   →  18        2.017[3]  →  2.017 */
static bool other_parts(const struct number_reader *r, const struct number_doubt *doubt, uint32_t end, struct parts *parts, GString *digits)
{
    struct slice *last = &parts->digits[parts->n - 1];
    if (doubt->kept > 0) {
        uint32_t left = (uint32_t)last->len - MIN(doubt->kept, (uint32_t)last->len);
        if (left > 0)
            last->len = left;
        else
            parts->n--;
        return parts->n > 0;
    }
    if (doubt->at == end + 1 && parts->n == MAX_PARTS)
        return false;
    if (doubt->at == end + 1) {
        parts->signs[parts->n] = r->doc->text->str[end];
        parts->digits[parts->n++] = slice_of(doubt->label);
        return true;
    }
    g_string_append(g_string_append_len(digits, last->ptr, (gssize)last->len), doubt->label);
    *last = slice_make(digits->str, digits->len);
    return true;
}

/* Keeps the number's second reading where a note mark may be a part of it, or its last digits a note mark. */
static void read_doubt(const struct number_reader *r, const struct parts *parts, struct number *ret)
{
    uint32_t end = r->tokens[ret->after - 1].span.end;
    const struct number_doubt *doubt = ret->after == parts->after ? doubt_at(r, r->tokens[ret->first].span.start, end) : NULL;
    struct parts other;
    struct number number = {.first = ret->first};
    g_autoptr(GString) digits = doubt ? g_string_new(NULL) : NULL;
    if (!doubt)
        return;
    if (doubt->power) {
        ret->other = ret->low == 10 ? pow(10, g_ascii_strtod(doubt->label, NULL)) : ret->other;
        ret->ambiguous |= ret->low == 10;
        return;
    }
    other = *parts;
    if (!other_parts(r, doubt, end, &other, digits))
        return;
    parts_value(r, &other, &number);
    bool whole = number.after == other.after && (other.n == 1 || number.flags & (NUMBER_GROUPED | NUMBER_DECIMAL));
    double value = number.low == ret->low ? number.other : number.low; /* "2.0173" can be read as 2.017 with its mark, too */
    if (!whole || number.flags & (NUMBER_DOTTED | NUMBER_LONG) || value == ret->low || (value == number.other && !number.ambiguous))
        return;
    ret->flags |= NUMBER_DOUBT;
    if (ret->ambiguous) /* "2.017" may be thousands too: the further reading is the one to keep */
        return;
    ret->ambiguous = true;
    ret->other = value;
}

static const struct {
    const char *sign;
    double value;
} vulgar[] = {{"½", 0.5}, {"¼", 0.25}, {"¾", 0.75}, {"⅓", 1.0 / 3}, {"⅔", 2.0 / 3}, {"⅕", 0.2}, {"⅖", 0.4}, {"⅗", 0.6}, {"⅘", 0.8}, {"⅙", 1.0 / 6},
    {"⅚", 5.0 / 6}, {"⅛", 0.125}, {"⅜", 0.375}, {"⅝", 0.625}, {"⅞", 0.875}};

static double vulgar_value(const struct number_reader *r, uint32_t i)
{
    if (!(number_use(r, i) & NUMBER_VULGAR) || r->tokens[i].class != TOKEN_SIGN)
        return 0;
    for (size_t k = 0; k < G_N_ELEMENTS(vulgar); k++)
        if (slice_is(number_text(r, i), vulgar[k].sign))
            return vulgar[k].value;
    return 0;
}

/* "/" or the stroke of fractions (U+2044). */
static bool is_stroke(const struct number_reader *r, uint32_t i)
{
    return number_sign(r, i, '/') || (i < r->n && slice_is(number_text(r, i), "⁄"));
}

/* "1/2", "1⁄3", after a whole number "2 1/2": denominators that people write so. */
static bool slash_fraction(const struct number_reader *r, uint32_t i, double *ret)
{
    if (!number_digits_at(r, i) || !(number_use(r, i + 1) & NUMBER_STROKE) || !is_stroke(r, i + 1) || !number_glued(r, i + 1) || !number_digits_at(r, i + 2) || !number_glued(r, i + 2))
        return false;
    if (number_glued(r, i + 3) && (number_sign(r, i + 3, '/') || number_sign(r, i + 3, '-')))
        return false;
    double part = number_digits_value(number_text(r, i), 0), whole = number_digits_value(number_text(r, i + 2), 0);
    bool usual = !number_sign(r, i + 1, '/') || whole == 2 || whole == 3 || whole == 4 || whole == 5 || whole == 6 || whole == 8 || whole == 10 || whole == 16;
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
    } else if (!(ret->flags & ~NUMBER_ALONE) && ret->low < 1000 && ret->after < r->n && !(r->tokens[ret->after].flags & TOKEN_PASSAGE) &&
        slash_fraction(r, ret->after, &part)) {
        ret->low += part;
        ret->after += 3;
        ret->flags |= NUMBER_DECIMAL;
    }
}

/* 6th, 2nd, 11º: an ordinal. */
static bool ordinal_after(const struct number_reader *r, struct number *ret)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "º", "ª", "er", "ère", "e", "ème"};
    if (ret->flags & NUMBER_DECIMAL || !number_glued(r, ret->after))
        return false;
    struct slice s = number_text(r, ret->after);
    size_t n = r->language == LANGUAGE_EN ? 4 : G_N_ELEMENTS(endings);
    for (size_t i = 0; i < n; i++)
        if (slice_is(s, endings[i])) {
            ret->after++;
            ret->form = FORM_ORDINAL;
            return true;
        }
    return false;
}

/* Is a sign apart from the number all that stands before it, and no further sign or number behind it? "- 10 k", not "- - 3", "- 11 - 68" or
 * "- 11 68", lines of a column with empty cells. */
static bool minus_apart(const struct number_reader *r, uint32_t first, uint32_t after)
{
    if (!(r->tokens[first - 1].flags & TOKEN_PASSAGE))
        return false;
    for (uint32_t i = first + 1; i < r->n && !(r->tokens[i].flags & TOKEN_PASSAGE); i++)
        if (number_sign(r, i, '-') || (i >= after && r->tokens[i].class == TOKEN_NUMBER))
            return false;
    return true;
}

/* A minus that belongs to the number, which ends before token `after`: glued to it, and nothing that it could join before it. Alone in its
 * passage also apart. */
static bool minus_before(const struct number_reader *r, uint32_t first, uint32_t after, bool alone)
{
    bool percent = number_sign(r, after, '%');
    if (first == 0 || r->tokens[first].flags & TOKEN_PASSAGE || !(number_glued(r, first) || (alone && minus_apart(r, first, after))))
        return false;
    bool minus = number_sign(r, first - 1, '-') || slice_is(number_text(r, first - 1), "−") || slice_is(number_text(r, first - 1), "–");
    if (!minus)
        return false;
    if (first == 1 || r->tokens[first - 1].flags & TOKEN_PASSAGE || number_sign(r, first - 2, '(') || number_sign(r, first - 2, '<') ||
        number_sign(r, first - 2, '='))
        return true;
    return (r->tokens[first - 1].flags & TOKEN_SPACE && (percent || r->tokens[first - 2].class != TOKEN_NUMBER)) ||
           (lexicon_number_role(r->lexicon, r->language, r->tokens[first - 2].hash, NUMBER_MINUS) && number_glued(r, first - 1));
}

static void signs_before(const struct number_reader *r, uint32_t first, struct number *ret)
{
    if (first == 0 || r->tokens[first].flags & TOKEN_PASSAGE)
        return;
    const struct token *before = &r->tokens[first - 1];
    uint32_t use = number_use(r, first - 1);
    if (use & NUMBER_DASH && minus_before(r, first, ret->after, ret->flags & NUMBER_ALONE)) {
        ret->first = first - 1;
        if (first > 1 && lexicon_number_role(r->lexicon, r->language, r->tokens[first - 2].hash, NUMBER_MINUS))
            ret->first = first - 2;
        ret->low = -ret->low;
        ret->other = -ret->other;
        ret->flags |= NUMBER_SIGNED;
    } else if (use & 1u << NUMBER_MINUS && number_minus_word(r, first)) {
        ret->first = first - 1;
        ret->low = -ret->low;
        ret->other = -ret->other;
        ret->flags |= NUMBER_SIGNED;
    } else if (number_glued(r, first) && (before->class == TOKEN_WORD || number_sign(r, first - 1, '#') || number_sign(r, first - 1, '_'))) {
        ret->flags |= NUMBER_GLUED_BEFORE;
    }
}

/* ".500", in Spanish and French ",5" */
static bool point_first(const struct number_reader *r, uint32_t first)
{
    bool sign = number_sign(r, first, '.') || (r->language != LANGUAGE_EN && number_sign(r, first, ','));
    if (!sign || !number_digits_at(r, first + 1) || !number_glued(r, first + 1))
        return false;
    return first == 0 || r->tokens[first].flags & (TOKEN_SPACE | TOKEN_PASSAGE) || (number_sign(r, first, '.') && r->tokens[first - 1].class == TOKEN_SIGN);
}

/* A fraction as digits or one sign: "3/4", "½". */
static bool fraction_read(const struct number_reader *r, uint32_t first, struct number *ret)
{
    double part = vulgar_value(r, first);
    if (part > 0)
        ret->after = first + 1;
    else if (slash_fraction(r, first, &part) && !(first > 0 && number_sign(r, first - 1, '/')))
        ret->after = first + 3;
    else
        return false;
    ret->low = part;
    ret->form = FORM_FRACTION;
    return true;
}

/* "1,204ᵇ", "2019ᵃ": a letter that is raised by itself, behind more digits than an ordinal's, calls a note. It is printed with the number, and no unit of it. */
static void raised_letter(const struct number_reader *r, uint32_t first, struct number *ret)
{
    static const char *const letters[] = {"ᵃ", "ᵇ", "ᶜ", "ᵈ", "ᶠ", "ᵍ", "ⁱ", "ʲ", "ᵏ"};
    uint32_t i = ret->after, bytes = r->tokens[i - 1].span.end - r->tokens[first].span.start;
    if (bytes < 3 || !number_glued(r, i) || r->tokens[i].class != TOKEN_WORD || number_glued(r, i + 1))
        return;
    for (size_t k = 0; k < G_N_ELEMENTS(letters); k++)
        if (slice_is(number_text(r, i), letters[k])) {
            ret->after++;
            return;
        }
}

/* What number_scales asks for. */
#define NUMBER_BEHIND_DIGITS (NUMBER_DASH | NUMBER_LETTER | 1u << NUMBER_SCALE | 1u << NUMBER_HUNDRED | 1u << NUMBER_SUFFIX | 1u << NUMBER_JOINT | 1u << NUMBER_WITH | \
                              1u << NUMBER_DOZEN | 1u << NUMBER_ROUND | 1u << NUMBER_VAGUE)

static void whole_read(const struct number_reader *r, uint32_t first, struct number *ret)
{
    if (point_first(r, first)) {
        struct parts none = {.n = 1};
        struct slice decimals = number_text(r, first + 1);
        ret->low = joined(&none, 0, &decimals, &ret->flags);
        ret->after = first + 2;
        ret->flags |= NUMBER_DECIMAL;
    } else {
        struct parts parts;
        parts_read(r, first, &parts);
        parts_value(r, &parts, ret);
        read_doubt(r, &parts, ret);
    }
    if (ret->flags & (NUMBER_DOTTED | NUMBER_LONG))
        return;
    if (number_use(r, ret->after) & (NUMBER_EXPONENT | NUMBER_TIMES | NUMBER_RAISED))
        number_power(r, ret);
    if (number_use(r, ret->after) & NUMBER_RAISED_LETTER)
        raised_letter(r, first, ret);
    if (number_use(r, ret->after) & NUMBER_ENDING && ordinal_after(r, ret))
        return;
    if (number_use(r, ret->after) & NUMBER_VULGAR || number_digits_at(r, ret->after))
        fraction_after(r, ret);
    if (number_use(r, ret->after) & NUMBER_BEHIND_DIGITS)
        number_scales(r, ret);
}

bool number_may_begin(const struct number_reader *r, uint32_t first)
{
    const struct token *token = &r->tokens[first];
    if (token->class == TOKEN_NUMBER)
        return true;
    return token->sign == '.' || token->sign == ',' ? point_first(r, first) : token->sign >= 0x80 && vulgar_value(r, first) > 0;
}

bool number_read_digits(const struct number_reader *r, uint32_t first, struct number *ret)
{
    ret->form = FORM_DIGITS;
    if (!fraction_read(r, first, ret)) {
        whole_read(r, first, ret);
        if (number_glued(r, ret->after) && r->tokens[ret->after].class == TOKEN_WORD)
            ret->flags |= NUMBER_GLUED_AFTER;
    }
    signs_before(r, first, ret);
    ret->high = ret->low;
    return true;
}

/* What a document shows of a sign: decimals that can be nothing else (12.5), thousands that can be nothing else (1.250.000, 16.000), and what
 * may be either (1.250). */
struct sign_use {
    uint32_t decimals, groups, either;
};

static void use_count(const struct parts *parts, struct sign_use *point, struct sign_use *comma)
{
    char last = parts->n > 1 ? parts->signs[parts->n - 1] : 0;
    if ((last != '.' && last != ',') || has_glued_mark(parts)) /* "2.0173" may be either, and 1.2345 too */
        return;
    struct sign_use *use = last == '.' ? point : comma, *other = last == '.' ? comma : point;
    size_t len = parts->digits[parts->n - 1].len;
    if (parts->n > 2 && groups(parts, parts->n)) {
        use->groups++;
    } else if (parts->n > 2 && groups(parts, parts->n - 1) && last != parts->signs[1]) {
        use->decimals++;
        other->groups += parts->signs[1] == '.' || parts->signs[1] == ',';
    } else if (parts->n == 2 && groups(parts, 2)) {
        if (slice_is(parts->digits[1], "000"))
            use->groups++;
        else
            use->either++;
    } else if (parts->n == 2 && (len <= 2 || len > 3 || parts->digits[0].len > 3 || *parts->digits[0].ptr == '0')) {
        use->decimals++;
    }
}

/* Does the sign part thousands, where three digits follow it? `usual`: in the language; `other` is the other sign. */
static bool sign_groups(const struct sign_use *use, const struct sign_use *other, bool usual, bool *certain)
{
    bool groups = use->groups > 0 && use->groups >= use->decimals, decimals = use->decimals > 0 && other->groups > 0 && use->groups == 0;
    *certain = groups ? use->decimals == 0 : decimals;
    if (groups || decimals)
        return groups;
    if (use->decimals == 0 && use->groups == 0 && other->decimals > 0 && other->groups == 0) {
        *certain = true; /* the other sign is the decimal one */
        return true;
    }
    if (usual && use->decimals > 0 && use->groups == 0)
        return use->either > 0 && use->either * 4 >= use->decimals; /* "16.975" beside "12.5": both, and marked */
    *certain = !usual && use->decimals > 0 && use->groups == 0 && use->either == 0;
    return usual;
}

/* Does the token behind digits let them go on: a sign of numbers, more digits? */
static bool may_go_on(const struct number_reader *r, uint32_t i)
{
    return i < r->n && (r->tokens[i].class == TOKEN_NUMBER || r->tokens[i].sign == '.' || r->tokens[i].sign == ',' || r->tokens[i].sign == '\'' || r->tokens[i].sign == 0x2019);
}

struct number_style number_style_of(const struct number_reader *r, const uint32_t *places, uint32_t n)
{
    struct sign_use point = {0}, comma = {0};
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = places[k];
        if (!number_digits_at(r, i) || !may_go_on(r, i + 1) || (i > 0 && part_sign(r, i - 1)))
            continue;
        struct parts parts;
        parts_read(r, i, &parts);
        use_count(&parts, &point, &comma);
    }
    struct number_style style;
    bool english = r->language == LANGUAGE_EN;
    style.point_groups = sign_groups(&point, &comma, !english, &style.point_certain);
    style.comma_groups = sign_groups(&comma, &point, english, &style.comma_certain);
    if (english && style.comma_groups && comma.decimals == 0)
        style.comma_certain = true; /* English parts thousands by a comma, unless it shows otherwise */
    return style;
}
