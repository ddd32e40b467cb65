/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the heads of a table say of the unit of its values:
 *
 *    Table 2. Requirements (thousands of United States dollars)
 *                Displaced (thousands)   Share (%)   Deaths (per 100,000)
 *    North       532                     41          12
 *
 *  "532" in the first column is 532,000: the text stays as it is printed, the value is scaled, and the record's unit in words says by what. What the
 *  caption says may not hold for each column of the table: a value scaled by it keeps the printed one as its other reading. */
#include "extract/figure/figure.h"

#include <math.h>

enum { THOUSAND = 1000, REST_TOKENS = 8, CAPTION_TOKENS = 60 };

/* What is said of the values in brackets, behind "in", or by a head that says nothing else; tokens [first, after). */
struct remark {
    double scale;            /* 1: none */
    double base;             /* "per 100,000"; 0: none */
    const struct unit *unit; /* or NULL */
    uint32_t first, after;
};

/* What was read of a span, heads and captions being those of many cells. */
struct heading_read {
    struct span span;
    bool caption, found;
    struct remark remark;
};

struct headings_read {
    struct heading_read slots[64]; /* by where the span starts: the last one read */
};

/* Is a token this word, whatever its case? */
static bool says(const struct figure_scan *s, uint32_t i, const char *word)
{
    struct slice text = figure_text(s, i);
    return text.len == strlen(word) && g_ascii_strncasecmp(text.ptr, word, text.len) == 0;
}

static bool is_in(const struct figure_scan *s, uint32_t i)
{
    return says(s, i, s->language == LANGUAGE_EN ? "in" : "en");
}

static bool opens(const struct figure_scan *s, uint32_t i)
{
    return figure_is(s, i, "(") || figure_is(s, i, "[");
}

/* Does nothing more of a remark stand at token i? */
static bool closes(const struct figure_scan *s, uint32_t i, uint32_t end)
{
    return i >= end || opens(s, i) || figure_is(s, i, ")") || figure_is(s, i, "]") || figure_is(s, i, ",") || figure_is(s, i, ";");
}

/* "of people", "of GDP": up to where the remark closes. False: numbers stand in it, or more words than a remark has. */
static bool take_rest(const struct figure_scan *s, uint32_t *i, uint32_t end)
{
    for (uint32_t from = *i; !closes(s, *i, end); (*i)++)
        if (*i - from >= REST_TOKENS || s->tokens[*i].class == TOKEN_NUMBER)
            return false;
    return true;
}

/* A scale of a thousand or more: "thousands", "million", "000", "'000s"; 0 = none. */
static double take_scale_word(const struct figure_scan *s, uint32_t *i, uint32_t end)
{
    uint32_t at = *i;
    if (at < end && (figure_is(s, at, "'") || figure_is(s, at, "’") || figure_is(s, at, "‘")))
        at++;
    bool inside = at > 0 && (s->tokens[at - 1].class == TOKEN_NUMBER || (figure_glued(s, at) && (figure_is(s, at - 1, ",") || figure_is(s, at - 1, ".")))); /* "45,000" */
    if (at < end && !inside && figure_is(s, at, "000")) {
        at++;
        *i = at + (at < end && figure_is(s, at, "s") && figure_glued(s, at));
        return THOUSAND;
    }
    if (*i >= end || s->tokens[*i].class != TOKEN_WORD || !(figure_known(s, *i) & KNOWN_NUMBER))
        return 0;
    const struct number_word *word = lexicon_number_role(s->lexicon, s->language, s->tokens[*i].hash, NUMBER_VAGUE);
    if (!word)
        word = lexicon_number_role(s->lexicon, s->language, s->tokens[*i].hash, NUMBER_SCALE);
    if (!word || word->value < THOUSAND)
        return 0;
    (*i)++;
    return word->value;
}

static const struct unit *take_unit(const struct figure_scan *s, uint32_t *i, uint32_t end)
{
    uint32_t after;
    const struct unit *unit = *i < end ? figure_unit(s, *i, UNIT_AFTER | UNIT_BEFORE, &after) : NULL;
    if (!unit || after > end)
        return NULL;
    *i = after;
    return unit;
}

/* "Percentage of women", "Pourcentage de femmes": the head's first word. */
static const struct unit *share_word(const struct figure_scan *s, uint32_t i)
{
    static const char *const words[LANGUAGES] = {[LANGUAGE_EN] = "percentage", [LANGUAGE_ES] = "porcentaje", [LANGUAGE_FR] = "pourcentage"};
    static const struct unit percent = {.code = "percent", .kind = KIND_PERCENT};
    return says(s, i, words[s->language]) ? &percent : NULL;
}

