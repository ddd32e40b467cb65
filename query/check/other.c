/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/check/parts.h"

#include "query/print/number.h"
#include "query/words/clause.h"

/* Why a figure is not the one that a claim tells of, though the number may be the same: who acted, what was done, what is counted, a row a reason. */

/* A figure of the evidence beside a claim. */
struct beside {
    const struct agreement *agreement;
    const struct candidate *candidate;
    const struct figure_row *figure;
    const struct subject *claim;
    const struct lexis *lexis; /* of the passage */
    struct span sentence, own; /* terms of the passage */
};

/* Whom else than the claim the source credits with the number. */
static char *other_source(const struct beside *b)
{
    enum { PLACES = 4 };
    const char *isos[PLACES];
    uint32_t n = MIN(b->figure->n_places, PLACES);
    for (uint32_t i = 0; i < n; i++)
        isos[i] = b->figure->places[i].iso;
    return b->claim->said_by && b->figure->said_by ? sources_differ(b->claim->lexis, b->claim->said_by, b->lexis, b->figure->said_by, isos, n) : NULL;
}

/* Who else acted, or what else brought it about. */
static char *other_role(const struct beside *b)
{
    if (!b->claim->roles.n)
        return NULL;
    struct roles source;
    roles_read(b->lexis, b->candidate->passage->text, b->candidate->words, b->sentence, b->own, &source);
    g_autoptr(GArray) around = parties_in(b->lexis, b->candidate->passage->text, b->candidate->words, (struct span){0, b->candidate->words->terms->len});
    const char *const beside[] = {b->candidate->passage->heading, b->candidate->document->metadata.title, b->candidate->document->metadata.publisher};
    for (size_t i = 0; i < G_N_ELEMENTS(beside); i++)
        if (beside[i])
            parties_add(around, b->lexis, beside[i]);
    return roles_differ(&b->claim->roles, &source, around, acts_harm(b->claim->acts.own));
}

/* Why the source's clause does not say that what the draft says was done. */
static char *other_act(const struct beside *b)
{
    if (!b->claim->acts.own)
        return NULL;
    struct acts source;
    acts_read(b->lexis, b->candidate->passage->text, b->candidate->words, b->sentence, b->own, &source);
    uint64_t around = acts_said(b->lexis, b->candidate->passage->text);
    const char *const beside[] = {b->figure->counted, b->candidate->passage->heading, b->candidate->document->metadata.title};
    for (size_t i = 0; i < G_N_ELEMENTS(beside); i++)
        around |= beside[i] ? acts_said(b->lexis, beside[i]) : 0;
    if (!source.own && b->figure->counted)
        source.own = acts_said(b->lexis, b->figure->counted); /* the head of a table's column stands far from the number */
    return acts_differ(&b->claim->acts, &source, around);
}

/* What happened at some place, for a draft that names none. */
static char *no_place(const struct beside *b)
{
    bool somewhere = b->claim->unplaced && b->claim->acts.own && b->figure->n_places > 0;
    return somewhere ? g_strdup("the draft names neither place nor time, the source is of one place") : NULL;
}

/* Does the source's passage, its heading or the document's title meet a word of the claim? */
static bool is_met(const struct beside *b, const struct unit *unit)
{
    static const double somehow = 0.2;
    return agreement_unit(b->agreement, unit) >= somehow || unit_best(unit, b->candidate->heading) > 0 || unit_best(unit, b->candidate->title) > 0;
}

/* A claim whose sentence names neither place nor period: only its words tell which statistic it means, and the source knows nothing of a thing that two words name,
 * "micronutrient powder". Words whose weight is little stand far from the number. */
static char *no_anchor(const struct beside *b)
{
    static const double weighty = 0.5;
    const struct unit *before = NULL;
    for (guint u = 0; b->claim->anywhere && u < b->claim->units->len; u++) {
        const struct unit *unit = &g_array_index(b->claim->units, struct unit, u);
        if (unit->first == NONE || unit->weight < weighty)
            continue;
        const struct term *first = term_of(b->claim->words, unit->first), *last = term_of(b->claim->words, unit->first + unit->n - 1);
        bool beside = before && before->first + before->n == unit->first && !(first->flags & (TERM_BREAK | TERM_STOPPED));
        bool missed = !(first->flags & TERM_NUMBER) && !is_met(b, unit);
        if (missed && beside) {
            uint32_t start = term_of(b->claim->words, before->first)->start;
            return g_strdup_printf("the source does not speak of “%.*s”", (int)(last->end - start), b->claim->text + start);
        }
        before = missed ? unit : NULL;
    }
    return NULL;
}

/* Sums and measures count nobody. */
static bool counts_something(const struct beside *b)
{
    static const uint32_t counting = 1u << KIND_COUNT | 1u << KIND_CHANGE | 1u << KIND_RATE | 1u << KIND_PERCENT | 1u << KIND_FRACTION;
    return counting >> b->figure->quantity.kind & 1;
}

