/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/lengths.h"
#include "index/postings.h"
#include "index/score.h"

#include "ingest/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* More than two blocks of passages. */
enum { PASSAGES = 20000, PHRASES = 24, QUESTIONS = 60 };

/* Passages of random lengths and zones, and random phrases in them: rare and common ones. */
struct world {
    struct ranking ranking;
    uint32_t times[PHRASES][PASSAGES];
    GRand *random;
};

static const char *phrase_text(uint32_t phrase)
{
    static char text[16];
    g_snprintf(text, sizeof text, "phrase %u", phrase);
    return text;
}

static int world_open(void **state)
{
    struct world *world = g_new0(struct world, 1);
    world->random = g_rand_new_with_seed(7);
    world->ranking = (struct ranking){.n = PASSAGES, .average = 20, .words = g_new(uint16_t, PASSAGES)};
    struct ranked all = {.document = 1, .n = PASSAGES, .loaded = true};
    world->ranking.documents = g_array_new(FALSE, FALSE, sizeof all);
    g_array_append_val(world->ranking.documents, all);
    world->ranking.postings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, postings_free);
    for (uint32_t i = 0; i < PASSAGES; i++)
        world->ranking.words[i] = length_word((uint32_t)g_rand_int_range(world->random, 1, i % 100 ? 60 : 3000), (enum zone)g_rand_int_range(world->random, ZONE_BODY, ZONE_NOTE + 1));
    for (uint32_t p = 0; p < PHRASES; p++) {
        struct postings *postings = postings_new();
        for (uint32_t i = 0; i < PASSAGES; i++)
            if (g_rand_int_range(world->random, 0, 2 + (int)(p * p * p)) == 0) {
                world->times[p][i] = g_rand_int_range(world->random, 0, 4) ? 1 : (uint32_t)g_rand_int_range(world->random, 2, 300);
                struct entry entry = {i, world->times[p][i]};
                postings_add(postings, &entry, 1);
            }
        ranking_keep(&world->ranking, phrase_text(p), postings);
    }
    *state = world;
    return 0;
}

static int world_close(void **state)
{
    struct world *world = *state;
    g_hash_table_unref(world->ranking.postings);
    g_array_unref(world->ranking.documents);
    g_free(world->ranking.words);
    g_rand_free(world->random);
    g_free(world);
    return 0;
}

static void postings_come_back(void **state)
{
    struct world *world = *state;
    for (uint32_t p = 0; p < PHRASES; p++) {
        const struct postings *postings = ranking_recall(&world->ranking, phrase_text(p));
        struct posting at = postings_begin(postings);
        uint32_t n = 0;
        for (uint32_t i = 0; i < PASSAGES; i++) {
            if (world->times[p][i] == 0)
                continue;
            assert_true(posting_next(&at));
            assert_int_equal(at.passage, i);
            assert_int_equal(at.times, world->times[p][i]);
            n++;
        }
        assert_false(posting_next(&at));
        assert_int_equal(postings->n, n);
    }
}

/* A few clauses of a few alternatives of a few groups of a few phrases. */
static struct expression random_expression(GRand *random)
{
    static const enum rank_sort sorts[] = {RANK_OPTIONAL, RANK_OPTIONAL, RANK_REQUIRED, RANK_EXCLUDED};
    struct expression e = {.phrases = g_array_new(FALSE, FALSE, sizeof(struct rank_phrase))};
    for (int clauses = g_rand_int_range(random, 1, 5); clauses > 0; clauses--) {
        enum rank_sort sort = sorts[g_rand_int_range(random, 0, G_N_ELEMENTS(sorts))];
        e.clauses++;
        e.required += sort == RANK_REQUIRED;
        for (int alternatives = g_rand_int_range(random, 1, 3); alternatives > 0; alternatives--) {
            e.alternatives++;
            for (int groups = g_rand_int_range(random, 1, 4); groups > 0; groups--) {
                e.groups++;
                for (int phrases = g_rand_int_range(random, 1, 4); phrases > 0; phrases--) {
                    double weight = sort == RANK_EXCLUDED || (sort == RANK_REQUIRED && phrases > 2) ? 0 : 1.0 / phrases;
                    struct rank_phrase phrase = {e.clauses, e.alternatives, e.groups, sort, weight, 0, g_strdup(phrase_text((uint32_t)g_rand_int_range(random, 0, PHRASES))), NULL, 0, false};
                    g_array_append_val(e.phrases, phrase);
                }
            }
        }
    }
    return e;
}

