/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/link/link.h"

/* How far a period stands from a figure: tokens, and what parts them. Beyond FAR it does not govern. */
enum { COST_FIGURE = 8, COST_REPORTED = 14, COST_DEPTH = 5, COST_FRONTED = 14, COST_RELATIVE = 8, COST_STOP = 14, COST_BEHIND = -2, COST_FAR = 100000, COST_LIMIT = 60, NEAR_MARKERS = 6, LINK_TOKENS = 3, SHORT_BYTES = 4, ASIDE_TOKENS = 60, CAPTION_TOKENS = 200, FIRST_TOKENS = 12 };

static const struct marker *marker_at(const struct link_scan *s, uint32_t i)
{
    return &g_array_index(s->period_marks, struct marker, i);
}

static void give(struct link_scan *s, struct mention *figure, uint32_t period, enum scope scope)
{
    figure->figure.period = s->periods[period].period.edtf;
    figure->figure.period_scope = scope;
}

static int distance(uint32_t a, uint32_t b)
{
    return (int)MIN(a > b ? a - b : b - a, 1000u);
}

/* "248,284 in 2022": only a few words tie a base to the figure before it. */
static bool tied(const struct link_scan *s, const struct mention *figure, const struct marker *m)
{
    uint32_t end = figure->figure.counted_span.end > figure->span.end ? figure->figure.counted_span.end : figure->span.end;
    uint32_t behind = link_token(s, end);
    enum figure_kind kind = figure->figure.quantity.kind;
    bool change = kind == KIND_PERCENT || kind == KIND_CHANGE || kind == KIND_MULTIPLE || kind == KIND_FRACTION;
    if (change || m->token < behind || m->token - behind > LINK_TOKENS)
        return false;
    struct standing at = link_standing(s, behind);
    return m->at.segment == at.segment && m->at.commas == at.commas;
}

/* A figure that looks for its period: tokens [first, after), `before` figures of the sentence before it. */
struct seeker {
    struct mention *figure;
    uint32_t first, after, before;
    struct standing at;
};

static int cost(const struct link_scan *s, const struct seeker *seeker, const struct marker *m)
{
    uint32_t first = seeker->first, after = seeker->after, before = seeker->before;
    const struct standing *at = &seeker->at;
    bool behind = m->token >= first;
    bool together = at->segment != 0 && at->segment == m->at.segment;
    if (link_clause(s, m->token) != link_clause(s, first) && !together)
        return COST_FAR;
    if (m->base && !together && !(behind && tied(s, seeker->figure, m)))
        return COST_FAR;
    if (!m->base && at->segment != m->at.segment && !m->fronted)
        return COST_FAR / 2;
    uint32_t between = behind ? m->figures - MIN(m->figures, before + 1) : before - MIN(before, m->figures);
    int far = s->periods[m->first].period.relative ? COST_RELATIVE : 0; /* words such as "a year earlier" yield to a date */
    int sum = far + (behind ? distance(m->token, after) + COST_BEHIND : distance(first, m->end));
    sum += distance(at->commas, m->at.commas) + COST_DEPTH * distance(at->depth, m->at.depth) + COST_FIGURE * (int)MIN(between, 1000u);
    if (!behind && m->reported)
        sum += COST_REPORTED;
    bool others = !behind && !m->fronted && m->figures > 0 && m->end < first && (link_is(s, m->end, LINK_JOINT) || link_is(s, m->end + 1, LINK_JOINT));
    if (others) /* "… in April and June, and 1.7 million …": it was said of the figure before it */
        sum += COST_FIGURE;
    return m->fronted && at->segment == 0 ? MIN(sum, COST_FRONTED + far + COST_STOP * distance(at->stops, m->at.stops)) : sum;
}

