/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/check/parts.h"

#include "query/print/number.h"

/* What a figure with the claim's value is worth that counts something else. */
static const double other_worth = 0.35;

/* One sentence after another of a draft comes from the same document. */
static const double again = 1.15;

/* The age that the figure's sentence names, where it names one alone. */
static const struct quantity *source_age(const struct agreement *agreement)
{
    const struct figure_row *own = agreement_figure(agreement);
    const struct quantity *age = NULL;
    for (guint i = 0; i < agreement->candidate->figures->len; i++) {
        const struct figure_row *figure = g_ptr_array_index(agreement->candidate->figures, i);
        if (figure == own || figure->quantity.kind != KIND_AGE || figure->sentence_span.start != own->sentence_span.start)
            continue;
        if (age)
            return NULL;
        age = &figure->quantity;
    }
    return age;
}

/* "the source counts those aged 5 to 9, the draft those aged less than 5", or NULL; the caller frees it. */
static char *other_age(const struct agreement *agreement, const struct subject *claim)
{
    const struct quantity *source = claim->age ? source_age(agreement) : NULL;
    if (!source)
        return NULL;
    struct interval ours = quantity_interval(claim->age), theirs = quantity_interval(source);
    bool apart = ours.high < theirs.low || theirs.high < ours.low || (ours.high == theirs.low && (ours.open_high || theirs.open_low)) || (theirs.high == ours.low && (theirs.open_high || ours.open_low));
    if (!apart)
        return NULL;
    GString *out = g_string_new("the source counts those aged ");
    quantity_words_append(out, source);
    g_string_append(out, ", the draft those aged ");
    quantity_words_append(out, claim->age);
    return g_string_free(out, FALSE);
}

/* Why the source's clause does not say that what the draft says was done, or NULL; the caller frees it. */
static char *other_act(const struct agreement *agreement, const struct subject *claim)
{
    if (!claim->acts.own)
        return NULL;
    const struct candidate *candidate = agreement->candidate;
    const struct figure_row *figure = agreement_figure(agreement);
    const struct lexis *lexis = lexis_of(candidate->document->metadata.language);
    struct span sentence = {g_array_index(candidate->first, uint32_t, agreement->figure), g_array_index(candidate->after, uint32_t, agreement->figure)};
    struct acts source;
    acts_read(lexis, candidate->passage->text, candidate->words, sentence, agreement_terms(agreement), &source);
    uint64_t around = acts_said(lexis, candidate->passage->text);
    const char *const beside[] = {figure->counted, candidate->passage->heading, candidate->document->metadata.title};
    for (size_t i = 0; i < G_N_ELEMENTS(beside); i++)
        around |= beside[i] ? acts_said(lexis, beside[i]) : 0;
    if (!source.own && figure->counted)
        source.own = acts_said(lexis, figure->counted); /* the head of a table's column stands far from the number */
    return acts_differ(&claim->acts, &source, around);
}

/* What happened at some place, for a draft that names none. */
static char *no_place(const struct agreement *agreement, const struct subject *claim)
{
    bool somewhere = claim->unplaced && claim->acts.own && agreement_figure(agreement)->n_places > 0;
    return somewhere ? g_strdup("the draft names neither place nor time, the source is of one place") : NULL;
}

char *other_thing(const struct agreement *agreement, const struct subject *claim)
{
    static const uint32_t counting = 1u << KIND_COUNT | 1u << KIND_CHANGE | 1u << KIND_RATE | 1u << KIND_PERCENT | 1u << KIND_FRACTION;
    const struct candidate *candidate = agreement->candidate;
    const struct figure_row *figure = agreement_figure(agreement);
    struct counts source;
    char *act = other_act(agreement, claim);
    if (!act)
        act = no_place(agreement, claim);
    if (act || !(counting >> figure->quantity.kind & 1))
        return act;
    struct span sentence = {g_array_index(candidate->first, uint32_t, agreement->figure), g_array_index(candidate->after, uint32_t, agreement->figure)};
    counts_read(lexis_of(candidate->document->metadata.language), candidate->passage->text, candidate->words, sentence, agreement_terms(agreement), figure->counted, &source);
    char *other = counts_differ(&claim->counts, &source);
    return other ? other : other_age(agreement, claim);
}

bool is_other_thing(const struct agreement *agreement, const struct subject *claim)
{
    g_autofree char *other = other_thing(agreement, claim);
    return other != NULL;
}

enum flow source_flow(const struct agreement *agreement)
{
    const struct candidate *candidate = agreement->candidate;
    struct span own = agreement_terms(agreement);
    return flow_at(lexis_of(candidate->document->metadata.language), candidate->words, own.start, own.end);
}

static bool says_value(enum value_match value)
{
    return value == VALUE_SAME || value == VALUE_ROUNDED || value == VALUE_QUALIFIER;
}

