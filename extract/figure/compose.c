/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/figure/figure.h"

#include <math.h>

static const struct unit *unit_at(const struct figure_scan *s, uint32_t token, uint32_t where, uint32_t *after)
{
    if (figure_break(s, token))
        return NULL;
    return figure_unit(s, token, where, after);
}

/* "12€ 40", "2kEUR 40", "2M€ 40": what is glued to the number before it and apart from the one behind it is the unit of the first. */
static bool of_number_before(const struct figure_scan *s, uint32_t unit, uint32_t number)
{
    if (figure_glued(s, number))
        return false;
    if (figure_glued(s, unit) && s->tokens[unit - 1].class == TOKEN_WORD)
        unit--; /* a scale */
    return figure_glued(s, unit) && s->tokens[unit - 1].class == TOKEN_NUMBER;
}

/* Looks for a unit of a few tokens that ends before token `number`. */
static struct unit_found find_before(const struct figure_scan *s, uint32_t number)
{
    enum { UNIT_TOKENS = 3 };
    struct unit_found none = {.number = number};
    for (uint32_t n = figure_break(s, number) ? 0 : MIN(number, UNIT_TOKENS); n > 0; n--) {
        uint32_t after, at = number - n;
        const struct unit *unit = figure_unit(s, at, UNIT_BEFORE, &after);
        if (!unit || after != number)
            continue;
        bool inside_word = figure_glued(s, at) && s->tokens[at].class == TOKEN_WORD && s->tokens[at - 1].class != TOKEN_SIGN;
        if (!inside_word && !of_number_before(s, at, number))
            return (struct unit_found){number, at, unit};
    }
    return none;
}

/* "US$", "RM", "AUD " before the number; *first = where it begins. It is asked before the number is read, and when it is. */
static const struct unit *unit_before(struct figure_scan *s, uint32_t number, uint32_t *first)
{
    if (s->money.number != number)
        s->money = find_before(s, number);
    *first = s->money.first;
    return s->money.unit;
}

