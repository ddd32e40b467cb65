/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/number/digits.h"
#include "extract/number/words.h"

#include "base/sorted.h"

#include <math.h>

/* Does a currency stand right before the digits? */
static bool after_currency(const struct number_reader *r, const struct number *number)
{
    uint32_t first = number->first;
    if (first == 0 || r->tokens[first].flags & TOKEN_PASSAGE || r->tokens[first - 1].class == TOKEN_NUMBER)
        return false;
    struct slice before = number_text(r, first - 1);
    if (r->tokens[first].flags & TOKEN_SPACE)
        return slice_is(before, "$") || slice_is(before, "€") || slice_is(before, "£");
    return !(before.len == 1 && strchr("([-–/~.,\"'", *before.ptr));
}

/* Words behind "1.8m" that say metres. */
static bool of_length(const struct number_reader *r, uint32_t i)
{
    static const char *const words[] = {"tall", "high", "long", "wide", "deep", "away", "above", "below", "underwater", "race", "sprint", "final",
        "hurdles", "freestyle", "relay", "pool"};
    struct slice word = number_text(r, i);
    for (size_t k = 0; k < G_N_ELEMENTS(words); k++)
        if (slice_is(word, words[k]))
            return true;
    return false;
}

/* "m" is a million after a currency, or where a thing that is counted follows; else it is metres. */
static bool m_is_million(const struct number_reader *r, const struct number *number, uint32_t i)
{
    if (number_passage_ends(r, i + 1) || r->tokens[i + 1].class != TOKEN_WORD || r->tokens[i + 1].flags & TOKEN_CAPITAL || of_length(r, i + 1))
        return false;
    uint32_t word = lexicon_word(r->lexicon, r->language, r->tokens[i + 1].hash);
    return word & WORD_OF ? number->low != 100 : !(word & WORD_STOP) && (number->flags & NUMBER_DECIMAL || word & WORD_PERSON);
}

/* Is the suffix at token `i`, glued to the digits, a scale? "300k", "4.5bn", "$6m"; not "5G", "1.5mm", "1.8m tall". */
static bool suffix_is_scale(const struct number_reader *r, const struct number *number, uint32_t i)
{
    struct slice s = number_text(r, i);
    bool currency = after_currency(r, number), alone = number->flags & NUMBER_ALONE;
    if (slice_is(s, "mm") || slice_is(s, "MM"))
        return currency;
    if (s.len > 1 || *s.ptr == 'k')
        return true;
    switch (*s.ptr) {
    case 'K':
        return currency || number->low >= 1;
    case 'm':
        return currency || m_is_million(r, number, i);
    case 'M':
        return true;
    case 'B':
        return currency || alone || number->low < 20;
    case 'b':
        return currency || alone;
    case 'G':
    case 'T':
        return alone;
    default:
        return false;
    }
}

static bool is_suffix(const struct number_reader *r, const struct number *number, uint32_t i, double *value)
{
    bool apart = number->flags & NUMBER_ALONE;
    if (number_passage_ends(r, i) || !(number_glued(r, i) || apart) || r->tokens[i].class != TOKEN_WORD)
        return false;
    const struct number_word *suffix = number_role_at(r, i, NUMBER_SUFFIX);
    if (!suffix || !suffix_is_scale(r, number, i))
        return false;
    *value = suffix->value;
    return true;
}

/* "8 B people": letters for a scale, apart from the digits, where a thing follows. */
static double letter_scale(const struct number_reader *r, const struct number *number, uint32_t i)
{
    struct slice letter = number_text(r, i);
    if (letter.len != 1 || (*letter.ptr != 'B' && *letter.ptr != 'M') || number->low >= 1000)
        return 0;
    if (number_passage_ends(r, i + 1) || r->tokens[i + 1].class != TOKEN_WORD || r->tokens[i + 1].flags & TOKEN_CAPITAL)
        return 0;
    return *letter.ptr == 'B' ? 1e9 : 1e6;
}

/* The scale word at token `i`, over a hyphen; 0 = none. English alone says "3 hundred". */
static double scale_word(const struct number_reader *r, const struct number *number, uint32_t i, uint32_t *after)
{
    static const enum number_role roles[] = {NUMBER_SCALE, NUMBER_HUNDRED};
    if (number_sign(r, i, '-') && number_glued(r, i) && number_glued(r, i + 1))
        i++;
    if (number_passage_ends(r, i) || r->tokens[i].class != TOKEN_WORD)
        return 0;
    *after = i + 1;
    for (size_t k = 0; k < (r->language == LANGUAGE_EN ? G_N_ELEMENTS(roles) : 1); k++) {
        const struct number_word *word = number_role_at(r, i, roles[k]);
        if (word)
            return word->value;
    }
    return letter_scale(r, number, i);
}