/* A better value is worth a little: of two passages as near, the one that says the number itself. */
static double standing(const struct weighed *weighed, const struct subject *claim, const struct answer *before)
{
    double document = before && before->document->rowid == weighed->agreement->candidate->document->rowid ? again : 1;
    static const double worth[] = {[VALUE_SAME] = 1, [VALUE_ROUNDED] = 0.85, [VALUE_QUALIFIER] = 0.9, [VALUE_DIFFERS] = 1, [VALUE_INCOMPARABLE] = 0};
    double flow = claim->flow != FLOW_NONE && weighed->flow != claim->flow ? (weighed->flow == FLOW_NONE ? 0.7 : 0.85) : 1;
    return weighed->agreement->score * worth[weighed->value] * flow * document * (weighed->other ? other_worth : 1);
}

/* Values that one slip makes of one another: digits exchanged, one digit wrong, a zero lost. */
bool values_kin(double a, double b)
{
    char one[32], other[32];
    if (a <= 0 || b <= 0)
        return false;
    g_ascii_formatd(one, sizeof one, "%.6e", a);
    g_ascii_formatd(other, sizeof other, "%.6e", b);
    bool same_size = g_str_equal(one + 8, other + 8);
    unsigned wrong = 0, count[10] = {0};
    for (size_t i = 0; i < 8; i++) {
        if (i == 1)
            continue;
        wrong += one[i] != other[i];
        count[one[i] - '0']++;
        count[other[i] - '0'] += 100;
    }
    bool exchanged = true;
    for (size_t i = 0; i < G_N_ELEMENTS(count); i++)
        exchanged = exchanged && count[i] % 100 == count[i] / 100;
    unsigned digits = MIN(telling_digits(a), telling_digits(b));
    return (same_size && ((wrong <= 1 && digits >= 3) || (exchanged && digits >= 2))) || (!same_size && wrong == 0 && digits >= 2);
}

static void keep_better(struct weighed *best, const struct weighed *weighed, const struct subject *claim, const struct answer *before)
{
    if (!best->agreement || standing(weighed, claim, before) > standing(best, claim, before))
        *best = *weighed;
}

/* The numbers alone, whatever the qualifiers. */
bool same_value(const struct quantity *a, const struct quantity *b)
{
    double factor;
    return units_compare(a, b, &factor) && same_number(a->low, b->low * factor) && same_number(a->high, b->high * factor);
}

/* "Millions of people" is no figure that a claim could be held against. */
static bool is_vague(const struct quantity *source)
{
    return source->high > 4 * source->low && source->low > 0;
}

struct weighed weighed_of(const struct agreement *agreement, const struct subject *claim, const struct quantity *quantity)
{
    enum value_match value = match_value(quantity, &agreement_figure(agreement)->quantity);
    return (struct weighed){agreement, value, source_flow(agreement), is_other_thing(agreement, claim)};
}

struct evidence weigh(const GArray *agreements, const struct subject *claim, const struct quantity *quantity, const struct answer *before)
{
    const struct weighed none = {NULL, VALUE_INCOMPARABLE, FLOW_NONE, false};
    struct evidence evidence = {none, none, none, none, none};
    for (guint i = 0; i < agreements->len; i++) {
        struct weighed weighed = {&g_array_index(agreements, struct agreement, i), VALUE_INCOMPARABLE, FLOW_NONE, false};
        weighed.value = match_value(quantity, &agreement_figure(weighed.agreement)->quantity);
        if (weighed.value == VALUE_INCOMPARABLE || is_vague(&agreement_figure(weighed.agreement)->quantity))
            continue;
        enum figure_kind kind = agreement_figure(weighed.agreement)->quantity.kind;
        if (weighed.value == VALUE_DIFFERS && (kind == KIND_RATE) != (quantity->kind == KIND_RATE))
            continue; /* so many, and so many a day: only the same number says that they are one */
        weighed.flow = source_flow(weighed.agreement);
        weighed.other = says_value(weighed.value) && is_other_thing(weighed.agreement, claim);
        const struct quantity *source = &agreement_figure(weighed.agreement)->quantity;
        bool exact = weighed.value == VALUE_SAME || (weighed.value == VALUE_QUALIFIER && same_value(quantity, source));
        if (weighed.agreement->rejected) {
            if (says_value(weighed.value))
                keep_better(&evidence.rejected, &weighed, claim, before);
            continue;
        }
        keep_better(exact ? &evidence.exact : says_value(weighed.value) ? &evidence.rounded : &evidence.other, &weighed, claim, before);
        if (weighed.value == VALUE_DIFFERS && values_kin(quantity->low, source->low))
            keep_better(&evidence.kin, &weighed, claim, before);
    }
    return evidence;
}
