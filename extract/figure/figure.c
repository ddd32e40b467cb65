/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/figure/phrase.h"
#include "extract/name_scan.h"

#include "base/limits.h"

#include <math.h>

static bool unreliable(const struct figure_scan *s, uint32_t passage)
{
    return passage == NONE || DOCUMENT_AT(s->doc->passages, struct passage, passage).flags & PASSAGE_UNRELIABLE;
}

/* The cell that holds a byte, or NULL: most often the one behind that which was asked for last. */
static const struct cell *cell_at(struct figure_scan *s, uint32_t at)
{
    guint low = 0, high = s->cells ? s->cells->len : 0;
    for (guint i = s->near_cell; low < high; i = low + (high - low) / 2) {
        guint middle = CLAMP(i, low, high - 1);
        const struct cell *cell = g_ptr_array_index(s->cells, middle);
        if (cell->span.start <= at && at < cell->span.end) {
            s->near_cell = middle + 1;
            return cell;
        }
        if (cell->span.start > at)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* "• Contacts seen": the sign of a list in a table's head counts nothing. */
static struct slice without_bullet(struct slice head)
{
    static const char *const bullets[] = {"•", "‣", "▪", "◦", "●", "○", "■", "►", "▸", "–", "-", "*"};
    if (head.len > 0 && g_ascii_isalnum(*head.ptr)) /* most */
        return head;
    for (size_t i = 0; i < G_N_ELEMENTS(bullets); i++) {
        size_t len = strlen(bullets[i]);
        if (head.len > len + 1 && memcmp(head.ptr, bullets[i], len) == 0 && head.ptr[len] == ' ')
            return slice_make(head.ptr + len + 1, head.len - len - 1);
    }
    return head;
}

/* In a table the heads say what is counted; without known heads nobody does. */
static void from_table(struct figure_scan *s, struct composed *c)
{
    struct figure *figure = &c->mention.figure;
    const struct cell *cell = cell_at(s, c->mention.span.start);
    figure->counted_span = (struct span){0, 0};
    figure->counted = NULL;
    if (!cell) {
        figure->minor = true;
        return;
    }
    const struct {
        struct span span;
        struct slice before; /* what parts it from those before it */
    } parts[] = {{cell->group, SLICE("")}, {cell->column, SLICE(": ")}, {cell->section, SLICE(" · ")}, {cell->row, SLICE(" · ")}};
    struct slice heads[2 * G_N_ELEMENTS(parts)];
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i].span.end > parts[i].span.start) {
            if (n > 0)
                heads[n++] = parts[i].before;
            heads[n++] = without_bullet(document_slice(s->doc, parts[i].span));
        }
    if (n > 0)
        figure->counted = strings_keep_healed(s->x->mentions->strings, heads, n);
    figure->caption = cell->caption;
    figure_head_unit(s, c, cell);
}

/* Of two readings a count is the whole one: nobody counts 16.975 people. Both stay. Without a thing counted nothing tells.
 * mark: the other reading comes from a note mark, and stays in any case; which one is first was decided where the mark stands. */
static void choose_reading(struct figure *figure, bool mark)
{
    struct quantity *quantity = &figure->quantity;
    bool whole = quantity->low == trunc(quantity->low), other_whole = quantity->other_low == trunc(quantity->other_low);
    if (!quantity->ambiguous || !figure->counted || quantity->kind != KIND_COUNT || whole == other_whole)
        return;
    bool undivided = quantity->unit && (strcmp(quantity->unit, "{person}") == 0 || strcmp(quantity->unit, "{household}") == 0);
    if (!mark && undivided)
        quantity->ambiguous = false; /* there is no half person: one reading is left */
    if (whole || (mark && !undivided))
        return;
    double low = quantity->low, high = quantity->high;
    quantity->low = quantity->other_low;
    quantity->high = quantity->other_high;
    quantity->other_low = low;
    quantity->other_high = high;
}

/* Is a number two groups of three digits with a space between, behind a name and before another or the end: "Brod 401 402"? */
static bool is_pair_like(const struct figure_scan *s, uint32_t i)
{
    enum { GROUP = 3 };
    const struct number *number = &s->numbers[i];
    struct slice text = document_slice(s->doc, number->span);
    if (number->first == 0 || text.len != 2 * GROUP + 1 || text.ptr[GROUP] != ' ' || !(number->flags & NUMBER_GROUPED) || phrase_starts(s, number->first))
        return false;
    bool named = s->tokens[number->first - 1].class == TOKEN_WORD && s->tokens[number->first - 1].flags & TOKEN_CAPITAL;
    return named && (figure_break(s, number->after) || (s->tokens[number->after].class == TOKEN_WORD && s->tokens[number->after].flags & TOKEN_CAPITAL));
}

