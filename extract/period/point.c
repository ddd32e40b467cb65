/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/period/period.h"

/* Signs that may stand right before a year: "(2014", "mid-2014", "‘2014’". */
static bool may_precede(const struct period_scan *s, uint32_t i)
{
    switch (i < s->n ? s->tokens[i].sign : 0) {
    case '(':
    case '[':
    case '-':
    case '\'':
    case '"':
    case ',':
    case 0x2013: /* – */
    case 0x2014: /* — */
    case 0x2018: /* ‘ */
    case 0x2019: /* ’ */
    case 0x201c: /* “ */
    case 0xab:   /* « */
        return true;
    default:
        return false;
    }
}

static bool stands_free(const struct period_scan *s, uint32_t i)
{
    if (period_glued(s, i) && !may_precede(s, i - 1))
        return false;
    if (period_glued(s, i) && period_sign(s, i - 1, ',') && period_glued(s, i - 1) && s->tokens[i - 2].class == TOKEN_NUMBER)
        return false;
    if (!period_glued(s, i + 1))
        return true;
    const struct token *next = &s->tokens[i + 1];
    if (next->class == TOKEN_WORD)
        return slice_is(period_text(s, i + 1), "s") || (period_cue(s, i + 1, PERIOD_SIGN) && period_glued(s, i + 2) && s->tokens[i + 2].class == TOKEN_NUMBER);
    if (period_sign(s, i + 1, '%') || period_sign(s, i + 1, '_') || period_sign(s, i + 1, '='))
        return false;
    return !period_glued(s, i + 2) || s->tokens[i + 2].class != TOKEN_NUMBER || period_dash(s, i + 1);
}

#define BIT(word) PERIOD_BIT(PERIOD_##word)
static const uint64_t ANNOUNCING = BIT(AT) | BIT(OF) | BIT(SINCE) | BIT(UNTIL) | BIT(BY) | BIT(BEFORE) | BIT(AFTER) | BIT(FROM) | BIT(TO) | BIT(BETWEEN) | BIT(AND) | BIT(EARLY) | BIT(LATE) |
                                   BIT(MID) | BIT(MONTH) | BIT(MONTH_WORD) | BIT(SEASON) | BIT(FISCAL);

/* Does a word before say that a date follows: "in 2014 people fled"? */
static bool announced(const struct period_scan *s, uint32_t i)
{
    if (i == 0 || s->tokens[i].flags & TOKEN_PASSAGE)
        return false;
    uint32_t before = i - 1;
    if (before > 0 && (period_sign(s, before, ',') || period_dash(s, before)))
        before--;
    uint64_t words = cue_text_start(&s->cues, s->tokens[before].word)->alone & ANNOUNCING;
    if (words == 0 || !period_may_go_on(s, before))
        return words != 0;
    for (; words; words &= words - 1) {
        const struct cue *cue = period_cue(s, before, (enum period_word)__builtin_ctzll(words));
        if (cue && cue->n == 1)
            return true;
    }
    return false;
}

/* "2014 people" and "2000 houses" are counts. */
static bool counts(const struct period_scan *s, uint32_t i, int year)
{
    if (!period_goes_on(s, i + 1) || s->tokens[i + 1].class != TOKEN_WORD || s->tokens[i + 1].flags & TOKEN_CAPITAL)
        return false;
    uint32_t word = lexicon_word(s->lexicon, s->language, s->tokens[i + 1].hash);
    bool before = announced(s, i);
    if (word & (WORD_PERSON | WORD_HOUSEHOLD) && !(before && year % 100 != 0))
        return true;
    bool plural = !(word & WORD_STOP) && slice_ends(period_text(s, i + 1), "s");
    return plural && year % 100 == 0 && !before;
}

enum { NAME_WINDOW = 24 };

