/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/number/words.h"

#include <math.h>

enum { LARGE_SCALE = 1000000 }; /* "two million and a half" is 2.5 million, "a hundred and a half" is not 150 */

static struct slice text_at(const struct number_reader *r, uint32_t i)
{
    return i < r->n ? token_text(r->doc, &r->tokens[i]) : slice_make("", 0);
}

static uint32_t word_classes(const struct number_reader *r, uint32_t i)
{
    if (i >= r->n || r->tokens[i].class != TOKEN_WORD || r->tokens[i].flags & TOKEN_PASSAGE)
        return 0;
    return lexicon_word(r->lexicon, r->language, r->tokens[i].hash);
}

static bool ends_passage(const struct number_reader *r, uint32_t i)
{
    return i >= r->n || r->tokens[i].flags & TOKEN_PASSAGE;
}

bool number_part_ends(const struct number_reader *r, uint32_t i)
{
    return ends_passage(r, i) || r->tokens[i].class != TOKEN_WORD || word_classes(r, i) & (WORD_OF | WORD_STOP | WORD_CHANGE | WORD_ARTICLE) ||
           number_role_at(r, i, NUMBER_SCALE);
}

/* A denominator as printed. */
struct part {
    double value;
    uint32_t after;
    bool plural, compound;
};

/* "twenty-fifth", "vingt et unième": a ten and an ordinal; the token of the ordinal, or 0. */
static uint32_t compound_part(const struct number_reader *r, uint32_t i, double *value)
{
    const struct number_word *ten = number_word_at(r, i);
    if (!ten || (ten->role != NUMBER_SMALL && ten->role != NUMBER_SCORE) || ten->value < 20 || (long)ten->value % 10 != 0)
        return 0;
    uint32_t next = i + 1;
    if (number_sign(r, next, '-') || (r->language == LANGUAGE_FR && number_role_at(r, next, NUMBER_JOINT)))
        next++;
    const struct number_word *one = ends_passage(r, next) ? NULL : number_role_at(r, next, NUMBER_ORDINAL);
    if (!one && !ends_passage(r, next))
        one = number_role_at(r, next, NUMBER_PART);
    if (!one || one->value >= 10)
        return 0;
    *value = ten->value + one->value;
    return next;
}

/* Spanish parts by gender: "dos terceras partes" needs its noun, "tres cuartos" does not. */
static bool spanish_part(const struct number_reader *r, struct part *part)
{
    struct slice word = text_at(r, part->after - 1);
    if (part->value > 12 || !(slice_ends(word, "a") || slice_ends(word, "as")))
        return true;
    struct slice noun = text_at(r, part->after);
    if (ends_passage(r, part->after) || !(slice_is(noun, "parte") || slice_is(noun, "partes")))
        return false;
    part->after++;
    return true;
}

static bool part_read(const struct number_reader *r, uint32_t i, struct part *part)
{
    *part = (struct part){0};
    uint32_t last = compound_part(r, i, &part->value);
    if (last > 0) {
        part->compound = true;
    } else {
        const struct number_word *word = number_role_at(r, i, NUMBER_PART);
        if (!word)
            return false;
        part->value = word->value;
        last = i;
    }
    struct slice text = text_at(r, last);
    part->plural = slice_ends(text, "s") || slice_ends(text, "S");
    part->after = last + 1;
    return r->language != LANGUAGE_ES || spanish_part(r, part);
}

/* "of a million", "million" behind a fraction: what it is a fraction of. */
static double scale_behind(const struct number_reader *r, uint32_t *after)
{
    uint32_t i = *after;
    bool of = word_classes(r, i) & WORD_OF;
    if (of)
        i++;
    const struct number_word *article = of ? number_word_at(r, i) : NULL;
    if (article && (article->role == NUMBER_ARTICLE || (article->role == NUMBER_SMALL && article->value == 1)))
        i++;
    const struct number_word *scale = ends_passage(r, i) ? NULL : number_role_at(r, i, NUMBER_SCALE);
    if (!scale || (of && !article && r->language == LANGUAGE_EN))
        return 1;
    *after = i + 1;
    return scale->value;
}

