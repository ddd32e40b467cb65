/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/compare/diff.h"

#include "query/match.h"
#include "query/compare/thing.h"
#include "query/words/words.h"

#include <math.h>

enum { AROUND_WORDS = 4 };

/* How much each thing that agrees says that two figures are one statistic; all together 1. */
static const double w_sentence = 0.3, w_around = 0.2, w_counted = 0.2, w_place = 0.1, w_period = 0.1, w_value = 0.05, w_order = 0.05;

/* From here on they are one; and how much of the sentences' words they must share: most where the number changed, for an unlike sentence tells of something else. */
static const double one_statistic = 0.62, least_words = 0.34, least_words_changed = 0.55;

/* How much of its dated figures must be of one time, for an edition to be about it. */
static const double main_share = 0.15;

const char *change_name(enum change change)
{
    static const char *const names[CHANGES] = {"same", "changed", "qualifier", "new", "gone"};
    g_assert(change < CHANGES);
    return names[change];
}

static bool same_reading(double low, double high, double other_low, double other_high, double factor)
{
    return same_number(low, other_low * factor) && same_number(high, other_high * factor);
}

/* Do they share a reading? */
static bool same_value(const struct quantity *a, const struct quantity *b)
{
    double factor;
    if (!units_compare(a, b, &factor))
        return false;
    return same_reading(a->low, a->high, b->low, b->high, factor) || (a->ambiguous && same_reading(a->other_low, a->other_high, b->low, b->high, factor)) ||
           (b->ambiguous && same_reading(a->low, a->high, b->other_low, b->other_high, factor)) ||
           (a->ambiguous && b->ambiguous && same_reading(a->other_low, a->other_high, b->other_low, b->other_high, factor));
}

enum change change_of(const struct quantity *before, const struct quantity *now)
{
    if (!same_value(before, now))
        return CHANGE_VALUE;
    return before->qualifier == now->qualifier ? CHANGE_NONE : CHANGE_QUALIFIER;
}

double difference_by(const struct difference *difference)
{
    if (!difference->before || !difference->now)
        return NAN;
    const struct quantity *before = &difference->before->figure->quantity, *now = &difference->now->figure->quantity;
    double factor;
    bool plain = units_compare(now, before, &factor) && before->low == before->high && now->low == now->high && !before->ambiguous && !now->ambiguous;
    char text[G_ASCII_DTOSTR_BUF_SIZE]; /* to twelve digits: 4.4 − 4.3 is 0.1 */
    return plain ? g_ascii_strtod(g_ascii_formatd(text, sizeof text, "%.12g", now->low - before->low * factor), NULL) : NAN;
}

/* A figure with what it is recognised by. */
struct stated {
    const struct answer *answer;
    GArray *sentence, *around, *counted; /* guint32 stems, sorted, each once */
    char *exact, *masked;                /* keys of the first and second step */
    struct thing *thing;                 /* what it counts */
    guint order;                         /* of the figure in its sentence */
    guint like, likes;                   /* of those of its sentence with the same noun and kind, from 0; how many there are: the women of two units */
    guint partner;                       /* index on the other side, or NONE */
    bool own;                            /* it is of the time that its edition as a whole is about */
    bool repeated;                       /* without a partner, but said elsewhere in the other edition */
};

static void stated_clear(struct stated *stated)
{
    g_array_unref(stated->sentence);
    g_array_unref(stated->around);
    g_array_unref(stated->counted);
    thing_free(stated->thing);
    g_free(stated->exact);
    g_free(stated->masked);
}

static int by_number(const void *a, const void *b)
{
    guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
    return x < y ? -1 : x > y;
}

/* The stems of the terms [first, after), without numbers and words that carry no meaning. */
static GArray *stems_of(const struct words *words, guint first, guint after)
{
    GArray *stems = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint i = first; i < MIN(after, words->terms->len); i++) {
        const struct term *term = &g_array_index(words->terms, struct term, i);
        if (!(term->flags & (TERM_STOP | TERM_NUMBER)))
            g_array_append_val(stems, term->stem);
    }
    g_array_sort(stems, by_number);
    guint kept = 0;
    for (guint i = 0; i < stems->len; i++)
        if (kept == 0 || g_array_index(stems, guint32, kept - 1) != g_array_index(stems, guint32, i))
            g_array_index(stems, guint32, kept++) = g_array_index(stems, guint32, i);
    g_array_set_size(stems, kept);
    return stems;
}

