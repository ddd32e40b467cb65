/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/figure/figure.h"

#include "base/sorted.h"

#include <math.h>

static bool only_space(const struct figure_scan *s, uint32_t from, uint32_t to)
{
    if (from > to || to - from > 3)
        return false;
    const char *text = s->doc->text->str;
    for (uint32_t i = from; i < to; i++)
        if (text[i] == '\n' || text[i] == '\t' || (g_ascii_isprint(text[i]) && text[i] != ' '))
            return false;
    return true;
}

/* Index of the first piece that starts at or behind a byte; *near: of the one that was looked for last. */
static uint32_t piece_at(const GArray *pieces, uint32_t at, guint *near)
{
    return *near = SORTED_NEAR(pieces, struct piece, span.start, at, *near);
}

/* The longest piece that ends where the figure begins. */
static const struct piece *piece_before(struct figure_scan *s, uint32_t at)
{
    const struct piece *best = NULL;
    uint32_t from = piece_at(s->before, at, &s->near_before), looked = 0;
    while (from-- > 0 && looked++ < 8) {
        const struct piece *piece = &g_array_index(s->before, struct piece, from);
        if (only_space(s, piece->span.end, at) && (!best || piece->span.start <= best->span.start))
            best = piece;
    }
    return best;
}

/* The longest piece that begins where the figure ends. */
static const struct piece *piece_behind(const struct figure_scan *s, const GArray *pieces, uint32_t at, guint *near)
{
    const struct piece *best = NULL;
    for (uint32_t i = piece_at(pieces, at, near); i < pieces->len; i++) {
        const struct piece *piece = &g_array_index(pieces, struct piece, i);
        if (!only_space(s, at, piece->span.start) && piece->span.start > at + 1)
            break;
        bool hyphen = piece->span.start == at + 1 && s->doc->text->str[at] == '-';
        if ((only_space(s, at, piece->span.start) || hyphen) && (!best || piece->span.end > best->span.end))
            best = piece;
    }
    return best;
}

/* A bound says more than "about"; a range is a range whatever stands before it. */
static void take_qualifier(struct quantity *quantity, enum qualifier qualifier)
{
    bool weak = quantity->qualifier == QUALIFIER_EXACT || (quantity->qualifier == QUALIFIER_ABOUT && qualifier != QUALIFIER_EXACT);
    if (weak && quantity->qualifier != QUALIFIER_BETWEEN)
        quantity->qualifier = qualifier;
}

static enum qualifier opposite(enum qualifier qualifier)
{
    switch (qualifier) {
    case QUALIFIER_MORE_THAN:
        return QUALIFIER_AT_MOST;
    case QUALIFIER_AT_LEAST:
        return QUALIFIER_LESS_THAN;
    case QUALIFIER_LESS_THAN:
        return QUALIFIER_AT_LEAST;
    case QUALIFIER_AT_MOST:
        return QUALIFIER_MORE_THAN;
    default:
        return qualifier;
    }
}

static void start_at(struct figure_scan *s, struct composed *c, uint32_t at)
{
    c->mention.span.start = at;
    c->first = figure_token(s, at);
}

/* "more than 100 kilometres (62 miles)": the same again in another unit is as exact as the first. */
static void qualify_again(struct figure_scan *s, struct composed *c)
{
    struct quantity *quantity = &c->mention.figure.quantity;
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    bool measure = quantity->kind == KIND_DISTANCE || quantity->kind == KIND_AREA || quantity->kind == KIND_MEASURE || quantity->kind == KIND_MONEY;
    if (!measure || quantity->qualifier != QUALIFIER_EXACT || figures->len == 0 || c->first == 0 || !figure_is(s, c->first - 1, "("))
        return;
    const struct mention *last = &g_array_index(figures, struct mention, figures->len - 1);
    const struct quantity *first = &last->figure.quantity;
    bool beside = s->tokens[c->first - 1].span.start <= last->span.end + 1 && last->span.end <= s->tokens[c->first - 1].span.start;
    if (beside && first->kind == quantity->kind && first->unit && quantity->unit && strcmp(first->unit, quantity->unit) != 0 &&
        first->qualifier != QUALIFIER_BETWEEN)
        quantity->qualifier = first->qualifier;
}

