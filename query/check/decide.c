/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/check/parts.h"

#include <math.h>

/* When is a figure with the claim's value about the same thing? The more digits the value has, the less chance there is that it only happens to be the
 * same: by number of telling digits, the least part of the claim's words that must be met, and of the best score that another value has. */
static const struct {
    double words, of_best;
} same_needs[] = {{1, 1}, {0.3, 0.65}, {0.2, 0.55}, {0.15, 0.45}, {0.1, 0.3}};

/* One sentence after another of a draft comes from the same passage or document: how much less will do there. */
static const double same_passage = 0.5, same_document = 0.85;

/* Nothing with another value is as near: then fewer of the words will do. */
static const double nearest_of_all = 0.7;

/* When is a figure with another value a contradiction? When nearly all is met; or more than half, and the values look like slips of one another. */
static const double other_words = 0.62, other_counted = 0.8, kin_words = 0.33, kin_counted = 0.35;

/* Or when both state the same place and period, however far the values are from one another. */
static const double stated_words = 0.5, stated_counted = 0.7;

/* Or when much is met and both are large numbers of the same size: an older edition of the same count. */
static const double near_topic = 0.55, near_counted = 0.8, near_least = 1000, near_ratio = 1.35;

/* A number of one or two digits that is of another country, in a document that never names the one that the draft as a whole is about: it only happens to be the same. */
static bool happens_to_be(const struct agreement *agreement, const struct subject *claim, unsigned digits)
{
    enum { FEW_DIGITS = 2 };
    static const double unnamed = 0.2;
    const struct figure_row *figure = agreement_figure(agreement);
    return digits <= FEW_DIGITS && claim->place_scope == SCOPE_DOCUMENT && claim->n_places > 0 && agreement->place < unnamed && are_countries(figure->places, figure->n_places);
}

/* before: what decided on the claim before this one, or NULL. */
static bool is_same_thing(const struct weighed *same, const struct weighed *other, const struct subject *claim, const struct quantity *quantity, const struct answer *before)
{
    if (!same->agreement)
        return false;
    unsigned telling = quantity->kind == KIND_FRACTION ? 1 : telling_digits(quantity->low); /* "a third" says no more than one digit does */
    unsigned digits = same->value == VALUE_SAME || same->value == VALUE_QUALIFIER ? telling : MIN(telling + 1, 3);
    digits = MIN(digits, (unsigned)G_N_ELEMENTS(same_needs) - 1);
    if (happens_to_be(same->agreement, claim, digits))
        return false;
    double best = other->agreement ? other->agreement->topic : 0;
    double lenient = 1;
    if (before && before->passage->rowid == same->agreement->candidate->rowid)
        lenient = same_passage;
    else if (before && before->document->rowid == same->agreement->candidate->document->rowid)
        lenient = same_document;
    if (same->agreement->topic >= best)
        lenient *= nearest_of_all;
    return same->agreement->words >= lenient * same_needs[digits].words && same->agreement->topic >= lenient * same_needs[digits].of_best * best;
}

/* "Five crises": without a place, a period and words of its own, many things may be so many. */
static bool says_little(const struct subject *claim, const struct quantity *quantity)
{
    static const double weighty = 0.3, least = 1, few = 100;
    double own = 0;
    for (guint i = 0; i < claim->units->len; i++) {
        const struct unit *unit = &g_array_index(claim->units, struct unit, i);
        own += unit->first != NONE && unit->weight >= weighty && !unit->counted ? unit->weight : 0;
    }
    return quantity->kind == KIND_COUNT && quantity->high < few && claim->n_places == 0 && !claim->period && !claim->months && own < least;
}

/* "Under 5", "aged 18 to 59": which group is meant, and not what is said of it. */
static bool tells_group(const struct quantity *quantity)
{
    return quantity->kind == KIND_AGE && quantity->qualifier != QUALIFIER_EXACT && quantity->qualifier != QUALIFIER_ABOUT;
}

/* Do both say the place and the period themselves, and the same ones? */
static bool is_stated(const struct agreement *agreement, const struct subject *claim)
{
    const struct figure_row *figure = agreement_figure(agreement);
    bool place = agreement->place_relation == RELATION_SAME && claim->place_scope <= SCOPE_SENTENCE && figure->place_scope <= SCOPE_SENTENCE;
    bool period = agreement->period_relation == RELATION_SAME && claim->period_scope <= SCOPE_SENTENCE && figure->period_scope <= SCOPE_SENTENCE;
    return place && period;
}

static bool contradicts(const struct weighed *other, const struct subject *claim, const struct quantity *quantity)
{
    if (!other->agreement || says_little(claim, quantity) || tells_group(quantity) || other->agreement->place < 0.5 || other->agreement->period < 0.3)
        return false;
    double value = agreement_figure(other->agreement)->quantity.low;
    bool kin = values_kin(quantity->low, value);
    bool near = quantity->low >= near_least && value >= near_least && fmax(value, quantity->low) <= near_ratio * fmin(value, quantity->low);
    if (near && other->agreement->topic >= near_topic && other->agreement->counted >= near_counted)
        return true;
    if (is_stated(other->agreement, claim) && other->agreement->words >= stated_words && other->agreement->counted >= stated_counted)
        return true;
    return other->agreement->words >= (kin ? kin_words : other_words) && other->agreement->counted >= (kin ? kin_counted : other_counted);
}