/* How alike two sets are, 0 … 1; two empty ones say nothing. */
static double alike(const GArray *a, const GArray *b)
{
    guint both = 0;
    for (guint i = 0, k = 0; i < a->len && k < b->len;) {
        guint32 x = g_array_index(a, guint32, i), y = g_array_index(b, guint32, k);
        both += x == y;
        i += x <= y;
        k += y <= x;
    }
    return a->len + b->len == 0 ? 0.5 : 2.0 * both / (a->len + b->len);
}

/* White space collapsed; masked: every number is one sign. */
static char *key_of(struct slice quote, bool masked, guint order, const char *heading)
{
    g_autoptr(GString) key = g_string_new(NULL);
    for (size_t i = 0; i < quote.len; i++) {
        char c = quote.ptr[i];
        bool digit = g_ascii_isdigit(c), part = masked && key->len > 0 && key->str[key->len - 1] == '#';
        bool inside = (c == ',' || c == '.') && i + 1 < quote.len && g_ascii_isdigit(quote.ptr[i + 1]);
        if (masked && (digit || (part && inside))) {
            if (!part)
                g_string_append_c(key, '#');
        } else if (g_ascii_isspace(c)) {
            if (key->len > 0 && key->str[key->len - 1] != ' ')
                g_string_append_c(key, ' ');
        } else {
            g_string_append_c(key, c);
        }
    }
    g_string_append_printf(key, "\x1f%u\x1f%s", order, masked && heading ? heading : "");
    return g_string_free(g_steal_pointer(&key), FALSE);
}

static struct stated state(const struct answer *answer, guint order)
{
    const struct lexis *lexis = lexis_of(answer->document->metadata.language);
    const struct figure_row *figure = answer->figure;
    struct slice quote = answer_quote(answer);
    struct words *words = words_new(lexis, quote), *counted = words_new(lexis, slice_of(figure->counted ? figure->counted : ""));
    uint32_t from = figure->span.start - answer_quote_span(answer).start, to = figure->span.end - answer_quote_span(answer).start;
    guint first = 0, after;
    while (first < words->terms->len && g_array_index(words->terms, struct term, first).end <= from)
        first++;
    for (after = first; after < words->terms->len && g_array_index(words->terms, struct term, after).start < to;)
        after++;
    struct stated stated = {
        .answer = answer,
        .thing = thing_new(answer),
        .sentence = stems_of(words, 0, words->terms->len),
        .around = stems_of(words, first > AROUND_WORDS ? first - AROUND_WORDS : 0, after + AROUND_WORDS),
        .counted = stems_of(counted, 0, counted->terms->len),
        .exact = key_of(quote, false, order, NULL),
        .masked = key_of(quote, true, order, answer->passage->heading),
        .order = order,
        .partner = NONE,
    };
    words_free(words);
    words_free(counted);
    return stated;
}

/* The time that an edition is about: the one that most of its dated figures have, if that is a good part of them; NULL: none. Borrowed. */
static const char *main_period(const GPtrArray *answers)
{
    g_autoptr(GHashTable) times = g_hash_table_new(g_str_hash, g_str_equal);
    const char *most = NULL;
    guint dated = 0, best = 0;
    for (guint i = 0; i < answers->len; i++) {
        const char *period = ((const struct answer *)g_ptr_array_index(answers, i))->figure->period;
        if (!period)
            continue;
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(times, period)) + 1;
        g_hash_table_insert(times, (gpointer)period, GUINT_TO_POINTER(n));
        dated++;
        if (n > best) {
            best = n;
            most = period;
        }
    }
    return best > 0 && best >= main_share * dated ? most : NULL;
}

/* The figures from `first` on are those of one sentence. */
static void count_likes(GArray *all, guint first)
{
    for (guint i = first; i < all->len; i++) {
        struct stated *stated = &g_array_index(all, struct stated, i);
        for (guint k = first; k < all->len; k++) {
            const struct figure_row *x = stated->answer->figure, *y = g_array_index(all, struct stated, k).answer->figure;
            bool alike = x->quantity.kind == y->quantity.kind && g_strcmp0(x->counted, y->counted) == 0;
            stated->likes += alike;
            stated->like += alike && k < i;
        }
    }
}