/* The year of a reference: "resolution 2719 (2023)", "(UNHCR, 2014)", "Smith et al. (2014)". */
static bool reference(const struct period_scan *s, uint32_t i)
{
    bool bracket = i > 1 && period_sign(s, i - 1, '(') && period_sign(s, i + 1, ')');
    if (bracket && s->tokens[i - 2].class == TOKEN_NUMBER)
        for (uint32_t k = i - 2; k > 0 && i - k < NAME_WINDOW && !(s->tokens[k].flags & TOKEN_PASSAGE); k--)
            if (period_cue(s, k - 1, PERIOD_NUMBERED))
                return true;
    if (bracket && i > 3 && period_sign(s, i - 2, '.') && slice_is(period_text(s, i - 3), "al"))
        return true;
    uint32_t k = i;
    if (k > 0 && period_sign(s, k - 1, ','))
        k--;
    uint32_t names = 0;
    while (k > 0 && s->tokens[k - 1].class == TOKEN_WORD && s->tokens[k - 1].flags & TOKEN_CAPITAL && !period_cue(s, k - 1, PERIOD_MONTH) && names < 6) {
        names++;
        k--;
    }
    return names > 0 && k > 0 && period_sign(s, k - 1, '(') && !(s->tokens[k].flags & TOKEN_PASSAGE) && !period_cue(s, k, PERIOD_MONTH_WORD) &&
           !period_cue(s, k, PERIOD_SEASON) && !period_cue(s, k, PERIOD_AT);
}

bool period_year(const struct period_scan *s, uint32_t i, int *ret)
{
    if (!period_digits(s, i, 4, 4, ret) || *ret < 1800 || *ret > 2099 || !stands_free(s, i))
        return false;
    if (*ret < 1900 && !announced(s, i))
        return false;
    return !counts(s, i, *ret) && !reference(s, i);
}

static struct when point(struct moment a, struct moment b, enum grain grain)
{
    return (struct when){.a = a, .b = b, .grain = grain, .edge = PERIOD_WORDS, .anchor = a.year ? ANCHOR_NONE : ANCHOR_YEAR, .year = ANCHOR_YEAR};
}

/* "of last year", "of the year", "that year": how a part's missing year is found. */
static bool year_in_words(const struct period_scan *s, uint32_t i, struct when *when, uint32_t *after)
{
    static const struct {
        enum period_word word;
        enum anchor anchor;
        int shift;
    } rows[] = {{PERIOD_LAST, ANCHOR_THIS, -1},          {PERIOD_THIS, ANCHOR_THIS, 0},      {PERIOD_PREVIOUS, ANCHOR_THE_YEAR, -1}, {PERIOD_SAME, ANCHOR_THE_YEAR, 0},
                {PERIOD_THAT, ANCHOR_THE_YEAR, 0},       {PERIOD_NEXT, ANCHOR_THE_YEAR, 1},  {PERIOD_ARTICLE, ANCHOR_THE_YEAR, 0}};
    for (size_t k = 0; k < G_N_ELEMENTS(rows); k++) {
        uint32_t j = i;
        bool before = period_skip(s, &j, rows[k].word);
        if (!before && (s->language == LANGUAGE_EN || rows[k].word == PERIOD_ARTICLE))
            continue;
        if (!before)
            period_skip(s, &j, PERIOD_ARTICLE);
        const struct cue *unit = period_cue(s, j, PERIOD_UNIT);
        if (!unit || unit->value != GRAIN_YEAR)
            continue;
        j += unit->n;
        if (!before && !period_skip(s, &j, rows[k].word))
            continue;
        when->year = rows[k].anchor;
        when->shift = rows[k].shift;
        *after = j;
        return true;
    }
    return false;
}

/* The year behind a part of it: "March 2015", "March, 2015", "marzo del 2015", "March of last year". Without one, the part waits for its year. */
static void year_behind(const struct period_scan *s, struct when *when, uint32_t *after)
{
    uint32_t i = *after;
    int year;
    if (!period_goes_on(s, i))
        return;
    if (period_sign(s, i, ',') || (period_sign(s, i, '.') && period_glued(s, i)))
        i++;
    uint32_t of = i;
    period_skip(s, &of, PERIOD_OF);
    uint32_t article = of;
    period_skip(s, &article, PERIOD_ARTICLE);
    const uint32_t starts[] = {i, of, article};
    for (size_t k = 0; k < G_N_ELEMENTS(starts); k++) {
        if (!period_goes_on(s, starts[k]))
            continue;
        if (period_year(s, starts[k], &year)) {
            when->a.year = when->b.year = year;
            when->anchor = ANCHOR_NONE;
            *after = starts[k] + 1;
            return;
        }
        if (year_in_words(s, starts[k], when, after))
            return;
    }
}

