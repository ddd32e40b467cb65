/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/score.h"

#include "index/postings.h"

enum {
    BLOCK = 8192,   /* passages that are scored at a time: their sums stay in the processor's caches */
    LENGTHS = 1024, /* tokens of a passage up to which a phrase's worth is kept */
};

/* A phrase that is scored. */
struct scored {
    const struct rank_phrase *phrase;
    const struct postings *postings;
    struct posting at;
    double *once;    /* what it is worth for a passage of so many tokens that has it once, where it stands in many; or NULL */
    bool more;       /* `at` is one */
    uint32_t groups; /* of its alternative: those up to its own */
    bool last_of_alternative, last_of_clause;
};

/* Passages by their place in the block. */
struct list {
    uint16_t at[BLOCK];
    uint32_t n;
};

struct block {
    const struct ranking *ranking;
    uint32_t first, after;    /* numbers of its passages */
    double score[BLOCK];      /* of the alternatives before */
    uint16_t required[BLOCK]; /* clauses that are met */
    uint8_t excluded[BLOCK];
    uint8_t clause[BLOCK];    /* this clause is met */
    uint32_t groups[BLOCK];   /* of this alternative that are met, from its first one on */
    struct list begun, met;   /* passages with its first group; with this clause */
    double best[][BLOCK];     /* of each group of this alternative */
};

static double *worth_once(const struct ranking *ranking, const struct rank_phrase *phrase)
{
    double *once = g_new(double, LENGTHS);
    for (uint32_t tokens = 0; tokens < LENGTHS; tokens++)
        once[tokens] = rank_worth(phrase, 1, rank_norm(ranking, tokens));
    return once;
}

static bool scored_init(struct scored *scored, struct store *store, struct ranking *ranking, struct rank_phrase *phrase, GError **error)
{
    scored->phrase = phrase;
    scored->postings = postings_of(store, ranking, phrase, error);
    if (!scored->postings)
        return false;
    phrase->idf = phrase->weight > 0 ? rank_idf(ranking, scored->postings->n) : 0;
    scored->once = phrase->weight > 0 && scored->postings->n > LENGTHS ? worth_once(ranking, phrase) : NULL;
    scored->at = postings_begin(scored->postings);
    scored->more = posting_next(&scored->at);
    return true;
}

static void scored_clear(void *scored)
{
    g_free(((struct scored *)scored)->once);
}

static double worth_of(const struct scored *scored, const struct ranking *ranking)
{
    uint32_t word = ranking->words[scored->at.passage], tokens = word & 0xffffff;
    if (scored->once && scored->at.times == 1 && tokens < LENGTHS)
        return scored->once[tokens];
    return scored->phrase->weight > 0 ? rank_worth(scored->phrase, scored->at.times, rank_norm(ranking, word)) : 0;
}

/* Notes where a phrase stands in the block, of passages that have the groups before its own. */
static void note_phrase(struct block *block, struct scored *scored)
{
    uint32_t before = scored->groups - 1;
    double *best = block->best[before];
    for (; scored->more && scored->at.passage < block->after; scored->more = posting_next(&scored->at)) {
        uint32_t i = scored->at.passage - block->first;
        if (block->groups[i] < before)
            continue;
        double worth = worth_of(scored, block->ranking);
        if (block->groups[i] > before) {
            best[i] = MAX(best[i], worth);
            continue;
        }
        if (before == 0)
            block->begun.at[block->begun.n++] = (uint16_t)i;
        block->groups[i]++;
        best[i] = worth;
    }
}

static void end_alternative(struct block *block, uint32_t groups)
{
    for (uint32_t k = 0; k < block->begun.n; k++) {
        uint32_t i = block->begun.at[k];
        if (block->groups[i] == groups) {
            for (uint32_t g = 0; g < groups; g++)
                block->score[i] += block->best[g][i];
            if (!block->clause[i])
                block->met.at[block->met.n++] = (uint16_t)i;
            block->clause[i] = 1;
        }
        block->groups[i] = 0;
    }
    block->begun.n = 0;
}

static void end_clause(struct block *block, enum rank_sort sort)
{
    for (uint32_t k = 0; k < block->met.n; k++) {
        uint32_t i = block->met.at[k];
        block->required[i] = (uint16_t)(block->required[i] + (sort == RANK_REQUIRED));
        block->excluded[i] |= sort == RANK_EXCLUDED;
        block->clause[i] = 0;
    }
    block->met.n = 0;
}

static void score_block(struct block *block, GArray *phrases)
{
    memset(block->score, 0, sizeof block->score);
    memset(block->required, 0, sizeof block->required);
    memset(block->excluded, 0, sizeof block->excluded);
    for (guint p = 0; p < phrases->len; p++) {
        struct scored *scored = &g_array_index(phrases, struct scored, p);
        note_phrase(block, scored);
        if (scored->last_of_alternative)
            end_alternative(block, scored->groups);
        if (scored->last_of_clause)
            end_clause(block, scored->phrase->sort);
    }
}

/* Where nothing is required, one of the optional clauses, each of which is worth something, must be met. */
static double take_block(const struct block *block, uint32_t required, double worst, double (*take)(void *data, uint32_t number, double rank), void *data)
{
    double most = rank_zone_most();
    for (uint32_t i = 0; i < block->after - block->first; i++) {
        if (block->score[i] * most < worst || block->required[i] != required || block->excluded[i] || (required == 0 && block->score[i] == 0))
            continue;
        uint32_t number = block->first + i;
        worst = take(data, number, block->score[i] * rank_zone(block->ranking->words[number]));
    }
    return worst;
}

/* The postings of all phrases, and what ends with each. `*groups`: the most that an alternative has. */
static bool read_phrases(struct store *store, struct ranking *ranking, const struct expression *e, GArray *phrases, uint32_t *groups, GError **error)
{
    uint32_t n = 0;
    *groups = 1;
    for (guint i = 0; i < e->phrases->len; i++) {
        struct rank_phrase *phrase = &g_array_index(e->phrases, struct rank_phrase, i);
        const struct rank_phrase none = {0}, *before = i > 0 ? phrase - 1 : &none, *behind = i + 1 < e->phrases->len ? phrase + 1 : &none;
        n = before->alternative != phrase->alternative ? 1 : n + (before->group != phrase->group);
        *groups = MAX(*groups, n);
        struct scored scored = {.groups = n, .last_of_alternative = behind->alternative != phrase->alternative, .last_of_clause = behind->clause != phrase->clause};
        if (!scored_init(&scored, store, ranking, phrase, error))
            return false;
        g_array_append_val(phrases, scored);
    }
    return true;
}

bool score_passages(struct store *store, struct ranking *ranking, const struct expression *e, double (*take)(void *data, uint32_t number, double rank), void *data, GError **error)
{
    g_autoptr(GArray) phrases = g_array_new(FALSE, TRUE, sizeof(struct scored));
    g_array_set_clear_func(phrases, scored_clear);
    uint32_t groups;
    double worst = 0;
    ranking_tidy(ranking);
    if (!read_phrases(store, ranking, e, phrases, &groups, error))
        return false;
    struct block *block = g_malloc0(sizeof *block + groups * sizeof block->best[0]);
    block->ranking = ranking;
    for (uint32_t first = 0; first < ranking->n; first += BLOCK) {
        block->first = first;
        block->after = MIN(first + BLOCK, ranking->n);
        score_block(block, phrases);
        worst = take_block(block, e->required, worst, take, data);
    }
    g_free(block);
    return true;
}