static GArray *state_all(const GPtrArray *answers)
{
    const char *period = main_period(answers);
    GArray *all = g_array_sized_new(FALSE, FALSE, sizeof(struct stated), answers->len);
    g_array_set_clear_func(all, (GDestroyNotify)stated_clear);
    guint order = 0, first = 0;
    for (guint i = 0; i < answers->len; i++) {
        const struct answer *answer = g_ptr_array_index(answers, i), *before = i ? g_ptr_array_index(answers, i - 1) : NULL;
        bool same = before && before->document == answer->document && answer_quote_span(before).start == answer_quote_span(answer).start;
        order = same ? order + 1 : 0;
        if (!same) {
            count_likes(all, first);
            first = i;
        }
        struct stated stated = state(answer, order);
        stated.own = answer->figure->period && (answer->figure->period_scope == SCOPE_DOCUMENT || g_strcmp0(answer->figure->period, period) == 0);
        g_array_append_val(all, stated);
    }
    count_likes(all, first);
    return all;
}

static struct stated *at(const GArray *all, guint i)
{
    return &g_array_index(all, struct stated, i);
}

/* How the times stand. "As at 10 September" in one situation report is "as at 19 September" in the next: each is of its own edition's time. */
static enum relation times_relation(const struct stated *a, const struct stated *b)
{
    enum relation relation = period_relation(a->answer->figure->period, b->answer->figure->period);
    return relation == RELATION_APART && a->own && b->own ? RELATION_UNKNOWN : relation;
}

/* Where a cell's head ends and its row begins in "Number · Suspected cases"; NULL: it is no cell. */
static const char *row_of(const char *counted)
{
    static const char part[] = " · ";
    const char *at = counted ? g_strrstr(counted, part) : NULL;
    return at ? at + strlen(part) : NULL;
}

static GArray *stems_of_text(const struct lexis *lexis, struct slice text)
{
    struct words *words = words_new(lexis, text);
    GArray *stems = stems_of(words, 0, words->terms->len);
    words_free(words);
    return stems;
}

static guint shared(const GArray *a, const GArray *b)
{
    guint both = 0;
    for (guint i = 0; i < a->len; i++)
        for (guint k = 0; k < b->len; k++)
            both += g_array_index(a, guint32, i) == g_array_index(b, guint32, k);
    return both;
}

/* Cells of tables: heads that share less than half their words ("Evolution", "since the last report") are two columns ("%" beside words, too); rows that each name
 * what the other does not ("Total number of contacts", "Number of lost contacts") are two rows. */
bool cells_apart(const char *counted, const char *other, const char *language)
{
    const char *row = row_of(counted), *other_row = row_of(other);
    if (!row || !other_row)
        return false;
    const struct lexis *lexis = lexis_of(language);
    g_autoptr(GArray) head = stems_of_text(lexis, slice_make(counted, (size_t)(row - counted))), other_head = stems_of_text(lexis, slice_make(other, (size_t)(other_row - other)));
    g_autoptr(GArray) own = stems_of_text(lexis, slice_of(row)), theirs = stems_of_text(lexis, slice_of(other_row));
    bool heads = (head->len > 0 || other_head->len > 0) && alike(head, other_head) < 0.5;
    guint both = shared(own, theirs);
    return heads || (both < own->len && both < theirs->len);
}

/* May they be one statistic at all? */
static bool may_be_one(const struct stated *a, const struct stated *b)
{
    const struct figure_row *x = a->answer->figure, *y = b->answer->figure;
    double factor;
    return !cells_apart(x->counted, y->counted, a->answer->document->metadata.language) && units_compare(&x->quantity, &y->quantity, &factor) && (x->quantity.kind == KIND_RATE) == (y->quantity.kind == KIND_RATE) &&
           places_relation(x->places, x->n_places, y->places, y->n_places) != RELATION_APART && times_relation(a, b) != RELATION_APART;
}

static void pair(GArray *before, guint i, GArray *now, guint k)
{
    at(before, i)->partner = k;
    at(now, k)->partner = i;
}

/* key → GArray of guint: indexes of those without a partner, in order. */
static GHashTable *by_key(const GArray *all, bool masked)
{
    GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
    for (guint i = 0; i < all->len; i++) {
        char *key = masked ? at(all, i)->masked : at(all, i)->exact;
        if (at(all, i)->partner != NONE)
            continue;
        GArray *list = g_hash_table_lookup(table, key);
        if (!list) {
            list = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_insert(table, key, list);
        }
        g_array_append_val(list, i);
    }
    return table;
}