/* Does the figure stand in "who are believed to have 60,000 members"? */
static bool in_aside(const struct link_scan *s, const struct figure_tokens *figure)
{
    uint32_t token = figure->first;
    uint8_t segment = figure->at.segment;
    if (segment == 0)
        return false;
    uint32_t i = token;
    while (i > s->first_token && token - i < ASIDE_TOKENS && link_standing(s, i - 1).segment == segment)
        i--;
    return link_is(s, i, LINK_ASIDE);
}

/* Does the sentence say how long: "174,000 people over ten years"? Then what holds around it is another time. */
static bool says_how_long(const struct link_scan *s)
{
    for (uint32_t i = s->figure_from; i < s->figure_to; i++) {
        const struct quantity *q = &s->figures[i].figure.quantity;
        if (q->kind != KIND_DURATION || !q->unit || !g_str_equal(q->unit, "a")) /* years */
            continue;
        uint32_t token = link_token(s, s->figures[i].figure.number.start); /* "over" may be read as a qualifier */
        if (token > s->first_token && link_is(s, token - 1, LINK_SPAN))
            return true;
    }
    return false;
}

/* What governs a figure of which its own sentence says nothing: with `paragraph`, what that set before; else its heading or the document. */
static void from_around(struct link_scan *s, struct mention *figure, bool paragraph)
{
    if (s->how_long)
        return;
    if (paragraph && s->here.frame != NONE) {
        give(s, figure, s->here.frame, SCOPE_PARAGRAPH);
        return;
    }
    uint32_t heading = link_heading(s, s->heading_period, &s->over_period);
    if (heading != NONE) {
        give(s, figure, heading, SCOPE_HEADING);
    } else if (s->x->mentions->period) {
        figure->figure.period = s->x->mentions->period;
        figure->figure.period_scope = SCOPE_DOCUMENT;
    }
}

/* The one period of the sentence, where its first words set it, however far the figure is; NONE: there are several, or none. */
static uint32_t only_one(const struct link_scan *s, const struct mention *figure)
{
    uint32_t one = NONE;
    for (uint32_t i = 0; i < s->period_marks->len; i++) {
        if (marker_at(s, i)->base)
            continue;
        if (one != NONE || marker_at(s, i)->span.start > figure->span.start || marker_at(s, i)->figures > 0 ||
            marker_at(s, i)->token > s->first_token + FIRST_TOKENS)
            return NONE;
        one = i;
    }
    return one;
}

/* Does the sentence date something itself? Then what the paragraph set before it need not hold for its figures. */
static bool dates_itself(const struct link_scan *s)
{
    for (uint32_t i = 0; i < s->period_marks->len; i++)
        if (!marker_at(s, i)->base && marker_at(s, i)->at.segment == 0)
            return true;
    return false;
}

static void nearest(struct link_scan *s, uint32_t i, uint32_t before)
{
    struct mention *figure = &s->figures[i];
    const struct figure_tokens *tokens = link_figure_tokens(s, i);
    const struct seeker seeker = {figure, tokens->first, tokens->after, before, tokens->at};
    uint32_t n = s->period_marks->len, best = NONE;
    int least = COST_FAR;
    uint32_t middle = 0;
    while (middle < n && marker_at(s, middle)->span.start < figure->span.start)
        middle++;
    uint32_t from = middle > NEAR_MARKERS ? middle - NEAR_MARKERS : 0, to = MIN(n, middle + NEAR_MARKERS);
    for (uint32_t k = from; k < to; k++) {
        int c = cost(s, &seeker, marker_at(s, k));
        if (c < least) {
            least = c;
            best = k;
        }
    }
    if (best != NONE && least > COST_LIMIT && least < COST_FAR / 2)
        best = only_one(s, figure);
    if (best == NONE || least >= COST_FAR / 2) {
        from_around(s, figure, !dates_itself(s));
        return;
    }
    const struct marker *m = marker_at(s, best);
    bool clause = m->at.commas == seeker.at.commas;
    give(s, figure, m->first, clause ? SCOPE_CLAUSE : SCOPE_SENTENCE);
}

