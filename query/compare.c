/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/compare.h"

#include "query/words.h"

#include <math.h>

enum { AROUND_WORDS = 7, LIMIT_COMPARED = 2000 };

/* How alike two things counted must be, by the words both name; and two notes, to be one study. */
static const double same_thing = 0.5, same_note = 0.6, same_voice = 0.5;

static const char *const names[DIFFERENCES] = {
    [DIFFERENCE_PERIOD] = "of other times",
    [DIFFERENCE_PLACE] = "one place lies in the other",
    [DIFFERENCE_UNIT] = "households against persons",
    [DIFFERENCE_STOCK] = "as at a day against over a stretch of time",
    [DIFFERENCE_EDITION] = "two editions of one publication",
    [DIFFERENCE_QUALIFIER] = "a bound against a number",
};

const char *difference_name(enum difference difference)
{
    g_assert(difference < DIFFERENCES);
    return names[difference];
}

void comparison_free(struct comparison *comparison)
{
    if (!comparison)
        return;
    g_ptr_array_unref(comparison->answers);
    g_array_unref(comparison->origins);
    g_free(comparison);
}

/* What a text names, as a set: concepts where a word has them, else stems. Places are compared as such, so their names are left out. */
static void add_ids(GHashTable *set, const struct words *words, uint32_t first, uint32_t after, const GHashTable *places)
{
    for (uint32_t i = first; i < MIN(after, words->terms->len); i++) {
        const struct term *term = &g_array_index(words->terms, struct term, i);
        if (term->flags & (TERM_STOP | TERM_WEAK | TERM_NUMBER) || g_hash_table_contains((GHashTable *)places, GUINT_TO_POINTER(term->stem)))
            continue;
        bool named = false;
        for (guint k = 0; k < words->named->len; k++) {
            const struct named *name = &g_array_index(words->named, struct named, k);
            if (i < name->first || i >= name->first + name->n || name->narrow)
                continue;
            g_hash_table_add(set, GUINT_TO_POINTER(name->concept | 0x80000000u));
            named = true;
        }
        if (!named)
            g_hash_table_add(set, GUINT_TO_POINTER(term->stem & 0x7fffffffu));
    }
}

/* The stems of the names of a figure's places. */
static GHashTable *place_stems(const struct figure_row *figure, const struct lexis *lexis)
{
    GHashTable *stems = g_hash_table_new(NULL, NULL);
    for (uint32_t i = 0; i < figure->n_places; i++) {
        struct words *words = words_new(lexis, slice_of(figure->places[i].name));
        for (guint t = 0; t < words->terms->len; t++)
            g_hash_table_add(stems, GUINT_TO_POINTER(g_array_index(words->terms, struct term, t).stem));
        words_free(words);
    }
    return stems;
}

/* The thing a figure counts: its noun phrase, and the words of its clause beside it. */
struct thing {
    GHashTable *counted, *clause;
};

static void thing_free(void *data)
{
    struct thing *thing = data;
    g_hash_table_unref(thing->counted);
    g_hash_table_unref(thing->clause);
    g_free(thing);
}

static void add_clause_ids(GHashTable *set, const struct answer *answer, const struct lexis *lexis, const GHashTable *places)
{
    struct slice quote = answer_quote(answer);
    if (!quote.ptr)
        return;
    struct words *words = words_new(lexis, quote);
    uint32_t byte = answer->figure->span.start - answer_quote_span(answer).start, at = 0, n = words->terms->len;
    const struct term *terms = (const struct term *)(void *)words->terms->data;
    while (at < n && terms[at].end <= byte)
        at++;
    uint32_t first = at, after = at;
    while (first > 0 && at - first < AROUND_WORDS && !(terms[MIN(first, n - 1)].flags & (TERM_BREAK | TERM_STOPPED)))
        first--;
    while (after < n && after - at < AROUND_WORDS && (after == at || !(terms[after].flags & (TERM_BREAK | TERM_STOPPED))))
        after++;
    add_ids(set, words, first, after, places);
    words_free(words);
}

static struct thing *thing_of(const struct answer *answer)
{
    const struct lexis *lexis = lexis_of(answer->document->metadata.language);
    g_autoptr(GHashTable) places = place_stems(answer->figure, lexis);
    struct thing *thing = g_new(struct thing, 1);
    thing->counted = g_hash_table_new(NULL, NULL);
    thing->clause = g_hash_table_new(NULL, NULL);
    if (answer->figure->counted) {
        struct words *counted = words_new(lexis, slice_of(answer->figure->counted));
        add_ids(thing->counted, counted, 0, counted->terms->len, places);
        add_ids(thing->clause, counted, 0, counted->terms->len, places);
        words_free(counted);
    }
    add_clause_ids(thing->clause, answer, lexis, places);
    return thing;
}

