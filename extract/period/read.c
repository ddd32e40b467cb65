/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/period/period.h"

static struct when relative(enum anchor anchor, enum grain grain, int shift)
{
    return (struct when){.anchor = anchor, .grain = grain, .shift = shift, .edge = PERIOD_WORDS, .relative = true, .rule = "period.relative"};
}

/* The first end takes what only the second says ("from March to June 2014", "1–15 June"), the second its year from the first. */
static bool join(const struct when *first, const struct when *second, struct when *ret)
{
    *ret = *second;
    ret->a = first->a;
    ret->grain = GRAIN_PERIOD;
    ret->about = first->about || second->about;
    ret->decade = false;
    if (first->anchor == ANCHOR_YEAR && second->anchor == ANCHOR_NONE)
        ret->a.year = second->a.year;
    else if (first->anchor == ANCHOR_NONE && second->anchor == ANCHOR_YEAR) {
        ret->b.year = first->b.year;
        ret->anchor = ANCHOR_NONE;
    }
    if (second->decade)
        ret->b.year += 9;
    if (ret->anchor == ANCHOR_NONE && ret->a.year == ret->b.year && moment_compare(ret->a, ret->b) > 0) {
        if (first->anchor == ANCHOR_YEAR) /* "from December to March 2015" */
            ret->a.year--;
        else if (second->anchor == ANCHOR_YEAR)
            ret->b.year++;
    }
    if (ret->anchor != ANCHOR_NONE) { /* both wait for their year */
        struct moment a = ret->a, b = ret->b;
        a.year = b.year = 2000;
        bool across = ret->a.month > ret->b.month; /* "from 27 November to 20 February" */
        return first->anchor == second->anchor && ret->a.month > 0 && ret->b.month > 0 && (across || moment_compare(a, b) <= 0);
    }
    return when_valid(ret) && moment_compare(ret->a, ret->b) < 0;
}

/* period_point, which is asked twice of most tokens that it is asked of. */
static bool point_at(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    struct period_asked *asked = s->asked;
    const struct token *token = &s->tokens[i];
    if (asked->token != token) {
        asked->token = token;
        asked->when = (struct when){.edge = PERIOD_WORDS};
        asked->found = period_point(s, i, &asked->when, &asked->after);
    }
    if (!asked->found)
        return false;
    *ret = asked->when;
    *after = asked->after;
    return true;
}

/* A day alone before the joint: "1 to 15 June 2025". */
static bool bare_day(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    int day;
    if (!period_digits(s, i, 1, 2, &day) || day < 1 || day > 31 || (period_glued(s, i) && !period_sign(s, i - 1, '(')))
        return false;
    *ret = (struct when){.a = {0, 0, day}, .b = {0, 0, day}, .anchor = ANCHOR_YEAR, .year = ANCHOR_YEAR, .grain = GRAIN_DAY, .edge = PERIOD_WORDS};
    *after = i + 1;
    return true;
}

static bool join_days(const struct when *first, const struct when *second, struct when *ret)
{
    if (second->grain != GRAIN_DAY || first->a.day >= second->a.day)
        return false;
    *ret = *second;
    ret->a.day = first->a.day;
    ret->grain = GRAIN_PERIOD;
    return true;
}

/* "2004–08", "2014/15": four digits, and the last two of a later year. */
static bool short_years(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    int year, end;
    bool slash = period_sign(s, i + 1, '/');
    if (!period_digits(s, i, 4, 4, &year) || year < 1900 || year > 2099 || !(slash || period_dash(s, i + 1)) || !period_glued(s, i + 1) || !period_glued(s, i + 2))
        return false;
    if (period_glued(s, i) && !period_sign(s, i - 1, '(') && !period_dash(s, i - 1))
        return false;
    if (period_digits(s, i + 2, 2, 2, &end))
        end += year / 100 * 100;
    else if (!period_digits(s, i + 2, 4, 4, &end))
        return false;
    if (end <= year || end > 2099 || (slash && end != year + 1) || (period_glued(s, i + 3) && (s->tokens[i + 3].class == TOKEN_WORD || period_sign(s, i + 3, '/') || period_dash(s, i + 3))))
        return false;
    *ret = (struct when){.a = {year, 0, 0}, .b = {end, 0, 0}, .grain = GRAIN_PERIOD, .edge = PERIOD_WORDS};
    *after = i + 3;
    return true;
}

/* Does the sentence of token i say "respectively"? Then its "2013 and 2014" are two periods. */
static bool distributed(const struct period_scan *s, uint32_t i)
{
    for (uint32_t k = i + 1; k < s->n && !(s->tokens[k].flags & (TOKEN_SENTENCE | TOKEN_PASSAGE)); k++)
        if (period_cue(s, k, PERIOD_RESPECTIVELY))
            return true;
    return false;
}

