/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/figure/figure.h"
#include "extract/rule_pattern.h"

/* The last byte of the character that stands for a number tells its form, and which ordinals are digits. */
static unsigned shadow_form(const struct figure_scan *s, uint32_t number)
{
    return (unsigned char)s->shadow->str[s->shadow_at[number] + SHADOW_BYTES - 1] & (SHADOW_FORMS - 1);
}

#define SHADOW_LEAD '\xEE' /* of U+E000 and the 63 behind it, in UTF-8 */
#define SHADOW_NEXT '\x80'

static void shadow_make(struct figure_scan *s)
{
    const char *text = s->doc->text->str;
    uint32_t at = 0;
    s->shadow = g_string_sized_new(s->doc->text->len + (gsize)s->n_numbers * SHADOW_BYTES);
    s->shadow_at = g_new(uint32_t, s->n_numbers + 1);
    char *to = s->shadow->str;
    for (uint32_t i = 0; i < s->n_numbers; i++) {
        const struct number *number = &s->numbers[i];
        memcpy(to, text + at, number->span.start - at);
        to += number->span.start - at;
        s->shadow_at[i] = (uint32_t)(to - s->shadow->str);
        bool ordinal_digits = number->form == FORM_ORDINAL && s->tokens[number->first].class == TOKEN_NUMBER;
        *to++ = SHADOW_LEAD;
        *to++ = SHADOW_NEXT;
        *to++ = (char)(0x80 | (ordinal_digits ? SHADOW_ORDINAL_DIGITS : number->form));
        at = number->span.end;
    }
    memcpy(to, text + at, s->doc->text->len - at);
    g_string_set_size(s->shadow, (gsize)(to - s->shadow->str) + s->doc->text->len - at);
    s->shadow_at[s->n_numbers] = UINT32_MAX;
}

static int by_cell_start(const void *a, const void *b)
{
    const struct cell *x = *(const struct cell *const *)a, *y = *(const struct cell *const *)b;
    return x->span.start < y->span.start ? -1 : x->span.start > y->span.start;
}

/* Readers append cells table by table; a search needs them by place. */
static GPtrArray *cells_by_start(const struct document *doc)
{
    if (doc->cells->len == 0)
        return NULL;
    GPtrArray *cells = g_ptr_array_sized_new(doc->cells->len);
    for (guint i = 0; i < doc->cells->len; i++)
        g_ptr_array_add(cells, &DOCUMENT_AT(doc->cells, struct cell, i));
    g_ptr_array_sort(cells, by_cell_start);
    return cells;
}

void figure_scan_init(struct figure_scan *s, struct extraction *x)
{
    *s = (struct figure_scan){
        .x = x,
        .lexicon = x->extractor->lexicon,
        .language = language_of_document(x->doc),
        .doc = x->doc,
        .tokens = (const struct token *)(void *)x->tokens->data,
        .n_tokens = x->tokens->len,
        .numbers = (const struct number *)(void *)x->numbers->data,
        .n_numbers = x->numbers->len,
    };
    s->reader = (struct number_reader){.lexicon = s->lexicon, .language = s->language, .doc = s->doc, .tokens = s->tokens, .n = s->n_tokens};
    s->worded_passage = s->table_row = NONE;
    rules_read(x->extractor->rules, s->language);
    shadow_make(s);
    s->verdicts = g_new0(struct verdict, s->n_numbers + 1);
    for (uint32_t i = 0; i < s->n_numbers; i++)
        s->verdicts[i].range = i;
    s->cells = cells_by_start(s->doc);
    s->hits = g_ptr_array_new_with_free_func(g_free);
    s->before = g_array_new(FALSE, FALSE, sizeof(struct piece));
    s->after = g_array_new(FALSE, FALSE, sizeof(struct piece));
    s->per = g_array_new(FALSE, FALSE, sizeof(struct piece));
}

void figure_scan_clear(struct figure_scan *s)
{
    g_string_free(s->shadow, TRUE);
    g_free(s->shadow_at);
    g_free(s->verdicts);
    g_clear_pointer(&s->cells, g_ptr_array_unref);
    g_free(s->headings);
    g_ptr_array_unref(s->hits);
    g_array_unref(s->before);
    g_array_unref(s->after);
    g_array_unref(s->per);
}

