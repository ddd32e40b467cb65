/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/number/words.h"

#include <math.h>

/* May a small number follow what stands in the current part? twenty + five, hundred + six, soixante + quinze, dix + sept. */
static bool small_fits(const struct number_reader *r, double current, double value)
{
    if (current == 0)
        return true;
    double tens = fmod(current, 100);
    if (tens == 0)
        return value < 100;
    if (r->language == LANGUAGE_FR && ((tens == 10 && value >= 7 && value <= 9) || ((tens == 60 || tens == 80) && value > 0 && value < 20)))
        return true;
    return value > 0 && value < 10 && tens >= 20 && (long)tens % 10 == 0;
}

static bool is_ten(double value)
{
    return value >= 20 && value < 100 && (long)value % 10 == 0;
}

static bool sum_small(const struct number_reader *r, struct word_sum *sum, double value)
{
    if (sum->words > 0 && (value == 0 || (sum->last == NUMBER_SMALL && sum->current == 0)))
        return false; /* nothing is added to zero, nor zero to anything */
    if (!small_fits(r, sum->current, value))
        return false;
    sum->current += value;
    return true;
}

/* A scale multiplies the smaller parts before it: {two thousand} million, {three billion} {455 thousand 228} million. */
static bool sum_scale(struct word_sum *sum, double scale)
{
    double times = sum->current;
    uint32_t n = sum->n;
    while (n > 0 && sum->parts[n - 1] < scale)
        times += sum->parts[--n];
    if (times == 0)
        times = 1;
    if (n == SUM_PARTS || (n > 0 && times * scale >= sum->scales[n - 1]))
        return false;
    sum->parts[n] = times * scale;
    sum->scales[n] = scale;
    sum->n = n + 1;
    sum->current = 0;
    return true;
}

bool sum_add(const struct number_reader *r, struct word_sum *sum, const struct number_word *word)
{
    switch (word->role) {
    case NUMBER_SMALL:
        if (!sum_small(r, sum, word->value))
            return false;
        break;
    case NUMBER_SCORE: {
        double tens = fmod(sum->current, 100);
        if (tens == 4)
            sum->current += 76;
        else if (!sum_small(r, sum, word->value))
            return false;
        break;
    }
    case NUMBER_HUNDRED:
        if (sum->current >= 100 || (r->language == LANGUAGE_FR && sum->current > 16))
            return false; /* "quarante-cinq cents" are coins */
        sum->current = (sum->current > 0 ? sum->current : 1) * word->value;
        break;
    case NUMBER_SCALE:
        if (!sum_scale(sum, word->value))
            return false;
        break;
    default:
        return false;
    }
    sum->last = word->role;
    sum->words++;
    return true;
}

/* "hundred and six", "treinta y cinco", "soixante et onze": the joint counts only where a small number follows that fits. */
static bool joint_fits(const struct number_reader *r, const struct word_sum *sum, uint32_t i)
{
    const struct number_word *next = number_word_at(r, i + 1);
    if (sum->words == 0 || !number_role_at(r, i, NUMBER_JOINT) || !next || r->tokens[i + 1].flags & TOKEN_PASSAGE)
        return false;
    if (next->role != NUMBER_SMALL && next->role != NUMBER_SCORE && next->role != NUMBER_HUNDRED)
        return false;
    if (next->value == 1 && i + 2 < r->n && number_role_at(r, i + 2, NUMBER_HALF))
        return false; /* "two million and one half" */
    bool after_scale = sum->last == NUMBER_HUNDRED || sum->last == NUMBER_SCALE;
    if (r->language == LANGUAGE_EN)
        return after_scale && next->value < 100;
    if (r->language == LANGUAGE_FR)
        return (next->value == 1 || next->value == 11) && sum->last != NUMBER_HUNDRED && small_fits(r, sum->current, next->value) && sum->current > 0;
    return sum->last == NUMBER_SMALL && sum->current > 0 && next->value < 20 && small_fits(r, sum->current, next->value);
}

