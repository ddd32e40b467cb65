/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/compare/compare.h"

#include "query/match.h"

/* How alike the titles of two editions are; what a group gains where it has the same number, or the same time. */
static const double same_title = 0.75, number_worth = 1, period_worth = 0.5;

static const char *const names[DIFFERENCES] = {
    [DIFFERENCE_PERIOD] = "not of quite the same time",
    [DIFFERENCE_UNDATED] = "a time is not given",
    [DIFFERENCE_WRITTEN] = "documents of different dates",
    [DIFFERENCE_PLACE] = "one names a place more",
    [DIFFERENCE_UNIT] = "households against persons",
    [DIFFERENCE_COUNTED] = "one says more narrowly what is counted",
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
    g_ptr_array_unref(comparison->notes);
    g_array_unref(comparison->origins);
    g_free(comparison->happened);
    g_free(comparison);
}

static bool is_household(const struct figure_row *figure)
{
    return g_strcmp0(figure->unit, "{household}") == 0;
}

static bool is_share(const struct figure_row *figure)
{
    return figure->quantity.kind == KIND_PERCENT || figure->quantity.kind == KIND_FRACTION;
}

/* A figure that looks for its like. */
struct sought {
    struct answer *answer;
    struct thing *thing; /* owned */
    struct days days;
    bool dated;
};

static void sought_free(void *data)
{
    struct sought *sought = data;
    thing_free(sought->thing);
    g_free(sought);
}

