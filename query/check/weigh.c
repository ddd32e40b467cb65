/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/check/parts.h"

/* What a figure with the claim's value is worth that counts something else. */
static const double other_worth = 0.35;

/* One sentence after another of a draft comes from the same document. */
static const double again = 1.15;

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

/* A report says "about 380,000" on one page, "over 380,000" on another: a draft that says "about" says what the first says. */
static bool is_as_good(const struct weighed *very, const struct weighed *exact)
{
    static const double as_near = 0.6;
    return very->agreement && exact->value == VALUE_QUALIFIER && very->agreement->candidate->document == exact->agreement->candidate->document && very->agreement->score >= as_near * exact->agreement->score;
}

struct evidence weigh(const GArray *agreements, const struct subject *claim, const struct quantity *quantity, const struct answer *before)
{
    const struct weighed none = {NULL, VALUE_INCOMPARABLE, FLOW_NONE, false};
    struct evidence evidence = {none, none, none, none, none};
    struct weighed very = none; /* of the exact ones, the best that says the qualifier, too */
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
        if (weighed.value == VALUE_SAME && !weighed.other)
            keep_better(&very, &weighed, claim, before);
        keep_better(exact ? &evidence.exact : says_value(weighed.value) ? &evidence.rounded : &evidence.other, &weighed, claim, before);
        if (weighed.value == VALUE_DIFFERS && values_kin(quantity->low, source->low))
            keep_better(&evidence.kin, &weighed, claim, before);
    }
    if (is_as_good(&very, &evidence.exact))
        evidence.exact = very;
    return evidence;
}