static bool follows(const struct when *first, const struct when *second)
{
    if (first->grain != second->grain || first->grain == GRAIN_DAY)
        return false;
    struct moment a = first->a, b = second->a;
    if (first->anchor == ANCHOR_YEAR && second->anchor == ANCHOR_NONE)
        a.year = b.year;
    if (!a.year || !b.year)
        return a.month > 0 && a.month + 1 == b.month;
    struct moment next = moment_shift(a, first->grain, 1);
    return next.year == b.year && next.month == b.month;
}

/* The joint of a range: a dash, "to", or "and" where the two follow one another. */
static bool joint(const struct period_scan *s, uint32_t *i, bool from, bool *is_and)
{
    *is_and = false;
    if (!period_goes_on(s, *i))
        return false;
    if (period_dash(s, *i)) {
        (*i)++;
        return true;
    }
    if (period_skip(s, i, PERIOD_TO))
        return true;
    *is_and = !from && period_skip(s, i, PERIOD_AND);
    return *is_and;
}

static bool range(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    uint32_t start = i, j;
    bool between = period_skip(s, &i, PERIOD_BETWEEN), from = !between && period_skip(s, &i, PERIOD_FROM), is_and = false;
    period_skip(s, &i, PERIOD_ARTICLE);
    if (short_years(s, i, ret, after))
        return true;
    struct when first, second;
    bool day = false;
    if (!point_at(s, i, &first, &j) && !(day = bare_day(s, i, &first, &j)))
        return false;
    if (between ? !period_skip(s, &j, PERIOD_AND) && !period_dash(s, j) && !period_skip(s, &j, PERIOD_TO) : !joint(s, &j, from, &is_and))
        return false;
    if (between && period_dash(s, j))
        j++;
    period_skip(s, &j, PERIOD_ARTICLE);
    if (!period_goes_on(s, j) || !period_point(s, j, &second, after))
        return false;
    if (day)
        return join_days(&first, &second, ret);
    if (!between && is_and && (!follows(&first, &second) || distributed(s, start)))
        return false;
    return join(&first, &second, ret);
}

/* One before it, at its own accuracy: "before 2014" ends with 2013. */
static void step(struct when *when, int n)
{
    struct moment *end = n < 0 ? &when->a : &when->b;
    enum grain grain = end->day ? GRAIN_DAY : end->month ? GRAIN_MONTH : GRAIN_YEAR;
    if (end->year && end->month <= 12)
        *end = moment_shift(*end, grain, n);
    when->a = when->b = *end;
}

static bool open_end(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    static const struct {
        enum period_word word;
        bool open_a, open_b;
        int step;
        const char *rule;
    } rows[] = {
        {PERIOD_SINCE, false, true, 0, "period.since"}, {PERIOD_UNTIL, true, false, 0, "period.until"}, {PERIOD_BY, true, false, 0, "period.by"},
        {PERIOD_BEFORE, true, false, -1, "period.before"}, {PERIOD_AFTER, false, true, 1, "period.after"},
    };
    for (size_t k = 0; k < G_N_ELEMENTS(rows); k++) {
        uint32_t j = i;
        if (!period_skip(s, &j, rows[k].word) || !period_goes_on(s, j))
            continue;
        period_skip(s, &j, PERIOD_ARTICLE);
        if (!period_point(s, j, ret, after))
            continue;
        if (rows[k].step && ret->anchor == ANCHOR_NONE)
            step(ret, rows[k].step);
        ret->a = rows[k].open_a ? ret->b : ret->a;
        ret->open_a = rows[k].open_a;
        ret->open_b = rows[k].open_b;
        ret->rule = rows[k].rule;
        return true;
    }
    if (!period_skip(s, &i, PERIOD_FROM) || !period_goes_on(s, i) || !period_point(s, i, ret, after) || !period_goes_on(s, *after) || !period_skip(s, after, PERIOD_ONWARD))
        return false;
    ret->open_b = true;
    ret->rule = "period.since";
    return true;
}

/* "a year earlier", "three months ago", "four years later" */
static bool ago(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    const struct cue *count = period_cue(s, i, PERIOD_COUNT);
    int n = count ? count->value : 0;
    if (!count && !period_digits(s, i, 1, 2, &n))
        return false;
    uint32_t j = i + (count ? count->n : 1);
    const struct cue *unit = period_goes_on(s, j) ? period_cue(s, j, PERIOD_UNIT) : NULL;
    if (!unit || unit->value >= GRAIN_PERIOD)
        return false;
    j += unit->n;
    const struct cue *word = period_goes_on(s, j) ? period_cue(s, j, PERIOD_AGO) : NULL, *later = period_goes_on(s, j) ? period_cue(s, j, PERIOD_LATER) : NULL;
    if (!word && !later)
        return false;
    *ret = relative(word && word->value == 0 ? ANCHOR_THIS : ANCHOR_SPOKEN, (enum grain)unit->value, word ? -n : n);
    *after = j + (word ? word : later)->n;
    return true;
}