/* How much of the smaller set the larger one has. */
static double overlap(GHashTable *a, GHashTable *b)
{
    guint least = MIN(g_hash_table_size(a), g_hash_table_size(b)), both = 0;
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        both += g_hash_table_contains(b, key) ? 1 : 0;
    return least ? (double)both / least : 0;
}

/* Nouns that both name must be alike; "people" alone says nothing, so the clause must. */
static bool same_things(const struct thing *a, const struct thing *b)
{
    bool nouns = g_hash_table_size(a->counted) && g_hash_table_size(b->counted);
    double clause = overlap(a->clause, b->clause);
    return nouns ? overlap(a->counted, b->counted) >= same_thing && clause >= same_thing / 2 : clause >= same_thing;
}

static double text_overlap(const char *a, const char *b)
{
    const char *const texts[] = {a, b};
    GHashTable *sets[2];
    for (size_t i = 0; i < 2; i++) {
        struct words *words = words_new(lexis_of("en"), slice_of(texts[i]));
        g_autoptr(GHashTable) none = g_hash_table_new(NULL, NULL);
        sets[i] = g_hash_table_new(NULL, NULL);
        add_ids(sets[i], words, 0, words->terms->len, none);
        words_free(words);
    }
    double alike = overlap(sets[0], sets[1]);
    g_hash_table_unref(sets[0]);
    g_hash_table_unref(sets[1]);
    return alike;
}

static bool names_other(const struct answer *a, const struct answer *b)
{
    const char *const theirs[] = {b->document->metadata.title, b->document->metadata.publisher};
    for (size_t i = 0; i < G_N_ELEMENTS(theirs); i++)
        if (theirs[i] && strlen(theirs[i]) > 3 && ((a->figure->note_text && strstr(a->figure->note_text, theirs[i])) || (a->figure->said_by && strstr(a->figure->said_by, theirs[i]))))
            return true;
    return false;
}

/* Who says it, by the note, else by the sentence. */
static const char *voice_of(const struct figure_row *figure)
{
    return figure->note_text ? figure->note_text : figure->said_by;
}

bool same_origin(const struct answer *a, const struct answer *b)
{
    const struct figure_row *x = a->figure, *y = b->figure;
    bool same = same_number(x->quantity.low, y->quantity.low) && same_number(x->quantity.high, y->quantity.high);
    if (x->note_text && y->note_text && text_overlap(x->note_text, y->note_text) >= same_note)
        return true;
    if (a->document == b->document && (same || (!x->note_text && !y->note_text && g_strcmp0(x->said_by, y->said_by) == 0)))
        return true;
    const char *one = voice_of(x), *other = voice_of(y);
    if (same && one && other && (text_overlap(one, other) >= same_voice || (x->said_by && y->said_by && text_overlap(x->said_by, y->said_by) >= same_voice)))
        return true;
    return names_other(a, b) || names_other(b, a);
}

static bool is_household(const char *unit)
{
    return g_strcmp0(unit, "{household}") == 0;
}

static bool is_day(const char *period)
{
    struct days days;
    return period && days_from_edtf(period, &days) && (days.first == INT32_MIN || days.last - days.first < 7);
}

static bool same_publication(const struct document_row *a, const struct document_row *b)
{
    if (a == b || !a->metadata.title || !b->metadata.title || g_strcmp0(a->metadata.date, b->metadata.date) == 0)
        return false;
    return text_overlap(a->metadata.title, b->metadata.title) >= 0.75 && g_strcmp0(a->metadata.publisher, b->metadata.publisher) == 0;
}

uint32_t differences_of(const struct answer *a, const struct answer *b)
{
    const struct figure_row *x = a->figure, *y = b->figure;
    enum relation period = period_relation(x->period, y->period), place = places_relation(x->places, x->n_places, y->places, y->n_places);
    uint32_t found = 0;
    if (period != RELATION_SAME && period != RELATION_UNKNOWN)
        found |= 1u << DIFFERENCE_PERIOD;
    if (place == RELATION_WITHIN || place == RELATION_AROUND || place == RELATION_OVERLAPS)
        found |= 1u << DIFFERENCE_PLACE;
    if (is_household(x->unit) != is_household(y->unit))
        found |= 1u << DIFFERENCE_UNIT;
    if (x->period && y->period && is_day(x->period) != is_day(y->period))
        found |= 1u << DIFFERENCE_STOCK;
    if (same_publication(a->document, b->document))
        found |= 1u << DIFFERENCE_EDITION;
    if (x->quantity.qualifier != y->quantity.qualifier)
        found |= 1u << DIFFERENCE_QUALIFIER;
    return found;
}