/* "fifty-two", and "fifty - two" as text cut into words prints it. */
static bool hyphen_fits(const struct number_reader *r, const struct word_sum *sum, uint32_t i)
{
    if (sum->words == 0 || !number_sign(r, i, '-'))
        return false;
    if (number_glued(r, i + 1))
        return true; /* "fifty-two", "fifty -two" */
    const struct number_word *next = number_word_at(r, i + 1);
    bool spaced = next && r->tokens[i].flags & TOKEN_SPACE && r->tokens[i + 1].flags & TOKEN_SPACE && !(r->tokens[i + 1].flags & TOKEN_PASSAGE);
    return spaced && sum->ten && next->role == NUMBER_SMALL && next->value < 10;
}

/* "two million, three hundred thousand" */
static bool comma_fits(const struct number_reader *r, const struct word_sum *sum, uint32_t i)
{
    const struct number_word *next = number_word_at(r, i + 1), *second = number_word_at(r, i + 2);
    return sum->words > 0 && sum->last == NUMBER_SCALE && number_sign(r, i, ',') && next && next->role == NUMBER_SMALL && second &&
        second->role != NUMBER_JOINT;
}

uint32_t sum_words(const struct number_reader *r, uint32_t i, struct word_sum *sum)
{
    for (uint32_t at = i;;) {
        uint32_t next = at;
        if (hyphen_fits(r, sum, next) || comma_fits(r, sum, next))
            next++;
        bool joint = joint_fits(r, sum, next);
        const struct number_word *word = number_word_at(r, next + joint);
        double before = sum_total(sum), scale = sum_scale_last(sum);
        if (!word || (sum->words > 0 && r->tokens[next].flags & TOKEN_PASSAGE) || !sum_add(r, sum, word))
            return at;
        if (joint) {
            sum->joint = next;
            sum->before_joint = before;
            sum->scale_before_joint = scale;
        }
        sum->ten = (word->role == NUMBER_SMALL || word->role == NUMBER_SCORE) && is_ten(word->value);
        sum->ten_joint = joint;
        at = next + joint + 1;
    }
}

/* "thousands", "tens of thousands", "hundreds of millions", "decenas de miles". */
static bool vague_words(const struct number_reader *r, uint32_t first, const struct number_word *word, struct number *ret)
{
    ret->low = word->value;
    ret->after = first + 1;
    for (uint32_t i = first + 1; i + 1 < r->n && lexicon_word(r->lexicon, r->language, r->tokens[i].hash) & WORD_OF; i += 2) {
        const struct number_word *more = number_role_at(r, i + 1, NUMBER_VAGUE);
        if (!more)
            more = number_role_at(r, i + 1, NUMBER_SCALE);
        if (!more)
            break;
        ret->low *= more->value;
        ret->after = i + 2;
    }
    ret->high = ret->low * 10;
    ret->form = FORM_VAGUE;
    return word->value != 10 || ret->low > 10; /* "tens" alone says nothing */
}

/* "a hundred", "a million", "a dozen", "a quarter of", "a million and a half". */
static bool article_words(const struct number_reader *r, uint32_t first, struct number *ret)
{
    uint32_t next = first + 1;
    const struct number_word *word = number_word_at(r, next);
    if (!word || r->tokens[next].flags & TOKEN_PASSAGE)
        return false;
    if (number_role_at(r, next, NUMBER_HALF)) {
        ret->low = ret->high = 0.5;
        ret->form = FORM_FRACTION;
        ret->after = next + 1;
        return number_part_ends(r, next + 1);
    }
    struct word_sum one = {.current = 1, .words = 1, .last = NUMBER_SMALL};
    if (number_fraction(r, next, &one, true, ret))
        return true;
    if (word->role == NUMBER_DOZEN) {
        ret->low = ret->high = word->value;
        ret->after = next + 1;
        ret->form = FORM_WORDS;
        return true;
    }
    if (word->role != NUMBER_HUNDRED && word->role != NUMBER_SCALE)
        return false;
    struct word_sum sum = {0};
    ret->after = sum_words(r, next, &sum);
    ret->form = FORM_WORDS;
    number_tail(r, &sum, ret);
    return true;
}

static bool small_words(const struct number_reader *r, uint32_t first, struct number *ret)
{
    struct word_sum sum = {0};
    ret->after = sum_words(r, first, &sum);
    if (sum.words == 0)
        return false;
    ret->form = sum.words == 1 && sum_total(&sum) == 1 ? FORM_ONE : FORM_WORDS;
    number_tail(r, &sum, ret);
    return true;
}