void figure_trace(const struct figure_scan *s, const char *rule, struct span span, bool used, const char *why)
{
    if (!s->x->trace)
        return;
    struct rule_event event = {rule, span, used, why};
    g_array_append_val(s->x->trace, event);
}

/* Index of the first number whose shadow character stands at or behind byte `at`, which the rule that is tried goes over, or looked at behind its back. */
static uint32_t number_behind(const struct figure_scan *s, uint32_t at)
{
    uint32_t i = s->near_number;
    while (i > 0 && s->shadow_at[i - 1] >= at)
        i--;
    while (s->shadow_at[i] < at)
        i++;
    return i;
}

static uint32_t text_of_shadow(const struct figure_scan *s, uint32_t at)
{
    uint32_t i = number_behind(s, at + 1); /* the last number before or at `at` is i - 1 */
    if (i == 0)
        return at;
    const struct number *number = &s->numbers[i - 1];
    uint32_t begin = s->shadow_at[i - 1];
    return at == begin ? number->span.start : number->span.end + (at - begin - SHADOW_BYTES);
}

/* The other way: a byte of the text in which number `number` is the first that begins there or behind it. */
static uint32_t shadow_of_text(const struct figure_scan *s, uint32_t number, uint32_t at)
{
    return number == 0 ? at : s->shadow_at[number - 1] + SHADOW_BYTES + (at - s->numbers[number - 1].span.end);
}

static struct span span_of_shadow(const struct figure_scan *s, struct span span)
{
    if (span.start == NONE)
        return span;
    return (struct span){text_of_shadow(s, span.start), text_of_shadow(s, span.end)};
}

/* The numbers that a hit speaks of: those in group `number` or `value`, else all of the match. */
static void hit_numbers(const struct figure_scan *s, const struct rule_hit *hit, uint32_t *first, uint32_t *after)
{
    struct span span = hit->groups[GROUP_NUMBER];
    if (span.start == NONE)
        span = hit->groups[GROUP_VALUE];
    if (span.start == NONE)
        span = hit->span;
    *first = number_behind(s, span.start);
    *after = number_behind(s, span.end);
}

static void take_verdict(struct figure_scan *s, const struct rule_hit *hit)
{
    uint32_t first, after;
    hit_numbers(s, hit, &first, &after);
    for (uint32_t i = first; i < after; i++) {
        struct verdict *verdict = &s->verdicts[i];
        const struct rule **slot = hit->rule->does == DOES_EXCLUDE ? &verdict->excluded
                                 : hit->rule->does == DOES_MINOR   ? &verdict->minor
                                 : hit->rule->does == DOES_KEEP    ? &verdict->keep
                                                                   : &verdict->negate;
        if (!*slot)
            *slot = hit->rule;
        figure_trace(s, hit->rule->id, s->numbers[i].span, true, rule_does_name(hit->rule->does));
    }
}

static void take_range(struct figure_scan *s, const struct rule_hit *hit)
{
    if (hit->groups[GROUP_LOW].start == NONE || hit->groups[GROUP_HIGH].start == NONE)
        return;
    uint32_t low = number_behind(s, hit->groups[GROUP_LOW].start), high = number_behind(s, hit->groups[GROUP_HIGH].start);
    if (low >= high || high >= s->n_numbers)
        return;
    double lower = s->numbers[low].low * (s->numbers[low].scale == 1 ? s->numbers[high].scale : 1); /* "400 to 600 million" */
    if (hit->rule->does == DOES_RANGE && !hit->rule->any_order && MIN(lower, s->numbers[low].low) > s->numbers[high].high) {
        if (s->numbers[high].first == s->numbers[low].after + 1 && figure_glued(s, s->numbers[low].after) && figure_glued(s, s->numbers[high].first))
            s->verdicts[low].excluded = s->verdicts[high].excluded = hit->rule; /* "9-2" is a score */
        return;                                                                 /* "16 to 12" is a change */
    }
    struct verdict *verdict = &s->verdicts[low];
    if (hit->rule->does == DOES_PAIR) {
        verdict->pair = true;
        figure_trace(s, hit->rule->id, span_of_shadow(s, hit->span), true, "pair");
    } else if (verdict->range == low) {
        verdict->range = high;
        verdict->range_rule = hit->rule;
        verdict->range_span = span_of_shadow(s, hit->span);
    }
}