/* The unit behind a number, over a hyphen ("40-yard"), or an article after a fraction ("half an hour"). */
static const struct unit *unit_after(const struct figure_scan *s, const struct number *number, uint32_t *first, uint32_t *after)
{
    uint32_t at = number->after;
    if (figure_break(s, at))
        return NULL;
    if (figure_is(s, at, "-") && figure_glued(s, at + 1))
        at++; /* "60-day", and "60 -day" as extractors print it */
    else if (s->language != LANGUAGE_EN && number->scale > 1 && figure_word(s, at) & WORD_OF && !figure_break(s, at + 1))
        at++; /* "7.000 millones de dólares", "une centaine d'euros" */
    else if (number->form == FORM_FRACTION && (figure_is(s, at, "a") || figure_is(s, at, "an")))
        at++;
    *first = at;
    if ((figure_is(s, at, "'") || figure_is(s, at, "’")) && figure_glued(s, at + 1) && s->tokens[at + 1].class == TOKEN_WORD)
        return NULL; /* "2019's", no feet */
    if (s->language == LANGUAGE_ES && number->form == FORM_YEAR && figure_is(s, at, "ha"))
        return NULL; /* "en 2025 ha generado" */
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

void figure_readings(struct quantity *quantity, const struct number *low, const struct number *high)
{
    quantity->ambiguous = low->ambiguous || high->ambiguous;
    quantity->other_low = low->ambiguous ? low->other : low->low;
    quantity->other_high = high->ambiguous ? high->other : high->high;
}

static void take_low_scale(struct quantity *quantity, double scale)
{
    quantity->low *= scale;
    quantity->other_low *= scale;
}

static void put_in_order(double *low, double *high)
{
    double lower = MIN(*low, *high);
    *high = MAX(*low, *high);
    *low = lower;
}

static void take_values(const struct figure_scan *s, struct quantity *quantity, uint32_t low, uint32_t high)
{
    const struct number *a = &s->numbers[low], *b = &s->numbers[high];
    *quantity = (struct quantity){.low = a->low, .high = b->high};
    figure_readings(quantity, a, b);
    if (low == high) {
        if (a->form == FORM_FRACTION)
            quantity->kind = KIND_FRACTION;
        if (a->form == FORM_VAGUE)
            quantity->qualifier = QUALIFIER_BETWEEN;
        else if (a->flags & NUMBER_ROUNDED)
            quantity->qualifier = QUALIFIER_ABOUT;
        return;
    }
    if (b->scale > 1 && a->scale == 1 && a->low < 1000 && a->low * b->scale < b->low)
        take_low_scale(quantity, b->scale); /* "400 to 600 million" */
    quantity->qualifier = QUALIFIER_BETWEEN;
    put_in_order(&quantity->low, &quantity->high);
    put_in_order(&quantity->other_low, &quantity->other_high);
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

/* Letters before a currency that scale it. */
static const struct {
    const char *prefix;
    double scale;
} prefixes[] = {{"M", 1e6}, {"MM", 1e6}, {"Md", 1e9}, {"Mds", 1e9}, {"Mrd", 1e9}, {"bn", 1e9}, {"k", 1e3}, {"K", 1e3}};

/* Does one of them begin with it? */
static bool begins_prefix(char c)
{
    return c == 'M' || c == 'b' || c == 'k' || c == 'K';
}

/* May token `at` begin with such letters? */
static bool may_scale(const struct figure_scan *s, uint32_t at)
{
    return at < s->n_tokens && s->tokens[at].class == TOKEN_WORD && begins_prefix(*figure_text(s, at).ptr);
}

/* "12 M€", "3 Md€", "30 MUSD": the scale is glued before the currency. */
static const struct unit *scaled_unit(const struct figure_scan *s, uint32_t at, uint32_t *after, double *scale)
{
    if (!may_scale(s, at))
        return NULL;
    struct slice text = figure_text(s, at);
    const struct unit *unit = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(prefixes) && !unit; i++) {
        size_t len = strlen(prefixes[i].prefix);
        *scale = prefixes[i].scale;
        *after = at + 1;
        if (slice_is(text, prefixes[i].prefix) && figure_glued(s, at + 1))
            unit = unit_at(s, at + 1, UNIT_AFTER, after);
        else if (text.len == len + 3 && strncmp(text.ptr, prefixes[i].prefix, len) == 0)
            unit = lexicon_currency(s->lexicon, s->language, slice_make(text.ptr + len, 3));
        if (unit && unit->kind != KIND_MONEY)
            unit = NULL;
    }
    return unit;
}

void figure_scale(struct quantity *quantity, double scale)
{
    quantity->low *= scale;
    quantity->high *= scale;
    quantity->other_low *= scale;
    quantity->other_high *= scale;
}

static void take_letters(struct composed *c, double scale)
{
    figure_scale(&c->mention.figure.quantity, scale);
    c->scaled = true;
}

/* "75 USD million": the scale stands behind the currency. */
static void scale_behind(const struct figure_scan *s, struct composed *c)
{
    if (figure_break(s, c->after) || c->mention.figure.quantity.kind != KIND_MONEY)
        return;
    const struct number_word *scale = !(figure_known(s, c->after) & KNOWN_NUMBER) ? NULL : lexicon_number_role(s->lexicon, s->language, s->tokens[c->after].hash, NUMBER_SCALE);
    if (!scale || s->numbers[c->last_number].flags & NUMBER_SCALED)
        return;
    take_letters(c, scale->value);
    c->after++;
}

/* Units that go on in smaller ones: "5 feet 2 inches", "3 dollars and 50 cents". */
static const struct {
    const char *large, *small;
    double parts;
} smaller[] = {{"[ft_i]", "[in_i]", 12}, {"[lb_av]", "[oz_av]", 16}, {NULL, "[cent]", 100}, {"GBP", "[pence]", 100}};

static double parts_of(const struct quantity *quantity, const struct unit *unit)
{
    for (size_t i = 0; i < G_N_ELEMENTS(smaller); i++)
        if (strcmp(unit->code, smaller[i].small) == 0 && (smaller[i].large ? strcmp(quantity->unit, smaller[i].large) == 0 : quantity->kind == KIND_MONEY))
            return smaller[i].parts;
    return 0;
}

/* "15 dollars 50", "15 dollars and 15." say cents without the word, where nothing is counted behind them; nobody says those of "2k dollars". */
static bool bare_cents(const struct figure_scan *s, const struct composed *c, const struct number *part, bool joint)
{
    uint32_t next = part->after;
    if (c->scaled || s->numbers[c->last_number].flags & NUMBER_SCALED)
        return false;
    bool ends = figure_break(s, next) || (s->tokens[next].class == TOKEN_SIGN && (figure_break(s, next + 1) || !joint));
    bool worded = !figure_break(s, next) && !joint && s->tokens[next].class == TOKEN_WORD && !figure_glued(s, next) && part->low >= 10;
    const struct quantity *quantity = &c->mention.figure.quantity;
    return quantity->kind == KIND_MONEY && quantity->unit[0] != '[' && part->low >= (joint ? 1 : 10) && part->low < 100 &&
        (part->form == FORM_DIGITS || part->form == FORM_WORDS) &&
           !(part->flags & (NUMBER_DECIMAL | NUMBER_GLUED_AFTER)) && (ends || (worded && figure_word(s, next) & WORD_STOP));
}

static void smaller_unit(const struct figure_scan *s, struct composed *c)
{
    struct quantity *quantity = &c->mention.figure.quantity;
    uint32_t next = c->last_number + 1, at = c->after, first, after;
    if (c->first_number != c->last_number || next >= s->n_numbers || figure_break(s, at) || quantity->low != trunc(quantity->low) ||
        s->verdicts[next].range != next)
        return;
    bool joint = figure_word(s, at) & WORD_JOINT || lexicon_number_role(s->lexicon, s->language, s->tokens[at].hash, NUMBER_WITH);
    if (s->numbers[next].first != at + joint || s->tokens[s->numbers[next].first].flags & TOKEN_PASSAGE)
        return;
    const struct number *part = &s->numbers[next];
    const struct unit *unit = unit_after(s, part, &first, &after);
    static const struct unit inch = {.code = "[in_i]"};
    if (!unit && strcmp(quantity->unit, "[ft_i]") == 0 && !figure_break(s, part->after) && figure_is(s, part->after, "in")) {
        unit = &inch; /* "5 ft 2 in": an inch behind feet, a preposition elsewhere */
        after = part->after + 1;
    }
    double parts = unit ? parts_of(quantity, unit) : bare_cents(s, c, part, joint) ? 100 : 0;
    if (parts == 0 || part->low >= parts || part->low < 0)
        return;
    bool behind = c->first == s->numbers[c->first_number].first; /* not "$5 and 10." */
    if (!unit && joint && !behind)
        return;
    if (!quantity->ambiguous) { /* nothing says that these are cents */
        quantity->ambiguous = !unit;
        quantity->other_low = quantity->other_high = quantity->low;
    }
    quantity->low += part->low / parts;
    quantity->high = quantity->low;
    c->last_number = next;
    c->after = unit ? after : part->after;
}

/* "a 7- or 8-inch screen", "15 and 20 per cent": the number behind the joint has the unit of both. */
static const struct unit *shared_unit(const struct figure_scan *s, uint32_t high, uint32_t *first, uint32_t *after)
{
    uint32_t at = s->numbers[high].after, next = high + 1;
    if (next >= s->n_numbers || s->verdicts[next].excluded)
        return NULL;
    if (!figure_break(s, at) && figure_glued(s, at) && figure_is(s, at, "-"))
        at++;
    if (figure_break(s, at) || s->numbers[next].first != at + 1)
        return NULL;
    bool change = s->verdicts[high].pair && s->numbers[high].form == s->numbers[next].form && s->numbers[high].form == FORM_DIGITS; /* "rose from 72 to 76 per cent" */
    if (!(change || (figure_word(s, at) & WORD_JOINT && !s->verdicts[high].pair)))
        return NULL;
    const struct unit *unit = unit_after(s, &s->numbers[next], first, after);
    bool shared = unit && (unit->kind == KIND_PERCENT || unit->kind == KIND_DISTANCE || unit->kind == KIND_AREA || unit->kind == KIND_MEASURE ||
                           unit->kind == KIND_DURATION);
    return shared && s->numbers[high].scale == s->numbers[next].scale ? unit : NULL;
}

/* The unit behind, of either end of a range ("5% to 10", "$5 – 10"), or shared with the next number. */
static void unit_behind(struct figure_scan *s, uint32_t low, uint32_t high, struct composed *c)
{
    struct quantity *quantity = &c->mention.figure.quantity;
    uint32_t first, after, at;
    double scale = 1;
    const struct unit *unit = unit_after(s, &s->numbers[high], &first, &after);
    if (!unit && !figure_break(s, s->numbers[high].after) && (unit = scaled_unit(s, s->numbers[high].after, &after, &scale))) {
        first = s->numbers[high].after;
        take_letters(c, scale);
    }
    if (unit) {
        if (!c->unit)
            take_unit(s, quantity, unit, first, after);
        else if (unit->kind != KIND_MONEY)
            return; /* "$500 a year" */
        c->after = after;
        c->unit = true;
    } else if (!c->unit && high != low) {
        unit = unit_after(s, &s->numbers[low], &first, &after);
        if (!unit && (unit = unit_before(s, s->numbers[high].first, &at))) {
            first = at;
            after = s->numbers[high].first;
        }
        if (unit)
            take_unit(s, quantity, unit, first, after);
        c->unit = unit;
    } else if (!c->unit && (unit = shared_unit(s, high, &first, &after))) {
        take_unit(s, quantity, unit, first, after);
        c->unit = true;
    }
}

/* Do letters that scale stand glued before token `unit` ("M€ 60"), not those of a word or of a number before? *scale = by how much. */
static bool letters_before(const struct figure_scan *s, uint32_t unit, double *scale)
{
    if (!figure_glued(s, unit) || s->tokens[unit - 1].class != TOKEN_WORD || (figure_glued(s, unit - 1) && s->tokens[unit - 2].class != TOKEN_SIGN))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(prefixes); i++)
        if (figure_is(s, unit - 1, prefixes[i].prefix)) {
            *scale = prefixes[i].scale;
            return true;
        }
    return false;
}