/* "Brod 401 402 Town 403 404": rows of a table without lines, read as one text. Each may be one number of six digits or two of three, and nothing tells. */
static void doubt_pair(const struct figure_scan *s, struct composed *c)
{
    struct quantity *quantity = &c->mention.figure.quantity;
    uint32_t i = c->first_number;
    if (i == NONE || i != c->last_number || quantity->ambiguous || quantity->kind != KIND_COUNT || !is_pair_like(s, i))
        return;
    const struct span passage = DOCUMENT_AT(s->doc->passages, struct passage, c->mention.passage).span;
    bool before = i > 0 && s->numbers[i - 1].span.start >= passage.start && is_pair_like(s, i - 1);
    bool behind = i + 1 < s->n_numbers && s->numbers[i + 1].span.end <= passage.end && is_pair_like(s, i + 1);
    if (!before && !behind)
        return;
    quantity->ambiguous = true;
    quantity->other_low = quantity->other_high = trunc(quantity->low / 1000);
    figure_trace(s, c->mention.rule, c->mention.span, true, "one number, or two of three digits each");
}

/* Does the passage say anything but numbers? The ticks of a chart's axis and loose cells do not. */
static bool worded(struct figure_scan *s, uint32_t passage)
{
    if (s->worded_passage == passage)
        return s->worded;
    struct span span = DOCUMENT_AT(s->doc->passages, struct passage, passage).span;
    s->worded_passage = passage;
    s->worded = false;
    for (uint32_t i = token_at(s->x->tokens, span.start); i < s->n_tokens && s->tokens[i].span.start < span.end && !s->worded; i++)
        s->worded = s->tokens[i].class == TOKEN_WORD && s->tokens[i].span.end - s->tokens[i].span.start > 1;
    return s->worded;
}

/* 309 digits and more are beyond a double: whatever they are, no figure can hold them. NUMBER_LONG: fewer, that a double would round. */
static bool finite_quantity(const struct quantity *q)
{
    return isfinite(q->low) && isfinite(q->high) && (!q->ambiguous || (isfinite(q->other_low) && isfinite(q->other_high)));
}

/* The flags of all numbers of a figure. */
static uint16_t number_flags(const struct figure_scan *s, const struct composed *c)
{
    uint16_t flags = 0;
    for (uint32_t i = c->first_number; i != NONE && i <= c->last_number; i++)
        flags |= s->numbers[i].flags;
    return flags;
}

uint32_t figure_learn(const struct figure_scan *s, uint32_t token)
{
    uint32_t hash = s->tokens[token].hash, known = KNOWN_ASKED | lexicon_word(s->lexicon, s->language, hash);
    const struct number_word *word = lexicon_number(s->lexicon, s->language, hash);
    if (word)
        known |= KNOWN_NUMBER;
    if (word && (word->role == NUMBER_SMALL || word->role == NUMBER_SCALE || word->role == NUMBER_HUNDRED || word->role == NUMBER_VAGUE))
        known |= KNOWN_VALUE;
    return s->known[s->tokens[token].word] = known;
}

static void finish(struct figure_scan *s, struct composed *c)
{
    struct mention *mention = &c->mention;
    uint32_t start = mention->span.start;
    mention->passage = extraction_passage(s->x, start);
    mention->sentence = extraction_sentence(s->x, start);
    mention->figure.mark = NONE;
    mention->figure.caption = NONE;
    if (unreliable(s, mention->passage))
        return;
    c->tabular = DOCUMENT_AT(s->doc->passages, struct passage, mention->passage).zone == ZONE_TABLE;
    figure_qualify(s, c);
    if (c->unit)
        figure_per(s, c);
    figure_count(s, c);
    if (!c->unit)
        figure_per(s, c);
    if (c->tabular)
        from_table(s, c);
    doubt_pair(s, c);
    uint16_t flags = number_flags(s, c);
    choose_reading(&mention->figure, flags & NUMBER_DOUBT);
    if (flags & NUMBER_LONG || !finite_quantity(&mention->figure.quantity)) {
        figure_trace(s, mention->rule, mention->span, false, "more digits than a number here can hold");
        g_array_append_val(s->x->mentions->unread, mention->span);
        return;
    }
    bool ruled_minor = c->first_number != NONE && s->verdicts[c->first_number].minor;
    bool bare = !c->unit && !mention->figure.counted && ((c->first_number != NONE && s->numbers[c->first_number].flags & NUMBER_ALONE) ||
        !worded(s, mention->passage));
    if (ruled_minor || bare || scan_references(s->x->names, mention->passage))
        mention->figure.minor = true;
    if (mention->span.start != start)
        mention->sentence = extraction_sentence(s->x, mention->span.start);
    GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    if (figures->len < LIMIT_MENTIONS)
        g_array_append_val(figures, *mention);
    figure_trace(s, mention->rule, mention->span, true, kind_name(mention->figure.quantity.kind));
}