static void take_value(struct number *ret, double value, uint32_t after)
{
    ret->low = ret->high = value;
    ret->after = after;
    ret->form = value < 1 ? FORM_FRACTION : FORM_WORDS;
}

/* whole + part of … : "two hundred and three quarters", "six million and two thirds" */
static void take_mixed(const struct number_reader *r, double whole, double whole_scale, double fraction, uint32_t after, struct number *ret)
{
    double scale = scale_behind(r, &after);
    if (scale > 1 && whole_scale == 1) /* "five and a half million"; but "one billion and a half million" */
        whole *= scale;
    else if (scale == 1 && whole_scale >= LARGE_SCALE)
        scale = whole_scale;
    take_value(ret, whole + fraction * scale, after);
    ret->flags |= NUMBER_DECIMAL;
}

bool number_fraction(const struct number_reader *r, uint32_t at, const struct word_sum *sum, bool article, struct number *ret)
{
    uint32_t i = at;
    struct part part;
    double numerator = sum_total(sum);
    if (number_sign(r, i, '-') && (number_glued(r, i) == number_glued(r, i + 1)))
        i++;
    if (ends_passage(r, i) || !part_read(r, i, &part))
        return false;
    bool singular = r->language == LANGUAGE_FR && (numerator < 20 || (sum->joint > 0 && numerator - sum->before_joint == 1));
    if (numerator > 1 && !part.plural && !singular)
        return false;
    if (numerator == 1 && (article || part.compound) && !number_part_ends(r, part.after))
        return false;
    if (r->language == LANGUAGE_EN && sum->ten && !sum->ten_joint && sum->words > 1 && part.value < 10) {
        double ten = fmod(sum->current, 100); /* "one hundred thirty-fifths" */
        numerator -= ten;
        part.value += ten;
    }
    double since = sum_total(sum) - sum->before_joint;
    if (sum->joint > 0 && r->language != LANGUAGE_ES && since < part.value) {
        take_mixed(r, sum->before_joint, sum->scale_before_joint, since / part.value, part.after, ret);
        return true;
    }
    double scale = scale_behind(r, &part.after);
    take_value(ret, numerator / part.value * scale, part.after);
    return true;
}

/* "a half", "one half", "media": the token behind, or 0. */
static uint32_t half_behind(const struct number_reader *r, uint32_t i)
{
    const struct number_word *word = ends_passage(r, i) ? NULL : number_word_at(r, i);
    bool one = word && (word->role == NUMBER_ARTICLE || (word->role == NUMBER_SMALL && word->value == 1));
    if (!one && r->language == LANGUAGE_EN)
        return 0;
    if (one)
        i++;
    return !ends_passage(r, i) && number_role_at(r, i, NUMBER_HALF) ? i + 1 : 0;
}

/* "and three fifths", "and a quarter": a proper fraction that no noun follows. */
static uint32_t fraction_behind(const struct number_reader *r, uint32_t i, double *fraction)
{
    struct word_sum sum = {0};
    struct part part;
    bool article = number_role_at(r, i, NUMBER_ARTICLE) && !ends_passage(r, i);
    uint32_t after = article ? i + 1 : ends_passage(r, i) ? i : sum_words(r, i, &sum);
    double numerator = article ? 1 : sum_total(&sum);
    if ((!article && sum.words == 0) || ends_passage(r, after) || !part_read(r, after, &part) || numerator >= part.value || (numerator > 1) != part.plural)
        return 0;
    if (word_classes(r, part.after) & WORD_OF || !number_part_ends(r, part.after))
        return 0;
    *fraction = numerator / part.value;
    return part.after;
}