/* A month's name; one that is also a word of the language counts where `sure` or a date goes on behind it. */
static bool month_at(const struct period_scan *s, uint32_t i, bool sure, int *month, uint32_t *after)
{
    const struct cue *cue = period_cue(s, i, PERIOD_MONTH);
    int number;
    if (!cue) {
        cue = period_cue(s, i, PERIOD_MONTH_WORD);
        bool dated = cue && (period_digits(s, i + 1, 1, 4, &number) || (period_sign(s, i + 1, ',') && period_digits(s, i + 2, 4, 4, &number)) || period_dash(s, i + 1));
        if (!cue || !(sure || dated || (announced(s, i) && i > 0)))
            return false;
    }
    if (s->language == LANGUAGE_EN && !(s->tokens[i].flags & TOKEN_CAPITAL))
        return false;
    *month = cue->value;
    *after = i + cue->n;
    if (period_sign(s, *after, '.') && period_glued(s, *after) && period_text(s, i).len <= 5 && period_digits(s, *after + 1, 1, 4, &number))
        (*after)++;
    return true;
}

/* Behind a day: "30th", "1er", "2.º". */
static void skip_ordinal(const struct period_scan *s, uint32_t *i)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "er", "º", "ro"};
    for (size_t k = 0; period_glued(s, *i) && k < G_N_ELEMENTS(endings); k++)
        if (slice_is(period_text(s, *i), endings[k])) {
            (*i)++;
            return;
        }
}

static bool day_at(const struct period_scan *s, uint32_t i, int *day, uint32_t *after)
{
    if (!period_digits(s, i, 1, 2, day) || *day < 1 || *day > 31)
        return false;
    if (period_glued(s, i) && !period_sign(s, i - 1, '(') && !period_dash(s, i - 1))
        return false;
    *after = i + 1;
    skip_ordinal(s, after);
    return true;
}

/* 30 June 2025, 30 de junio de 2025, the 30th of June */
static bool day_month(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    int day, month;
    uint32_t j;
    if (!day_at(s, i, &day, &j) || !period_goes_on(s, j))
        return false;
    period_skip(s, &j, PERIOD_OF);
    if (!month_at(s, j, true, &month, after))
        return false;
    *ret = point((struct moment){0, month, day}, (struct moment){0, month, day}, GRAIN_DAY);
    year_behind(s, ret, after);
    return true;
}

/* What follows a month and a small number tells the day from a count: "In May 20 people died". */
static bool counted(const struct period_scan *s, uint32_t i)
{
    if (!period_goes_on(s, i) || s->tokens[i].class != TOKEN_WORD || s->tokens[i].flags & TOKEN_CAPITAL)
        return period_sign(s, i, '%') || (period_glued(s, i) && period_digits(s, i + 1, 3, 3, &(int){0}) && period_glued(s, i + 1));
    uint32_t word = lexicon_word(s->lexicon, s->language, s->tokens[i].hash);
    return word & (WORD_PERSON | WORD_HOUSEHOLD | WORD_STATE) || (!(word & WORD_STOP) && slice_ends(period_text(s, i), "s")) || slice_is(period_text(s, i), "per");
}

/* June 30, 2025; June 30; June 2025; June */
static bool month_day(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    int month, day = 0;
    if (!month_at(s, i, false, &month, after))
        return false;
    uint32_t j = *after;
    if (s->language == LANGUAGE_EN && period_goes_on(s, j) && day_at(s, j, &day, &j) && !counted(s, j))
        *after = j;
    else
        day = 0;
    *ret = point((struct moment){0, month, day}, (struct moment){0, month, day}, day ? GRAIN_DAY : GRAIN_MONTH);
    year_behind(s, ret, after);
    return true;
}