/* Is the unit in the noun of one figure, and not in that of the other? Where one has no noun, nobody can say. */
static bool noun_has(const struct unit *unit, const struct agreement *one, const struct agreement *other)
{
    static const double has = 0.9, lacks = 0.5;
    const char *nouns[] = {agreement_figure(one)->counted, agreement_figure(other)->counted};
    double met[2];
    for (size_t i = 0; i < G_N_ELEMENTS(nouns); i++) {
        if (!nouns[i])
            return false;
        struct words *words = words_new(lexis_of(one->candidate->document->metadata.language), slice_of(nouns[i]));
        met[i] = unit_best(unit, words);
        words_free(words);
    }
    return met[0] >= has && met[1] < lacks;
}

/* The draft says "targeted", the source has its value for those in need, and another one for those targeted: of the two figures of one document, as near
 * as can be, only the other one has a word that stands beside the claim's number. */
static bool fits_better(const struct weighed *other, const struct weighed *same, const struct subject *claim)
{
    static const double as_near = 0.9, beside = 0.7, has = 0.7, lacks = 0.55;
    bool counts = false;
    for (guint i = 0; i < claim->units->len; i++)
        counts = counts || g_array_index(claim->units, struct unit, i).counted;
    if (!other->agreement || other->agreement->candidate->document != same->agreement->candidate->document || (counts && other->agreement->counted < as_near) ||
        other->agreement->topic < as_near * same->agreement->topic || other->agreement->score < as_near * same->agreement->score || is_other_thing(other->agreement, claim))
        return false;
    for (guint i = 0; i < claim->units->len; i++) {
        const struct unit *unit = &g_array_index(claim->units, struct unit, i);
        if (unit->first == NONE || unit->weight < beside)
            continue;
        if (unit->counted) {
            if (other->agreement->candidate == same->agreement->candidate && noun_has(unit, other->agreement, same->agreement))
                return true;
            continue;
        }
        if (agreement_unit(other->agreement, unit) >= has && agreement_unit(same->agreement, unit) <= lacks)
            return true;
    }
    return false;
}

/* `*by`: what the verdict stands on; `*rather`: the figure that the draft's words fit better, or NULL. */
enum verdict decide(const struct evidence *evidence, const struct subject *claim, const struct quantity *quantity, const struct answer *before, const struct weighed **by,
                           const struct agreement **rather)
{
    *rather = NULL;
    const struct weighed *const same[] = {&evidence->exact, &evidence->rounded}, *const differing[] = {&evidence->kin, &evidence->other};
    for (size_t i = 0; i < G_N_ELEMENTS(same); i++)
        if (is_same_thing(same[i], &evidence->other, claim, quantity, before)) {
            *by = same[i];
            enum verdict verdict = verdict_by(same[i], claim);
            if (verdict == VERDICT_DIFFERS || !fits_better(&evidence->other, same[i], claim))
                return verdict;
            *rather = evidence->other.agreement;
            return VERDICT_CONTEXT;
        }
    for (size_t i = 0; i < G_N_ELEMENTS(differing); i++)
        if (contradicts(differing[i], claim, quantity) && !is_other_thing(differing[i]->agreement, claim)) {
            *by = differing[i];
            return verdict_by(differing[i], claim);
        }
    const struct weighed *const nearest[] = {&evidence->other, &evidence->exact, &evidence->rounded};
    *by = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(nearest) && !*by; i++)
        *by = nearest[i]->agreement ? nearest[i] : NULL;
    return VERDICT_NOT_FOUND;
}

const struct agreement *better_neighbour(const struct weighed *same, const GArray *agreements, const struct subject *claim, const struct quantity *quantity, const GArray *company)
{
    const struct figure_row *own = agreement_figure(same->agreement);
    for (guint i = 0; i < agreements->len; i++) {
        const struct agreement *agreement = &g_array_index(agreements, struct agreement, i);
        const struct figure_row *figure = agreement_figure(agreement);
        bool beside = agreement->candidate == same->agreement->candidate && figure->sentence_span.start == own->sentence_span.start && figure != own;
        bool base = g_array_index(agreement->candidate->stands, uint8_t, agreement->figure) & STAND_BASE;
        if (!beside || base != claim->base || agreement->rejected || figure->quantity.kind != own->quantity.kind || said_by_company(company, figure))
            continue;
        struct weighed weighed = weighed_of(agreement, claim, quantity);
        if (weighed.value == VALUE_DIFFERS && fits_better(&weighed, same, claim))
            return agreement;
    }
    return NULL;
}

const struct agreement *rejected_statement(const struct evidence *evidence, const struct subject *claim, const struct quantity *quantity, const struct answer *before)
{
    const struct weighed *rejected = &evidence->rejected;
    if (!rejected->agreement || !is_same_thing(rejected, &evidence->other, claim, quantity, before))
        return NULL;
    enum verdict verdict = verdict_by(rejected, claim);
    return verdict == VERDICT_SUPPORTED || verdict == VERDICT_ROUNDED || verdict == VERDICT_QUALIFIER ? rejected->agreement : NULL;
}