/* "desde un 14 % hasta un 29 %": the other end of a change, and no bound. */
static bool ends_change(const struct figure_scan *s, const struct composed *c, const struct piece *piece)
{
    enum { CHANGE_BYTES = 120 };
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    if (s->language != LANGUAGE_ES || figures->len == 0 || !slice_is(document_slice(s->doc, s->tokens[token_at(s->x->tokens, piece->span.start)].span), "hasta"))
        return false;
    const struct mention *last = &g_array_index(figures, struct mention, figures->len - 1);
    const struct quantity *a = &last->figure.quantity, *b = &c->mention.figure.quantity;
    uint32_t i = token_at(s->x->tokens, last->span.start);
    while (i > 0 && (figure_word(s, i - 1) & WORD_ARTICLE))
        i--;
    return last->sentence == c->mention.sentence && a->kind == b->kind && g_strcmp0(a->unit, b->unit) == 0 && c->mention.span.start - last->span.end < CHANGE_BYTES &&
           i > 0 && figure_is(s, i - 1, "desde");
}

void figure_qualify(struct figure_scan *s, struct composed *c)
{
    struct quantity *quantity = &c->mention.figure.quantity;
    qualify_again(s, c);
    for (int i = 0; i < 3 && !figure_break(s, c->first); i++) { /* "up to an estimated 400" */
        const struct piece *piece = piece_before(s, c->mention.span.start);
        if (!piece || ends_change(s, c, piece))
            break;
        if (piece->rule->has_qualifier)
            take_qualifier(quantity, piece->rule->qualifier);
        start_at(s, c, piece->span.start);
        figure_trace(s, piece->rule->id, piece->span, true, "before");
    }
    const struct piece *piece = figure_break(s, c->after) ? NULL : piece_behind(s, s->after, c->mention.span.end, &s->near_after);
    if (piece) {
        if (piece->rule->has_qualifier)
            take_qualifier(quantity, piece->rule->qualifier);
        c->mention.span.end = piece->span.end;
        c->after = figure_token(s, piece->span.end);
        c->counted_from = MAX(c->counted_from, c->after);
        figure_trace(s, piece->rule->id, piece->span, true, "after");
    }
    if (c->first_number != NONE && s->verdicts[c->first_number].negate) {
        quantity->qualifier = opposite(quantity->qualifier);
        if (quantity->high > quantity->low && quantity->qualifier == QUALIFIER_BETWEEN)
            quantity->qualifier = QUALIFIER_AT_MOST;
    }
}

/* The code of a stretch of time: "month", "monthly"; NULL = none. */
static const char *per_code(const struct figure_scan *s, struct span span)
{
    uint32_t after;
    const struct unit *unit = figure_unit(s, token_at(s->x->tokens, span.start), UNIT_PER, &after);
    return unit ? unit->code : NULL;
}