static void expression_free_phrases(struct expression *e)
{
    for (guint p = 0; p < e->phrases->len; p++)
        g_free(g_array_index(e->phrases, struct rank_phrase, p).match);
    g_array_unref(e->phrases);
}

/* The same by the words of rank.h, a passage at a time; below 0: it is not found. */
static double rank_of(const struct world *world, const struct expression *e, uint32_t passage)
{
    double score = 0, norm = rank_norm(&world->ranking, length_tokens(world->ranking.words[passage]));
    uint32_t required = 0, optional = 0, p = 0;
    while (p < e->phrases->len) {
        const struct rank_phrase *first = &g_array_index(e->phrases, struct rank_phrase, p), *phrase = first;
        bool clause = false;
        while (p < e->phrases->len && phrase->clause == first->clause) {
            double sums[8], best = 0;
            uint32_t alternative = phrase->alternative, groups = 0;
            bool all = true;
            while (p < e->phrases->len && phrase->alternative == alternative) {
                uint32_t group = phrase->group;
                bool met = false;
                best = 0;
                for (; p < e->phrases->len && phrase->group == group; phrase = &g_array_index(e->phrases, struct rank_phrase, ++p)) {
                    uint32_t times = world->times[strtoul(phrase->match + strlen("phrase "), NULL, 10)][passage];
                    met = met || times > 0;
                    best = times > 0 ? MAX(best, rank_worth(phrase, times, norm)) : best;
                }
                all = all && met;
                sums[groups++] = best;
            }
            for (uint32_t g = 0; all && g < groups; g++)
                score += sums[g];
            clause = clause || all;
        }
        if (clause && first->sort == RANK_EXCLUDED)
            return -1;
        required += clause && first->sort == RANK_REQUIRED;
        optional += clause && first->sort == RANK_OPTIONAL;
    }
    return required == e->required && required + optional > 0 ? score * rank_zone(world->ranking.words[passage]) : -1;
}

static double note_rank(void *ranks, uint32_t number, double rank)
{
    assert_true(((double *)ranks)[number] < 0); /* once */
    ((double *)ranks)[number] = rank;
    return 0;
}

static void ranks_as_said(void **state)
{
    struct world *world = *state;
    g_autofree double *ranks = g_new(double, PASSAGES);
    for (int question = 0; question < QUESTIONS; question++) {
        struct expression e = random_expression(world->random);
        for (uint32_t i = 0; i < PASSAGES; i++)
            ranks[i] = -1;
        assert_true(score_passages(NULL, &world->ranking, &e, note_rank, ranks, NULL));
        for (uint32_t i = 0; i < PASSAGES; i++)
            if (ranks[i] != rank_of(world, &e, i))
                fail_msg("question %d, passage %u: %.17g, not %.17g", question, i, ranks[i], rank_of(world, &e, i));
        expression_free_phrases(&e);
    }
}

static double note_best(void *best, uint32_t number, double rank)
{
    (void)number;
    *(double *)best = MAX(*(double *)best, rank);
    return *(double *)best;
}

/* Who wants only better ones is still given the best. */
static void keeps_the_best(void **state)
{
    struct world *world = *state;
    g_autofree double *ranks = g_new(double, PASSAGES);
    struct rank_phrase phrases[] = {{1, 1, 1, RANK_OPTIONAL, 1, 0, "phrase 1", NULL, 0, false}, {2, 2, 2, RANK_OPTIONAL, 1, 0, "phrase 6", NULL, 0, false}};
    struct expression e = {.phrases = g_array_new(FALSE, FALSE, sizeof phrases[0]), .clauses = 2};
    g_array_append_vals(e.phrases, phrases, G_N_ELEMENTS(phrases));
    double best = 0, all = 0;
    for (uint32_t i = 0; i < PASSAGES; i++)
        ranks[i] = -1;
    assert_true(score_passages(NULL, &world->ranking, &e, note_best, &best, NULL));
    assert_true(score_passages(NULL, &world->ranking, &e, note_rank, ranks, NULL));
    for (uint32_t i = 0; i < PASSAGES; i++)
        all = MAX(all, ranks[i]);
    assert_true(best == all && best > 0);
    g_array_unref(e.phrases);
}