/* Which reading of "1.250 million" holds? With three zeros, or where the language groups by that sign, the thousands; else the decimals. */
static void settle(const struct number_reader *r, struct number *ret, double scale)
{
    struct slice text = document_slice(r->doc, (struct span){r->tokens[ret->first].span.start, r->tokens[ret->after - 1].span.end});
    bool grouped = ret->flags & NUMBER_GROUPED;
    if (ret->flags & NUMBER_DOUBT) {
        ret->other *= scale; /* neither scale nor language tells a mark from a digit */
        return;
    }
    if (slice_ends(text, "000") || r->language == LANGUAGE_EN) {
        bool group = slice_ends(text, "000");
        if (group != grouped)
            ret->low = ret->other;
        ret->ambiguous = false;
    }
    ret->other *= scale;
}

/* "3 hundred and one", "6 crore and two hundred": digits go on with words behind "and", where no thing can be meant. */
static bool goes_on_words(const struct number_reader *r, struct number *ret, double scale)
{
    uint32_t i = ret->after;
    bool joint = !number_passage_ends(r, i) && r->tokens[i].class == TOKEN_WORD &&
        number_role_at(r, i, NUMBER_JOINT);
    if (r->language != LANGUAGE_EN || !joint || number_passage_ends(r, i + 1) || !(scale == 100 || scale == 1e5 || scale == 1e7))
        return false;
    struct word_sum sum = {0};
    uint32_t after = sum_words(r, i + 1, &sum);
    double value = sum_total(&sum);
    if (sum.words == 0 || value >= scale)
        return false;
    ret->low += value;
    ret->other += value;
    ret->after = after;
    return true;
}

/* "4 thousand 3 hundred and 21": digits go on with words, each part smaller than the one before it. */
static bool goes_on(const struct number_reader *r, struct number *ret, double scale)
{
    uint32_t i = ret->after;
    bool joint = !number_passage_ends(r, i) && r->tokens[i].class == TOKEN_WORD &&
        number_role_at(r, i, NUMBER_JOINT);
    i += joint;
    if (r->language != LANGUAGE_EN || !number_digits_at(r, i) || r->tokens[i].flags & TOKEN_PASSAGE || r->tokens[i].span.end - r->tokens[i].span.start > 3)
        return false;
    if (number_sign(r, i + 1, '.') || number_sign(r, i + 1, ','))
        return false;
    double value = number_digits_value(number_text(r, i), 0);
    uint32_t after = i + 1;
    struct number part = {.low = value};
    double times = scale_word(r, &part, i + 1, &after);
    if (joint && times > 0)
        return false; /* "3 hundred and 2 hundred" */
    if (times > 0 ? times >= scale : !(joint && scale == 100 && value > 0))
        return false;
    value *= times > 0 ? times : 1;
    if (value >= scale)
        return false;
    ret->low += value;
    ret->other += value;
    ret->after = after;
    if (times > 0)
        goes_on(r, ret, times);
    return true;
}

/* Digits that may be the lower part of a number in Spanish or French: two or three, without decimals, not a percentage. */
static bool lower_digits(const struct number_reader *r, uint32_t i)
{
    if (!number_digits_at(r, i) || r->tokens[i].flags & TOKEN_PASSAGE || !(r->tokens[i].flags & TOKEN_SPACE))
        return false;
    uint32_t len = r->tokens[i].span.end - r->tokens[i].span.start;
    bool decimals = (number_sign(r, i + 1, '.') || number_sign(r, i + 1, ',')) && number_digits_at(r, i + 2) && number_glued(r, i + 2);
    return (len == 2 || len == 3) && !decimals && !number_sign(r, i + 1, '%');
}

/* "10 mil 500", "2 millones 345 mil 678", "20 mil 564 millones": how the press of Mexico and Central America prints numbers; French mixes them
 * so, too. Each part is smaller than the scale before it; behind a thousand a larger scale multiplies all. */
static bool goes_on_parts(const struct number_reader *r, struct number *ret, double scale)
{
    uint32_t i = ret->after, after = i + 1;
    if (r->language == LANGUAGE_EN || scale < 1000 || ret->flags & NUMBER_DECIMAL || !lower_digits(r, i))
        return false;
    double value = number_digits_value(number_text(r, i), 0);
    struct number part = {.low = value};
    double times = scale_word(r, &part, i + 1, &after);
    bool multiplies = times > scale;
    if (multiplies ? scale != 1000 || ret->low >= times : value * MAX(times, 1) >= scale || times == scale)
        return false;
    double factor = multiplies ? times : 1;
    value *= times > 0 && !multiplies ? times : 1;
    ret->low = (ret->low + value) * factor;
    ret->other = (ret->other + value) * factor;
    ret->scale *= factor;
    ret->after = after;
    if (times > 0)
        goes_on_parts(r, ret, times);
    return true;
}

