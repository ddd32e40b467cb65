/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/period/period.h"

/*  Most words and numbers that a period may begin with begin none: what stands behind them says so, before anything is read.
 *
 *    from   the   third   quarter        5   of   them        by   the   village
 *    FROM → ARTICLE → ORDINAL: a range?  number → OF: a day?  BY → ARTICLE → nothing: no period */

/* What stands behind a word, beside its classes (enum period_word). */
enum { BEHIND_NUMBER = PERIOD_WORDS, BEHIND_DASH, BEHIND_SLASH, BEHIND_STOP, BEHIND_COMMA, BEHIND_GLUED /* a word, no space between */, BEHIND_THE_POINT /* an article before a date */, BEHIND_ANY };

#define BIT(word) PERIOD_BIT(PERIOD_##word)
#define BEHIND(what) PERIOD_BIT(BEHIND_##what)
#define WAY(way) (1u << WAY_##way)
#define A_POINT (PERIOD_POINT_BITS | BEHIND(NUMBER))
#define THE_YEAR (BIT(LAST) | BIT(THIS) | BIT(PREVIOUS) | BIT(SAME) | BIT(THAT) | BIT(NEXT) | BIT(ARTICLE) | BIT(UNIT))

/* A word that may begin a period by itself: what must stand behind it (one of these), and the ways of saying one that begin so. `other`: in the languages that
 * print the unit first, "el trimestre anterior". */
static const struct beginning {
    uint64_t behind, behind_other;
    uint32_t ways, ways_other;
} beginnings[PERIOD_WORDS] = {
    [PERIOD_MONTH] = {BEHIND(ANY), 0, WAY(RANGE) | WAY(POINT), 0},
    [PERIOD_MONTH_WORD] = {BEHIND(ANY), 0, WAY(RANGE) | WAY(POINT), 0},
    [PERIOD_SIGN] = {BEHIND(NUMBER), 0, WAY(RANGE) | WAY(POINT), 0},
    [PERIOD_ORDINAL] = {BIT(COUNT) | BIT(UNIT) | BEHIND(NUMBER), 0, WAY(RANGE) | WAY(POINT), 0},
    [PERIOD_SEASON] = {BEHIND(NUMBER) | BEHIND(COMMA) | BEHIND(STOP) | BIT(OF) | BIT(ARTICLE), 0, WAY(RANGE) | WAY(POINT), 0},
    [PERIOD_EARLY] = {A_POINT | BEHIND(DASH) | BIT(OF) | THE_YEAR, 0, WAY(RANGE) | WAY(POINT), 0},
    [PERIOD_MID] = {A_POINT | BEHIND(DASH) | BIT(OF) | THE_YEAR, 0, WAY(RANGE) | WAY(POINT), 0},
    [PERIOD_LATE] = {A_POINT | BEHIND(DASH) | BIT(OF) | THE_YEAR, 0, WAY(RANGE) | WAY(POINT), 0},
    [PERIOD_START] = {A_POINT | BEHIND(DASH) | BIT(OF) | THE_YEAR | BIT(REPORTING), 0, WAY(RANGE) | WAY(POINT) | WAY(REPORTING), 0},
    [PERIOD_END] = {A_POINT | BEHIND(DASH) | BIT(OF) | THE_YEAR | BIT(REPORTING), 0, WAY(RANGE) | WAY(POINT) | WAY(REPORTING), 0},
    [PERIOD_FISCAL] = {BEHIND(NUMBER), 0, WAY(RANGE) | WAY(POINT), 0},
    [PERIOD_DECADE] = {BEHIND(NUMBER), 0, WAY(RANGE) | WAY(POINT), 0},
    [PERIOD_FROM] = {A_POINT | BEHIND(THE_POINT), 0, WAY(RANGE) | WAY(OPEN), 0},
    [PERIOD_BETWEEN] = {A_POINT | BEHIND(THE_POINT), 0, WAY(RANGE), 0},
    [PERIOD_SINCE] = {A_POINT | BEHIND(THE_POINT), 0, WAY(OPEN), 0},
    [PERIOD_UNTIL] = {A_POINT | BEHIND(THE_POINT), 0, WAY(OPEN), 0},
    [PERIOD_BY] = {A_POINT | BEHIND(THE_POINT), 0, WAY(OPEN), 0},
    [PERIOD_BEFORE] = {A_POINT | BEHIND(THE_POINT), 0, WAY(OPEN), 0},
    [PERIOD_AFTER] = {A_POINT | BEHIND(THE_POINT), 0, WAY(OPEN), 0},
    [PERIOD_ARTICLE] = {A_POINT | BIT(UNIT), BIT(COUNT), WAY(RANGE) | WAY(UNIT_BEFORE) | WAY(THE_UNIT), WAY(SAME) | WAY(SHIFTED)},
    [PERIOD_REPORTING] = {BEHIND(ANY), 0, WAY(REPORTING), 0},
    [PERIOD_SAME] = {BIT(UNIT), 0, WAY(SAME), 0},
    [PERIOD_COUNT] = {BIT(UNIT), 0, WAY(AGO), WAY(SAME) | WAY(SHIFTED)},
    [PERIOD_UNIT] = {0, BIT(SAME) | BIT(LAST) | BIT(THIS) | BIT(PREVIOUS) | BIT(NEXT) | BIT(THAT), 0, WAY(SAME) | WAY(SHIFTED)},
    [PERIOD_LAST] = {BIT(COUNT) | BIT(UNIT) | BEHIND(NUMBER), 0, WAY(SHIFTED), 0},
    [PERIOD_THIS] = {BIT(COUNT) | BIT(UNIT) | BEHIND(NUMBER), 0, WAY(SHIFTED), 0},
    [PERIOD_PREVIOUS] = {BIT(COUNT) | BIT(UNIT) | BEHIND(NUMBER), 0, WAY(SHIFTED), 0},
    [PERIOD_NEXT] = {BIT(COUNT) | BIT(UNIT) | BEHIND(NUMBER), 0, WAY(SHIFTED), 0},
    [PERIOD_THAT] = {BIT(COUNT) | BIT(UNIT) | BEHIND(NUMBER), 0, WAY(SHIFTED), 0},
    [PERIOD_WEEKDAY] = {BEHIND(ANY), 0, WAY(DAY), 0},
    [PERIOD_DAY] = {BEHIND(ANY), 0, WAY(DAY), 0},
};