/* "28-11-14", "28/11/14": two digits each, of which only one can be the month and another the day before or behind it; else nothing tells which is which. */
static bool short_year(const struct period_scan *s, uint32_t i, struct moment *ret)
{
    enum { CENTURY = 50 }; /* years below it are of ours */
    int x, y, z;
    bool more = period_glued(s, i + 5) && (period_dash(s, i + 5) || period_sign(s, i + 5, '/')), inside = i > 0 && period_glued(s, i) && period_dash(s, i - 1);
    if (more || inside || !period_digits(s, i, 2, 2, &x) || !period_digits(s, i + 2, 2, 2, &y) || !period_digits(s, i + 4, 2, 2, &z))
        return false;
    bool first = x > 12 && x <= 31 && y > 0 && y <= 12, second = s->language == LANGUAGE_EN && y > 12 && y <= 31 && x > 0 && x <= 12;
    int year = z + (z < CENTURY ? 2000 : 1900);
    *ret = first ? (struct moment){year, y, x} : (struct moment){year, x, y};
    return first || second;
}

/* 2025-06-30; 30/06/2025 where only one reading is possible, else its year */
static bool numeric(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    int x, y, z;
    uint32_t sign = i + 1;
    for (uint32_t k = i + 1; k <= i + 4; k++)
        if (!period_glued(s, k))
            return false;
    if ((period_glued(s, i) && !may_precede(s, i - 1)) || !slice_equal(period_text(s, sign), period_text(s, i + 3)) || s->tokens[sign].class != TOKEN_SIGN)
        return false;
    bool slash = period_sign(s, sign, '/') || period_sign(s, sign, '.');
    struct moment m = {0, 0, 0};
    if (period_dash(s, sign) && period_digits(s, i, 4, 4, &x) && period_digits(s, i + 2, 2, 2, &y) && period_digits(s, i + 4, 2, 2, &z))
        m = (struct moment){x, y, z};
    else if ((slash || period_dash(s, sign)) && period_digits(s, i, 1, 2, &x) && period_digits(s, i + 2, 1, 2, &y) && period_digits(s, i + 4, 4, 4, &z))
        m = x == y || x > 12 || s->language != LANGUAGE_EN ? (struct moment){z, y, x} : y > 12 ? (struct moment){z, x, y} : (struct moment){z, 0, 0};
    else if ((period_sign(s, sign, '/') || period_dash(s, sign)) && !short_year(s, i, &m))
        return false;
    if (m.year < 1800 || m.year > 2099 || m.month > 12 || (m.day && !g_date_valid_dmy((GDateDay)m.day, (GDateMonth)m.month, (GDateYear)m.year)))
        return false;
    *ret = point(m, m, m.day ? GRAIN_DAY : GRAIN_YEAR);
    *after = i + 5;
    return true;
}

static struct when part_of_year(int months, int k)
{
    return point((struct moment){0, (k - 1) * months + 1, 0}, (struct moment){0, k * months, 0}, months == 3 ? GRAIN_QUARTER : GRAIN_HALF);
}

/* "the first nine months of 2024": behind the ordinal */
static bool first_months(const struct period_scan *s, uint32_t i, int ordinal, struct when *ret, uint32_t *after)
{
    static const int months[] = {[GRAIN_MONTH] = 1, [GRAIN_QUARTER] = 3};
    const struct cue *count = period_cue(s, i, PERIOD_COUNT);
    int n = count ? count->value : 0;
    if (!count && !period_digits(s, i, 1, 2, &n))
        return false;
    i += count ? count->n : 1;
    const struct cue *unit = period_cue(s, i, PERIOD_UNIT);
    if (!unit || (unit->value != GRAIN_MONTH && unit->value != GRAIN_QUARTER) || n < 1 || n * months[unit->value] > 12)
        return false;
    n *= months[unit->value];
    *ret = ordinal == 1 ? point((struct moment){0, 1, 0}, (struct moment){0, n, 0}, GRAIN_PERIOD) : point((struct moment){0, 13 - n, 0}, (struct moment){0, 12, 0}, GRAIN_PERIOD);
    *after = i + unit->n;
    year_behind(s, ret, after);
    return ret->anchor == ANCHOR_NONE || ret->year != ANCHOR_YEAR;
}