/* A relative word and its unit, in either order: "the previous quarter", "el trimestre anterior". */
static const struct cue *word_and_unit(const struct period_scan *s, uint32_t i, enum period_word word, int *count, uint32_t *after)
{
    uint32_t j = i;
    bool before = period_skip(s, &j, word);
    *count = 0;
    if (!before && s->language == LANGUAGE_EN)
        return NULL;
    if (!before)
        period_skip(s, &j, PERIOD_ARTICLE);
    if (j > i && !period_goes_on(s, j))
        return NULL;
    const struct cue *number = period_cue(s, j, PERIOD_COUNT);
    if (number)
        *count = number->value;
    if (number || period_digits(s, j, 1, 2, count))
        j += number ? number->n : 1;
    const struct cue *unit = j == i || period_goes_on(s, j) ? period_cue(s, j, PERIOD_UNIT) : NULL;
    if (!unit)
        return NULL;
    j += unit->n;
    if (!before && (!period_goes_on(s, j) || !period_skip(s, &j, word)))
        return NULL;
    *after = j;
    return unit;
}

/* "2023/24", "2023–2024": two years side by side; *year = the second. */
static bool split_year(const struct period_scan *s, uint32_t i, int *year, uint32_t *after)
{
    int first, second;
    if (!period_digits(s, i, 4, 4, &first) || !(period_sign(s, i + 1, '/') || period_dash(s, i + 1)) || !period_digits(s, i + 2, 2, 4, &second))
        return false;
    *year = first + 1;
    *after = i + 3;
    return second == *year || second == *year % 100;
}

/* "the same period in 2014", "the same month last year", "the same period a year earlier" */
static bool same(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    int count, year;
    const struct cue *unit = word_and_unit(s, i, PERIOD_SAME, &count, after);
    if (!unit || count)
        return false;
    uint32_t j = *after;
    if (period_sign(s, j, ','))
        j++;
    if (!period_skip(s, &j, PERIOD_OF))
        period_skip(s, &j, PERIOD_AT);
    if (unit->value == GRAIN_YEAR) {
        *ret = relative(ANCHOR_SPOKEN, GRAIN_YEAR, 0);
        return true;
    }
    *ret = relative(ANCHOR_SAME, (enum grain)unit->value, 0);
    struct when earlier;
    if (period_goes_on(s, j) && split_year(s, j, &year, after)) {
        ret->a.year = year;
    } else if (period_goes_on(s, j) && period_year(s, j, &year)) {
        ret->a.year = year;
        *after = j + 1;
    } else if (period_goes_on(s, j) && ago(s, j, &earlier, after) && earlier.grain == GRAIN_YEAR) {
        ret->shift = earlier.shift;
    } else {
        static const enum period_word words[] = {PERIOD_LAST, PERIOD_PREVIOUS, PERIOD_ARTICLE};
        for (size_t k = 0; k < G_N_ELEMENTS(words); k++) {
            uint32_t end;
            const struct cue *of = period_goes_on(s, j) ? word_and_unit(s, j, words[k], &count, &end) : NULL;
            if (!of || of->value != GRAIN_YEAR || count)
                continue;
            if (words[k] == PERIOD_ARTICLE && !(period_goes_on(s, end) && period_skip(s, &end, PERIOD_AGO))) /* "the year before" */
                continue;
            ret->shift = -1;
            *after = end;
            break;
        }
    }
    return true;
}

static bool shifted(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    static const struct {
        enum period_word word;
        enum anchor anchor;
        int shift;
    } rows[] = {
        {PERIOD_LAST, ANCHOR_THIS, -1}, {PERIOD_THIS, ANCHOR_THIS, 0}, {PERIOD_PREVIOUS, ANCHOR_SPOKEN, -1}, {PERIOD_NEXT, ANCHOR_SPOKEN, 1}, {PERIOD_THAT, ANCHOR_SPOKEN, 0},
    };
    for (size_t k = 0; k < G_N_ELEMENTS(rows); k++) {
        int count;
        const struct cue *unit = word_and_unit(s, i, rows[k].word, &count, after);
        if (!unit || unit->value == GRAIN_DAY)
            continue;
        if (unit->value == GRAIN_PERIOD) {
            if (rows[k].word != PERIOD_PREVIOUS && rows[k].word != PERIOD_THAT)
                continue;
            *ret = relative(ANCHOR_SPOKEN, GRAIN_PERIOD, rows[k].shift);
            return true;
        }
        bool span = rows[k].word == PERIOD_LAST && (count || unit->value == GRAIN_DECADE);
        if ((count || unit->value == GRAIN_DECADE) && !span)
            continue;
        *ret = relative(span ? ANCHOR_SPAN : rows[k].anchor, (enum grain)unit->value, rows[k].shift);
        ret->count = MAX(count, 1);
        return true;
    }
    return false;
}

