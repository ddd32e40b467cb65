/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/link/attribution.h"

/*  How much of its sentence a credit holds for:
 *
 *    According to X, …; …           all of it
 *    …, according to X              what stands before it, back to the credit or the contrast before
 *    … 300 …, X said that 500 …     what follows the verb: 300 is nobody's
 *    while X says 500, 300 …        up to the comma: the main clause is another's */

enum { THAT_TOKENS = 10, NEAR_TOKENS = 6, TRAIL_TOKENS = 10, LEAD_TOKENS = 6, ASIDE_TOKENS = 6 };

static uint16_t sign_at(const struct attribution_scan *s, uint32_t i)
{
    return i < s->n ? s->tokens[i].sign : 0;
}

static bool dash(uint16_t sign)
{
    return sign == 0x2013 /* – */ || sign == 0x2014 /* — */;
}

static bool comma(const struct attribution_scan *s, uint32_t i)
{
    uint16_t sign = sign_at(s, i);
    bool glued = i + 1 < s->n && !(s->tokens[i + 1].flags & TOKEN_SPACE); /* "1,234" */
    return (sign == ',' || dash(sign)) && !glued;
}

static bool quote(const struct attribution_scan *s, uint32_t i)
{
    switch (sign_at(s, i)) {
    case '"':
    case '\'':
    case 0xab:   /* « */
    case 0xbb:   /* » */
    case 0x2019: /* ’ */
    case 0x201c: /* “ */
    case 0x201d: /* ” */
        return true;
    default:
        return false;
    }
}

static bool closes(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t i)
{
    uint16_t sign = sign_at(s, i);
    return i >= sentence->after || sign == '.' || sign == ',' || sign == ';' || sign == ')' || dash(sign);
}

/* Does a figure begin in tokens [i, i + n)? */
static bool figure_near(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t i, uint32_t n)
{
    if (i >= sentence->after)
        return false;
    uint32_t start = s->tokens[i].span.start, end = s->tokens[MIN(i + n, sentence->after) - 1].span.end, low = 0, high = s->n_figures;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->figures[middle].span.start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->n_figures && s->figures[low].span.start < end;
}

static bool object(const struct attribution_scan *s, uint32_t i)
{
    return attribution_is(s, i, ATTRIBUTION_OBJECT) || (s->tokens[i].class == TOKEN_WORD && lexicon_number(s->lexicon, s->language, s->tokens[i].hash));
}

bool attribution_says(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t i, int value, bool counts)
{
    if (i >= sentence->after || closes(s, sentence, i))
        return false;
    if (value == 1)
        return s->tokens[i].class != TOKEN_WORD || object(s, i);
    uint32_t flags = s->tokens[i].class == TOKEN_WORD ? lexicon_word(s->lexicon, s->language, s->tokens[i].hash) : 0;
    bool goes_on = !(flags & WORD_STOP) || flags & WORD_ARTICLE || object(s, i);
    if (counts ? goes_on : value == 2)
        return true;
    for (uint32_t k = i; k < sentence->after && k < i + THAT_TOKENS && !comma(s, k) && !attribution_sign(s, k, ';'); k++) {
        const struct cue *that = attribution_cue(s, k, ATTRIBUTION_OBJECT);
        if ((that && (that->value == 1 || (k == i && value != 3))) || attribution_sign(s, k, ':') || quote(s, k))
            return true;
    }
    return value != 3 && figure_near(s, sentence, i, NEAR_TOKENS);
}

bool attribution_parted(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t first)
{
    while (first > sentence->first && s->tokens[first - 1].class == TOKEN_WORD && lexicon_word(s->lexicon, s->language, s->tokens[first - 1].hash) & WORD_ARTICLE)
        first--;
    return first > sentence->first && (comma(s, first - 1) || quote(s, first - 1));
}

bool attribution_trails(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t i)
{
    if (closes(s, sentence, i))
        return true;
    uint32_t flags = s->tokens[i].class == TOKEN_WORD ? lexicon_word(s->lexicon, s->language, s->tokens[i].hash) : 0;
    return flags & WORD_STOP && sentence->after - i <= TRAIL_TOKENS; /* "said on Monday." */
}

/* A contrast that begins a clause: at the start of the sentence or behind a comma. */
static bool contrast(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t i)
{
    return attribution_is(s, i, ATTRIBUTION_CONTRAST) && (i == sentence->first || comma(s, i - 1) || attribution_sign(s, i - 1, ';'));
}

/* Does the sentence begin with a contrast, and the attribution stand in it? */
static bool in_first_clause(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t first)
{
    uint32_t i = first;
    while (i > sentence->first && first - i < LEAD_TOKENS && !comma(s, i - 1))
        i--;
    return i == sentence->first && contrast(s, sentence, i);
}

/* Where what stands before token `first` begins. */
static uint32_t held_from(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t first)
{
    uint32_t i = first;
    while (i > sentence->credited && !attribution_sign(s, i - 1, ';') && !contrast(s, sentence, i - 1))
        i--;
    return i;
}

/* Where what follows token `after` ends. */
static uint32_t held_to(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t first, uint32_t after, bool all)
{
    bool subordinate = in_first_clause(s, sentence, first), list = false;
    int depth = 0;
    for (uint32_t i = after; i < sentence->after; i++) {
        depth += attribution_sign(s, i, '(') - attribution_sign(s, i, ')');
        list = list || attribution_sign(s, i, ':');
        if (depth < 0 || (depth == 0 && subordinate && i > after && comma(s, i)))
            return i;
        if (depth == 0 && !all && (contrast(s, sentence, i) || (!list && attribution_sign(s, i, ';'))))
            return i;
    }
    return sentence->after;
}

struct span attribution_holds(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t first, uint32_t after, unsigned sides)
{
    bool fronted = first <= sentence->first + 1;
    uint32_t from = sides & SIDE_BEFORE ? held_from(s, sentence, first) : first;
    uint32_t to = sides & SIDE_BEHIND ? held_to(s, sentence, first, after, fronted && sides & SIDE_BEFORE) : after;
    return (struct span){s->tokens[from].span.start, s->tokens[MAX(to, from + 1) - 1].span.end};
}