/* How well a word of the claim is met in a figure's noun, 0 … 1. */
static double in_noun(const struct unit *unit, const struct figure_row *figure, const struct lexis *lexis)
{
    struct words *words = words_new(lexis, slice_of(figure->counted));
    double met = unit_best(unit, words);
    words_free(words);
    return met;
}

/* "622 local actors", for a draft's "622 police officers": the source's own noun has none of the draft's. */
static char *other_trade(const struct beside *b)
{
    static const double somehow = 0.3;
    if (!b->figure->counted || !counts_trade(&b->claim->counts))
        return NULL;
    for (guint u = 0; u < b->claim->units->len; u++) {
        const struct unit *unit = &g_array_index(b->claim->units, struct unit, u);
        if (unit->first != NONE && unit->counted && in_noun(unit, b->figure, b->lexis) >= somehow)
            return NULL;
    }
    return g_strdup("the draft names those that it counts by another word than the source");
}

static char *other_count(const struct beside *b)
{
    struct counts source;
    if (!counts_something(b))
        return NULL;
    counts_read(b->lexis, b->candidate->passage->text, b->candidate->words, b->sentence, b->own, b->figure->counted, &source);
    char *other = counts_differ(&b->claim->counts, &source);
    return other || source.n_groups ? other : other_trade(b);
}

/* "49 per cent of the casualties were children": a share of whom the source's sentence does not name. */
static char *unnamed_group(const struct beside *b)
{
    bool share = b->figure->quantity.kind == KIND_PERCENT || b->figure->quantity.kind == KIND_FRACTION;
    if (!share || !b->figure->sentence)
        return NULL;
    uint64_t said = groups_said(b->lexis, b->figure->sentence);
    const char *const beside[] = {b->figure->counted, b->candidate->passage->heading, b->candidate->document->metadata.title};
    for (size_t i = 0; i < G_N_ELEMENTS(beside); i++)
        said |= beside[i] ? groups_said(b->lexis, beside[i]) : 0;
    uint64_t unsaid = counts_unsaid(&b->claim->counts, said);
    g_autofree char *names = unsaid ? counts_groups(unsaid) : NULL;
    return names ? g_strdup_printf("the source does not name %s", names) : NULL;
}

/* "90 villagers, mostly women and children": how many children, nobody says. */
static char *most_of(const struct beside *b)
{
    uint32_t next = b->sentence.end;
    const char *text = b->candidate->passage->text;
    for (guint i = 0; i < b->candidate->at->len; i++) {
        uint32_t figure = g_array_index(b->candidate->at, uint32_t, i);
        next = figure >= b->own.end ? MIN(next, figure) : next;
    }
    uint32_t at = words_name(b->candidate->words, concept_named(b->lexis, "mostly"), (struct span){b->own.end, next});
    if (at == NONE)
        return NULL;
    uint32_t start = term_of(b->candidate->words, b->sentence.start)->start, middle = term_of(b->candidate->words, at)->start;
    g_autofree char *before = g_strndup(text + start, middle - start);
    g_autofree char *behind = g_strndup(text + middle, term_of(b->candidate->words, next - 1)->end - middle);
    uint64_t unsaid = counts_unsaid(&b->claim->counts, groups_said(b->lexis, before)) & ~counts_unsaid(&b->claim->counts, groups_said(b->lexis, behind));
    g_autofree char *names = unsaid ? counts_groups(unsaid) : NULL;
    return names ? g_strdup_printf("the source says only that most of them are %s", names) : NULL;
}

/* The age that the figure's sentence names, where it names one alone. */
static const struct quantity *source_age(const struct beside *b)
{
    const struct quantity *age = NULL;
    for (guint i = 0; i < b->candidate->figures->len; i++) {
        const struct figure_row *figure = g_ptr_array_index(b->candidate->figures, i);
        if (figure == b->figure || figure->quantity.kind != KIND_AGE || figure->sentence_span.start != b->figure->sentence_span.start)
            continue;
        if (age)
            return NULL;
        age = &figure->quantity;
    }
    return age;
}

/* "the source counts those aged 5 to 9, the draft those aged less than 5" */
static char *other_age(const struct beside *b)
{
    const struct quantity *source = b->claim->age && counts_something(b) ? source_age(b) : NULL;
    if (!source)
        return NULL;
    struct interval ours = quantity_interval(b->claim->age), theirs = quantity_interval(source);
    bool apart = ours.high < theirs.low || theirs.high < ours.low || (ours.high == theirs.low && (ours.open_high || theirs.open_low)) || (theirs.high == ours.low && (theirs.open_high || ours.open_low));
    if (!apart)
        return NULL;
    GString *out = g_string_new("the source counts those aged ");
    quantity_words_append(out, source);
    g_string_append(out, ", the draft those aged ");
    quantity_words_append(out, b->claim->age);
    return g_string_free(out, FALSE);
}