/* The first number of a figure hit, or NONE for one without numbers. */
static uint32_t figure_number(const struct figure_scan *s, const struct rule_hit *hit)
{
    uint32_t i = number_behind(s, hit->span.start);
    return i < s->n_numbers && s->shadow_at[i] < hit->span.end ? i : NONE;
}

/* Of two readings of the same number the longer one holds. */
static void take_figure(struct figure_scan *s, const struct rule_hit *hit)
{
    struct rule_hit *own = g_memdup2(hit, sizeof *hit);
    uint32_t i = figure_number(s, hit);
    own->span = span_of_shadow(s, hit->span);
    for (int g = 0; g < RULE_GROUPS; g++)
        own->groups[g] = span_of_shadow(s, hit->groups[g]);
    g_ptr_array_add(s->hits, own);
    if (i == NONE)
        return;
    const struct rule_hit *old = s->verdicts[i].figure;
    if (!old || own->span.end - own->span.start > old->span.end - old->span.start)
        s->verdicts[i].figure = own;
}

static void take_piece(struct figure_scan *s, const struct rule_hit *hit, GArray *pieces)
{
    struct piece piece = {.span = span_of_shadow(s, hit->span), .rule = hit->rule, .hit = *hit};
    for (int g = 0; g < RULE_GROUPS; g++)
        piece.hit.groups[g] = span_of_shadow(s, hit->groups[g]);
    g_array_append_val(pieces, piece);
}

/* Are the numbers of each bounded group within its bounds? */
static bool within_bounds(const struct figure_scan *s, const struct rule_hit *hit)
{
    for (guint i = 0; i < hit->rule->bounds->len; i++) {
        const struct rule_bounds *bounds = &g_array_index(hit->rule->bounds, struct rule_bounds, i);
        struct span group = hit->groups[bounds->group];
        if (group.start == NONE)
            continue;
        for (uint32_t n = number_behind(s, group.start); n < s->n_numbers && s->shadow_at[n] < group.end; n++)
            if (s->numbers[n].low < bounds->low || s->numbers[n].high > bounds->high)
                return false;
    }
    return true;
}

/* Does a unit that the rule gives way to stand behind the last number of the hit? Counts ("points") do not tell a figure from a name. */
static bool unit_behind(const struct figure_scan *s, const struct rule_hit *hit)
{
    if (!hit->rule->unless_unit && !hit->rule->unless_measure)
        return false;
    uint32_t first, after, unused;
    hit_numbers(s, hit, &first, &after);
    if (after == first)
        return false;
    uint32_t at = s->numbers[after - 1].after;
    if (figure_break(s, at))
        return false;
    if (figure_glued(s, at) && figure_is(s, at, "-"))
        at++;
    const struct unit *unit = lexicon_unit(s->lexicon, s->language, s->doc, s->x->tokens, at, UNIT_AFTER, &unused);
    return unit && unit->kind != KIND_COUNT && (hit->rule->unless_unit || unit->kind != KIND_DURATION);
}

static void take_hit(struct figure_scan *s, const struct rule_hit *hit)
{
    const char *why = !within_bounds(s, hit) ? "out of its bounds" : unit_behind(s, hit) ? "a unit follows" : NULL;
    if (why) {
        figure_trace(s, hit->rule->id, span_of_shadow(s, hit->span), false, why);
        return;
    }
    switch (hit->rule->does) {
    case DOES_FIGURE:
        take_figure(s, hit);
        break;
    case DOES_EXCLUDE:
    case DOES_MINOR:
    case DOES_KEEP:
    case DOES_NEGATE:
        take_verdict(s, hit);
        break;
    case DOES_RANGE:
    case DOES_PAIR:
        take_range(s, hit);
        break;
    case DOES_BEFORE:
        take_piece(s, hit, s->before);
        break;
    case DOES_AFTER:
        take_piece(s, hit, s->after);
        break;
    case DOES_PER:
        take_piece(s, hit, s->per);
        break;
    }
}

