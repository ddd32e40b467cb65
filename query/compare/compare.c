/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/compare/parts.h"

/* How alike the titles of two editions are. */
static const double same_title = 0.75;

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

/* How much a figure belongs to a group: likeness to the first alone would let a chain of small steps in. */
static double belongs(const GPtrArray *group, const struct sought *sought, double (*alike)(const struct sought *, const struct sought *))
{
    double sum = 0;
    for (guint i = 0; i < group->len; i++) {
        double much = alike(g_ptr_array_index(group, i), sought);
        if (much <= 0)
            return 0;
        sum += much;
    }
    return sum / group->len;
}

static bool is_any(const struct sought *sought)
{
    (void)sought;
    return true;
}

/* Puts each figure to the group that it belongs to most: GPtrArray of GPtrArray of struct sought *, borrowed, in the order of their first figures. */
static GPtrArray *gather(const GPtrArray *all, double (*alike)(const struct sought *, const struct sought *), bool (*wanted)(const struct sought *))
{
    GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref); /* key → its groups */
    for (guint i = 0; i < all->len; i++) {
        struct sought *sought = g_ptr_array_index(all, i);
        if (!wanted(sought))
            continue;
        g_autofree char *key = key_of(sought->answer->figure);
        GPtrArray *here = g_hash_table_lookup(by_key, key), *best = NULL;
        if (!here) {
            here = g_ptr_array_new();
            g_hash_table_insert(by_key, g_steal_pointer(&key), here);
        }
        double most = 0;
        for (guint g = 0; g < here->len; g++) {
            double much = belongs(g_ptr_array_index(here, g), sought, alike);
            if (much > most) {
                most = much;
                best = g_ptr_array_index(here, g);
            }
        }
        if (!best) {
            best = g_ptr_array_new();
            g_ptr_array_add(here, best);
            g_ptr_array_add(groups, best);
        }
        g_ptr_array_add(best, sought);
    }
    return groups;
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

/* What is said of one time first, then what is said of several. */
static int by_size(const void *a, const void *b)
{
    const struct comparison *const *x = a, *const *y = b;
    if ((*x)->series != (*y)->series)
        return (*x)->series ? 1 : -1;
    if ((*x)->n_documents != (*y)->n_documents)
        return (*x)->n_documents > (*y)->n_documents ? -1 : 1;
    if ((*x)->answers->len != (*y)->answers->len)
        return (*x)->answers->len > (*y)->answers->len ? -1 : 1;
    const struct answer *one = g_ptr_array_index((*x)->answers, 0), *other = g_ptr_array_index((*y)->answers, 0);
    return one->figure->rowid < other->figure->rowid ? -1 : one->figure->rowid > other->figure->rowid;
}

/* Does one of the comparisons say it all already? */
static bool is_told(const GPtrArray *group, const GPtrArray *comparisons)
{
    for (guint i = 0; i < comparisons->len; i++) {
        const struct comparison *comparison = g_ptr_array_index(comparisons, i);
        guint found = 0;
        while (found < group->len && g_ptr_array_find(comparison->answers, ((const struct sought *)g_ptr_array_index(group, found))->answer, NULL))
            found++;
        if (found == group->len)
            return true;
    }
    return false;
}

static bool add_comparisons(const GPtrArray *groups, bool series, struct note_chain *chain, GPtrArray *comparisons, GError **error)
{
    for (guint i = 0; i < groups->len; i++) {
        struct comparison *comparison;
        GPtrArray *group = g_ptr_array_index(groups, i);
        if (count_documents(group) < 2 || (series && (!is_series(group) || is_told(group, comparisons))))
            continue;
        if (!comparison_of(group, chain, &comparison, error))
            return false;
        comparison->series = series;
        comparison->conflict = comparison->conflict && !series;
        g_ptr_array_add(comparisons, comparison);
    }
    return true;
}

bool compare_figures(const GPtrArray *answers, struct note_chain *chain, GPtrArray **ret, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(sought_free);
    for (guint i = 0; i < answers->len; i++)
        if (!is_no_statistic(((const struct answer *)g_ptr_array_index(answers, i))->figure))
            g_ptr_array_add(all, sought_new(g_ptr_array_index(answers, i)));
    g_autoptr(GPtrArray) groups = gather(all, likeness, is_any), series = gather(all, likeness_over_time, may_be_series);
    g_autoptr(GPtrArray) comparisons = g_ptr_array_new_with_free_func((GDestroyNotify)comparison_free);
    if (!add_comparisons(groups, false, chain, comparisons, error) || !add_comparisons(series, true, chain, comparisons, error))
        return false;
    g_ptr_array_sort(comparisons, by_size);
    *ret = g_steal_pointer(&comparisons);
    return true;
}