static struct sought *sought_new(struct answer *answer)
{
    struct sought *sought = g_new0(struct sought, 1);
    sought->answer = answer;
    sought->thing = thing_new(answer);
    sought->dated = answer->figure->period && days_from_edtf(answer->figure->period, &sought->days);
    return sought;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_people(const struct figure_row *figure)
{
    return is_household(figure) || g_strcmp0(figure->unit, "{person}") == 0;
}

/* Figures whose keys differ are never compared: kind and unit (persons and households together), and the countries of their places, or what else names them. */
static char *key_of(const struct figure_row *figure)
{
    bool people = figure->quantity.kind == KIND_COUNT && is_people(figure);
    const char *unit = people ? "people" : is_share(figure) || !figure->unit ? "" : figure->unit;
    g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(g_free);
    for (uint32_t i = 0; i < figure->n_places; i++) {
        const char *iso = figure->places[i].iso, *name = figure->places[i].name;
        g_ptr_array_add(places, iso ? g_strndup(iso, 2) : g_utf8_casefold(name ? name : "", -1));
    }
    g_ptr_array_sort(places, by_text);
    GString *key = g_string_new(NULL);
    g_string_append_printf(key, "%d\x1f%s", is_share(figure) ? (int)KIND_PERCENT : (int)figure->quantity.kind, unit);
    for (guint i = 0; i < places->len; i++)
        if (i == 0 || strcmp(g_ptr_array_index(places, i), g_ptr_array_index(places, i - 1)) != 0)
            g_string_append_printf(key, "\x1f%s", (const char *)g_ptr_array_index(places, i));
    return g_string_free(key, FALSE);
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

static bool fits(const struct quantity *a, const struct quantity *b)
{
    return match_value(a, b) < VALUE_DIFFERS || match_value(b, a) < VALUE_DIFFERS;
}

static enum relation times_relation(const struct sought *a, const struct sought *b)
{
    return a->dated && b->dated ? days_relation(&a->days, &b->days) : RELATION_UNKNOWN;
}

/* A sentence states a statistic once, and a document states no other number for it: its other figures are of something else. */
static bool other_statistic(const struct answer *a, const struct answer *b)
{
    if (a->document != b->document)
        return false;
    bool sentence = answer_quote_span(a).start == answer_quote_span(b).start && answer_quote_span(a).end == answer_quote_span(b).end;
    return sentence || !fits(&a->figure->quantity, &b->figure->quantity);
}

/* How much two figures are one statistic; 0: they are not. A time that is not given parts nothing. */
static double likeness(const struct sought *a, const struct sought *b)
{
    const struct figure_row *x = a->answer->figure, *y = b->answer->figure;
    enum relation times = times_relation(a, b);
    if (times == RELATION_APART || other_statistic(a->answer, b->answer) || !places_among(x, y) || !places_among(y, x))
        return 0;
    double alike = thing_likeness(a->thing, b->thing, is_share(x));
    if (alike <= 0)
        return 0;
    bool same = same_number(x->quantity.low, y->quantity.low) && same_number(x->quantity.high, y->quantity.high);
    return alike + (same ? number_worth : 0) + (times == RELATION_SAME ? period_worth : 0);
}

/* How much a figure belongs to a group: likeness to the first alone would let a chain of small steps in. */
static double belongs(const GPtrArray *group, const struct sought *sought)
{
    double sum = 0;
    for (guint i = 0; i < group->len; i++) {
        double alike = likeness(g_ptr_array_index(group, i), sought);
        if (alike <= 0)
            return 0;
        sum += alike;
    }
    return sum / group->len;
}

/* "A woman was arrested", "two boys were hurt" without a time of their own tell of one event, and the next report's of another. */
static bool is_event(const struct figure_row *figure)
{
    enum { FEW = 10 };
    const struct quantity *quantity = &figure->quantity;
    bool timed = figure->period && figure->period_scope <= SCOPE_SENTENCE, total = figure->counted && strstr(figure->counted, "total");
    return quantity->kind == KIND_COUNT && quantity->high < FEW && is_people(figure) && !timed && !total;
}

/* "Aged 5 to 9", "under the age of 6" say who is counted, "for the next five years" says how long. */
static bool is_no_statistic(const struct figure_row *figure)
{
    const struct quantity *quantity = &figure->quantity;
    bool group = quantity->kind == KIND_AGE && (quantity->low != quantity->high || quantity->qualifier != QUALIFIER_EXACT);
    return group || is_event(figure) || (quantity->kind == KIND_DURATION && !figure->counted);
}

/* Puts each figure to the group that it belongs to most. `groups`: GPtrArray of GPtrArray of struct sought *, owned, in the order of their first figures. */
static void gather(const GPtrArray *answers, GPtrArray *groups)
{
    g_autoptr(GHashTable) alike = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref); /* key → its groups */
    for (guint i = 0; i < answers->len; i++) {
        if (is_no_statistic(((const struct answer *)g_ptr_array_index(answers, i))->figure))
            continue;
        struct sought *sought = sought_new(g_ptr_array_index(answers, i));
        g_autofree char *key = key_of(sought->answer->figure);
        GPtrArray *here = g_hash_table_lookup(alike, key), *best = NULL;
        if (!here) {
            here = g_ptr_array_new();
            g_hash_table_insert(alike, g_steal_pointer(&key), here);
        }
        double most = 0;
        for (guint g = 0; g < here->len; g++) {
            double much = belongs(g_ptr_array_index(here, g), sought);
            if (much > most) {
                most = much;
                best = g_ptr_array_index(here, g);
            }
        }
        if (!best) {
            best = g_ptr_array_new_with_free_func(sought_free);
            g_ptr_array_add(here, best);
            g_ptr_array_add(groups, best);
        }
        g_ptr_array_add(best, sought);
    }
}

static bool is_day(const struct sought *sought)
{
    return sought->days.first == INT32_MIN || sought->days.last - sought->days.first < 7;
}

static bool same_publication(const struct document_row *a, const struct document_row *b)
{
    const struct metadata *x = &a->metadata, *y = &b->metadata;
    if (a == b || !x->title || !y->title || g_strcmp0(x->date, y->date) == 0 || g_strcmp0(x->publisher, y->publisher) != 0)
        return false;
    const char *const titles[] = {x->title, y->title};
    GHashTable *sets[2];
    for (size_t i = 0; i < 2; i++) {
        struct words *words = words_new(lexis_of(a->metadata.language), slice_of(titles[i]));
        sets[i] = g_hash_table_new(NULL, NULL);
        set_add_words(sets[i], words, 0, words->terms->len, NULL);
        words_free(words);
    }
    bool same = sets_likeness(sets[0], sets[1]) >= same_title;
    g_hash_table_unref(sets[0]);
    g_hash_table_unref(sets[1]);
    return same;
}

/* What may explain that two figures differ: a mask of 1 << enum difference. */
static uint32_t differences_of(const struct sought *a, const struct sought *b)
{
    const struct figure_row *x = a->answer->figure, *y = b->answer->figure;
    enum relation time = times_relation(a, b), place = places_relation(x->places, x->n_places, y->places, y->n_places);
    const char *dates[] = {a->answer->document->metadata.date, b->answer->document->metadata.date};
    bool undated = !x->period || !y->period;
    const bool found[DIFFERENCES] = {
        [DIFFERENCE_PERIOD] = time != RELATION_SAME && time != RELATION_UNKNOWN,
        [DIFFERENCE_UNDATED] = undated,
        [DIFFERENCE_WRITTEN] = undated && dates[0] && dates[1] && !g_str_equal(dates[0], dates[1]),
        [DIFFERENCE_PLACE] = place == RELATION_WITHIN || place == RELATION_AROUND || place == RELATION_OVERLAPS || x->n_places != y->n_places,
        [DIFFERENCE_UNIT] = is_household(x) != is_household(y),
        [DIFFERENCE_COUNTED] = is_household(x) == is_household(y) && thing_narrower(a->thing, b->thing),
        [DIFFERENCE_STOCK] = a->dated && b->dated && is_day(a) != is_day(b),
        [DIFFERENCE_EDITION] = same_publication(a->answer->document, b->answer->document),
        [DIFFERENCE_QUALIFIER] = x->quantity.qualifier != y->quantity.qualifier,
    };
    uint32_t mask = 0;
    for (int i = 0; i < DIFFERENCES; i++)
        mask |= found[i] ? 1u << i : 0;
    return mask;
}

static void find_conflicts(struct comparison *comparison, const GPtrArray *group)
{
    bool unexplained = false;
    for (guint i = 0; i < group->len; i++)
        for (guint k = 0; k < i; k++) {
            const struct sought *a = g_ptr_array_index(group, i), *b = g_ptr_array_index(group, k);
            if (fits(&a->answer->figure->quantity, &b->answer->figure->quantity))
                continue;
            uint32_t found = differences_of(a, b);
            comparison->conflict = true;
            comparison->differences |= found;
            unexplained |= found == 0;
        }
    if (unexplained)
        comparison->differences = 0; /* one pair has nothing to explain it */
}

/* Numbers origins in the order of their first statements; whoever shares one with two others makes them one. */
static void number_origins(struct comparison *comparison, const GPtrArray *group)
{
    g_autofree guint *first = g_new(guint, group->len);
    for (guint i = 0; i < group->len; i++) {
        const struct sought *a = g_ptr_array_index(group, i);
        const struct statement one = {a->answer, a->thing, g_ptr_array_index(comparison->notes, i)};
        first[i] = i;
        for (guint k = 0; k < i; k++) {
            const struct sought *b = g_ptr_array_index(group, k);
            const struct statement other = {b->answer, b->thing, g_ptr_array_index(comparison->notes, k)};
            if (first[k] == first[i] || !same_origin(&one, &other))
                continue;
            guint from = MAX(first[i], first[k]), to = MIN(first[i], first[k]);
            for (guint j = 0; j <= i; j++)
                first[j] = first[j] == from ? to : first[j];
        }
    }
    g_autofree uint32_t *number = g_new0(uint32_t, group->len);
    for (guint i = 0; i < group->len; i++) {
        if (first[i] == i)
            number[i] = ++comparison->n_origins;
        g_array_append_val(comparison->origins, number[first[i]]);
    }
}

static guint count_documents(const GPtrArray *group)
{
    g_autoptr(GHashTable) documents = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < group->len; i++)
        g_hash_table_add(documents, (gpointer)((const struct sought *)g_ptr_array_index(group, i))->answer->document);
    return g_hash_table_size(documents);
}