/* Which rules are tried, by what must stand beside their words: a set of enum rule_beside. */
#define BESIDE(what) (1u << (what))
enum {
    PLAIN = BESIDE(BESIDE_NOTHING),
    AHEAD = BESIDE(BESIDE_NUMBER) | BESIDE(BESIDE_AHEAD),
    BEFORE = BESIDE(BESIDE_BEFORE),
    ALL = PLAIN | AHEAD | BEFORE
};

/* Where the rules look: the passage that is being read, in the shadow. */
struct window {
    struct rule_matcher *matcher;
    struct slice subject;
    uint32_t after, after_number; /* the passage's tokens and numbers end before these */
    const uint32_t *words;        /* by token.word: see rules_words */
    const uint32_t *next;         /* of the tokens where a rule may begin, in order, that which comes next; UINT32_MAX ends them */
};

static uint32_t hash_at(const struct figure_scan *s, uint32_t token)
{
    return token < s->n_tokens ? s->tokens[token].hash : 0;
}

/* A place where rules are tried: a token, where it stands in the text, and the first number that begins there or behind it. */
struct place {
    uint32_t token, at, number;
};

/* Do the numbers stand ahead that the rule's pattern goes over? */
static bool has_numbers(const struct figure_scan *s, const struct window *window, const struct rule_needs *needs, const struct place *place)
{
    uint32_t at = place->at, number = place->number;
    for (const struct rule_hop *hop = needs->hops, *end = hop + needs->n; hop < end; hop++, number++) {
        if (number >= window->after_number)
            return false;
        uint32_t apart = s->numbers[number].span.start - at;
        if (apart < hop->near || apart > hop->far || !(hop->forms >> shadow_form(s, number) & 1))
            return false;
        at = s->numbers[number].span.end;
    }
    return true;
}

/* Does one of the words stand ahead without which the rule does not hold? A number is one token here, as it is one character to the pattern. */
static bool has_ahead(const struct figure_scan *s, const struct window *window, const struct rule_ahead *ahead, const struct place *place)
{
    const struct number *number = &s->numbers[place->number];
    bool at_number = place->number < s->n_numbers && number->first == place->token;
    uint32_t first = at_number ? number->after : place->token + 1, after = first + ahead->within;
    for (uint32_t k = place->number + at_number; k < window->after_number && s->numbers[k].first < after; k++)
        after += s->numbers[k].after - s->numbers[k].first - 1;
    for (uint32_t i = first; i < MIN(window->after, after); i++) {
        uint32_t hash = s->tokens[i].hash;
        for (guint k = 0; ahead->bits >> (hash & 63) & 1 && k < ahead->hashes->len; k++)
            if (g_array_index(ahead->hashes, uint32_t, k) == hash)
                return true;
    }
    return false;
}

static void try_rule(struct figure_scan *s, const struct window *window, const struct rule_start *start, const struct place *place)
{
    struct rule_hit hit;
    if (!has_numbers(s, window, &start->needs, place))
        return;
    const struct rule *rule = g_ptr_array_index(s->x->extractor->rules->all, start->row);
    if (rule->off || (rule->ahead.within && !has_ahead(s, window, &rule->ahead, place)))
        return;
    s->near_number = place->number;
    if (rule_match(window->matcher, rule, window->subject, shadow_of_text(s, place->number, place->at), &hit))
        take_hit(s, &hit);
}

/* Does what must stand behind token `i`, the first of the rule's words, stand there? `number`: one begins behind it. */
static inline bool goes_on(const struct figure_scan *s, const struct rule_start *start, uint32_t i, bool number)
{
    return (!start->second || start->second == hash_at(s, i + 1)) && (!start->third || start->third == hash_at(s, i + 2)) && (!start->number || number);
}

