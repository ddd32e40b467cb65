/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/number.h"

/* The sum so far: "two million three hundred" is total 2,000,000, current 300. */
struct word_sum {
    double total, current;
    double scale;            /* the last scale: the next must be smaller, or multiplies everything ("mil millones") */
    enum number_role last;
    uint32_t words;
};

static const struct number_word *word_at(const struct number_reader *r, uint32_t i)
{
    if (i >= r->n || r->tokens[i].class != TOKEN_WORD)
        return NULL;
    return lexicon_number(r->lexicon, r->language, r->tokens[i].hash);
}

static const struct number_word *role_at(const struct number_reader *r, uint32_t i, enum number_role role)
{
    if (i >= r->n || r->tokens[i].class != TOKEN_WORD)
        return NULL;
    return lexicon_number_role(r->lexicon, r->language, r->tokens[i].hash, role);
}

/* May a small number follow what stands in the current part? twenty + five, hundred + six, soixante + quinze. */
static bool small_fits(const struct number_reader *r, double current, double value)
{
    if (current == 0)
        return true;
    double tens = current - 100 * (double)(long)(current / 100);
    if (tens == 0)
        return value < 100 || (value < 100 && r->language != LANGUAGE_EN);
    bool french = r->language == LANGUAGE_FR && (tens == 60 || tens == 80) && value < 20;
    bool whole_ten = tens >= 20 && (long)tens % 10 == 0;
    return value > 0 && whole_ten && (value < 10 || french);
}

static bool sum_small(const struct number_reader *r, struct word_sum *sum, double value)
{
    if (sum->last == NUMBER_SMALL && sum->current == 0 && sum->words > 0)
        return false; /* after "zero" */
    if (!small_fits(r, sum->current, value))
        return false;
    sum->current += value;
    return true;
}

static bool sum_scale(struct word_sum *sum, double scale)
{
    if (sum->scale == 0 || scale < sum->scale) {
        sum->total += (sum->current > 0 ? sum->current : 1) * scale;
    } else {
        if (sum->current > 0 && sum->total == 0)
            return false;
        sum->total = (sum->total + sum->current) * scale;
    }
    sum->current = 0;
    sum->scale = scale;
    return true;
}