/* "MAUD 60": the scaled currency stands before the number, and is not glued to another before it. */
static const struct unit *scaled_before(const struct figure_scan *s, uint32_t number, double *scale)
{
    uint32_t after;
    if (number == 0 || s->tokens[number].flags & TOKEN_PASSAGE || !may_scale(s, number - 1) || of_number_before(s, number - 1, number))
        return NULL;
    const struct unit *unit = scaled_unit(s, number - 1, &after, scale);
    return unit && after == number ? unit : NULL;
}

bool figure_money_before(struct figure_scan *s, const struct number *number)
{
    uint32_t first;
    double scale;
    const struct unit *unit = unit_before(s, number->first, &first);
    return (unit && unit->kind == KIND_MONEY) || scaled_before(s, number->first, &scale);
}

/* The unit of one number alone, behind it or else before it, and its span. NULL: it has none. */
static const struct unit *own_unit(struct figure_scan *s, uint32_t number, struct span *span)
{
    uint32_t first, after;
    const struct unit *unit = unit_after(s, &s->numbers[number], &first, &after);
    if (!unit) {
        after = s->numbers[number].first;
        unit = unit_before(s, after, &first);
    }
    if (unit)
        *span = token_span(s, first, after);
    return unit;
}

/* "2 hours to 3 hours", "20° to 30 °C", "A$5 to $6": the same, or what the other end says in full. Not "2 hours to 3 days", nor "A$5 to US$6". */
static bool same_unit(const struct figure_scan *s, const struct unit *low, struct span low_span, const struct unit *high, struct span high_span)
{
    if (low->kind != high->kind || strcmp(low->code, high->code) == 0)
        return low->kind == high->kind;
    if (strcmp(low->code, "deg") == 0)
        return strcmp(high->code, "Cel") == 0 || strcmp(high->code, "[degF]") == 0;
    struct slice sign = document_slice(s->doc, high_span);
    return low->kind == KIND_MONEY && slice_is(sign, "$") && slice_ends(document_slice(s->doc, low_span), "$");
}

