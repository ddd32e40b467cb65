/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/check/parts.h"

#include "index/find.h"

/* A report says its main figures more than once, and reports repeat one another. Of the statements of one figure, the original one is cited: that of the
 * document that was published first, and there the first that is about as near. */

/* How near a statement must be, against the best of its document; and against that which decides, in another document. */
static const double near_here = 0.6, near_elsewhere = 0.95;

/* How much of what the shorter of two sentences says the other one must say, too, where the number has so few digits that it may only happen to be the same. */
static const double same_words = 0.3;
static const unsigned telling_alone = 3;

/* What a claim is compared with. */
struct statements {
    const struct weighed *best; /* which decides */
    enum verdict verdict;
    const struct subject *claim;
    const struct quantity *quantity;
};

/* The stems of the words of a figure's sentence that say something, as a set. */
static GHashTable *said_in(const struct agreement *agreement)
{
    const struct candidate *candidate = agreement->candidate;
    GHashTable *set = g_hash_table_new(NULL, NULL);
    uint32_t first = g_array_index(candidate->first, uint32_t, agreement->figure), after = g_array_index(candidate->after, uint32_t, agreement->figure);
    for (uint32_t i = first; i < after; i++) {
        const struct term *term = &g_array_index(candidate->words->terms, struct term, i);
        if (!(term->flags & (TERM_STOP | TERM_WEAK | TERM_NUMBER)))
            g_hash_table_add(set, GUINT_TO_POINTER(term->stem));
    }
    return set;
}

/* Do the two sentences say much of the same? */
static bool alike(const struct agreement *one, const struct agreement *other)
{
    g_autoptr(GHashTable) a = said_in(one), b = said_in(other);
    GHashTableIter iter;
    gpointer stem;
    guint both = 0;
    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &stem, NULL))
        both += g_hash_table_contains(b, stem) ? 1 : 0;
    return both >= same_words * MIN(g_hash_table_size(a), g_hash_table_size(b));
}

/* Does it say what the figure that decides says, and is it at least so near? */
static bool says_same(const struct statements *statements, const struct agreement *agreement, double least)
{
    if (agreement->rejected || agreement->score < least || !same_value(&agreement_figure(statements->best->agreement)->quantity, &agreement_figure(agreement)->quantity))
        return false;
    struct weighed weighed = weighed_of(agreement, statements->claim, statements->quantity);
    bool telling = telling_digits(agreement_figure(agreement)->quantity.low) >= telling_alone;
    if (!telling && !alike(agreement, statements->best->agreement))
        return false;
    return weighed.other == statements->best->other && verdict_by(&weighed, statements->claim) == statements->verdict;
}

/* The last day of a document's date; INT32_MAX where it has none. */
static int32_t published(const struct agreement *agreement)
{
    struct days days;
    const char *date = agreement->candidate->document->metadata.date;
    return date && days_from_edtf(date, &days) ? days.last : INT32_MAX;
}

/* The statement of the document that said it first; each document's best one stands before its others. */
static const struct agreement *original(const struct statements *statements, const GArray *agreements, const struct agreement *first)
{
    int32_t day = published(first);
    for (guint i = 0; i < agreements->len && day != INT32_MAX; i++) {
        const struct agreement *agreement = &g_array_index(agreements, struct agreement, i);
        if (published(agreement) >= day || !says_same(statements, agreement, near_elsewhere * statements->best->agreement->score))
            continue;
        first = agreement;
        day = published(agreement);
    }
    return first;
}

/* Adds the passages of a document that hold the value, and that the search has not found. Errors: STORE. */
static bool add_passages(struct pool *pool, const struct document_row *document, const struct quantity *said, const GPtrArray *candidates, GPtrArray *more, GError **error)
{
    enum { MOST = 200 };
    struct figure_filter filter = {
        .row = document->rowid, .has_kind = true, .kind = said->kind, .has_min = true, .min = said->low, .has_max = true, .max = said->high,
    };
    g_autoptr(GPtrArray) figures = NULL;
    if (!store_figures(library_store(pool_library(pool)), &filter, NULL, MOST, &figures, error))
        return false;
    for (guint i = 0; i < figures->len; i++) {
        const struct figure_row *figure = g_ptr_array_index(figures, i);
        struct candidate *candidate;
        if (!pool_passage(pool, figure->passage, &candidate, error))
            return false;
        if (candidate && same_value(said, &figure->quantity) && !g_ptr_array_find((GPtrArray *)candidates, candidate, NULL) && !g_ptr_array_find(more, candidate, NULL))
            g_ptr_array_add(more, candidate);
    }
    return true;
}

/* Of a list, the first statement in the reading order of the document. */
static const struct agreement *first_of(const struct statements *statements, const GArray *agreements, const struct agreement *stated, const struct agreement *first)
{
    for (guint i = 0; i < agreements->len; i++) {
        const struct agreement *agreement = &g_array_index(agreements, struct agreement, i);
        bool before = agreement->candidate->document == stated->candidate->document && agreement_figure(agreement)->rowid < agreement_figure(first)->rowid;
        if (before && says_same(statements, agreement, near_here * stated->score))
            first = agreement;
    }
    return first;
}

bool cited_statement(struct pool *pool, const struct weighed *best, const GPtrArray *candidates, const GArray *agreements, const struct subject *claim, const struct quantity *quantity,
                     GArray **restated, struct weighed *ret, GError **error)
{
    struct statements statements = {best, verdict_by(best, claim), claim, quantity};
    const struct document_row *document = best->agreement->candidate->document;
    const struct quantity *said = &agreement_figure(best->agreement)->quantity;
    g_autoptr(GPtrArray) more = g_ptr_array_new();
    if (!add_passages(pool, document, said, candidates, more, error) || !agreements_among(pool, more, candidates, claim, false, restated, error))
        return false;
    const struct agreement *stated = original(&statements, *restated, original(&statements, agreements, best->agreement));
    const struct agreement *first = first_of(&statements, *restated, stated, first_of(&statements, agreements, stated, stated));
    *ret = first == best->agreement ? *best : weighed_of(first, claim, quantity);
    return true;
}