/* The rules that begin with the number at a place: any number, one with a word with a capital behind it, or with a word or sign that they name. */
static void try_number(struct figure_scan *s, const struct window *window, const struct place *place)
{
    const struct rules *rules = s->x->extractor->rules;
    const GArray *any = rules->number[s->language], *capital = rules->capital[s->language];
    const struct number *number = &s->numbers[place->number];
    for (guint k = 0; k < any->len; k++)
        try_rule(s, window, &g_array_index(any, struct rule_start, k), place);
    if (figure_break(s, number->after))
        return;
    const struct token *next = &s->tokens[number->after];
    for (guint k = 0; k < capital->len && next->flags & TOKEN_CAPITAL; k++)
        try_rule(s, window, &g_array_index(capital, struct rule_start, k), place);
    uint32_t n;
    const uint32_t *rows = trigger_find(rules->after[s->language], next->hash, &n);
    bool other = place->number + 1 < s->n_numbers && number[1].first == number->after + 1;
    for (uint32_t k = 0; k < n; k++) {
        const struct rule_start *start = &g_array_index(rules->starts, struct rule_start, rows[k]);
        if (goes_on(s, start, number->after, other))
            try_rule(s, window, start, place);
    }
}

/* May a rule of this reach hold at a token, `apart` bytes before the next number? */
static bool reaches(const struct figure_scan *s, const struct window *window, const struct rule_reach *reach, uint32_t token, uint32_t apart)
{
    const struct rule_reach *of = &reach[window->words[s->tokens[token].word]];
    return (bool)(of->behind >> (hash_at(s, token + 1) & 63) & (apart <= of->far));
}

/* The rules among `tried` that begin with the word of a place. */
static void try_word(struct figure_scan *s, const struct window *window, const struct place *place, unsigned tried)
{
    const struct rules *rules = s->x->extractor->rules;
    const struct rule_word *word = &g_array_index(rules->word[s->language], struct rule_word, window->words[s->tokens[place->token].word]);
    const struct rule_start *start = rules->begun[s->language] + word->first;
    uint32_t next = place->number + (place->number < s->n_numbers && s->numbers[place->number].first == place->token);
    bool number = next < s->n_numbers && s->numbers[next].first == place->token + 1;
    for (const struct rule_start *end = start + word->n; start < end; start++)
        if (tried & BESIDE(start->beside) && goes_on(s, start, place->token, number))
            try_rule(s, window, start, place);
}

/* Tokens [first, after) of a passage, and the numbers that begin there. */
struct stretch {
    uint32_t first, after, first_number, after_number;
};

/* Number by number: the words before it, the number, and its first word. */
static void try_places(struct figure_scan *s, struct window *window, const struct stretch *in, unsigned tried)
{
    const struct rule_reach *reach = rules_reach(s->x->extractor->rules, s->language, tried);
    uint32_t at = in->first;
    for (uint32_t k = in->first_number; at < in->after; k++) {
        bool here = k < in->after_number && s->numbers[k].first < in->after;
        uint32_t first = here ? s->numbers[k].first : in->after, byte = k < window->after_number ? s->numbers[k].span.start : UINT32_MAX;
        while (*window->next < at)
            window->next++;
        for (uint32_t i; (i = *window->next) < first; window->next++)
            if (reaches(s, window, reach, i, byte - s->tokens[i].span.start))
                try_word(s, window, &(struct place){i, s->tokens[i].span.start, k}, tried);
        if (here && tried & BESIDE(BESIDE_NUMBER))
            try_number(s, window, &(struct place){first, byte, k});
        if (here && *window->next == first && reaches(s, window, reach, first, 0))
            try_word(s, window, &(struct place){first, byte, k}, tried);
        at = here ? s->numbers[k].after : in->after;
    }
}

