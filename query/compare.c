/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/compare.h"

#include "query/words.h"

#include <math.h>

enum { AROUND_WORDS = 7, LEAST_ALONE = 3, LIMIT_COMPARED = 2000 }; /* LEAST_ALONE: what two clauses must both name, where no noun says anything */

/* How alike two things must be, by the part that both name of all that either names: what is counted; what the clause says of it; the same for a share,
 * whose noun is what it is a share of; the clause alone, where no noun says anything. */
static const double same_noun = 0.5, same_clause = 0.3, same_share = 0.5, same_words = 0.6;

/* How alike two notes must be, to be one study; two voices, to be one. */
static const double same_note = 0.6, same_voice = 0.5;

static const char *const names[DIFFERENCES] = {
    [DIFFERENCE_PERIOD] = "not of quite the same time",
    [DIFFERENCE_UNDATED] = "one gives no time",
    [DIFFERENCE_PLACE] = "one names a place more",
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

/* The thing a figure counts: its noun phrase, and the other words of its clause. */
struct thing {
    GHashTable *counted, *clause;
    bool units; /* the noun is there, and says no more than "people" or "households" */
};

static void thing_free(void *data)
{
    struct thing *thing = data;
    g_hash_table_unref(thing->counted);
    g_hash_table_unref(thing->clause);
    g_free(thing);
}

/* "People" and "households" are units, which are compared as such: they do not tell one thing from another. */
static void remove_units(GHashTable *set, const struct lexis *lexis)
{
    static const char *const units[] = {"person", "household"};
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        uint32_t concept = concept_named(lexis, units[i]);
        if (concept)
            g_hash_table_remove(set, GUINT_TO_POINTER(concept | 0x80000000u));
    }
}

/* How many both have. */
static guint shared(GHashTable *a, GHashTable *b)
{
    guint both = 0;
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        both += g_hash_table_contains(b, key) ? 1 : 0;
    return both;
}

/* Adds the words of a figure's clause, so many on either side; `around`: G_MAXUINT for its sentence. */
static void add_clause_ids(GHashTable *set, const struct answer *answer, const struct lexis *lexis, const GHashTable *places, uint32_t around)
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
    uint32_t parts = around == G_MAXUINT ? 0 : TERM_BREAK | TERM_STOPPED;
    while (first > 0 && at - first < around && !(terms[MIN(first, n - 1)].flags & parts))
        first--;
    while (after < n && after - at < around && (after == at || !(terms[after].flags & parts)))
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
        words_free(counted);
    }
    remove_units(thing->counted, lexis);
    thing->units = answer->figure->counted && g_hash_table_size(thing->counted) == 0;
    add_clause_ids(thing->clause, answer, lexis, places, AROUND_WORDS);
    remove_units(thing->clause, lexis);
    if (shared(thing->clause, thing->counted) == g_hash_table_size(thing->clause)) { /* "(12 men, 7 women)": the sentence says what of them */
        add_clause_ids(thing->clause, answer, lexis, places, G_MAXUINT);
        remove_units(thing->clause, lexis);
    }
    return thing;
}

/* How much of the smaller set the larger one has. */
static double overlap(GHashTable *a, GHashTable *b)
{
    guint least = MIN(g_hash_table_size(a), g_hash_table_size(b));
    return least ? (double)shared(a, b) / least : 0;
}

/* How much of all that either names both do. */
static double likeness(GHashTable *a, GHashTable *b)
{
    guint both = shared(a, b), all = g_hash_table_size(a) + g_hash_table_size(b) - both;
    return all ? (double)both / all : 0;
}

/* How much the clauses say alike beside the nouns; -1 where one says nothing more. */
static double likeness_beside(const struct thing *a, const struct thing *b)
{
    const struct thing *const things[] = {a, b};
    GHashTable *beside[2];
    for (size_t i = 0; i < 2; i++) {
        GHashTableIter iter;
        gpointer key;
        beside[i] = g_hash_table_new(NULL, NULL);
        g_hash_table_iter_init(&iter, things[i]->clause);
        while (g_hash_table_iter_next(&iter, &key, NULL))
            if (!g_hash_table_contains(a->counted, key) && !g_hash_table_contains(b->counted, key))
                g_hash_table_add(beside[i], key);
    }
    double alike = g_hash_table_size(beside[0]) && g_hash_table_size(beside[1]) ? likeness(beside[0], beside[1]) : -1;
    g_hash_table_unref(beside[0]);
    g_hash_table_unref(beside[1]);
    return alike;
}

/* Nouns must be alike, and so must what is said of them: "civilians killed" are not "civilians displaced". A noun that says nothing ("people") takes its
 * meaning from its clause, which must then have all that the other noun says: "people who are displaced" are "displaced people". */