/* "the year before", "the quarter before" */
static bool unit_before(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    if (!period_skip(s, &i, PERIOD_ARTICLE))
        return false;
    const struct cue *unit = period_cue(s, i, PERIOD_UNIT);
    if (!unit || unit->value < GRAIN_MONTH || unit->value > GRAIN_YEAR || !period_goes_on(s, i + unit->n))
        return false;
    i += unit->n;
    const struct cue *word = period_cue(s, i, PERIOD_AGO);
    if (!word || word->value != 1)
        return false;
    *ret = relative(ANCHOR_SPOKEN, (enum grain)unit->value, -1);
    *after = i + word->n;
    return true;
}

/* "made the journey in the year": the year spoken of. */
static bool the_unit(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    uint32_t start = i;
    if (!period_skip(s, &i, PERIOD_ARTICLE) || start == 0 || s->tokens[start].flags & (TOKEN_PASSAGE | TOKEN_SENTENCE) || !period_cue(s, start - 1, PERIOD_AT))
        return false;
    const struct cue *unit = period_cue(s, i, PERIOD_UNIT);
    if (!unit || (unit->value != GRAIN_YEAR && unit->value != GRAIN_QUARTER) || s->language != LANGUAGE_EN)
        return false;
    i += unit->n;
    if (period_goes_on(s, i) && s->tokens[i].class != TOKEN_SIGN && !(s->tokens[i].flags & TOKEN_SENTENCE))
        return false;
    *ret = relative(ANCHOR_SPOKEN, (enum grain)unit->value, 0);
    *after = i;
    return true;
}

static bool reporting(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    enum period_word edge = period_skip(s, &i, PERIOD_END) ? PERIOD_END : period_skip(s, &i, PERIOD_START) ? PERIOD_START : PERIOD_WORDS;
    if (!period_goes_on(s, i) && edge != PERIOD_WORDS)
        return false;
    if (edge != PERIOD_WORDS && period_cue(s, i, PERIOD_REPORTING) == NULL)
        period_skip(s, &i, PERIOD_ARTICLE);
    if (!period_skip(s, &i, PERIOD_REPORTING))
        return false;
    *ret = relative(ANCHOR_REPORTING, GRAIN_PERIOD, 0);
    ret->edge = edge;
    ret->rule = "period.reporting";
    *after = i;
    return true;
}

/* "on Monday", "yesterday": in news, from the day it was written. */
static bool day_named(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    const struct cue *weekday = period_cue(s, i, PERIOD_WEEKDAY), *day = period_cue(s, i, PERIOD_DAY);
    if (!weekday && !day)
        return false;
    if (weekday && s->language == LANGUAGE_EN && !(s->tokens[i].flags & TOKEN_CAPITAL))
        return false;
    *ret = relative(weekday ? ANCHOR_WEEKDAY : ANCHOR_THIS, GRAIN_DAY, weekday ? weekday->value : day->value);
    *after = i + (weekday ? weekday : day)->n;
    return true;
}

bool period_read_as(const struct period_scan *s, uint32_t i, uint32_t ways, struct when *ret, uint32_t *after)
{
    static const struct {
        const char *rule;
        bool (*read)(const struct period_scan *, uint32_t, struct when *, uint32_t *);
    } rows[PERIOD_WAYS] = {
        [WAY_RANGE] = {"period.range", range},
        [WAY_OPEN] = {"period.open", open_end},
        [WAY_POINT] = {"period.point", point_at},
        [WAY_REPORTING] = {"period.reporting", reporting},
        [WAY_SAME] = {"period.same", same},
        [WAY_AGO] = {"period.relative", ago},
        [WAY_SHIFTED] = {"period.relative", shifted},
        [WAY_UNIT_BEFORE] = {"period.relative", unit_before},
        [WAY_THE_UNIT] = {"period.relative", the_unit},
        [WAY_DAY] = {"period.day", day_named},
    };
    for (; ways; ways &= ways - 1) {
        unsigned k = (unsigned)__builtin_ctz(ways);
        *ret = (struct when){.edge = PERIOD_WORDS};
        if (rows[k].read(s, i, ret, after)) {
            if (!ret->rule)
                ret->rule = rows[k].rule;
            return true;
        }
    }
    return false;
}
