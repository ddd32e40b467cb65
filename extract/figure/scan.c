/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/figure/figure.h"
#include "extract/rule_pattern.h"

static void shadow_make(struct figure_scan *s)
{
    const char *text = s->doc->text->str;
    uint32_t at = 0;
    s->shadow = g_string_sized_new(s->doc->text->len + 16);
    s->shadow_at = g_new(uint32_t, s->n_numbers + 1);
    for (uint32_t i = 0; i < s->n_numbers; i++) {
        const struct number *number = &s->numbers[i];
        g_string_append_len(s->shadow, text + at, (gssize)(number->span.start - at));
        s->shadow_at[i] = (uint32_t)s->shadow->len;
        bool ordinal_digits = number->form == FORM_ORDINAL && s->tokens[number->first].class == TOKEN_NUMBER;
        g_string_append_unichar(s->shadow, (gunichar)(SHADOW_FIRST + (ordinal_digits ? SHADOW_ORDINAL_DIGITS : number->form)));
        at = number->span.end;
    }
    g_string_append_len(s->shadow, text + at, (gssize)(s->doc->text->len - at));
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

/* Index of the first number whose shadow character stands at or behind byte `at`. */
static uint32_t number_behind(const struct figure_scan *s, uint32_t at)
{
    uint32_t low = 0, high = s->n_numbers;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->shadow_at[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
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

/* Where the rules look: the passage that is being read, in the shadow. */
struct window {
    struct rule_matcher *matcher;
    struct slice subject;
    const struct trigger_found *found; /* by token.word: the rules that begin with it, and */
    const struct begun *begun;         /* which words may stand behind it in them: asked of each word of the text */
};

/* The low six bits of the hashes of the words behind, as sets: of the rules that need no number, and of all. */
struct begun {
    uint64_t plain, all;
};

static void try_rules(struct figure_scan *s, const struct window *window, const uint32_t *rows, uint32_t n, uint32_t at)
{
    const struct rules *rules = s->x->extractor->rules;
    struct rule_hit hit;
    for (uint32_t i = 0; i < n; i++) {
        const struct rule *rule = g_ptr_array_index(rules->all, rows[i]);
        if (!rule->off && rule_match(window->matcher, rule, window->subject, at, &hit))
            take_hit(s, &hit);
    }
}

/* Of the rules `rows`, those that number `i` may begin. */
static void try_begun(struct figure_scan *s, const struct window *window, const uint32_t *rows, uint32_t n, uint32_t i)
{
    const struct rules *rules = s->x->extractor->rules;
    for (uint32_t k = 0; k < n; k++)
        if (s->numbers[i].form == FORM_ORDINAL || !((const struct rule *)g_ptr_array_index(rules->all, rows[k]))->ordinal)
            try_rules(s, window, &rows[k], 1, s->shadow_at[i]);
}

/* The rules that begin with number `i`: any number, one with a word with a capital behind it, or with a word or sign that they name. */
static void try_number(struct figure_scan *s, const struct window *window, uint32_t i)
{
    const struct rules *rules = s->x->extractor->rules;
    const GArray *any = rules->number[s->language], *capital = rules->capital[s->language];
    const struct number *number = &s->numbers[i];
    try_begun(s, window, (const uint32_t *)(void *)any->data, any->len, i);
    if (figure_break(s, number->after))
        return;
    const struct token *next = &s->tokens[number->after];
    if (next->flags & TOKEN_CAPITAL)
        try_begun(s, window, (const uint32_t *)(void *)capital->data, capital->len, i);
    uint32_t n;
    const uint32_t *rows = trigger_find(rules->after[s->language], next->hash, &n);
    try_begun(s, window, rows, n, i);
}

/* The rules that begin with the word of token `i`, shown at byte `at`, before a word `next`. `numbers`: some stand in the passage from there on. */
static void try_word(struct figure_scan *s, const struct window *window, uint32_t i, uint32_t at, uint32_t next, bool numbers)
{
    const struct trigger_found *found = &window->found[s->tokens[i].word];
    const struct rule_start *starts = (const void *)s->x->extractor->rules->starts->data;
    for (uint32_t k = 0; k < found->n; k++) {
        const struct rule_start *start = &starts[found->rows[k]];
        if ((!start->second || start->second == next) && (numbers || !start->numbered))
            try_rules(s, window, &start->row, 1, at);
    }
}

static uint32_t shadow_of_text(const struct figure_scan *s, uint32_t number, uint32_t at)
{
    return number == 0 ? at : s->shadow_at[number - 1] + SHADOW_BYTES + (at - s->numbers[number - 1].span.end);
}

static void scan_passage(struct figure_scan *s, const struct window *window, const uint32_t **place, uint32_t *number, struct span passage)
{
    uint32_t k = *number;
    const uint32_t *at = *place;
    while (*at < s->n_tokens && s->tokens[*at].span.start < passage.start)
        at++;
    while (k < s->n_numbers && s->numbers[k].span.start < passage.start)
        k++;
    for (; *at < s->n_tokens && s->tokens[*at].span.start < passage.end; at++) {
        const struct token *t = s->tokens + *at;
        const struct begun *begun = &window->begun[t->word];
        while (k < s->n_numbers && s->numbers[k].span.end <= t->span.start)
            k++;
        uint32_t begin = k < s->n_numbers ? s->numbers[k].span.start : UINT32_MAX; /* of number k */
        if (begin == t->span.start)
            try_number(s, window, k);
        if (begin < t->span.start) /* inside a number */
            continue;
        bool numbers = k < s->n_numbers && s->numbers[k].span.end <= passage.end;
        uint32_t next = *at + 1 < s->n_tokens ? t[1].hash : 0;
        if ((numbers ? begun->all : begun->plain) >> (next & 63) & 1)
            try_word(s, window, *at, begin == t->span.start ? s->shadow_at[k] : shadow_of_text(s, k, t->span.start), next, numbers);
    }
    *place = at;
    *number = k;
}

/* Of each word of the text; the caller frees it. */
static struct begun *begun_by(const struct rules *rules, const struct trigger_found *found, guint n)
{
    struct begun *begun = g_new0(struct begun, MAX(n, 1));
    for (guint i = 0; i < n; i++)
        for (uint32_t k = 0; k < found[i].n; k++) {
            const struct rule_start *start = &g_array_index(rules->starts, struct rule_start, found[i].rows[k]);
            uint64_t behind = start->second ? UINT64_C(1) << (start->second & 63) : UINT64_MAX;
            begun[i].all |= behind;
            begun[i].plain |= start->numbered ? 0 : behind;
        }
    return begun;
}

/* The tokens where a number begins, or a word does that a rule may begin with, before the word that may stand behind it; UINT32_MAX ends them. They are
 * gathered without a branch that depends on the words, which processors would not foresee. The caller frees them. */
static uint32_t *places_of(const struct figure_scan *s, const struct begun *begun)
{
    uint32_t *places = g_new(uint32_t, s->n_tokens + 1), n = 0, k = 0, first = s->n_numbers > 0 ? s->numbers[0].first : UINT32_MAX;
    const struct token *t = s->tokens;
    for (uint32_t i = 0; i < s->n_tokens; i++, t++) {
        uint32_t next = i + 1 < s->n_tokens ? t[1].hash : 0;
        bool number = i == first;
        if (number)
            first = ++k < s->n_numbers ? s->numbers[k].first : UINT32_MAX;
        places[n] = i;
        n += (uint32_t)(number | (begun[t->word].all >> (next & 63) & 1));
    }
    places[n] = UINT32_MAX;
    return places;
}

void figure_scan_rules(struct figure_scan *s)
{
    g_autofree struct trigger_found *found = trigger_find_all(s->x->extractor->rules->words[s->language], s->x->words);
    g_autofree struct begun *begun = begun_by(s->x->extractor->rules, found, s->x->words->len);
    struct window window = {.matcher = rule_matcher_new(s->x->troubles), .found = found, .begun = begun};
    g_autofree uint32_t *places = places_of(s, begun);
    const uint32_t *place = places;
    uint32_t number = 0;
    for (guint i = 0; i < s->doc->passages->len; i++) {
        const struct passage *passage = &DOCUMENT_AT(s->doc->passages, struct passage, i);
        uint32_t behind = number;
        while (behind < s->n_numbers && s->numbers[behind].span.end <= passage->span.end)
            behind++;
        window.subject = slice_make(s->shadow->str, shadow_of_text(s, behind, passage->span.end));
        rule_matcher_place(window.matcher, passage->page);
        if (!(passage->flags & PASSAGE_UNRELIABLE))
            scan_passage(s, &window, &place, &number, passage->span);
    }
    rule_matcher_free(window.matcher);
}