static bool sum_add(const struct number_reader *r, struct word_sum *sum, const struct number_word *word)
{
    switch (word->role) {
    case NUMBER_SMALL:
        if (!sum_small(r, sum, word->value))
            return false;
        break;
    case NUMBER_SCORE: {
        double tens = sum->current - 100 * (double)(long)(sum->current / 100);
        if (tens == 4)
            sum->current += 76;
        else if (!sum_small(r, sum, word->value))
            return false;
        break;
    }
    case NUMBER_HUNDRED:
        if (sum->current >= 100)
            return false;
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
    const struct number_word *next = word_at(r, i + 1);
    if (sum->words == 0 || !role_at(r, i, NUMBER_JOINT) || !next || r->tokens[i + 1].flags & TOKEN_PASSAGE)
        return false;
    if (next->role != NUMBER_SMALL && next->role != NUMBER_SCORE && next->role != NUMBER_HUNDRED)
        return false;
    if (r->language == LANGUAGE_EN)
        return sum->last == NUMBER_HUNDRED || sum->last == NUMBER_SCALE;
    return sum->last == NUMBER_SMALL || sum->last == NUMBER_SCORE ? small_fits(r, sum->current, next->value) && next->value < 20 : false;
}

/* As many number words as make one number; returns the token behind. */
static uint32_t sum_words(const struct number_reader *r, uint32_t i, struct word_sum *sum)
{
    for (uint32_t at = i;;) {
        uint32_t next = at;
        if (sum->words > 0 && number_sign(r, next, '-') && number_glued(r, next) && number_glued(r, next + 1))
            next++;
        else if (sum->words > 0 && number_sign(r, next, ',') && word_at(r, next + 1) && sum->last == NUMBER_SCALE && word_at(r, next + 1)->role == NUMBER_SMALL &&
                 word_at(r, next + 2) && word_at(r, next + 2)->role != NUMBER_JOINT)
            next++; /* "two million, three hundred thousand" */
        if (joint_fits(r, sum, next))
            next++;
        const struct number_word *word = word_at(r, next);
        if (!word || (sum->words > 0 && r->tokens[next].flags & TOKEN_PASSAGE) || !sum_add(r, sum, word))
            return at;
        at = next + 1;
    }
}

/* Where a fraction word may stand without "of": the noun of an ordinal does not follow. */
static bool part_ends(const struct number_reader *r, uint32_t i)
{
    if (i >= r->n || r->tokens[i].flags & TOKEN_PASSAGE || r->tokens[i].class != TOKEN_WORD)
        return true;
    return lexicon_word(r->lexicon, r->language, r->tokens[i].hash) & (WORD_OF | WORD_STOP | WORD_CHANGE | WORD_ARTICLE);
}

/* "two thirds", "three-quarters", "a third of", "un tercio"; the numerator has been read. */
static bool fraction_words(const struct number_reader *r, uint32_t at, double numerator, bool article, struct number *ret)
{
    uint32_t i = at;
    if (number_sign(r, i, '-') && number_glued(r, i) && number_glued(r, i + 1))
        i++;
    const struct number_word *part = role_at(r, i, NUMBER_PART);
    if (!part || r->tokens[i].flags & TOKEN_PASSAGE || numerator >= 100)
        return false;
    if (numerator == 1 && article && !part_ends(r, i + 1))
        return false;
    struct slice word = document_slice(r->doc, r->tokens[i].span);
    if (r->language == LANGUAGE_EN && numerator > 1 && !slice_ends(word, "s") && !slice_ends(word, "S"))
        return false;
    ret->low = ret->high = numerator / part->value;
    ret->after = i + 1;
    ret->form = FORM_FRACTION;
    return true;
}

/* "half a million", "half a dozen", "medio millón": the half of a scale; else a plain half. */
static bool half_words(const struct number_reader *r, uint32_t first, struct number *ret)
{
    uint32_t i = first + 1;
    if (role_at(r, i, NUMBER_ARTICLE))
        i++;
    else if (number_sign(r, i, '-') && number_glued(r, i))
        i++;
    const struct number_word *scale = role_at(r, i, NUMBER_SCALE);
    if (!scale)
        scale = role_at(r, i, NUMBER_DOZEN);
    if (!scale && r->language == LANGUAGE_EN)
        scale = role_at(r, i, NUMBER_HUNDRED);
    ret->low = ret->high = scale ? 0.5 * scale->value : 0.5;
    ret->after = scale ? i + 1 : first + 1;
    ret->form = scale ? FORM_WORDS : FORM_FRACTION;
    return true;
}

/* "thousands", "tens of thousands", "hundreds of millions", "decenas de miles". */
static bool vague_words(const struct number_reader *r, uint32_t first, const struct number_word *word, struct number *ret)
{
    ret->low = word->value;
    ret->after = first + 1;
    for (uint32_t i = first + 1; i + 1 < r->n && lexicon_word(r->lexicon, r->language, r->tokens[i].hash) & WORD_OF; i += 2) {
        const struct number_word *more = role_at(r, i + 1, NUMBER_VAGUE);
        if (!more)
            more = role_at(r, i + 1, NUMBER_SCALE);
        if (!more)
            break;
        ret->low *= more->value;
        ret->after = i + 2;
    }
    ret->high = ret->low * 10;
    ret->form = FORM_VAGUE;
    return word->value != 10 || ret->low > 10; /* "tens" alone says nothing */
}

/* "a hundred", "a million", "a dozen", "a quarter of". */
static bool article_words(const struct number_reader *r, uint32_t first, struct number *ret)
{
    uint32_t next = first + 1;
    const struct number_word *word = word_at(r, next);
    if (!word || r->tokens[next].flags & TOKEN_PASSAGE)
        return false;
    if (role_at(r, next, NUMBER_HALF)) {
        ret->low = ret->high = 0.5;
        ret->form = FORM_FRACTION;
        ret->after = next + 1;
        return part_ends(r, next + 1);
    }
    if (fraction_words(r, next, 1, true, ret))
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
    ret->low = ret->high = sum.total + sum.current;
    ret->form = FORM_WORDS;
    return true;
}

/* "two and a half", "two and a half million", "dos y medio", "deux et demi" */
static void and_half(const struct number_reader *r, struct number *ret)
{
    uint32_t i = ret->after;
    if (!role_at(r, i, NUMBER_JOINT))
        return;
    i++;
    if (role_at(r, i, NUMBER_ARTICLE))
        i++;
    if (!role_at(r, i, NUMBER_HALF))
        return;
    ret->after = i + 1;
    ret->low += 0.5;
    const struct number_word *scale = role_at(r, i + 1, NUMBER_SCALE);
    if (scale) {
        ret->low *= scale->value;
        ret->after++;
    }
    ret->high = ret->low;
}

static void dozens_after(const struct number_reader *r, struct number *ret)
{
    const struct number_word *dozen = role_at(r, ret->after, NUMBER_DOZEN);
    if (dozen && !(r->tokens[ret->after].flags & TOKEN_PASSAGE)) {
        ret->low *= dozen->value;
        ret->high = ret->low;
        ret->after++;
    }
}

static bool small_words(const struct number_reader *r, uint32_t first, struct number *ret)
{
    struct word_sum sum = {0};
    uint32_t after = sum_words(r, first, &sum);
    if (sum.words == 0)
        return false;
    ret->low = ret->high = sum.total + sum.current;
    ret->after = after;
    ret->form = sum.words == 1 && ret->low == 1 ? FORM_ONE : FORM_WORDS;
    ret->scale = sum.scale > 0 && sum.current == 0 ? sum.scale : 1;
    if (fraction_words(r, after, ret->low, ret->form == FORM_ONE && r->language != LANGUAGE_EN, ret))
        return true;
    and_half(r, ret);
    dozens_after(r, ret);
    if (ret->after > after)
        ret->form = FORM_WORDS;
    return true;
}

/* "minus five", "negative ten". */
static void minus_word(const struct number_reader *r, struct number *ret)
{
    if (ret->first == 0 || r->tokens[ret->first].flags & TOKEN_PASSAGE || !role_at(r, ret->first - 1, NUMBER_MINUS))
        return;
    ret->first--;
    ret->low = -ret->low;
    ret->high = -ret->high;
    ret->flags |= NUMBER_SIGNED;
}

bool number_read_words(const struct number_reader *r, uint32_t first, struct number *ret)
{
    const struct number_word *word = word_at(r, first);
    if (!word)
        return false;
    ret->form = FORM_WORDS;
    switch (word->role) {
    case NUMBER_ARTICLE:
        return article_words(r, first, ret);
    case NUMBER_HALF:
        return half_words(r, first, ret);
    case NUMBER_VAGUE:
        return vague_words(r, first, word, ret);
    case NUMBER_HUNDRED:
    case NUMBER_SCALE:
        if (r->language == LANGUAGE_EN) { /* "several hundred", "a few million" */
            *ret = (struct number){.first = first, .after = first + 1, .low = word->value, .high = word->value * 10, .form = FORM_VAGUE};
            return true;
        }
        return small_words(r, first, ret);
    case NUMBER_SMALL:
    case NUMBER_SCORE:
        if (!small_words(r, first, ret))
            return false;
        minus_word(r, ret);
        return true;
    default:
        break;
    }
    word = role_at(r, first, NUMBER_ORDINAL);
    if (!word)
        return false;
    ret->low = ret->high = word->value;
    ret->after = first + 1;
    ret->form = FORM_ORDINAL;
    return true;
}