/* Tries what may hold where numbers stand before and ahead, or not; and the rest, where a word was found that is a figure ("doubled"). */
static void scan_stretch(struct figure_scan *s, struct window *window, const struct stretch *in, bool before, bool ahead)
{
    unsigned tried = PLAIN | (before ? BEFORE : 0) | (ahead ? AHEAD : 0), rest = (BEFORE | BESIDE(BESIDE_AHEAD)) & ~tried;
    guint hits = s->hits->len;
    const uint32_t *next = window->next;
    if (in->first == in->after)
        return;
    try_places(s, window, in, tried);
    if (!rest || s->hits->len == hits)
        return;
    window->next = next;
    try_places(s, window, in, rest);
}

/*  Most words stand in passages without a number, and what rules say of those is said of a number beside them:
 *
 *    Of those who fled   12 families, or about 60   people, went back.
 *    [ahead            ) [before and ahead       )  [before           )  */
static void scan_passage(struct figure_scan *s, struct window *window, const struct stretch *passage)
{
    struct stretch front = *passage, middle = *passage, rear = *passage;
    if (passage->first_number == passage->after_number) {
        scan_stretch(s, window, passage, false, false);
        return;
    }
    const struct number *last = &s->numbers[passage->after_number - 1];
    front.after = middle.first = s->numbers[passage->first_number].first;
    middle.after = last->first + 1;
    rear.first = MIN(last->after, passage->after);
    front.after_number = passage->first_number;
    rear.first_number = passage->after_number;
    scan_stretch(s, window, &front, false, true);
    scan_stretch(s, window, &middle, true, true);
    scan_stretch(s, window, &rear, true, false);
}

/* May a word of the passage, which has no number, be a figure? */
static bool is_wordy(const struct figure_scan *s, struct window *window, struct span passage)
{
    const struct rule_reach *reach = rules_reach(s->x->extractor->rules, s->language, PLAIN);
    while (*window->next < s->n_tokens && s->tokens[*window->next].span.start < passage.start)
        window->next++;
    for (const uint32_t *place = window->next; *place < s->n_tokens && s->tokens[*place].span.start < passage.end; place++)
        if (reaches(s, window, reach, *place, UINT32_MAX))
            return true;
    return false;
}

/* The tokens where a rule may begin, in order; UINT32_MAX ends them. */
static uint32_t *places_of(const struct figure_scan *s, const uint32_t *words)
{
    const struct rule_reach *reach = rules_reach(s->x->extractor->rules, s->language, ALL);
    g_autofree uint64_t *behind = g_new(uint64_t, MAX(s->x->words->len, 1));
    uint32_t *places = g_new(uint32_t, s->n_tokens + 1);
    for (guint i = 0; i < s->x->words->len; i++)
        behind[i] = reach[words[i]].behind;
    places[trigger_places(s->tokens, 0, s->n_tokens, s->n_tokens, behind, places)] = UINT32_MAX;
    return places;
}

void figure_scan_rules(struct figure_scan *s)
{
    g_autofree uint32_t *words = rules_words(s->x->extractor->rules, s->language, s->x->words), *places = places_of(s, words);
    struct window window = {.matcher = rule_matcher_new(s->x->troubles), .words = words, .next = places};
    struct stretch in = {0};
    for (guint i = 0; i < s->doc->passages->len; i++) {
        const struct passage *passage = &DOCUMENT_AT(s->doc->passages, struct passage, i);
        for (in.first_number = in.after_number; in.first_number < s->n_numbers && s->numbers[in.first_number].span.start < passage->span.start; in.first_number++)
            ;
        for (in.after_number = in.first_number; in.after_number < s->n_numbers && s->numbers[in.after_number].span.end <= passage->span.end; in.after_number++)
            ;
        if (passage->flags & PASSAGE_UNRELIABLE)
            continue;
        if (in.first_number == in.after_number && !is_wordy(s, &window, passage->span))
            continue;
        in.first = extraction_token(s->x, passage->span.start);
        in.after = extraction_token(s->x, passage->span.end);
        window.after = in.after;
        window.after_number = in.after_number;
        window.subject = slice_make(s->shadow->str, shadow_of_text(s, in.after_number, passage->span.end));
        rule_matcher_place(window.matcher, passage->page);
        scan_passage(s, &window, &in);
    }
    rule_matcher_free(window.matcher);
}