bool number_mixed(const struct number_reader *r, double scale, bool parts, struct number *ret)
{
    uint32_t i = ret->after, after;
    double fraction = 0.5;
    if (ends_passage(r, i) || !(number_role_at(r, i, NUMBER_JOINT) || number_role_at(r, i, NUMBER_WITH)))
        return false;
    after = half_behind(r, i + 1);
    if (after == 0 && parts)
        after = fraction_behind(r, i + 1, &fraction);
    if (after == 0)
        return false;
    uint8_t form = ret->form;
    take_mixed(r, ret->low, scale, fraction, after, ret);
    if (form == FORM_DIGITS)
        ret->form = FORM_DIGITS;
    return true;
}

/* The words behind "point" as decimals: {zero three} is 03, {seventy-one} is 71. */
enum { MAX_DECIMALS = 300 }; /* what is longer is no number that anybody reads out */

static uint32_t decimals_read(const struct number_reader *r, uint32_t i, GString *decimals)
{
    for (;;) {
        const struct number_word *word = ends_passage(r, i) ? NULL : number_word_at(r, i);
        if (!word || !(word->role == NUMBER_SMALL || word->role == NUMBER_SCORE || word->role == NUMBER_HUNDRED || (word->role == NUMBER_SCALE &&
            r->language != LANGUAGE_EN)) ||
            decimals->len > MAX_DECIMALS)
            return i;
        struct word_sum sum = {0};
        i = sum_words(r, i, &sum);
        if (sum.words == 0)
            return i;
        g_string_append_printf(decimals, "%.0f", sum_total(&sum));
    }
}

/* "two hundred point zero three", "deux virgule cinq"; "siete con cincuenta" only where nothing is counted behind it. */
static bool point_tail(const struct number_reader *r, struct number *ret)
{
    uint32_t i = ret->after;
    bool with = !ends_passage(r, i) && number_role_at(r, i, NUMBER_WITH);
    if (ends_passage(r, i) || r->tokens[i].class != TOKEN_WORD || !(with || number_role_at(r, i, NUMBER_POINT)))
        return false;
    if (ret->form == FORM_ONE && ret->first > 0 && !(r->tokens[ret->first].flags & TOKEN_PASSAGE) && r->tokens[ret->first - 1].class == TOKEN_WORD &&
        !number_minus_word(r, ret->first))
        return false; /* "at one point two men …" */
    g_autoptr(GString) decimals = g_string_new("0.");
    uint32_t after = decimals_read(r, i + 1, decimals);
    if (decimals->len == 2 || (with && !ends_passage(r, after) && r->tokens[after].class == TOKEN_WORD && !slice_is(text_at(r, after), "por")))
        return false;
    take_value(ret, ret->low + g_ascii_strtod(decimals->str, NULL), after);
    ret->form = FORM_WORDS;
    ret->flags |= NUMBER_DECIMAL;
    return true;
}

/* "twenty-first", "one hundred and fifth": the number ends in an ordinal. */
static bool ordinal_tail(const struct number_reader *r, const struct word_sum *sum, struct number *ret)
{
    uint32_t i = ret->after;
    bool hyphen = number_sign(r, i, '-') && number_glued(r, i + 1); /* "fifty -eighth" too */
    bool joint = !ends_passage(r, i) && number_role_at(r, i, NUMBER_JOINT);
    if (r->language == LANGUAGE_ES || (r->language == LANGUAGE_EN && !hyphen && !joint) || (joint && r->language == LANGUAGE_EN && sum->ten))
        return false;
    i += hyphen || joint;
    const struct number_word *word = ends_passage(r, i) ? NULL : number_role_at(r, i, NUMBER_ORDINAL);
    if (!word && !ends_passage(r, i))
        word = number_role_at(r, i, NUMBER_PART);
    bool large = sum->last == NUMBER_HUNDRED || sum->last == NUMBER_SCALE;
    if (!word || !(sum->ten ? word->value < 10 : large && word->value < 100))
        return false;
    ret->low = ret->high = sum_total(sum) + word->value;
    ret->after = i + 1;
    ret->form = FORM_ORDINAL;
    return true;
}