/* The numbers inside a figure are spent: none begins another. */
static void spend(struct figure_scan *s, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i < s->n_numbers && s->numbers[i].span.start < end; i++)
        s->verdicts[i].taken = true;
}

/* A range whose second number a rule excludes is no range; nor are two numbers of different units, whatever stands before them. */
static void check_range(struct figure_scan *s, uint32_t i)
{
    struct verdict *verdict = &s->verdicts[i];
    if (verdict->range == i)
        return;
    bool said = verdict->range_span.start < s->numbers[i].span.start;
    if (s->verdicts[verdict->range].excluded || verdict->pair || !figure_range_holds(s, i, verdict->range, said))
        verdict->range = i;
}

/* Asks memory for what stands around a number that is read soon. */
static void fetch_number(const struct figure_scan *s, uint32_t i)
{
    enum { AHEAD = 4 };
    const struct number *number = &s->numbers[MIN(i + AHEAD, s->n_numbers - 1)];
    __builtin_prefetch(&s->tokens[number->first]);
    __builtin_prefetch(&s->tokens[number->after]);
    __builtin_prefetch(s->doc->text->str + number->span.start);
}

static void read_number(struct figure_scan *s, uint32_t i)
{
    struct verdict *verdict = &s->verdicts[i];
    struct composed c;
    if (verdict->taken)
        return;
    if (verdict->excluded && !verdict->keep) {
        figure_trace(s, verdict->excluded->id, s->numbers[i].span, true, "excluded");
        return;
    }
    if (verdict->figure && figure_from_hit(s, verdict->figure, &c)) {
        spend(s, i, c.mention.span.end);
        finish(s, &c);
        return;
    }
    check_range(s, i);
    const char *why = verdict->keep ? NULL : figure_excluded(s, i);
    if (why) {
        figure_trace(s, "number.excluded", s->numbers[i].span, false, why);
        return;
    }
    if (!figure_compose(s, i, &c))
        return;
    spend(s, i, c.mention.span.end);
    finish(s, &c);
}

static int by_start(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return x->span.end < y->span.end ? -1 : x->span.end > y->span.end;
}

/* Most are in order. */
static void sort_by_start(GArray *figures)
{
    bool sorted = true;
    for (guint i = 1; i < figures->len && sorted; i++)
        sorted = by_start(&g_array_index(figures, struct mention, i - 1), &g_array_index(figures, struct mention, i)) <= 0;
    if (!sorted)
        g_array_sort(figures, by_start);
}

/* Figures in words alone: "doubled", "twice as many". */
static void read_wordy(struct figure_scan *s)
{
    for (guint i = 0; i < s->hits->len; i++) {
        const struct rule_hit *hit = g_ptr_array_index(s->hits, i);
        struct composed c;
        if (hit->rule->has_fixed && figure_from_hit(s, hit, &c))
            finish(s, &c);
    }
}

void extract_figures(struct extraction *x)
{
    struct figure_scan s;
    figure_scan_init(&s, x);
    s.known = g_new0(uint32_t, MAX(x->words->len, 1));
    figure_scan_rules(&s);
    mentions_reserve(x->mentions, MENTION_FIGURE, MIN(s.n_numbers / 2, LIMIT_MENTIONS));
    for (uint32_t i = 0; i < s.n_numbers; i++) {
        fetch_number(&s, i);
        read_number(&s, i);
    }
    read_wordy(&s);
    sort_by_start(mentions_of(x->mentions, MENTION_FIGURE));
    figure_respective(&s);
    g_free(s.known);
    figure_scan_clear(&s);
}