/* "five and six in 2013 and 2014, respectively" */
static bool distribute(struct link_scan *s)
{
    uint32_t periods = s->period_marks->len, figures = 0;
    for (uint32_t i = s->figure_from; i < s->figure_to; i++)
        figures += !s->figures[i].figure.minor;
    if (!s->respectively || periods < 2 || figures % periods != 0)
        return false;
    for (uint32_t i = s->figure_from, k = 0; i < s->figure_to; i++)
        if (!s->figures[i].figure.minor)
            give(s, &s->figures[i], marker_at(s, k++ % periods)->first, SCOPE_CLAUSE);
    return true;
}

static bool closed(const struct link_scan *s, uint32_t period)
{
    return !strstr(s->periods[period].period.edtf, "..");
}

/* The one period that all figures of the sentence have, where its own words say it; NONE without figures or with several. */
static uint32_t shared(const struct link_scan *s)
{
    uint32_t period = NONE;
    for (uint32_t k = 0; k < s->period_marks->len && period == NONE; k++) {
        uint32_t i = s->figure_from;
        const char *edtf = s->periods[marker_at(s, k)->first].period.edtf;
        while (i < s->figure_to && s->figures[i].figure.period == edtf)
            i++;
        if (i == s->figure_to && closed(s, marker_at(s, k)->first))
            period = marker_at(s, k)->first;
    }
    return period;
}

static bool is_day(const struct link_scan *s, uint32_t period)
{
    return strlen(s->periods[period].period.edtf) == strlen("2025-03-05");
}

/* What the sentence leaves for those behind it in the paragraph: a period in its first words; without one, an older frame holds until
 * another period is spoken of. A sentence that only goes on about the one before it ("Of these, …") takes that one's period. */
static void leave(struct link_scan *s)
{
    const struct marker *own = NULL;
    for (uint32_t i = 0; i < s->period_marks->len && !own; i++)
        own = marker_at(s, i)->base ? NULL : marker_at(s, i);
    if (!own) {
        if (s->here.frame != NONE && is_day(s, s->here.frame))
            s->here.frame = NONE;
        return;
    }
    bool alone = s->after_token - s->first_token <= own->end - own->token + 1; /* "2014." is no sentence: a line that was torn off */
    s->here.frame = own->fronted && !alone && closed(s, own->first) ? own->first : NONE;
    s->here.previous = shared(s);
}

static bool behind_word(const struct link_scan *s, uint32_t figure, enum link_word word)
{
    uint32_t token = link_figure_tokens(s, figure)->first;
    return token > s->first_token && link_is(s, token - 1, word);
}

/* "decreased from 334 to 295", measured against the previous quarter: 334 is that quarter's. With nothing to measure against, what holds
 * around the sentence is not said of 334. */
static void change_values(struct link_scan *s)
{
    for (uint32_t i = 0; i < s->period_marks->len; i++)
        if (marker_at(s, i)->base)
            s->here.base = marker_at(s, i)->first;
    for (uint32_t i = s->figure_from; i + 1 < s->figure_to; i++) {
        struct figure *from = &s->figures[i].figure;
        const struct figure *to = &s->figures[i + 1].figure;
        if (!behind_word(s, i, LINK_FROM) || !behind_word(s, i + 1, LINK_TO) || from->period != to->period)
            continue;
        if (s->here.base != NONE)
            give(s, &s->figures[i], s->here.base, SCOPE_SENTENCE);
        else if (from->period_scope >= SCOPE_PARAGRAPH)
            from->period = NULL, from->period_scope = SCOPE_NONE;
    }
}