bool number_dozens(const struct number_reader *r, struct number *ret)
{
    static const enum number_role roles[] = {NUMBER_DOZEN, NUMBER_ROUND, NUMBER_VAGUE};
    uint32_t i = ret->after;
    if (ends_passage(r, i))
        return false;
    for (size_t k = 0; k < G_N_ELEMENTS(roles); k++) {
        const struct number_word *word = number_role_at(r, i, roles[k]);
        if (!word || word->value > 1000)
            continue;
        ret->low *= word->value;
        ret->high = ret->low;
        ret->after = i + 1;
        ret->scale = word->value;
        if (roles[k] == NUMBER_ROUND)
            ret->flags |= NUMBER_ROUNDED;
        return true;
    }
    return false;
}

void number_tail(const struct number_reader *r, const struct word_sum *sum, struct number *ret)
{
    ret->low = ret->high = sum_total(sum);
    ret->scale = sum_scale_last(sum);
    if (point_tail(r, ret) || number_fraction(r, ret->after, sum, ret->form == FORM_ONE && r->language != LANGUAGE_EN, ret))
        return;
    if (number_mixed(r, ret->scale, true, ret) || ordinal_tail(r, sum, ret))
        return;
    if (number_dozens(r, ret))
        ret->form = FORM_WORDS;
}

/* "medio" is a half before a unit only: "media hora", never "por medio de"; "mitad" and "moitié" are halves of what follows "of". */
static bool half_of_unit(const struct number_reader *r, uint32_t first)
{
    uint32_t n;
    if (r->language == LANGUAGE_EN || slice_is(text_at(r, first), "mitad") || slice_starts(text_at(r, first), "moiti"))
        return true;
    return !ends_passage(r, first + 1) && trigger_find(r->lexicon->units[r->language], r->tokens[first + 1].hash, &n) && n > 0;
}

bool number_half(const struct number_reader *r, uint32_t first, struct number *ret)
{
    uint32_t i = first + 1;
    if (!ends_passage(r, i) && number_role_at(r, i, NUMBER_ARTICLE))
        i++;
    else if (number_sign(r, i, '-') && number_glued(r, i))
        i++;
    const struct number_word *scale = ends_passage(r, i) ? NULL : number_role_at(r, i, NUMBER_SCALE);
    if (!scale && !ends_passage(r, i))
        scale = number_role_at(r, i, NUMBER_DOZEN);
    if (!scale && !ends_passage(r, i) && r->language == LANGUAGE_EN)
        scale = number_role_at(r, i, NUMBER_HUNDRED);
    if (!scale && !half_of_unit(r, first))
        return false;
    ret->low = ret->high = scale ? 0.5 * scale->value : 0.5;
    ret->after = scale ? i + 1 : first + 1;
    ret->form = scale ? FORM_WORDS : FORM_FRACTION;
    return true;
}

bool number_bare_part(const struct number_reader *r, uint32_t first, struct number *ret)
{
    struct part part;
    if (!part_read(r, first, &part))
        return false;
    uint32_t after = part.after;
    double scale = scale_behind(r, &after);
    if (scale > 1 && !part.plural && (r->language == LANGUAGE_EN ? part.value == 4 : part.value < 10)) {
        take_value(ret, scale / part.value, after);
        return true;
    }
    bool noun = part.after > first + 1; /* "tercera parte" */
    bool determined = first > 0 && !(r->tokens[first].flags & TOKEN_PASSAGE) && word_classes(r, first - 1) & (WORD_ARTICLE | WORD_OF);
    if (r->language == LANGUAGE_EN || !(noun || (determined && word_classes(r, part.after) & WORD_OF)) || (part.plural &&
        !slice_is(text_at(r, first), "tiers")))
        return false;
    take_value(ret, 1 / part.value, part.after);
    return true;
}