/* The same of a number of one or two digits. */
static const uint64_t OF_NUMBER = BEHIND(DASH) | BEHIND(SLASH) | BEHIND(STOP) | BEHIND(GLUED) | BIT(TO) | BIT(AND) | BIT(MONTH) | BIT(MONTH_WORD) | BIT(OF) | BIT(UNIT);

/* Signs by their low byte: one that is none of these may pass for one, and is told from it where it is read. */
static const uint8_t signs[256] = {
    ['-'] = 1 << 0, [0x2010 & 0xff] = 1 << 0, [0x2011 & 0xff] = 1 << 0, [0x2013 & 0xff] = 1 << 0, [0x2014 & 0xff] = 1 << 0, ['/'] = 1 << 1, ['.'] = 1 << 2, [','] = 1 << 3,
};

/* What a token that may begin phrases of the classes is to the one before it, without a branch that depends on it. */
static inline uint64_t behind_as(const struct token *token, uint64_t classes)
{
    uint64_t number = token->class == TOKEN_NUMBER, glued = (token->class == TOKEN_WORD) & !(token->flags & (TOKEN_SPACE | TOKEN_PASSAGE));
    return classes | BEHIND(ANY) | number << BEHIND_NUMBER | glued << BEHIND_GLUED | (uint64_t)signs[token->sign & 0xff] << BEHIND_DASH;
}

static uint64_t behind(const struct period_scan *s, uint32_t i)
{
    return i < s->n ? behind_as(&s->tokens[i], period_classes(s, i)) : BEHIND(ANY);
}

