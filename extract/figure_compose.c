/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/figure.h"

static const struct unit *unit_at(const struct figure_scan *s, uint32_t token, uint32_t where, uint32_t *after)
{
    if (figure_break(s, token))
        return NULL;
    return lexicon_unit(s->lexicon, s->language, s->doc, s->x->tokens, token, where, after);
}

/* "US$", "RM", "AUD " before the number; *first = where it begins. */
static const struct unit *unit_before(const struct figure_scan *s, uint32_t number, uint32_t *first)
{
    for (uint32_t n = 3; n > 0; n--) {
        uint32_t after, at = number - n;
        if (number < n || s->tokens[number].flags & TOKEN_PASSAGE)
            continue;
        const struct unit *unit = unit_at(s, at, UNIT_BEFORE, &after);
        bool inside_word = figure_glued(s, at) && at > 0 && s->tokens[at].class == TOKEN_WORD && s->tokens[at - 1].class != TOKEN_SIGN;
        if (unit && after == number && !inside_word) {
            *first = at;
            return unit;
        }
    }
    return NULL;
}

bool figure_money_before(const struct figure_scan *s, const struct number *number)
{
    uint32_t first;
    const struct unit *unit = unit_before(s, number->first, &first);
    return unit && unit->kind == KIND_MONEY;
}

/* The unit behind a number, over a hyphen ("40-yard"), or an article after a fraction ("half an hour"). */
static const struct unit *unit_after(const struct figure_scan *s, const struct number *number, uint32_t *first, uint32_t *after)
{
    uint32_t at = number->after;
    if (figure_break(s, at))
        return NULL;
    if (figure_glued(s, at) && figure_is(s, at, "-") && figure_glued(s, at + 1))
        at++;
    else if (number->form == FORM_FRACTION && (figure_is(s, at, "a") || figure_is(s, at, "an")))
        at++;
    *first = at;
    return unit_at(s, at, UNIT_AFTER | (figure_glued(s, at) ? (uint32_t)UNIT_GLUED : 0), after);
}

static struct span token_span(const struct figure_scan *s, uint32_t first, uint32_t after)
{
    return (struct span){s->tokens[first].span.start, s->tokens[after - 1].span.end};
}

static void take_unit(const struct figure_scan *s, struct quantity *quantity, const struct unit *unit, uint32_t first, uint32_t after)
{
    quantity->unit = unit->code;
    quantity->kind = unit->kind;
    quantity->unit_text = token_span(s, first, after);
}

static void take_values(const struct figure_scan *s, struct quantity *quantity, uint32_t low, uint32_t high)
{
    const struct number *a = &s->numbers[low], *b = &s->numbers[high];
    *quantity = (struct quantity){.low = a->low, .high = b->high};
    if (low == high) {
        quantity->ambiguous = a->ambiguous;
        quantity->other_low = quantity->other_high = a->other;
        if (a->form == FORM_FRACTION)
            quantity->kind = KIND_FRACTION;
        if (a->form == FORM_VAGUE)
            quantity->qualifier = QUALIFIER_BETWEEN;
        return;
    }
    if (b->scale > 1 && a->scale == 1 && a->low < 1000 && a->low * b->scale < b->low)
        quantity->low *= b->scale; /* "400 to 600 million" */
    quantity->qualifier = QUALIFIER_BETWEEN;
    if (quantity->low > quantity->high) {
        double lower = quantity->high;
        quantity->high = quantity->low;
        quantity->low = lower;
    }
}

static const char *rule_of(const struct quantity *quantity, bool range)
{
    if (range)
        return NULL;
    switch (quantity->kind) {
    case KIND_MONEY:
        return "number.money";
    case KIND_PERCENT:
        return "number.percent";
    case KIND_FRACTION:
        return "number.fraction";
    case KIND_COUNT:
        return "number.count";
    default:
        return "number.unit";
    }
}

/* Currency before, then unit behind; both where both stand ("$500 US", "$ 10 dollars"). */
static void find_unit(const struct figure_scan *s, uint32_t low, uint32_t high, struct composed *c)
{
    struct quantity *quantity = &c->mention.figure.quantity;
    uint32_t first, after;
    const struct unit *before = unit_before(s, c->first, &first);
    if (before) {
        take_unit(s, quantity, before, first, c->first);
        c->first = first;
        c->unit = true;
    }
    const struct unit *behind = unit_after(s, &s->numbers[high], &first, &after);
    if (!behind && high != low && !before) {
        behind = unit_after(s, &s->numbers[low], &first, &after); /* "5% to 10", "$5 – 10" */
        uint32_t at;
        const struct unit *second = behind ? NULL : unit_before(s, s->numbers[high].first, &at);
        if (behind || second)
            take_unit(s, quantity, behind ? behind : second, behind ? first : at, behind ? after : s->numbers[high].first);
        c->unit = behind || second;
        return;
    }
    if (!behind || (before && behind->kind != KIND_MONEY))
        return;
    if (!before)
        take_unit(s, quantity, behind, first, after);
    c->unit = true;
    c->after = after;
}

bool figure_compose(struct figure_scan *s, uint32_t index, struct composed *c)
{
    const struct verdict *verdict = &s->verdicts[index];
    uint32_t high = verdict->pair ? index : verdict->range;
    const struct number *number = &s->numbers[index];
    *c = (struct composed){.first = number->first, .after = s->numbers[high].after, .first_number = index, .last_number = high};
    c->mention.type = MENTION_FIGURE;
    struct figure *figure = &c->mention.figure;
    take_values(s, &figure->quantity, index, high);
    figure->number = (struct span){number->span.start, s->numbers[high].span.end};
    find_unit(s, index, high, c);
    if (number->flags & NUMBER_GLUED_BEFORE && c->first == number->first) {
        figure_trace(s, "number.glued", number->span, false, "part of a word");
        return false;
    }
    if (number->flags & NUMBER_GLUED_AFTER && high == index && c->after == number->after && number->form != FORM_ORDINAL && s->tokens[number->after].class == TOKEN_WORD) {
        figure_trace(s, "number.glued", number->span, false, "letters are glued to it that are no unit");
        return false;
    }
    c->counted_from = c->after;
    c->mention.rule = high != index ? verdict->range_rule->id : rule_of(&figure->quantity, false);
    c->mention.span = token_span(s, c->first, c->after);
    if (high != index && verdict->range_span.start < c->mention.span.start) {
        c->mention.span.start = verdict->range_span.start;
        c->first = token_at(s->x->tokens, verdict->range_span.start);
    }
    return true;
}