static bool comparison_of(const GPtrArray *group, struct note_chain *chain, struct comparison **ret, GError **error)
{
    struct comparison *comparison = g_new0(struct comparison, 1);
    const struct sought *first = g_ptr_array_index(group, 0);
    comparison->answers = g_ptr_array_new();
    comparison->notes = g_ptr_array_new();
    comparison->origins = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    comparison->n_documents = count_documents(group);
    for (guint i = 0; i < group->len; i++) {
        struct answer *answer = ((const struct sought *)g_ptr_array_index(group, i))->answer;
        const char *note;
        if (!note_chain_text(chain, answer->figure, &note, error)) {
            comparison_free(comparison);
            return false;
        }
        g_ptr_array_add(comparison->answers, answer);
        g_ptr_array_add(comparison->notes, (gpointer)note);
    }
    if (first->thing->counts.n_groups || is_household(first->answer->figure) || g_strcmp0(first->answer->figure->unit, "{person}") == 0)
        comparison->happened = counts_happened(lexis_of(first->answer->document->metadata.language), &first->thing->counts, first->answer->figure->counted);
    find_conflicts(comparison, group);
    number_origins(comparison, group);
    *ret = comparison;
    return true;
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

bool compare_figures(const GPtrArray *answers, struct note_chain *chain, GPtrArray **ret, GError **error)
{
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref), repeated = g_ptr_array_new_with_free_func((GDestroyNotify)comparison_free);
    gather(answers, groups);
    for (guint i = 0; i < groups->len; i++) {
        struct comparison *comparison;
        if (count_documents(g_ptr_array_index(groups, i)) < 2)
            continue;
        if (!comparison_of(g_ptr_array_index(groups, i), chain, &comparison, error))
            return false;
        g_ptr_array_add(repeated, comparison);
    }
    g_ptr_array_sort(repeated, by_size);
    *ret = g_steal_pointer(&repeated);
    return true;
}