/* Does an article stand at token i, and a date behind it? */
static bool the_point(const struct period_scan *s, uint32_t i)
{
    return i + 1 < s->n && period_classes(s, i) & BIT(ARTICLE) && (s->tokens[i + 1].class == TOKEN_NUMBER || period_classes(s, i + 1) & PERIOD_POINT_BITS);
}

/* Does what stands behind a number of one or two digits, `is` (with token i + 1), and behind that let it be a day or the first of two? */
static bool day_goes_on(const struct period_scan *s, uint32_t i, uint64_t is)
{
    bool two = i + 2 < s->n, number = two && s->tokens[i + 2].class == TOKEN_NUMBER;
    uint64_t behind_it = two ? period_classes(s, i + 2) : 0;
    if (is & (BIT(MONTH) | BIT(MONTH_WORD)))
        return true;
    if (is & (BEHIND(SLASH) | BEHIND(STOP)))
        return number && period_glued(s, i + 2);
    if (is & (BEHIND(DASH) | BIT(TO) | BIT(AND)) && (number || behind_it & (PERIOD_POINT_BITS | BIT(ARTICLE)) || period_may_go_on(s, i + 1)))
        return true;
    if (is & BIT(OF) && (behind_it & (BIT(MONTH) | BIT(MONTH_WORD)) || period_may_go_on(s, i + 1)))
        return true;
    return is & BEHIND(GLUED) && s->tokens[i + 1].span.end - s->tokens[i + 1].span.start <= 2; /* "th" */
}

/* Of a number that no longer phrase begins with. */
static uint32_t ways_of_number(const struct period_scan *s, uint32_t i)
{
    uint32_t len = s->tokens[i].span.end - s->tokens[i].span.start;
    if (len == 4) { /* 1800 … 2099 */
        const char *digits = period_text(s, i).ptr;
        return (digits[0] == '1' && digits[1] >= '8') || (digits[0] == '2' && digits[1] == '0') ? WAY(RANGE) | WAY(POINT) : 0;
    }
    if (len > 2 || !period_goes_on(s, i + 1))
        return 0;
    uint64_t is = behind(s, i + 1);
    if (!(is & OF_NUMBER))
        return 0;
    uint32_t ways = day_goes_on(s, i, is) ? WAY(RANGE) | WAY(POINT) : 0;
    return ways | (is & BIT(UNIT) ? WAY(AGO) | (s->language == LANGUAGE_EN ? 0 : WAY(SAME) | WAY(SHIFTED)) : 0);
}

/* The classes of the phrases of more than one word that begin with token i. */
static uint64_t longer_at(const struct period_scan *s, uint32_t i)
{
    const struct cue_start *start = cue_text_start(&s->cues, s->tokens[i].word);
    const struct cue *cues = s->cues.table->rows[s->language] + start->first;
    uint64_t longer = 0;
    for (uint32_t k = 0; k < start->n; k++)
        if (cues[k].second == s->tokens[i + 1].hash) {
            const struct cue *cue = cue_text_find(&s->cues, i, cues[k].class);
            longer |= (uint64_t)(cue && cue->n > 1) << cues[k].class;
        }
    return longer;
}

uint32_t period_ways(const struct period_scan *s, uint32_t i)
{
    const struct token *token = &s->tokens[i];
    uint64_t longer = period_may_go_on(s, i) ? longer_at(s, i) : 0, needed = s->begun[s->cues.rows[token->word]].needed;
    bool other = s->language != LANGUAGE_EN;
    if (token->class == TOKEN_NUMBER && longer == 0)
        return ways_of_number(s, i);
    uint64_t is = longer ? ~UINT64_C(0) : behind(s, i + 1);
    if (!(needed & is) && needed & BEHIND(THE_POINT) && the_point(s, i + 1))
        is |= BEHIND(THE_POINT);
    if (!(needed & is) && longer == 0)
        return 0;
    uint32_t ways = token->class == TOKEN_NUMBER ? WAY(RANGE) | WAY(POINT) | WAY(AGO) | (other ? WAY(SAME) | WAY(SHIFTED) : 0) : 0;
    uint64_t small = other || token->flags & TOKEN_CAPITAL ? 0 : BIT(MONTH) | BIT(MONTH_WORD); /* "may" */
    for (uint64_t words = (cue_text_start(&s->cues, token->word)->alone & ~small) | longer; words; words &= words - 1) {
        const struct beginning *begins = &beginnings[__builtin_ctzll(words)];
        ways |= is & (begins->behind | (other ? begins->behind_other : 0)) ? begins->ways | (other ? begins->ways_other : 0) : 0;
    }
    return ways;
}