bool figure_range_holds(struct figure_scan *s, uint32_t low, uint32_t high, bool said)
{
    struct span low_span, high_span;
    const struct unit *a = own_unit(s, low, &low_span), *b = a ? own_unit(s, high, &high_span) : NULL;
    if (a && b)
        return same_unit(s, a, low_span, b, high_span);
    return !a || said || a->kind == KIND_MONEY;
}

/* A unit before the number. "40 kEUR 3": letters that scale may belong to the number before them, and the other reading is without them. */
static void take_before(const struct figure_scan *s, struct composed *c, const struct unit *unit, uint32_t first, double scale)
{
    struct quantity *quantity = &c->mention.figure.quantity;
    if (scale > 1) {
        double low = quantity->low, high = quantity->high;
        take_letters(c, scale);
        if (!quantity->ambiguous && first > 0 && !figure_break(s, first) && s->tokens[first - 1].class == TOKEN_NUMBER) {
            quantity->ambiguous = true;
            quantity->other_low = low;
            quantity->other_high = high;
        }
    }
    take_unit(s, quantity, unit, first, c->first);
    c->first = first;
    c->unit = true;
}

/* Currency before, then unit behind; both where both stand ("$500 US", "$ 10 dollars"). */
static void find_unit(struct figure_scan *s, uint32_t low, uint32_t high, struct composed *c)
{
    uint32_t first;
    double scale = 1;
    const struct unit *unit = unit_before(s, c->first, &first);
    if (unit) {
        bool letters = unit->kind == KIND_MONEY && letters_before(s, first, &scale);
        take_before(s, c, unit, first - letters, scale);
    }
    unit_behind(s, low, high, c);
    if (!c->unit && (unit = scaled_before(s, c->first, &scale)))
        take_before(s, c, unit, c->first - 1, scale);
    if (c->unit) {
        scale_behind(s, c);
        smaller_unit(s, c);
    }
}