/* "the third quarter of 2014", "the first half of the year"; Q3 2014 */
static bool quarter(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    const struct cue *sign = period_cue(s, i, PERIOD_SIGN), *ordinal = period_cue(s, i, PERIOD_ORDINAL);
    int k;
    if (sign && s->tokens[i].flags & TOKEN_CAPITAL && period_glued(s, i + 1) && !period_glued(s, i) && period_digits(s, i + 1, 1, 1, &k) && k >= 1 && k * sign->value <= 12) {
        *ret = part_of_year(sign->value, k);
        *after = i + 2;
        if (period_sign(s, *after, '-') || period_sign(s, *after, '/'))
            (*after)++;
        uint32_t behind = *after;
        year_behind(s, ret, after);
        if (ret->anchor != ANCHOR_NONE)
            *after = i + 2;
        return ret->anchor == ANCHOR_NONE ? *after > behind : sign->value == 3 && slice_is(period_text(s, i), "Q");
    }
    if (!ordinal)
        return false;
    i += ordinal->n;
    if ((ordinal->value == 1 || ordinal->value == -1) && first_months(s, i, ordinal->value, ret, after))
        return true;
    const struct cue *unit = period_cue(s, i, PERIOD_UNIT);
    int months = !unit ? 0 : unit->value == GRAIN_QUARTER ? 3 : unit->value == GRAIN_HALF ? 6 : 0;
    if (months == 0)
        return false;
    k = ordinal->value == -1 ? 12 / months : ordinal->value;
    if (k * months > 12)
        return false;
    *ret = part_of_year(months, k);
    *after = i + unit->n;
    year_behind(s, ret, after);
    return ret->anchor == ANCHOR_NONE || ret->year != ANCHOR_YEAR || (months == 3 && ordinal->value > 0);
}

/* "summer 2014", "the winter of 2014" */
static bool season(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    const struct cue *cue = period_cue(s, i, PERIOD_SEASON);
    if (!cue)
        return false;
    *ret = point((struct moment){0, cue->value, 0}, (struct moment){0, cue->value, 0}, GRAIN_PERIOD);
    *after = i + cue->n;
    year_behind(s, ret, after);
    return ret->anchor == ANCHOR_NONE;
}

/* "FY2014", "fiscal year 2014/15" */
static bool fiscal(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    int year, end;
    if (!period_skip(s, &i, PERIOD_FISCAL) || !period_goes_on(s, i))
        return false;
    if (period_digits(s, i, 2, 2, &year) && period_glued(s, i))
        year += 2000;
    else if (!period_digits(s, i, 4, 4, &year) || year < 1900 || year > 2099)
        return false;
    *ret = point((struct moment){year, 0, 0}, (struct moment){year, 0, 0}, GRAIN_YEAR);
    *after = i + 1;
    bool joint = period_sign(s, i + 1, '/') || period_dash(s, i + 1);
    if (joint && (period_digits(s, i + 2, 4, 4, &end) || (period_digits(s, i + 2, 2, 2, &end) && (end += year / 100 * 100) > 0)) && end == year + 1) {
        ret->b.year = end;
        ret->grain = GRAIN_PERIOD;
        *after = i + 3;
    }
    return true;
}

/* "1990s", "les années 1990", "los años 90" */
static bool decade(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    bool named = period_skip(s, &i, PERIOD_DECADE);
    int year;
    if (named && period_digits(s, i, 2, 2, &year))
        year += year >= 30 ? 1900 : 2000;
    else if (!period_digits(s, i, 4, 4, &year) || (period_glued(s, i) && !may_precede(s, i - 1)))
        return false;
    bool plural = period_glued(s, i + 1) && slice_is(period_text(s, i + 1), "s");
    if (year % 10 != 0 || year < 1800 || year > 2090 || !(plural || named))
        return false;
    *ret = point((struct moment){year, 0, 0}, (struct moment){year, 0, 0}, GRAIN_DECADE);
    ret->decade = true;
    *after = i + 1 + plural;
    return true;
}

static bool year_alone(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    int year;
    if (!period_year(s, i, &year))
        return false;
    *ret = point((struct moment){year, 0, 0}, (struct moment){year, 0, 0}, GRAIN_YEAR);
    *after = i + 1;
    const struct cue *sign = period_cue(s, i + 1, PERIOD_SIGN);
    int k;
    if (sign && period_goes_on(s, i + 1) && s->tokens[i + 1].flags & TOKEN_CAPITAL && period_glued(s, i + 2) && period_digits(s, i + 2, 1, 1, &k) && k >= 1 && k * sign->value <= 12) {
        *ret = part_of_year(sign->value, k);
        ret->a.year = ret->b.year = year;
        ret->anchor = ANCHOR_NONE;
        *after = i + 3;
    }
    return true;
}