/* The hashes that are second in a phrase, by their low twelve bits. */
static void note_seconds(struct period_scan *s)
{
    const struct cue *cues = s->cues.table->rows[s->language], *end = cues + s->cues.table->starts[s->language]->pairs->len;
    for (const struct cue *cue = cues; cue < end; cue++)
        s->seconds[cue->second & 63] |= (uint64_t)(cue->n > 1) << (cue->second >> 6 & 63);
}

void period_begin(struct period_scan *s)
{
    bool other = s->language != LANGUAGE_EN;
    uint64_t begin = 0;
    for (unsigned class = 0; class < PERIOD_WORDS; class++)
        begin |= (uint64_t)(beginnings[class].ways || (other && beginnings[class].ways_other)) << class;
    note_seconds(s);
    guint n = s->cues.table->starts[s->language]->pairs->len;
    s->begun = g_new(struct period_begun, n + 1);
    for (guint i = 0; i <= n; i++) {
        const struct cue_start *start = &s->cues.begin[i];
        uint64_t needed = 0;
        for (uint64_t words = start->alone; words; words &= words - 1) {
            const struct beginning *begins = &beginnings[__builtin_ctzll(words)];
            needed |= begins->behind | (other ? begins->behind_other : 0);
        }
        s->begun[i] = (struct period_begun){needed, (start->classes & begin) != 0};
    }
}

/* May period_ways find one at the token, behind which two others stand? Without a branch that depends on them. */
static inline uint32_t may_begin(const struct token *token, const struct cue_text *cues, const struct period_begun *begun, const uint64_t seconds[64])
{
    const struct cue_start *next = cue_text_start(cues, token[1].word);
    uint64_t is = behind_as(&token[1], next->alone | (next->classes & -period_goes_longer(&token[1], cues, seconds))), needed = begun[cues->rows[token->word]].needed;
    uint32_t len = token->span.end - token->span.start, number = token->class == TOKEN_NUMBER;
    uint64_t word = ((needed & is) != 0) | (needed >> BEHIND_THE_POINT & is >> PERIOD_ARTICLE & 1) | period_goes_longer(token, cues, seconds);
    return (uint32_t)word | (number & ((len == 4) | ((len <= 2) & ((is & OF_NUMBER) != 0))));
}

uint32_t *period_places(const struct period_scan *s, uint32_t *n)
{
    const struct token *tokens = s->tokens;
    const struct cue_text cues = s->cues;
    const struct period_begun *begun = s->begun;
    g_autofree uint8_t *may = g_new(uint8_t, MAX(s->cues.words, 1));
    uint32_t all = s->n, *places = g_new(uint32_t, all + 1), found = 0, kept = 0;
    for (uint32_t i = 0, words = s->cues.words; i < words; i++)
        may[i] = begun[cues.rows[i]].may;
    for (uint32_t i = 0; i < all; i++) { /* without a branch that depends on the words */
        places[found] = i;
        found += may[tokens[i].word] | (tokens[i].class == TOKEN_NUMBER);
    }
    for (uint32_t k = 0; k < found; k++) {
        uint32_t i = places[k];
        token_fetch(tokens, places, k, found);
        places[kept] = i;
        kept += i + 2 < all ? may_begin(&tokens[i], &cues, begun, s->seconds) : 1;
    }
    *n = kept;
    return places;
}