void number_scales(const struct number_reader *r, struct number *ret)
{
    double value, last = 1;
    for (;;) {
        uint32_t after = ret->after + 1;
        if (!is_suffix(r, ret, ret->after, &value))
            value = scale_word(r, ret, ret->after, &after);
        if (value == 0)
            break;
        if (ret->ambiguous)
            settle(r, ret, value);
        ret->after = after;
        ret->low *= value;
        ret->scale *= value;
        ret->flags |= NUMBER_SCALED;
        last = value;
    }
    if (last > 1 && (goes_on(r, ret, last) || goes_on_words(r, ret, last) || goes_on_parts(r, ret, last)))
        return;
    if (!number_mixed(r, last, last > 1, ret) && last == 1 && number_dozens(r, ret))
        ret->flags |= NUMBER_SCALED;
}

/* Signs before an exponent; returns the token behind them. */
static uint32_t exponent_sign(const struct number_reader *r, uint32_t i, bool *minus)
{
    *minus = false;
    for (; !number_passage_ends(r, i) && number_glued(r, i) && r->tokens[i].class == TOKEN_SIGN; i++) {
        if (number_sign(r, i, '-') || slice_is(number_text(r, i), "−"))
            *minus = !*minus;
        else if (!number_sign(r, i, '+'))
            break;
    }
    return i;
}

/* The exponent of "1e10", "1.1^-2", "×10−8" that begins at token `i`: at most two digits. */
static bool exponent(const struct number_reader *r, uint32_t i, double *power, uint32_t *after)
{
    bool minus;
    i = exponent_sign(r, i, &minus);
    if (!number_digits_at(r, i) || !number_glued(r, i) || r->tokens[i].span.end - r->tokens[i].span.start > 2)
        return false;
    *power = number_digits_value(number_text(r, i), 0) * (minus ? -1 : 1);
    *after = i + 1;
    return true;
}

/* The exponent in raised characters, "10³", "10⁻⁴", that begins at token `i`: at most two digits. Those that are note marks are no longer in the text. */
static bool raised_exponent(const struct number_reader *r, uint32_t i, double *power, uint32_t *after)
{
    static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    bool minus = !number_passage_ends(r, i) && slice_is(number_text(r, i), "⁻");
    unsigned digits = 0;
    *power = 0;
    for (i += minus; !number_passage_ends(r, i) && number_glued(r, i) && digits < 3; i++, digits++) {
        size_t digit = 0;
        while (digit < G_N_ELEMENTS(raised) && !slice_is(number_text(r, i), raised[digit]))
            digit++;
        if (digit == G_N_ELEMENTS(raised))
            break;
        *power = *power * 10 + (double)digit;
    }
    *power *= minus ? -1 : 1;
    *after = i;
    return digits == 1 || digits == 2;
}

/* Is it a sign of multiplication? */
static bool is_times(struct slice s)
{
    return slice_is(s, "×") || slice_is(s, "x") || slice_is(s, "·") || slice_is(s, "*");
}

/* Both readings of the number, times ten to the power. */
static void raise_ten(struct number *ret, double power)
{
    ret->low *= pow(10, power);
    ret->other *= pow(10, power);
}

/* Has the document's reader left it open whether what is raised at this byte is a note mark? */
static bool may_be_mark(const struct number_reader *r, uint32_t at)
{
    guint i = r->doubts ? SORTED_FROM(r->doubts, struct number_doubt, at, at) : 0;
    return r->doubts && i < r->doubts->len && g_array_index(r->doubts, struct number_doubt, i).at == at;
}

void number_power(const struct number_reader *r, struct number *ret)
{
    uint32_t i = ret->after, after;
    double power;
    if (number_passage_ends(r, i))
        return;
    struct slice s = number_text(r, i);
    if (number_glued(r, i) && (slice_is(s, "e") || slice_is(s, "E")) && exponent(r, i + 1, &power, &after))
        raise_ten(ret, power);
    else if (number_glued(r, i) && slice_is(s, "^") && exponent(r, i + 1, &power, &after)) {
        ret->low = pow(ret->low, power);
        ret->other = pow(ret->other, power);
    }
    else if (i > 0 && slice_is(number_text(r, i - 1), "10") && ret->low == 10 && raised_exponent(r, i, &power, &after)) {
        /* "10⁶ homes" is a million; "10⁴" and "10²" may as well be ten with a note's mark, "10⁻⁴" may not */
        bool usual = power < 0 || power == 3 || power == 6 || power == 9 || power == 12;
        ret->other = 10;
        ret->ambiguous = !usual || may_be_mark(r, r->tokens[i].span.start);
        ret->low = pow(10, power);
    }
    else if (is_times(s) && number_digits_at(r, i + 1) && slice_is(number_text(r, i + 1), "10") &&
        (exponent(r, i + 2 + number_sign(r, i + 2, '^'), &power, &after) || raised_exponent(r, i + 2, &power, &after)))
        raise_ten(ret, power);
    else
        return;
    ret->after = after;
    ret->flags |= NUMBER_SCALED;
}
