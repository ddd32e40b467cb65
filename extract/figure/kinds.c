/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/figure/figure.h"

#include <math.h>

/* The number that begins at a byte, or NONE. */
static uint32_t number_at(const struct figure_scan *s, struct span group)
{
    if (group.start == NONE)
        return NONE;
    uint32_t low = 0, high = s->n_numbers;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->numbers[middle].span.start < group.start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->n_numbers && s->numbers[low].span.start == group.start ? low : NONE;
}

/* Value, low and high, or part and whole; false where the rule's groups name no number. */
static bool hit_values(const struct figure_scan *s, const struct rule_hit *hit, struct quantity *quantity, struct composed *c)
{
    uint32_t value = number_at(s, hit->groups[GROUP_VALUE]), low = number_at(s, hit->groups[GROUP_LOW]), high = number_at(s, hit->groups[GROUP_HIGH]);
    uint32_t part = number_at(s, hit->groups[GROUP_PART]), whole = number_at(s, hit->groups[GROUP_WHOLE]);
    if (hit->rule->has_fixed) {
        quantity->low = quantity->high = hit->rule->fixed;
        c->first_number = c->last_number = NONE;
        return true;
    }
    if (part != NONE && whole != NONE && s->numbers[whole].low > 0) {
        quantity->low = quantity->high = s->numbers[part].low / s->numbers[whole].low;
        figure_readings(quantity, &s->numbers[part], &s->numbers[whole]);
        quantity->ambiguous &= quantity->other_high > 0;
        quantity->other_low = quantity->other_high = quantity->ambiguous ? quantity->other_low / quantity->other_high : 0;
        c->first_number = part;
        c->last_number = whole;
        return fabs(s->numbers[part].low) < s->numbers[whole].low && s->numbers[part].low != 0;
    }
    if (low != NONE && high != NONE) {
        bool turned = s->numbers[low].low > s->numbers[high].low;
        quantity->low = MIN(s->numbers[low].low, s->numbers[high].low);
        quantity->high = MAX(s->numbers[low].low, s->numbers[high].low);
        figure_readings(quantity, &s->numbers[turned ? high : low], &s->numbers[turned ? low : high]);
        quantity->qualifier = QUALIFIER_BETWEEN;
        c->first_number = low;
        c->last_number = high;
        return true;
    }
    if (value == NONE)
        value = low;
    if (value == NONE)
        return false;
    quantity->low = s->numbers[value].low;
    quantity->high = s->numbers[value].high;
    figure_readings(quantity, &s->numbers[value], &s->numbers[value]);
    c->first_number = c->last_number = value;
    return true;
}

static struct span hit_number_span(const struct figure_scan *s, const struct rule_hit *hit, const struct composed *c)
{
    if (c->first_number == NONE)
        return hit->span;
    return (struct span){s->numbers[c->first_number].span.start, s->numbers[c->last_number].span.end};
}

bool figure_from_hit(struct figure_scan *s, const struct rule_hit *hit, struct composed *c)
{
    const struct rule *rule = hit->rule;
    *c = (struct composed){.unit = true};
    c->mention.type = MENTION_FIGURE;
    c->mention.rule = rule->id;
    struct figure *figure = &c->mention.figure;
    struct quantity *quantity = &figure->quantity;
    if (!hit_values(s, hit, quantity, c))
        return false;
    quantity->kind = rule->has_kind ? rule->kind : KIND_COUNT;
    if (rule->has_qualifier && quantity->qualifier == QUALIFIER_EXACT)
        quantity->qualifier = rule->qualifier;
    quantity->unit = rule->unit;
    if (hit->groups[GROUP_UNIT].start != NONE) {
        uint32_t after;
        const struct unit *unit = lexicon_unit(s->lexicon, s->language, s->doc, s->x->tokens, token_at(s->x->tokens, hit->groups[GROUP_UNIT].start),
            UNIT_AFTER | UNIT_GLUED | UNIT_BEFORE, &after);
        quantity->unit_text = hit->groups[GROUP_UNIT];
        if (unit && (!rule->unit || quantity->kind == KIND_AGE)) /* months where months are printed */
            quantity->unit = unit->code;
        if (unit && !rule->has_kind)
            quantity->kind = unit->kind;
    }
    figure->number = hit_number_span(s, hit, c);
    if (hit->groups[GROUP_COUNTED].start != NONE)
        figure->counted_span = hit->groups[GROUP_COUNTED];
    figure->minor = rule->minor;
    c->mention.span = hit->span;
    c->first = token_at(s->x->tokens, hit->span.start);
    c->after = token_at(s->x->tokens, hit->span.end);
    c->counted_from = c->after;
    figure_trace(s, rule->id, hit->span, true, "figure");
    return true;
}