/* "10,000 per month" is a rate; "2 per cent a year" and "$5 a month" keep their kind and say so in the unit. */
static void take_per(struct figure_scan *s, struct composed *c, const struct piece *piece)
{
    struct quantity *quantity = &c->mention.figure.quantity;
    g_autoptr(GString) unit = g_string_new(quantity->unit && quantity->kind != KIND_COUNT ? quantity->unit : "");
    struct span base = piece->hit.groups[GROUP_BASE], per = piece->hit.groups[GROUP_PER];
    uint32_t at = base.start == NONE ? NONE : token_at(s->x->tokens, base.start);
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    for (uint32_t i = c->last_number == NONE ? 0 : c->last_number + 1; at != NONE && i < s->n_numbers && s->numbers[i].span.start <= base.start; i++)
        if (s->numbers[i].span.start == base.start)
            g_string_append_printf(unit, "%s/%s", unit->len ? "" : "1",
                                   g_ascii_formatd(digits, sizeof digits, s->numbers[i].low == trunc(s->numbers[i].low) && fabs(s->numbers[i].low) < 0x1p63 ? "%.0f" : "%.15g", s->numbers[i].low));
    const char *code = per.start == NONE ? NULL : per_code(s, per);
    if (code)
        g_string_append_printf(unit, "%s/%s", unit->len ? "" : "1", code);
    if (quantity->kind == KIND_COUNT)
        quantity->kind = KIND_RATE;
    if (unit->len)
        quantity->unit = mentions_intern(s->x->mentions, slice_make(unit->str, unit->len));
    if (quantity->unit_text.start < quantity->unit_text.end && quantity->unit_text.end <= c->mention.figure.number.start)
        quantity->unit_before = quantity->unit_text; /* "RM79 a month" */
    uint32_t start = quantity->unit_text.start < quantity->unit_text.end &&
        quantity->unit_text.start >= c->mention.figure.number.end ? quantity->unit_text.start : piece->span.start;
    quantity->unit_text = (struct span){start, piece->span.end};
    c->mention.span.end = piece->span.end;
    c->after = token_at(s->x->tokens, piece->span.end);
    for (uint32_t i = c->last_number == NONE ? s->n_numbers : c->last_number + 1; i < s->n_numbers && s->numbers[i].span.start < piece->span.end; i++)
        s->verdicts[i].taken = true;
    figure_trace(s, piece->rule->id, piece->span, true, "per");
}

/* "Three to five drivers are being murdered each month": the stretch of time stands later in the clause. "a month" may be any month. */
static const struct piece *piece_later(struct figure_scan *s, const struct composed *c)
{
    enum { CLAUSE_WORDS = 12 };
    uint32_t at = MAX(c->mention.span.end, c->mention.figure.counted_span.end), next = c->last_number == NONE ? s->n_numbers : c->last_number + 1;
    uint32_t piece_index = piece_at(s->per, at, &s->near_per);
    if (piece_index >= s->per->len || at == NONE)
        return NULL;
    const struct piece *piece = &g_array_index(s->per, struct piece, piece_index);
    if (next < s->n_numbers && s->numbers[next].span.start < piece->span.end)
        return NULL;
    uint32_t from = token_at(s->x->tokens, at), to = token_at(s->x->tokens, piece->span.start);
    if (to - from > CLAUSE_WORDS || figure_is(s, to, "a") || figure_is(s, to, "an") || figure_is(s, to, "al") || figure_is(s, to, "au"))
        return NULL;
    for (uint32_t i = from; i <= to; i++)
        if (figure_break(s, i) || (i < to && s->tokens[i].class == TOKEN_SIGN))
            return NULL;
    return piece;
}

/* The unit of a rate whose time stands apart: the figure's own text stays as it is. */
static void take_later(struct figure_scan *s, struct composed *c, const struct piece *piece)
{
    struct quantity *quantity = &c->mention.figure.quantity;
    struct span per = piece->hit.groups[GROUP_PER];
    const char *code = per.start == NONE ? NULL : per_code(s, per);
    if (!code)
        return;
    g_autofree char *unit = g_strdup_printf("1/%s", code);
    quantity->kind = KIND_RATE;
    quantity->unit = mentions_intern(s->x->mentions, slice_of(unit));
    quantity->unit_text = piece->span;
    figure_trace(s, piece->rule->id, piece->span, true, "later in the clause");
}

void figure_per(struct figure_scan *s, struct composed *c)
{
    const struct piece *piece = figure_break(s, c->after) ? NULL : piece_behind(s, s->per, c->mention.span.end, &s->near_per);
    if (piece) {
        take_per(s, c, piece);
        c->counted_from = MAX(c->counted_from, c->after);
        return;
    }
    /* "800,000 barrels a day", "16 people a day": behind the counted word, where it is one word */
    struct span counted = c->mention.figure.counted_span;
    if (counted.end <= counted.start || counted.start < c->mention.span.start)
        return;
    if (c->mention.figure.quantity.kind != KIND_COUNT)
        return;
    piece = piece_behind(s, s->per, counted.end, &s->near_per);
    if (piece)
        take_per(s, c, piece);
    else if ((piece = piece_later(s, c)))
        take_later(s, c, piece);
}