static bool same_sentence(const struct figure_row *a, const struct figure_row *b)
{
    return a != b && a->sentence_span.start == b->sentence_span.start && kinds_alike(a->quantity.kind) >> b->quantity.kind & 1 && a->quantity.low != b->quantity.low;
}

/* "763 refugees, including 752 Syrian refugees": of the two that the sentence counts, the draft names the other one. */
static char *other_part(const struct beside *b)
{
    static const double has = 0.9, lacks = 0.5, telling = 0.7;
    for (guint i = 0; b->figure->counted && i < b->candidate->figures->len; i++) {
        const struct figure_row *other = g_ptr_array_index(b->candidate->figures, i);
        bool head = false, word = false;
        if (!other->counted || !same_sentence(b->figure, other))
            continue;
        for (guint u = 0; u < b->claim->units->len; u++) {
            const struct unit *unit = &g_array_index(b->claim->units, struct unit, u);
            if (unit->first == NONE || !unit->counted || unit->weight < telling)
                continue;
            double ours = in_noun(unit, b->figure, b->lexis), theirs = in_noun(unit, other, b->lexis);
            head = head || (ours >= has && theirs >= has);
            word = word || (theirs >= has && ours < lacks);
        }
        if (head && word)
            return g_strdup_printf("of the “%s” that the draft names, the source says “%s”", other->counted, other->text);
    }
    return NULL;
}

/* Where a unit is met: inside a slot, and outside it. */
struct met_at {
    struct slot slot;
    struct span sentence;
    bool in, out;
};

static void note_place(void *data, uint32_t term, double quality)
{
    struct met_at *at = data;
    bool inside = term >= at->slot.first && term < at->slot.after;
    at->in = at->in || (inside && quality >= 0.9);
    at->out = at->out || (!inside && term >= at->sentence.start && term < at->sentence.end);
}

static struct slot slot_of(const struct beside *b, uint32_t figure)
{
    struct agreement other = {.candidate = b->candidate, .figure = figure};
    struct figure_clause clause = {b->candidate->passage->text, b->candidate->words, b->sentence, agreement_terms(&other), NULL};
    return clause_slot(&clause);
}

/* May the claim's word tell which of several numbers it means? It does where it stands right behind the claim's own number, or the claim has but one. */
static bool is_own_word(const struct subject *claim, const struct unit *unit)
{
    static const double telling = 0.5;
    if (unit->first == NONE || unit->weight < telling || term_of(claim->words, unit->first)->flags & TERM_NUMBER)
        return false;
    if (claim->slot.preposition)
        return unit->first >= claim->slot.first && unit->first < claim->slot.after;
    return !claim->others && !(term_of(claim->words, unit->first)->flags & TERM_CAPITAL); /* places are compared by themselves */
}

/* "209 million for mitigation and 492 million for adaptation": the draft's word stands with the other number, in the same place of the sentence. */
static char *other_slot(const struct beside *b)
{
    struct slot own = slot_of(b, b->agreement->figure);
    for (guint i = 0; own.preposition && i < b->candidate->figures->len; i++) {
        const struct figure_row *other = g_ptr_array_index(b->candidate->figures, i);
        if (!same_sentence(b->figure, other))
            continue;
        struct slot slot = slot_of(b, i);
        for (guint u = 0; slot.preposition == own.preposition && u < b->claim->units->len; u++) {
            const struct unit *unit = &g_array_index(b->claim->units, struct unit, u);
            struct met_at at = {slot, b->sentence, false, false};
            if (!is_own_word(b->claim, unit))
                continue;
            unit_met(unit, b->candidate->words, note_place, &at);
            if (at.in && !at.out)
                return g_strdup_printf("of what the draft names, the source says “%s”", other->text);
        }
    }
    return NULL;
}

/* In the order in which they are said: each answers why, or NULL; the caller frees it. */
static char *(*const reasons[])(const struct beside *b) = {other_source, other_role, other_act, no_place, no_anchor, other_count, most_of, unnamed_group, other_age, other_part, other_slot};

char *other_thing(const struct agreement *agreement, const struct subject *claim)
{
    const struct candidate *candidate = agreement->candidate;
    struct span sentence = {g_array_index(candidate->first, uint32_t, agreement->figure), g_array_index(candidate->after, uint32_t, agreement->figure)};
    struct beside beside = {agreement, candidate, agreement_figure(agreement), claim, lexis_of(candidate->document->metadata.language), sentence, agreement_terms(agreement)};
    char *other = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(reasons) && !other; i++)
        other = reasons[i](&beside);
    return other;
}

bool is_other_thing(const struct agreement *agreement, const struct subject *claim)
{
    g_autofree char *other = other_thing(agreement, claim);
    return other != NULL;
}