/* What is stored of lengths and zones comes back, in both forms of it; of what was cut off there is nothing. */
static void lengths_come_back(void **state)
{
    enum { N = 200 };
    static const uint8_t old[] = {31, 0, 0, 0, 44, 1, 0, ZONE_TABLE, 0, 0, 1, 99}; /* of schema 7 */
    uint16_t words[N], back[N];
    struct world *world = *state;
    for (uint32_t n = 0; n <= N; n++) {
        for (uint32_t i = 0; i < n; i++) {
            uint32_t tokens = (uint32_t)g_rand_int_range(world->random, 0, g_rand_int_range(world->random, 0, 20) ? 230 : 10000);
            words[i] = length_word(tokens, g_rand_int_range(world->random, 0, (int)n) ? ZONE_BODY : (enum zone)g_rand_int_range(world->random, ZONE_BODY, ZONE_NOTE + 1));
            assert_int_equal(length_tokens(words[i]), MIN(tokens, LENGTH_MOST));
        }
        g_autoptr(GByteArray) packed = lengths_pack(words, n);
        lengths_unpack(packed->data, packed->len, n, back);
        assert_memory_equal(words, back, n * sizeof *words);
        lengths_unpack(packed->data, packed->len / 2, n, back); /* damage */
    }
    lengths_unpack(old, sizeof old, 3, back);
    assert_true(back[0] == length_word(31, ZONE_BODY) && back[1] == length_word(300, ZONE_TABLE) && back[2] == length_word(LENGTH_MOST, ZONE_BODY));
    lengths_unpack(old, 1, 3, back);
    assert_true(back[0] == 0 && back[1] == 0 && back[2] == 0);
}

enum { BEST = 10 };

static int falling(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x > y ? -1 : x < y;
}

/* The best ranks so far, best first. */
struct ten {
    double ranks[BEST + 1];
    uint32_t n;
};

static double note_ten(void *data, uint32_t number, double rank)
{
    (void)number;
    struct ten *ten = data;
    ten->ranks[ten->n] = rank;
    ten->n = MIN(ten->n + 1, BEST);
    qsort(ten->ranks, ten->n + (ten->n == BEST), sizeof rank, falling);
    return ten->n == BEST ? ten->ranks[BEST - 1] : 0;
}

/* Who wants ten is given the ten best, whatever is passed over for it. */
static void keeps_the_best_ten(void **state)
{
    struct world *world = *state;
    g_autofree double *ranks = g_new(double, PASSAGES);
    for (int question = 0; question < 4 * QUESTIONS; question++) {
        struct expression e = random_expression(world->random);
        struct ten ten = {0};
        assert_true(score_passages(NULL, &world->ranking, &e, note_ten, &ten, NULL));
        for (uint32_t i = 0; i < PASSAGES; i++)
            ranks[i] = rank_of(world, &e, i);
        qsort(ranks, PASSAGES, sizeof *ranks, falling);
        for (uint32_t i = 0; i < BEST; i++) {
            if (i < ten.n ? ten.ranks[i] != ranks[i] : ranks[i] >= 0)
                fail_msg("question %d: the %u. is %.17g, not %.17g", question, i + 1, i < ten.n ? ten.ranks[i] : -1, ranks[i]);
        }
        expression_free_phrases(&e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(postings_come_back, world_open, world_close),
        cmocka_unit_test_setup_teardown(lengths_come_back, world_open, world_close),
        cmocka_unit_test_setup_teardown(ranks_as_said, world_open, world_close),
        cmocka_unit_test_setup_teardown(keeps_the_best, world_open, world_close),
        cmocka_unit_test_setup_teardown(keeps_the_best_ten, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