/* "fell from 339 to 223 between 2000 and 2020": each end of the stretch has its value. */
static void change_ends(struct link_scan *s)
{
    for (uint32_t i = s->figure_from; i + 1 < s->figure_to; i++) {
        struct figure *from = &s->figures[i].figure, *to = &s->figures[i + 1].figure;
        const char *slash = from->period && from->period == to->period ? strchr(from->period, '/') : NULL;
        if (!slash || strstr(from->period, "..") || !behind_word(s, i, LINK_FROM) || !behind_word(s, i + 1, LINK_TO))
            continue;
        for (uint32_t k = 0; k < s->period_marks->len; k++) {
            const struct marker *m = marker_at(s, k);
            if (s->periods[m->first].period.edtf != from->period || !link_is(s, m->token, LINK_ENDS))
                continue;
            from->period = mentions_intern(s->x->mentions, slice_make(from->period, (size_t)(slash - from->period)));
            to->period = mentions_intern(s->x->mentions, slice_of(slash + 1));
            break;
        }
    }
}

void link_periods(struct link_scan *s)
{
    uint32_t frame = s->here.frame;
    s->how_long = says_how_long(s);
    bool goes_on = s->here.previous != NONE && link_is(s, s->first_token, LINK_ANAPHOR);
    if (goes_on && frame == NONE)
        s->here.frame = s->here.previous;
    else if (!goes_on)
        s->here.previous = NONE;
    if (s->figure_from < s->figure_to && !distribute(s))
        for (uint32_t i = s->figure_from, before = 0; i < s->figure_to; i++) {
            if (!in_aside(s, link_figure_tokens(s, i)))
                nearest(s, i, before);
            before += link_counts(&s->figures[i]);
        }
    change_values(s);
    change_ends(s);
    s->here.frame = frame;
    leave(s);
}

static uint32_t period_in(const struct link_scan *s, struct span span)
{
    uint32_t i = span.end > span.start ? link_from(s->periods, s->n_periods, span.start) : s->n_periods;
    return i < s->n_periods && s->periods[i].span.start < span.end ? i : NONE;
}

/* The period of a caption: its only one; of several the first behind a word of the column's head ("homicides in 2012, displaced at the end of 2014"). */
static uint32_t period_of_caption(const struct link_scan *s, uint32_t passage, const struct cell *cell)
{
    uint32_t first = passage == NONE ? NONE : s->heading_period[passage];
    if (first == NONE || first + 1 >= s->n_periods || s->periods[first + 1].passage != passage)
        return first;
    if (!cell || cell->column.end <= cell->column.start)
        return NONE;
    struct span span = DOCUMENT_AT(s->doc->passages, struct passage, passage).span;
    uint32_t start = link_token(s, span.start), end = MIN(link_token(s, span.end), start + CAPTION_TOKENS);
    for (uint32_t head = link_token(s, cell->column.start); head < s->n && s->tokens[head].span.start < cell->column.end; head++)
        for (uint32_t i = start; i < end; i++)
            if (s->tokens[i].hash == s->tokens[head].hash && s->tokens[i].class == TOKEN_WORD && s->tokens[i].span.end - s->tokens[i].span.start > SHORT_BYTES) {
                uint32_t period = link_from(s->periods, s->n_periods, s->tokens[i].span.end);
                return period < s->n_periods && s->periods[period].passage == passage ? period : first;
            }
    return NONE;
}

/* The one period of the row, where the row has a cell for it. */
static uint32_t period_of_row(const struct link_scan *s)
{
    return s->period_to - s->period_from == 1 ? s->period_from : NONE;
}

void link_period_of_cell(struct link_scan *s, struct mention *figure, const struct cell *cell)
{
    s->how_long = false;
    uint32_t period = cell ? period_in(s, cell->column) : NONE;
    if (period == NONE && cell)
        period = period_in(s, cell->group);
    if (period == NONE && cell)
        period = period_in(s, cell->row);
    if (period == NONE && cell)
        period = period_in(s, cell->section);
    if (period == NONE)
        period = period_of_row(s);
    if (period != NONE) {
        give(s, figure, period, SCOPE_CLAUSE);
        return;
    }
    period = period_of_caption(s, figure->figure.caption, cell);
    if (period != NONE)
        give(s, figure, period, SCOPE_HEADING);
    else
        from_around(s, figure, true);
}
