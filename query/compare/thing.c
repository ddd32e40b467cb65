/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/compare/thing.h"

#include <math.h>

enum {
    AROUND_WORDS = 7,   /* of a clause, on either side of the figure */
    LEAST_ALONE = 3,    /* two clauses must both name, where no noun says anything */
    LEAST_BARE = 2,     /* the same beside nouns that say only who */
    LEAST_COPIED = 6,   /* words of a sentence that can be known again */
    LEAST_NUMBERS = 2,  /* numbers that make two sentences one text */
    TELLING_LENGTH = 3, /* digits of such a number */
};

/* How alike two things must be, by the part that both name of all that either names. */
static const double
    same_noun = 0.5,     /* what is counted */
    same_crossed = 0.75, /* the same, where each noun says something that the other does not */
    same_clause = 0.3,   /* what the clauses say beside the nouns */
    same_bare = 0.4,     /* the same, where the nouns say only who */
    same_event = 0.5,    /* the same, where only one says what happened */
    same_share = 0.5,    /* clause or sentence of a share */
    least_share = 0.3,   /* its sentence in any case */
    least_vague = 0.35,  /* sentence of a figure without a place and without a noun that tells */
    same_sentence = 0.5, /* the sentence, whatever the clause says */
    same_words = 0.6,    /* clauses alone, where no noun says anything */
    same_heading = 0.5,  /* what stands over two tables */
    same_copy = 0.8;     /* sentences of which one is a copy */

void thing_free(struct thing *thing)
{
    if (!thing)
        return;
    g_hash_table_unref(thing->counted);
    g_hash_table_unref(thing->clause);
    g_hash_table_unref(thing->sentence);
    g_hash_table_unref(thing->numbers);
    if (thing->heading)
        g_hash_table_unref(thing->heading);
    g_free(thing);
}

/* weak: also the words that say little. */
static void add_words(GHashTable *set, const struct words *words, uint32_t first, uint32_t after, const GHashTable *places, bool weak)
{
    for (uint32_t i = first; i < MIN(after, words->terms->len); i++) {
        const struct term *term = &g_array_index(words->terms, struct term, i);
        if (term->flags & (TERM_STOP | TERM_NUMBER | (weak ? 0 : TERM_WEAK)) || (places && g_hash_table_contains((GHashTable *)places, GUINT_TO_POINTER(term->stem))))
            continue;
        bool named = false;
        for (guint k = 0; k < words->named->len; k++) {
            const struct named *name = &g_array_index(words->named, struct named, k);
            if (name->first > i)
                break;
            if (i >= name->first + name->n || name->narrow)
                continue;
            g_hash_table_add(set, GUINT_TO_POINTER(name->concept | 0x80000000u));
            named = true;
        }
        if (!named)
            g_hash_table_add(set, GUINT_TO_POINTER(term->stem & 0x7fffffffu));
    }
}