/* "por ciento", "pour cent": the hundred of a percentage counts nothing. */
static bool percent_hundred(const struct number_reader *r, uint32_t first, const struct number *number)
{
    if (r->language == LANGUAGE_EN || number->low != 100 || number->after != first + 1 || first == 0 || r->tokens[first].flags & TOKEN_PASSAGE)
        return false;
    return slice_is(token_text(r->doc, &r->tokens[first - 1]), r->language == LANGUAGE_ES ? "por" : "pour");
}

/* Spanish and French say "less" for minus: only where a place in an order of numbers is meant, not in "al menos", "au moins", "de moins". */
static bool minus_here(const struct number_reader *r, uint32_t i)
{
    static const char *const before[] = {"entre", "es", "a", "à", "hasta", "desde", "est", "jusqu'à"};
    if (r->language == LANGUAGE_EN || i == 0 || r->tokens[i].flags & (TOKEN_PASSAGE | TOKEN_SENTENCE))
        return true;
    struct slice word = token_text(r->doc, &r->tokens[i - 1]);
    for (size_t k = 0; k < G_N_ELEMENTS(before); k++)
        if (slice_is(word, before[k]))
            return true;
    return false;
}

bool number_minus_word(const struct number_reader *r, uint32_t first)
{
    return first > 0 && !(r->tokens[first].flags & TOKEN_PASSAGE) && r->tokens[first].flags & TOKEN_SPACE && number_role_at(r, first - 1, NUMBER_MINUS) &&
           minus_here(r, first - 1);
}

static void minus_word(const struct number_reader *r, struct number *ret)
{
    if (!number_minus_word(r, ret->first))
        return;
    ret->first--;
    ret->low = -ret->low;
    ret->high = -ret->high;
    ret->flags |= NUMBER_SIGNED;
    if (ret->form == FORM_ONE)
        ret->form = FORM_WORDS;
}

/* "several hundred", "a few million": the word alone is vague in English; in Spanish and French the plural is. */
static bool bare_scale(const struct number_reader *r, uint32_t first, const struct number_word *word, struct number *ret)
{
    bool plural = word->role == NUMBER_SCALE && slice_ends(token_text(r->doc, &r->tokens[first]), "s");
    if (r->language != LANGUAGE_EN && !plural)
        return small_words(r, first, ret) && !percent_hundred(r, first, ret);
    *ret = (struct number){.first = first, .after = first + 1, .low = word->value, .high = word->value * 10, .form = FORM_VAGUE};
    return true;
}

static bool ordinal_word(const struct number_reader *r, uint32_t first, struct number *ret)
{
    const struct number_word *word = number_role_at(r, first, NUMBER_ORDINAL);
    if (!word)
        return false;
    ret->low = ret->high = word->value;
    ret->after = first + 1;
    ret->form = FORM_ORDINAL;
    return true;
}

bool number_read_words(const struct number_reader *r, uint32_t first, struct number *ret)
{
    const struct number_word *word = number_word_at(r, first);
    if (!word)
        return false;
    ret->form = FORM_WORDS;
    switch (word->role) {
    case NUMBER_ARTICLE:
        return article_words(r, first, ret);
    case NUMBER_HALF:
        return number_half(r, first, ret);
    case NUMBER_VAGUE:
        return vague_words(r, first, word, ret);
    case NUMBER_HUNDRED:
    case NUMBER_SCALE:
        return bare_scale(r, first, word, ret);
    case NUMBER_SMALL:
    case NUMBER_SCORE:
        if (r->language == LANGUAGE_FR && word->value == 7 && first > 0 && r->tokens[first - 1].class == TOKEN_NUMBER &&
            !(r->tokens[first].flags & TOKEN_PASSAGE))
            return false; /* "10 sept." is a date */
        if (!small_words(r, first, ret) || percent_hundred(r, first, ret))
            return false;
        minus_word(r, ret);
        return true;
    case NUMBER_PART:
        if (number_bare_part(r, first, ret))
            return true;
        break;
    default:
        break;
    }
    return ordinal_word(r, first, ret);
}