static bool same_things(const struct thing *a, const struct thing *b, bool share)
{
    guint n_a = g_hash_table_size(a->counted), n_b = g_hash_table_size(b->counted);
    if (n_a == 0 && n_b == 0)
        return shared(a->clause, b->clause) >= (a->units && b->units ? 1 : LEAST_ALONE) && likeness(a->clause, b->clause) >= same_words;
    bool nouns = n_a && n_b ? likeness(a->counted, b->counted) >= same_noun : n_a ? shared(a->counted, b->clause) == n_a : shared(b->counted, a->clause) == n_b;
    if (!nouns)
        return false;
    double beside = likeness_beside(a, b);
    return share ? beside >= same_share : beside < 0 || beside >= same_clause;
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
    if (!x->period != !y->period)
        found |= 1u << DIFFERENCE_UNDATED;
    if (place == RELATION_WITHIN || place == RELATION_AROUND || place == RELATION_OVERLAPS || x->n_places != y->n_places)
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

static bool is_share(const struct figure_row *figure)
{
    return figure->quantity.kind == KIND_PERCENT || figure->quantity.kind == KIND_FRACTION;
}

/* Is each place of `a` one of b's, or the country of one that both name? A town is not its country. */
static bool places_among(const struct figure_row *a, const struct figure_row *b)
{
    for (uint32_t i = 0; i < a->n_places; i++) {
        bool met = places_relation(&a->places[i], 1, b->places, b->n_places) == RELATION_SAME;
        for (uint32_t k = 0; k < a->n_places && !met; k++)
            met = place_relation(&a->places[i], &a->places[k]) == RELATION_WITHIN && places_relation(&a->places[k], 1, b->places, b->n_places) == RELATION_SAME;
        if (!met)
            return false;
    }
    return true;
}

/* The same kind and unit (households beside persons, for people), place and time. A time that is not given parts nothing. */
static bool comparable(const struct figure_row *a, const struct figure_row *b)
{
    double factor;
    bool people = (is_household(a->unit) || is_household(b->unit)) && a->quantity.kind == KIND_COUNT && b->quantity.kind == KIND_COUNT;
    if (!people && (!units_compare(&a->quantity, &b->quantity, &factor) || g_strcmp0(a->unit, b->unit) != 0))
        return false;
    if (a->quantity.kind != b->quantity.kind && !(is_share(a) && is_share(b)))
        return false;
    if ((a->n_places == 0) != (b->n_places == 0) || !places_among(a, b) || !places_among(b, a))
        return false;
    return period_relation(a->period, b->period) != RELATION_APART;
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

/* A comparison in the making: the things its figures count. */
struct gathering {
    struct comparison *comparison;
    GPtrArray *things; /* struct thing *, borrowed, one an answer */
};

static void gathering_free(void *data)
{
    struct gathering *gathering = data;
    comparison_free(gathering->comparison);
    g_ptr_array_unref(gathering->things);
    g_free(gathering);
}

static struct gathering *gathering_new(void)
{
    struct gathering *gathering = g_new(struct gathering, 1);
    gathering->comparison = comparison_new();
    gathering->things = g_ptr_array_new();
    return gathering;
}

/* A sentence states a statistic once: its other figures are of something else. */
static bool same_sentence(const struct answer *a, const struct answer *b)
{
    return a->document == b->document && answer_quote_span(a).start == answer_quote_span(b).start && answer_quote_span(a).end == answer_quote_span(b).end;
}

/* Whether a figure counts what each figure there counts: likeness to the first alone would let a chain of small steps in. */
static bool belongs(const struct gathering *gathering, const struct answer *answer, const struct thing *thing)
{
    for (guint i = 0; i < gathering->things->len; i++) {
        const struct answer *other = g_ptr_array_index(gathering->comparison->answers, i);
        if (same_sentence(answer, other) || !comparable(answer->figure, other->figure) || !same_things(thing, g_ptr_array_index(gathering->things, i), is_share(answer->figure)))
            return false;
    }
    return true;
}

/* Puts each figure to the first group that it belongs to. GPtrArray of struct gathering; `things` keeps what they borrow. */
static GPtrArray *gather(const GPtrArray *answers, guint n, GPtrArray *things)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func(gathering_free);
    for (guint i = 0; i < n; i++) {
        struct answer *answer = g_ptr_array_index(answers, i);
        struct thing *thing = thing_of(answer);
        struct gathering *found = NULL;
        g_ptr_array_add(things, thing);
        for (guint g = 0; g < groups->len && !found; g++)
            if (belongs(g_ptr_array_index(groups, g), answer, thing))
                found = g_ptr_array_index(groups, g);
        if (!found) {
            found = gathering_new();
            g_ptr_array_add(groups, found);
        }
        g_ptr_array_add(found->comparison->answers, answer);
        g_ptr_array_add(found->things, thing);
    }
    return groups;
}

GPtrArray *compare_figures(const GPtrArray *answers)
{
    g_autoptr(GPtrArray) things = g_ptr_array_new_with_free_func(thing_free), groups = gather(answers, MIN(answers->len, LIMIT_COMPARED), things);
    GPtrArray *repeated = g_ptr_array_new_with_free_func((GDestroyNotify)comparison_free);
    for (guint i = 0; i < groups->len; i++) {
        struct gathering *gathering = g_ptr_array_index(groups, i);
        if (gathering->comparison->answers->len < 2)
            continue;
        finish(gathering->comparison);
        if (gathering->comparison->n_documents > 1)
            g_ptr_array_add(repeated, g_steal_pointer(&gathering->comparison));
    }
    g_ptr_array_sort(repeated, by_size);
    return repeated;
}