void set_add_words(GHashTable *set, const struct words *words, uint32_t first, uint32_t after, const GHashTable *places)
{
    add_words(set, words, first, after, places, false);
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

static void remove_concepts(GHashTable *set, const struct lexis *lexis, const char *const *names)
{
    for (; *names; names++) {
        uint32_t concept = concept_named(lexis, *names);
        if (concept)
            g_hash_table_remove(set, GUINT_TO_POINTER(concept | 0x80000000u));
    }
}

/* "People" and "households" are units, which are compared as such: they do not tell one thing from another. Nor does "an increase". */
static const char *const units[] = {"person", "household", NULL}, *const moves[] = {"increase", "decrease", "grow", NULL};

static void remove_units(GHashTable *set, const struct lexis *lexis)
{
    remove_concepts(set, lexis, units);
}

bool set_names(GHashTable *set, uint32_t concept)
{
    return concept && g_hash_table_contains(set, GUINT_TO_POINTER(concept | 0x80000000u));
}

guint sets_shared(GHashTable *a, GHashTable *b)
{
    guint both = 0;
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        both += g_hash_table_contains(b, key) ? 1 : 0;
    return both;
}

double sets_overlap(GHashTable *a, GHashTable *b)
{
    guint least = MIN(g_hash_table_size(a), g_hash_table_size(b));
    return least ? (double)sets_shared(a, b) / least : 0;
}

double sets_likeness(GHashTable *a, GHashTable *b)
{
    guint both = sets_shared(a, b), all = g_hash_table_size(a) + g_hash_table_size(b) - both;
    return all ? (double)both / all : 0;
}

/* "Total" of one table is not "Total" of another: what stands over them says what of. */
static void read_heading(struct thing *thing, const struct answer *answer, const struct lexis *lexis)
{
    const char *heading = answer->passage->zone == ZONE_TABLE ? answer->passage->heading : NULL;
    struct words *words = heading ? words_new(lexis, slice_of(heading)) : NULL;
    if (!words)
        return;
    thing->heading = g_hash_table_new(NULL, NULL);
    set_add_words(thing->heading, words, 0, words->terms->len, NULL);
    words_free(words);
}

static void add_numbers(GHashTable *set, const struct words *words, struct slice text)
{
    for (guint i = 0; i < words->terms->len; i++) {
        const struct term *term = &g_array_index(words->terms, struct term, i);
        struct slice word = slice_sub(text, term->start, term->end);
        bool year = word.len == 4 && (slice_starts(word, "19") || slice_starts(word, "20"));
        if (term->flags & TERM_NUMBER && word.len >= TELLING_LENGTH && !year)
            g_hash_table_add(set, GUINT_TO_POINTER(term->stem));
    }
}

/* Reads the words of the figure's sentence: the clause, the whole, and what it counts by them. */
static void read_sentence(struct thing *thing, const struct answer *answer, const struct lexis *lexis, const GHashTable *places)
{
    struct slice quote = answer_quote(answer);
    if (!quote.ptr)
        return;
    struct words *words = words_new(lexis, quote);
    uint32_t from = answer->figure->span.start - answer_quote_span(answer).start, to = answer->figure->span.end - answer_quote_span(answer).start;
    uint32_t at = 0, n = words->terms->len;
    const struct term *terms = (const struct term *)(void *)words->terms->data;
    while (at < n && terms[at].end <= from)
        at++;
    uint32_t behind = at, first = at, after = at;
    while (behind < n && terms[behind].start < to)
        behind++;
    while (first > 0 && at - first < AROUND_WORDS && !(terms[MIN(first, n - 1)].flags & (TERM_BREAK | TERM_STOPPED)))
        first--;
    while (after < n && after - at < AROUND_WORDS && (after == at || !(terms[after].flags & (TERM_BREAK | TERM_STOPPED))))
        after++;
    bool spelt = answer->figure->quantity.kind == KIND_FRACTION; /* "half", "a third": words of the number */
    set_add_words(thing->clause, words, first, spelt ? at : after, places);
    set_add_words(thing->clause, words, spelt ? behind : after, after, places);
    set_add_words(thing->sentence, words, 0, n, places);
    add_numbers(thing->numbers, words, quote);
    g_autofree char *text = slice_dup(quote);
    counts_read(lexis, text, words, (struct span){0, n}, (struct span){at, behind}, answer->figure->counted, &thing->counts);
    counts_take_sentence(&thing->counts);
    words_free(words);
}

/* Reads its noun. "Countries" say little, but more than nothing. */
static void read_noun(struct thing *thing, const char *noun, const struct lexis *lexis, const GHashTable *places)
{
    struct words *words = words_new(lexis, slice_of(noun));
    guint n = words->terms->len;
    set_add_words(thing->counted, words, 0, n, places);
    guint named = g_hash_table_size(thing->counted);
    remove_units(thing->counted, lexis);
    thing->units = named > 0 && g_hash_table_size(thing->counted) == 0;
    remove_concepts(thing->counted, lexis, moves);
    thing->vague = g_hash_table_size(thing->counted) == 0;
    if (named == 0)
        add_words(thing->counted, words, 0, n, places, true);
    words_free(words);
}

static unsigned count_bits(uint64_t mask)
{
    unsigned n = 0;
    for (; mask; mask &= mask - 1)
        n++;
    return n;
}

static bool is_bare(const struct thing *thing)
{
    unsigned groups = 0;
    for (uint32_t i = 0; i < thing->counts.n_groups; i++)
        groups += count_bits(thing->counts.groups[i]);
    return groups > 0 && g_hash_table_size(thing->counted) <= groups;
}

struct thing *thing_new(const struct answer *answer)
{
    const struct lexis *lexis = lexis_of(answer->document->metadata.language);
    g_autoptr(GHashTable) places = place_stems(answer->figure, lexis);
    struct thing *thing = g_new0(struct thing, 1);
    thing->counted = g_hash_table_new(NULL, NULL);
    thing->clause = g_hash_table_new(NULL, NULL);
    thing->sentence = g_hash_table_new(NULL, NULL);
    thing->numbers = g_hash_table_new(NULL, NULL);
    if (answer->figure->counted)
        read_noun(thing, answer->figure->counted, lexis, places);
    read_sentence(thing, answer, lexis, places);
    remove_units(thing->clause, lexis);
    remove_units(thing->sentence, lexis);
    if (sets_shared(thing->clause, thing->counted) == g_hash_table_size(thing->clause)) { /* "(12 men, 7 women)": the sentence says what of them */
        g_hash_table_unref(thing->clause);
        thing->clause = g_hash_table_ref(thing->sentence);
    }
    if (g_strcmp0(answer->figure->unit, "{household}") == 0)
        thing->counts.n_groups = 0; /* families are compared with persons, too */
    read_heading(thing, answer, lexis);
    thing->bare = is_bare(thing);
    thing->placed = answer->figure->n_places > 0;
    thing->vague = !thing->placed && (thing->vague || !answer->figure->counted || (thing->bare && !thing->counts.events));
    return thing;
}

/* How much the clauses say alike beside the nouns, and in how many words; -1 where one says nothing more. */
static double likeness_beside(const struct thing *a, const struct thing *b, guint *both)
{
    const struct thing *const things[] = {a, b};
    guint sizes[2] = {0, 0};
    *both = 0;
    for (size_t i = 0; i < 2; i++) {
        GHashTableIter iter;
        gpointer key;
        g_hash_table_iter_init(&iter, things[i]->clause);
        while (g_hash_table_iter_next(&iter, &key, NULL)) {
            bool beside = !g_hash_table_contains(a->counted, key) && !g_hash_table_contains(b->counted, key);
            sizes[i] += beside;
            *both += beside && i == 0 && g_hash_table_contains(b->clause, key);
        }
    }
    return sizes[0] && sizes[1] ? (double)*both / (sizes[0] + sizes[1] - *both) : -1;
}

/* Are they of two tables, or of a disease and of none that is named, and no place ties them? */
static bool subjects_apart(const struct thing *a, const struct thing *b)
{
    if (a->heading && b->heading && sets_likeness(a->heading, b->heading) < same_heading)
        return true;
    return !a->counts.diseases != !b->counts.diseases && !(a->placed && b->placed);
}

/* "children" of one and "girls" of the other, killed and injured, measles and cholera are not one thing. */
static bool counts_apart(const struct counts *a, const struct counts *b)
{
    g_autofree char *one = counts_differ(a, b), *other = one ? NULL : counts_differ(b, a);
    return one || other;
}

bool thing_apart(const struct thing *a, const struct thing *b)
{
    guint least = MIN(g_hash_table_size(a->counted), g_hash_table_size(b->counted));
    bool crossed = least > 0 && sets_shared(a->counted, b->counted) < least && sets_likeness(a->counted, b->counted) < same_crossed;
    return crossed || counts_apart(&a->counts, &b->counts);
}

/* How alike the nouns are; 0 where they do not name one thing. */
static double noun_likeness(const struct thing *a, const struct thing *b)
{
    guint n_a = g_hash_table_size(a->counted), n_b = g_hash_table_size(b->counted);
    if (n_a == 0 || n_b == 0) /* "people who are displaced" are "displaced people" */
        return (n_a ? sets_shared(a->counted, b->clause) == n_a : sets_shared(b->counted, a->clause) == n_b) ? same_noun : 0;
    double alike = sets_likeness(a->counted, b->counted);
    bool crossed = sets_shared(a->counted, b->counted) < MIN(n_a, n_b); /* "primary schools" and "secondary schools" */
    return alike >= (crossed ? same_crossed : same_noun) ? alike : 0;
}

/* Is enough the same of what is said of two like nouns? */
static bool said_alike(const struct thing *a, const struct thing *b, bool share, double *beside)
{
    guint both;
    *beside = likeness_beside(a, b, &both);
    double sentence = sets_likeness(a->sentence, b->sentence);
    if (share)
        return fmax(*beside, sentence) >= same_share && sentence >= least_share;
    if (sentence >= same_sentence)
        return true;
    if ((a->vague || b->vague) && sentence < least_vague)
        return false;
    if (!a->counts.events != !b->counts.events)
        return *beside >= same_event;
    if (a->bare && b->bare && !a->counts.events)
        return *beside >= same_bare && both >= LEAST_BARE;
    return *beside < 0 || *beside >= same_clause;
}

/* Nouns must be alike, and so must what is said of them: "civilians killed" are not "civilians displaced". A noun that says nothing ("people") takes its
 * meaning from its clause, which must then have all that the other noun says. */
double thing_likeness(const struct thing *a, const struct thing *b, bool share)
{
    if (subjects_apart(a, b))
        return 0;
    if (g_hash_table_size(a->counted) == 0 && g_hash_table_size(b->counted) == 0) {
        double alike = sets_likeness(a->clause, b->clause), sentence = sets_likeness(a->sentence, b->sentence);
        bool enough = sets_shared(a->clause, b->clause) >= (a->units && b->units ? 1 : LEAST_ALONE);
        bool told = share ? sentence >= same_share : !(a->vague || b->vague) || sentence >= least_vague;
        return enough && told && alike >= same_words && !counts_apart(&a->counts, &b->counts) ? alike : 0;
    }
    double nouns = noun_likeness(a, b), beside;
    if (nouns <= 0 || !said_alike(a, b, share, &beside) || counts_apart(&a->counts, &b->counts))
        return 0;
    return nouns + fmax(beside, 0);
}

bool thing_narrower(const struct thing *a, const struct thing *b)
{
    guint n_a = g_hash_table_size(a->counted), n_b = g_hash_table_size(b->counted);
    return n_a && n_b && n_a != n_b;
}

bool thing_one_text(const struct thing *a, const struct thing *b)
{
    if (sets_shared(a->numbers, b->numbers) >= LEAST_NUMBERS)
        return true;
    return MIN(g_hash_table_size(a->sentence), g_hash_table_size(b->sentence)) >= LEAST_COPIED && sets_likeness(a->sentence, b->sentence) >= same_copy;
}