static bool comparable(const struct figure_row *a, const struct figure_row *b)
{
    double factor;
    bool people = (is_household(a->unit) || is_household(b->unit)) && a->quantity.kind == KIND_COUNT && b->quantity.kind == KIND_COUNT;
    if ((!people && !units_compare(&a->quantity, &b->quantity, &factor)) || (a->quantity.kind == KIND_RATE) != (b->quantity.kind == KIND_RATE))
        return false;
    enum relation place = places_relation(a->places, a->n_places, b->places, b->n_places);
    return place == RELATION_SAME || (a->n_places == 0 && b->n_places == 0);
}

static bool fits(const struct quantity *a, const struct quantity *b)
{
    return match_value(a, b) < VALUE_DIFFERS || match_value(b, a) < VALUE_DIFFERS;
}

static void number_origins(struct comparison *comparison)
{
    for (guint i = 0; i < comparison->answers->len; i++) {
        uint32_t origin = 0;
        for (guint k = 0; k < i && !origin; k++)
            if (same_origin(g_ptr_array_index(comparison->answers, i), g_ptr_array_index(comparison->answers, k)))
                origin = g_array_index(comparison->origins, uint32_t, k);
        if (!origin)
            origin = ++comparison->n_origins;
        g_array_append_val(comparison->origins, origin);
    }
}

static void finish(struct comparison *comparison)
{
    g_autoptr(GHashTable) documents = g_hash_table_new(NULL, NULL);
    uint32_t explained = UINT32_MAX;
    for (guint i = 0; i < comparison->answers->len; i++) {
        const struct answer *a = g_ptr_array_index(comparison->answers, i);
        g_hash_table_add(documents, (gpointer)a->document);
        for (guint k = 0; k < i; k++) {
            const struct answer *b = g_ptr_array_index(comparison->answers, k);
            if (fits(&a->figure->quantity, &b->figure->quantity))
                continue;
            comparison->conflict = true;
            uint32_t found = differences_of(a, b);
            comparison->differences |= found;
            explained = MIN(explained, found);
        }
    }
    if (comparison->conflict && explained == 0)
        comparison->differences = 0; /* one pair has nothing to explain it */
    comparison->n_documents = g_hash_table_size(documents);
    number_origins(comparison);
}

static int by_size(const void *a, const void *b)
{
    const struct comparison *const *x = a, *const *y = b;
    if ((*x)->n_documents != (*y)->n_documents)
        return (*x)->n_documents > (*y)->n_documents ? -1 : 1;
    if ((*x)->answers->len != (*y)->answers->len)
        return (*x)->answers->len > (*y)->answers->len ? -1 : 1;
    const struct answer *one = g_ptr_array_index((*x)->answers, 0), *other = g_ptr_array_index((*y)->answers, 0);
    return one->figure->rowid < other->figure->rowid ? -1 : one->figure->rowid > other->figure->rowid;
}

static struct comparison *comparison_new(void)
{
    struct comparison *comparison = g_new0(struct comparison, 1);
    comparison->answers = g_ptr_array_new();
    comparison->origins = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    return comparison;
}

/* Puts each figure to the first group whose first figure counts the same thing. */
static GPtrArray *group(const GPtrArray *answers, guint n)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify)comparison_free);
    g_autoptr(GPtrArray) things = g_ptr_array_new_with_free_func(thing_free), firsts = g_ptr_array_new();
    for (guint i = 0; i < n; i++) {
        struct answer *answer = g_ptr_array_index(answers, i);
        struct thing *thing = thing_of(answer);
        struct comparison *found = NULL;
        g_ptr_array_add(things, thing);
        for (guint g = 0; g < groups->len && !found; g++) {
            struct comparison *one = g_ptr_array_index(groups, g);
            const struct answer *first = g_ptr_array_index(one->answers, 0);
            if (comparable(answer->figure, first->figure) && same_things(thing, g_ptr_array_index(firsts, g)))
                found = one;
        }
        if (!found) {
            found = comparison_new();
            g_ptr_array_add(groups, found);
            g_ptr_array_add(firsts, thing);
        }
        g_ptr_array_add(found->answers, answer);
    }
    return groups;
}

GPtrArray *compare_figures(const GPtrArray *answers)
{
    g_autoptr(GPtrArray) groups = group(answers, MIN(answers->len, LIMIT_COMPARED));
    GPtrArray *repeated = g_ptr_array_new_with_free_func((GDestroyNotify)comparison_free);
    for (guint i = 0; i < groups->len; i++) {
        struct comparison *comparison = g_ptr_array_index(groups, i);
        if (comparison->answers->len < 2)
            continue;
        finish(comparison);
        if (comparison->n_documents > 1)
            g_ptr_array_add(repeated, g_steal_pointer(&g_ptr_array_index(groups, i)));
    }
    g_ptr_array_sort(repeated, by_size);
    return repeated;
}