/* "Vingt-trois (23) cas": the same number again in digits is not another figure, and what is counted stands behind the bracket. */
static void said_twice(struct figure_scan *s, struct composed *c)
{
    uint32_t next = c->last_number + 1;
    if (c->unit || c->first_number != c->last_number || s->numbers[c->first_number].form == FORM_DIGITS || next >= s->n_numbers)
        return;
    const struct number *again = &s->numbers[next];
    if (again->first != c->after + 1 || again->low != c->mention.figure.quantity.low || !figure_is(s, c->after, "(") || figure_break(s, c->after) ||
        !figure_is(s, again->after, ")"))
        return;
    c->last_number = next;
    c->after = again->after + 1;
    c->mention.span.end = s->tokens[again->after].span.end;
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
    if (number->flags & NUMBER_GLUED_AFTER && high == index && c->after == number->after && number->form != FORM_ORDINAL &&
        s->tokens[number->after].class == TOKEN_WORD) {
        figure_trace(s, "number.glued", number->span, false, "letters are glued to it that are no unit");
        return false;
    }
    c->mention.span = token_span(s, c->first, c->after);
    said_twice(s, c);
    c->counted_from = c->after;
    c->mention.rule = high != index ? verdict->range_rule->id : rule_of(&figure->quantity, false);
    if (high != index && verdict->range_span.start < c->mention.span.start) {
        c->mention.span.start = verdict->range_span.start;
        c->first = token_at(s->x->tokens, verdict->range_span.start);
    }
    return true;
}