/* Sentences that are one: the first with the first, and so on. Numbers may differ (masked) only where both editions have as many sentences of that kind. */
static void pair_by_key(GArray *before, GArray *now, bool masked)
{
    g_autoptr(GHashTable) olds = by_key(before, masked), news = by_key(now, masked);
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, olds);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const GArray *ours = value, *theirs = g_hash_table_lookup(news, key);
        if (!theirs || (masked && ours->len != theirs->len))
            continue;
        for (guint i = 0; i < MIN(ours->len, theirs->len); i++) {
            guint a = g_array_index(ours, guint, i), b = g_array_index(theirs, guint, i);
            if (may_be_one(at(before, a), at(now, b)))
                pair(before, a, now, b);
        }
    }
}

static double relation_score(enum relation relation)
{
    return relation == RELATION_SAME ? 1 : relation == RELATION_UNKNOWN ? 0.5 : 0.7;
}

/* "1,601 officers, of them 210 women, and 56 experts, 20 of them women": where a noun comes again, only the first is the first of the other sentence, and only where
 * that has about as many. */
static bool likes_apart(const struct stated *a, const struct stated *b)
{
    return (a->likes > 1 || b->likes > 1) && (a->like != b->like || MAX(a->likes, b->likes) - MIN(a->likes, b->likes) > 1);
}

static double score_of(const struct stated *a, const struct stated *b)
{
    const struct figure_row *x = a->answer->figure, *y = b->answer->figure;
    double sentence = alike(a->sentence, b->sentence);
    bool same = same_value(&x->quantity, &y->quantity);
    if (sentence < (same ? least_words : least_words_changed) || likes_apart(a, b) || !may_be_one(a, b) || thing_apart(a->thing, b->thing))
        return 0;
    return w_sentence * sentence + w_around * alike(a->around, b->around) + w_counted * alike(a->counted, b->counted) +
           w_place * relation_score(places_relation(x->places, x->n_places, y->places, y->n_places)) + w_period * relation_score(times_relation(a, b)) +
           w_value * same + w_order * (a->order == b->order);
}

struct candidate_pair {
    double score;
    guint before, now;
};

static int by_score(const void *a, const void *b)
{
    const struct candidate_pair *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->before != y->before)
        return x->before < y->before ? -1 : 1;
    return x->now < y->now ? -1 : x->now > y->now;
}

/* What is left: the most alike first. One that is left over may repeat what has its partner already. */
static void pair_by_likeness(GArray *before, GArray *now)
{
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(struct candidate_pair));
    for (guint i = 0; i < before->len; i++)
        for (guint k = 0; k < now->len; k++) {
            struct stated *a = at(before, i), *b = at(now, k);
            if (a->partner != NONE && b->partner != NONE)
                continue;
            struct candidate_pair found = {score_of(a, b), i, k};
            if (found.score < one_statistic)
                continue;
            if (change_of(&a->answer->figure->quantity, &b->answer->figure->quantity) == CHANGE_NONE)
                a->repeated = b->repeated = true;
            if (a->partner == NONE && b->partner == NONE)
                g_array_append_val(pairs, found);
        }
    g_array_sort(pairs, by_score);
    for (guint i = 0; i < pairs->len; i++) {
        const struct candidate_pair *found = &g_array_index(pairs, struct candidate_pair, i);
        if (at(before, found->before)->partner == NONE && at(now, found->now)->partner == NONE)
            pair(before, found->before, now, found->now);
    }
}

GArray *diff_figures(const GPtrArray *before_answers, const GPtrArray *now_answers)
{
    g_autoptr(GArray) before = state_all(before_answers), now = state_all(now_answers);
    pair_by_key(before, now, false);
    pair_by_key(before, now, true);
    pair_by_likeness(before, now);
    GArray *differences = g_array_new(FALSE, FALSE, sizeof(struct difference));
    for (guint k = 0; k < now->len; k++) {
        const struct stated *stated = at(now, k);
        const struct answer *old = stated->partner == NONE ? NULL : at(before, stated->partner)->answer;
        struct difference difference = {stated->repeated ? CHANGE_NONE : CHANGE_NEW, old, stated->answer};
        if (old)
            difference.change = change_of(&old->figure->quantity, &stated->answer->figure->quantity);
        g_array_append_val(differences, difference);
    }
    for (guint i = 0; i < before->len; i++) {
        const struct stated *stated = at(before, i);
        struct difference difference = {stated->repeated ? CHANGE_NONE : CHANGE_GONE, stated->answer, NULL};
        if (stated->partner == NONE)
            g_array_append_val(differences, difference);
    }
    return differences;
}