/* Narrows a year or month to its beginning, middle or end. False where that says nothing ("the end of 30 June"). */
static bool narrow(struct when *when, enum period_word word)
{
    bool year = when->grain == GRAIN_YEAR, decade = when->grain == GRAIN_DECADE;
    if (word == PERIOD_START || word == PERIOD_END) {
        if (when->grain == GRAIN_DAY)
            return false;
        struct moment *kept = word == PERIOD_START ? &when->a : &when->b;
        if (decade)
            kept->year += word == PERIOD_END ? 9 : 0;
        if (year)
            kept->month = word == PERIOD_START ? 1 : 12;
        when->a = when->b = *kept;
        when->decade = false;
        when->grain = decade ? GRAIN_YEAR : GRAIN_MONTH;
        return true;
    }
    if (!year)
        return when->grain == GRAIN_MONTH || decade || when->grain == GRAIN_QUARTER || when->a.month > 12;
    when->a.month = word == PERIOD_EARLY ? 1 : word == PERIOD_MID ? 6 : 9;
    when->b.month = word == PERIOD_EARLY ? 4 : word == PERIOD_MID ? 6 : 12;
    when->about = word != PERIOD_MID;
    when->grain = GRAIN_PERIOD;
    return true;
}

/* "early 2014", "mid-2014", "the end of June 2014", "the end of the year" */
static bool part(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    static const enum period_word words[] = {PERIOD_EARLY, PERIOD_START, PERIOD_MID, PERIOD_LATE, PERIOD_END};
    for (size_t k = 0; k < G_N_ELEMENTS(words); k++) {
        uint32_t j = i;
        if (!period_skip(s, &j, words[k]) || !period_goes_on(s, j))
            continue;
        if (period_dash(s, j))
            j++;
        uint32_t bare = j;
        period_skip(s, &j, PERIOD_OF);
        period_skip(s, &j, PERIOD_ARTICLE);
        if (period_goes_on(s, j) && period_point(s, j, ret, after) && narrow(ret, words[k]))
            return true;
        struct when whole = point((struct moment){0, 0, 0}, (struct moment){0, 0, 0}, GRAIN_YEAR);
        if (period_goes_on(s, bare) && year_in_words(s, bare, &whole, after) && narrow(&whole, words[k])) {
            *ret = whole;
            return true;
        }
    }
    return false;
}

/* What begins with digits alone: how many tells what they can be. */
static bool digits_point(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    uint32_t len = s->tokens[i].span.end - s->tokens[i].span.start;
    if (len != 1 && len != 2 && len != 4)
        return false;
    if (period_glued(s, i + 1) && s->tokens[i + 1].class == TOKEN_SIGN && numeric(s, i, ret, after))
        return true;
    return len < 4 ? day_month(s, i, ret, after) : decade(s, i, ret, after) || year_alone(s, i, ret, after);
}

bool period_point(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    static const struct {
        bool (*read)(const struct period_scan *, uint32_t, struct when *, uint32_t *);
        bool digits;
        uint64_t words; /* that it begins with */
    } points[] = {
        {digits_point, true, 0},
        {month_day, false, BIT(MONTH) | BIT(MONTH_WORD)},
        {quarter, false, BIT(SIGN) | BIT(ORDINAL)},
        {season, false, BIT(SEASON)},
        {part, false, BIT(EARLY) | BIT(START) | BIT(MID) | BIT(LATE) | BIT(END)},
        {fiscal, false, BIT(FISCAL)},
        {decade, false, BIT(DECADE)},
    };
    if (i >= s->n)
        return false;
    uint64_t words = period_classes(s, i) & PERIOD_POINT_BITS;
    if (s->tokens[i].class == TOKEN_NUMBER && words == 0)
        return digits_point(s, i, ret, after);
    for (size_t k = 0; words && k < G_N_ELEMENTS(points); k++)
        if ((words & points[k].words || (points[k].digits && s->tokens[i].class == TOKEN_NUMBER)) && points[k].read(s, i, ret, after))
            return true;
    return false;
}
