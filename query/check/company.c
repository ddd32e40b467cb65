/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/check/parts.h"

/* A draft takes several numbers from one sentence of a source, and one of them wrongly: "$1.6 billion was asked for, and 52 per cent received", where the
 * sentence that asks for $1.6 billion says 48 per cent. Where the other claims of the draft's sentence stand in one sentence of the evidence, the figure there
 * that none of them says, and that is of the claim's kind, is what the claim should have said. */

/* How much of the claim's words, and of what it counts, must be met; how far the next figure that may be meant must be behind. */
static const double least_words = 0.4, least_counted = 0.4, clear_by = 0.85;

/* Which of the children is meant, "under 5", is not what is said of them. */
static const uint32_t kinds_aside = 1u << KIND_AGE | 1u << KIND_RANK;

bool said_by_company(const GArray *company, const struct figure_row *figure)
{
    for (guint i = 0; i < company->len; i++)
        if (same_value(&g_array_index(company, struct companion, i).claim, &figure->quantity))
            return true;
    return false;
}

/* Does it stand in a sentence that a companion stands in? */
static bool is_beside(const GArray *company, const struct figure_row *figure)
{
    for (guint i = 0; i < company->len; i++) {
        const struct figure_row *other = g_array_index(company, struct companion, i).answer->figure;
        if (other->passage == figure->passage && other->sentence_span.start == figure->sentence_span.start)
            return true;
    }
    return false;
}

/* Can the claim be meant to say the figure? */
static bool may_be_meant(const struct weighed *weighed, const struct subject *claim, const struct quantity *quantity)
{
    const struct agreement *agreement = weighed->agreement;
    const struct figure_row *figure = agreement_figure(agreement);
    uint8_t stand = g_array_index(agreement->candidate->stands, uint8_t, agreement->figure);
    return weighed->value == VALUE_DIFFERS && figure->quantity.kind == quantity->kind && !(kinds_aside >> quantity->kind & 1) && !weighed->other && weighed->flow == claim->flow && claim->base == ((stand & STAND_BASE) != 0) &&
           agreement->words >= least_words && agreement->counted >= least_counted && sure_place(agreement, claim) != RELATION_APART && sure_period(agreement, claim) != RELATION_APART;
}

bool odd_one_out(const GArray *agreements, const struct subject *claim, const struct quantity *quantity, const GArray *company, struct weighed *ret)
{
    double best = 0, next = 0;
    for (guint i = 0; i < agreements->len; i++) {
        const struct agreement *agreement = &g_array_index(agreements, struct agreement, i);
        const struct figure_row *figure = agreement_figure(agreement);
        if (agreement->rejected || !is_beside(company, figure) || said_by_company(company, figure))
            continue;
        struct weighed weighed = weighed_of(agreement, claim, quantity);
        if (!may_be_meant(&weighed, claim, quantity))
            continue;
        if (agreement->score > best) {
            next = best;
            best = agreement->score;
            *ret = weighed;
        } else if (agreement->score > next) {
            next = agreement->score;
        }
    }
    return best > 0 && next < clear_by * best;
}

static bool is_share(const struct figure_row *figure)
{
    return figure->quantity.kind == KIND_PERCENT || figure->quantity.kind == KIND_FRACTION;
}

bool strays(const struct weighed *same, const struct weighed *odd, const struct quantity *quantity, const GArray *company)
{
    enum { FEW_DIGITS = 2 };
    return is_share(agreement_figure(same->agreement)) && telling_digits(quantity->low) <= FEW_DIGITS && !is_beside(company, agreement_figure(same->agreement)) && odd->agreement->score >= same->agreement->score;
}

const struct agreement *nearer_share(const struct weighed *same, const GArray *agreements, const GArray *company)
{
    const struct figure_row *own = agreement_figure(same->agreement);
    const struct figure_row *whole = company->len ? g_array_index(company, struct companion, company->len - 1).answer->figure : NULL;
    if (!whole || !is_share(own) || !own->counted || is_share(whole) || whole->passage != own->passage || whole->sentence_span.start != own->sentence_span.start)
        return NULL;
    for (guint i = 0; i < agreements->len; i++) {
        const struct agreement *agreement = &g_array_index(agreements, struct agreement, i);
        const struct figure_row *figure = agreement_figure(agreement);
        bool between = figure->passage == own->passage && figure->span.start >= whole->span.end && figure->span.end <= own->span.start;
        if (between && is_share(figure) && g_strcmp0(figure->counted, own->counted) == 0 && !same_value(&figure->quantity, &own->quantity))
            return agreement;
    }
    return NULL;
}