static bool is_of(const struct figure_scan *s, uint32_t i, uint32_t end)
{
    return i < end && figure_word(s, i) & WORD_OF && !is_in(s, i);
}

/* "thousands", "miles de millones de dólares", "US$ 000": a scale and what it scales, from token i on. */
static bool read_scale(const struct figure_scan *s, uint32_t i, uint32_t end, struct remark *ret)
{
    const struct unit *before = take_unit(s, &i, end);
    if (before && before->kind != KIND_MONEY)
        return false;
    ret->unit = before;
    if (!closes(s, i, end) || !before) {
        ret->scale = take_scale_word(s, &i, end);
        if (ret->scale == 0)
            return false;
        uint32_t next = i + is_of(s, i, end);
        double more = take_scale_word(s, &next, end);
        if (more > 0) {
            ret->scale *= more;
            i = next;
        }
        uint32_t of = i + is_of(s, i, end), unit_end = of;
        const struct unit *unit = before ? NULL : take_unit(s, &unit_end, end);
        if (unit && unit->kind != KIND_PERCENT) {
            ret->unit = unit;
            i = unit_end;
        }
        if (of > i && !take_rest(s, &i, end))
            return false;
    }
    ret->after = i;
    return closes(s, i, end);
}

/* The number that begins with a token, or NULL. */
static const struct number *number_at(const struct figure_scan *s, uint32_t token)
{
    uint32_t low = 0, high = s->n_numbers;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->numbers[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->n_numbers && s->numbers[low].first == token ? &s->numbers[low] : NULL;
}

/* "per 100,000 people", "por cada 100.000 habitantes", "pour 1 000". */
static bool read_base(const struct figure_scan *s, uint32_t i, uint32_t end, struct remark *ret)
{
    static const char *const words[LANGUAGES] = {[LANGUAGE_EN] = "per", [LANGUAGE_ES] = "por", [LANGUAGE_FR] = "pour"};
    if (!says(s, i, words[s->language]))
        return false;
    i += i + 1 < end && figure_is(s, i + 1, "cada") ? 2 : 1;
    const struct number *number = i < end ? number_at(s, i) : NULL;
    if (!number || number->after > end)
        return false;
    ret->base = number->low < THOUSAND && number->ambiguous ? number->other : number->low;
    i = number->after;
    bool whole = ret->base >= THOUSAND && ret->base == trunc(ret->base) && take_rest(s, &i, end);
    ret->after = i;
    return whole;
}

/* "%", "per cent of GDP", "hectares". Units other than percent stand in brackets, and are no single letters: "(M)" is male. */
static bool read_unit(const struct figure_scan *s, uint32_t i, uint32_t end, bool bracket, bool caption, struct remark *ret)
{
    const struct unit *unit = share_word(s, i);
    i += unit != NULL;
    unit = unit ? unit : take_unit(s, &i, end);
    if (!unit || (unit->kind != KIND_PERCENT && (!bracket || s->tokens[i - 1].span.end - s->tokens[ret->first].span.start < 2)))
        return false;
    if (unit->kind == KIND_PERCENT && (bracket || !caption) && !closes(s, i, end) && !take_rest(s, &i, end))
        return false;
    ret->unit = unit;
    ret->after = i;
    return closes(s, i, end);
}

/* The remark that begins with token i of [from, end), if any does. */
static bool read_remark(const struct figure_scan *s, uint32_t from, uint32_t i, uint32_t end, bool caption, struct remark *ret)
{
    bool bracket = i > from && opens(s, i - 1), in = is_in(s, i) && i + 1 < end;
    bool apart = i > from && s->tokens[i].flags & TOKEN_SPACE && (figure_is(s, i - 1, ",") || figure_is(s, i - 1, ":") || figure_is(s, i - 1, "–") || figure_is(s, i - 1, "-"));
    bool begins = i == from || bracket || in || apart;
    bool counted = i > from && s->tokens[i - 1].class == TOKEN_NUMBER; /* "50 % of families" */
    uint32_t first = i + in;
    const struct remark none = {.scale = 1, .first = first};
    *ret = none;
    if (begins && read_scale(s, first, end, ret))
        return true;
    *ret = none;
    if (read_base(s, first, end, ret))
        return true;
    *ret = none;
    uint32_t after = first;
    const struct unit *unit = counted ? NULL : take_unit(s, &after, end);
    bool last = !caption && unit && unit->kind == KIND_PERCENT && closes(s, after, end); /* "Share %" */
    return (begins || last) && read_unit(s, first, end, bracket, caption, ret);
}

/* "N", "Number", "Posts": what is counted, in no unit. */
static bool counts_things(const struct figure_scan *s, uint32_t first, uint32_t end)
{
    static const char *const words[] = {"n", "no", "number", "numbers", "número", "nombre", "posts", "staff", "puestos", "plazas", "postes"};
    for (uint32_t i = first; i < end; i++) {
        if (figure_word(s, i) & (WORD_PERSON | WORD_HOUSEHOLD))
            return true;
        for (size_t k = 0; k < G_N_ELEMENTS(words); k++)
            if (says(s, i, words[k]))
                return true;
    }
    return false;
}

/* What a span says of the unit of values; false: nothing, or two things. */
static bool read_heading(const struct figure_scan *s, struct span span, bool caption, struct remark *ret)
{
    uint32_t from = token_at(s->x->tokens, span.start), end = token_at(s->x->tokens, span.end);
    bool found = false;
    if (caption)
        end = MIN(end, from + CAPTION_TOKENS);
    for (uint32_t i = from; i < end; i++) {
        struct remark remark;
        if (!read_remark(s, from, i, end, caption, &remark))
            continue;
        bool whole = remark.first == from && remark.after == end;
        if (caption && i == from && !whole)
            continue;
        if (!found) {
            *ret = remark;
        } else {
            bool more = (remark.scale > 1) != (ret->scale > 1) && !(remark.unit && ret->unit) && remark.base == 0 && ret->base == 0;
            if (!more)
                return false;
            ret->scale = MAX(ret->scale, remark.scale);
            ret->unit = ret->unit ? ret->unit : remark.unit;
            ret->after = remark.after;
        }
        found = true;
        i = remark.after > i ? remark.after - 1 : i;
    }
    bool percent = found && ret->unit && ret->unit->kind == KIND_PERCENT;
    return found && !(percent && (ret->scale > 1 || (!caption && counts_things(s, from, ret->first) && ret->first > from && opens(s, ret->first - 1) && ret->first - from <= 2)));
}

/* The same of a span that may be empty, or was read for a cell before. */
static bool remark_in(struct figure_scan *s, struct span span, bool caption, struct remark *ret)
{
    if (span.end <= span.start)
        return false;
    if (!s->headings)
        s->headings = g_new0(struct headings_read, 1);
    struct heading_read *read = &s->headings->slots[span.start % G_N_ELEMENTS(s->headings->slots)];
    if (read->span.start != span.start || read->span.end != span.end || read->caption != caption) {
        *read = (struct heading_read){.span = span, .caption = caption};
        read->found = read_heading(s, span, caption, &read->remark);
    }
    if (read->found)
        *ret = read->remark;
    return read->found;
}

static bool same_remark(const struct remark *a, const struct remark *b)
{
    const char *one = a->unit ? a->unit->code : NULL, *other = b->unit ? b->unit->code : NULL;
    return a->scale == b->scale && a->base == b->base && g_strcmp0(one, other) == 0;
}

/* Does a cell hold this figure and nothing else but signs? */
static bool is_alone(const struct figure_scan *s, const struct composed *c, const struct cell *cell)
{
    for (uint32_t i = figure_token(s, cell->span.start); i < s->n_tokens && s->tokens[i].span.start < cell->span.end; i++)
        if (s->tokens[i].class != TOKEN_SIGN && (s->tokens[i].span.start < c->mention.span.start || s->tokens[i].span.end > c->mention.span.end))
            return false;
    return true;
}

/* Gives the figure what the remark says, where its cell says nothing else. sure: of this column or row, not of the whole table. */
static void take_remark(struct figure_scan *s, struct composed *c, const struct remark *remark, bool sure)
{
    struct quantity *quantity = &c->mention.figure.quantity;
    bool money = quantity->kind == KIND_MONEY && (!remark->unit || g_strcmp0(remark->unit->code, quantity->unit) == 0);
    bool plain = quantity->kind == KIND_COUNT && !c->unit, scaled = c->scaled || (c->last_number != NONE && s->numbers[c->last_number].flags & NUMBER_SCALED);
    if ((!plain && !money) || (scaled && remark->scale > 1) || c->last_number == NONE)
        return;
    if (remark->scale > 1) {
        bool mark = !sure && !quantity->ambiguous;
        double low = quantity->low, high = quantity->high;
        figure_scale(quantity, remark->scale);
        if (mark) {
            quantity->ambiguous = true;
            quantity->other_low = low;
            quantity->other_high = high;
        }
        c->scaled = true;
    }
    if (remark->base > 0) {
        char digits[G_ASCII_DTOSTR_BUF_SIZE];
        g_autofree char *unit = g_strdup_printf("1/%s", g_ascii_formatd(digits, sizeof digits, "%.0f", remark->base));
        quantity->kind = KIND_RATE;
        quantity->unit = mentions_intern(s->x->mentions, slice_of(unit));
    } else if (remark->unit && plain) {
        quantity->kind = remark->unit->kind;
        quantity->unit = remark->unit->code;
    }
    c->unit |= remark->base > 0 || remark->unit;
    if (quantity->unit_text.end <= quantity->unit_text.start)
        quantity->unit_text = (struct span){s->tokens[remark->first].span.start, s->tokens[remark->after - 1].span.end};
    figure_trace(s, "table.head", quantity->unit_text, true, "the unit of the values below");
}

/* The passage above the table that holds a row; NONE: there is none. Rows are asked in their order: what was found for the row before is true of the next. */
static uint32_t above_table(struct figure_scan *s, uint32_t passage)
{
    uint32_t at = passage;
    while (at != s->table_row && at > 0 && DOCUMENT_AT(s->doc->passages, struct passage, at - 1).zone == ZONE_TABLE)
        at--;
    s->table_top = at == s->table_row ? s->table_top : at;
    s->table_row = passage;
    return s->table_top > 0 ? s->table_top - 1 : NONE;
}

/* Few words without a stop behind them: a heading or caption, whatever zone its reader gave it. */
static bool is_title(const struct figure_scan *s, uint32_t passage)
{
    enum { MOST = 30 };
    struct span span = DOCUMENT_AT(s->doc->passages, struct passage, passage).span;
    uint32_t end = token_at(s->x->tokens, span.end);
    return span.end > span.start && end - token_at(s->x->tokens, span.start) <= MOST && !figure_is(s, end - 1, ".") && !figure_is(s, end - 1, ":");
}

/* What a line of its own right above the table says, "(Thousands of United States dollars)", or the caption that stands there. */
static bool remark_of_table(struct figure_scan *s, const struct cell *cell, struct remark *ret)
{
    uint32_t above = above_table(s, cell->passage);
    if (above == NONE)
        return false;
    if (above != cell->caption && remark_in(s, DOCUMENT_AT(s->doc->passages, struct passage, above).span, true, ret)) {
        struct span span = DOCUMENT_AT(s->doc->passages, struct passage, above).span;
        uint32_t first = token_at(s->x->tokens, span.start), end = token_at(s->x->tokens, span.end);
        if (ret->first <= first + 2 && ret->after + 1 >= end) /* "(In thousands)": nothing else */
            return true;
    }
    if (cell->caption == above || (above > 0 && cell->caption == above - 1))
        return remark_in(s, DOCUMENT_AT(s->doc->passages, struct passage, cell->caption).span, true, ret);
    return is_title(s, above) && remark_in(s, DOCUMENT_AT(s->doc->passages, struct passage, above).span, true, ret);
}

static bool heads_count(const struct figure_scan *s, const struct cell *cell)
{
    const struct span heads[] = {cell->group, cell->column, cell->section, cell->row};
    for (size_t i = 0; i < G_N_ELEMENTS(heads); i++)
        if (heads[i].end > heads[i].start && counts_things(s, token_at(s->x->tokens, heads[i].start), token_at(s->x->tokens, heads[i].end)))
            return true;
    return false;
}

void figure_head_unit(struct figure_scan *s, struct composed *c, const struct cell *cell)
{
    struct remark column, row, table;
    if (!is_alone(s, c, cell))
        return;
    bool over = remark_in(s, cell->column, false, &column) || remark_in(s, cell->group, false, &column);
    bool beside = remark_in(s, cell->row, false, &row) || remark_in(s, cell->section, false, &row);
    if (over && beside && !same_remark(&column, &row))
        return; /* no one knows which holds */
    if (over || beside) {
        take_remark(s, c, over ? &column : &row, true);
        return;
    }
    if (!remark_of_table(s, cell, &table) || table.base > 0)
        return;
    bool percent = table.unit && table.unit->kind == KIND_PERCENT, other = table.unit && heads_count(s, cell);
    if (!other && !(percent && c->mention.figure.quantity.high > 100))
        take_remark(s, c, &table, false);
}
