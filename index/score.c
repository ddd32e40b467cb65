/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/score.h"

#include "index/lengths.h"
#include "index/postings.h"

enum {
    BLOCK = POSTINGS_BLOCK,
    LENGTHS = 1024, /* tokens of a passage up to which a phrase's worth is kept */
    TIMES = 8,      /* the same of how often it stands there */
};

/*  Whoever wants the best ten passages of a common word need not know what each of a hundred thousand is worth. What a phrase is worth at most, in the shortest
 *  passage, is known beforehand; so are the clauses that together cannot lift a passage over the worst of those taken so far:
 *
 *    the worst taken: 6.1      children 1.9   people 2.2   | cholera 4.7   Goma 5.3        a passage without one of the last two is none of the best
 *
 *  In each block the passages are marked that may be among them, by the clauses behind the line, and only those are summed up, in the order of the expression, so
 *  that sums are the same to the last bit. */

/* A phrase that is scored. */
struct scored {
    const struct rank_phrase *phrase;
    const struct postings *postings;
    double *once;        /* what it is worth for a passage of so many tokens that has it once, where it stands in many; or NULL */
    float bounds[TIMES]; /* what it is worth at most where it stands so often; [0]: as often as anywhere */
    uint32_t groups;     /* of its alternative: those up to its own */
    bool last_of_group, last_of_alternative, last_of_clause;
};

/* Phrases [first, after). */
struct clause_bound {
    guint first, after;
    enum rank_sort sort;
    uint64_t rows; /* postings of all of them */
    double most;   /* what it is worth at most */
};

/* Passages by their place in the block. */
struct list {
    uint16_t at[BLOCK];
    uint32_t n;
};

struct block {
    const struct ranking *ranking;
    uint32_t number, first;   /* its own; of its first passage */
    struct list wanted;       /* those that are scored */
    bool is_wanted[BLOCK];
    double score[BLOCK];      /* of the alternatives before */
    uint16_t required[BLOCK]; /* clauses that are met */
    bool excluded[BLOCK];
    bool clause[BLOCK];       /* this clause is met */
    uint32_t groups[BLOCK];   /* of this alternative that are met, from its first one on */
    struct list begun, met;   /* passages with its first group; with this clause */
    float bound[BLOCK], group[BLOCK]; /* what a passage is worth at most; by this group */
    double best[][BLOCK];     /* of each group of this alternative */
};

/* What is asked, and of whom. */
struct scoring {
    struct ranking *ranking;
    GArray *phrases; /* struct scored */
    GArray *clauses; /* struct clause_bound, by what they are worth at most, rising; without those that are excluded */
    uint32_t required;
    double (*take)(void *data, uint32_t number, double rank);
    void *data;
    double worst;    /* the rank below which no more is wanted */
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
    double shortest = rank_norm(ranking, 0);
    for (uint32_t times = 0; phrase->weight > 0 && times < TIMES; times++)
        scored->bounds[times] = (float)rank_worth(phrase, times > 0 ? times : MAX(scored->postings->most, 1), shortest);
    return true;
}

static void scored_clear(void *scored)
{
    g_free(((struct scored *)scored)->once);
}

static double worth_of(const struct scored *scored, const struct ranking *ranking, const struct posting *at)
{
    uint32_t tokens = length_tokens(ranking->words[at->passage]);
    if (scored->once && at->times == 1 && tokens < LENGTHS)
        return scored->once[tokens];
    return scored->phrase->weight > 0 ? rank_worth(scored->phrase, at->times, rank_norm(ranking, tokens)) : 0;
}

/* Notes where a phrase stands in the block, of passages that are wanted and have the groups before its own. */
static void note_phrase(struct block *block, const struct scored *scored)
{
    uint32_t before = scored->groups - 1;
    double *best = block->best[before];
    for (struct posting at = postings_begin_block(scored->postings, block->number); posting_next(&at);) {
        uint32_t i = at.passage - block->first;
        if (!block->is_wanted[i] || block->groups[i] < before)
            continue;
        double worth = worth_of(scored, block->ranking, &at);
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
static void take_block(struct scoring *scoring, const struct block *block)
{
    double most = rank_zone_most();
    for (uint32_t k = 0; k < block->wanted.n; k++) {
        uint32_t i = block->wanted.at[k], number = block->first + i;
        if (block->score[i] * most < scoring->worst || block->required[i] != scoring->required || block->excluded[i] || (scoring->required == 0 && block->score[i] == 0))
            continue;
        scoring->worst = scoring->take(scoring->data, number, block->score[i] * rank_zone(block->ranking->words[number]));
    }
}

static void want(struct block *block, uint32_t i)
{
    if (block->is_wanted[i])
        return;
    block->is_wanted[i] = true;
    block->wanted.at[block->wanted.n++] = (uint16_t)i;
}

/* Wants every passage that has a phrase of the clause. */
static void want_clause(const struct scoring *scoring, struct block *block, const struct clause_bound *clause)
{
    for (guint p = clause->first; p < clause->after; p++)
        for (struct posting at = postings_begin_block(g_array_index(scoring->phrases, struct scored, p).postings, block->number); posting_next(&at);)
            want(block, at.passage - block->first);
}

/* Adds what a clause is worth at most to the bounds of passages that have it; those that had none go to `touched`. */
static void add_bounds(const struct scoring *scoring, struct block *block, const struct clause_bound *clause, struct list *touched)
{
    struct list *begun = &block->begun; /* with this group */
    for (guint p = clause->first; p < clause->after; p++) {
        const struct scored *scored = &g_array_index(scoring->phrases, struct scored, p);
        for (struct posting at = postings_begin_block(scored->postings, block->number); scored->bounds[0] > 0 && posting_next(&at);) {
            uint32_t i = at.passage - block->first;
            if (block->group[i] == 0)
                begun->at[begun->n++] = (uint16_t)i;
            block->group[i] = MAX(block->group[i], scored->bounds[at.times < TIMES ? at.times : 0]);
        }
        for (uint32_t k = 0; scored->last_of_group && k < begun->n; k++) {
            uint32_t i = begun->at[k];
            if (block->bound[i] == 0)
                touched->at[touched->n++] = (uint16_t)i;
            block->bound[i] += block->group[i];
            block->group[i] = 0;
        }
        if (scored->last_of_group)
            begun->n = 0;
    }
}

/* Wants the passages that may come to `least` by all their clauses: those before `first`, which cannot alone, count as if they had them. */
static void want_best(const struct scoring *scoring, struct block *block, guint first, double before, double least)
{
    struct list *touched = &block->met;
    for (guint c = first; c < scoring->clauses->len; c++)
        add_bounds(scoring, block, &g_array_index(scoring->clauses, struct clause_bound, c), touched);
    for (uint32_t k = 0; k < touched->n; k++) {
        uint32_t i = touched->at[k];
        if (block->bound[i] + before >= least)
            want(block, i);
        block->bound[i] = 0;
    }
    touched->n = 0;
}

/* Marks the passages of the block that are to be scored. False: neither here nor later is one that may be taken. */
static bool want_block(const struct scoring *scoring, struct block *block)
{
    static const double slack = 1 - 1e-4; /* bounds are less exact than sums: 200 clauses in floats come to 1.2e-5 */
    double least = scoring->worst / rank_zone_most() * slack, before = 0;
    const struct clause_bound *rarest = NULL;
    guint first = 0;
    for (; first < scoring->clauses->len && before + g_array_index(scoring->clauses, struct clause_bound, first).most < least; first++)
        before += g_array_index(scoring->clauses, struct clause_bound, first).most;
    if (first == scoring->clauses->len)
        return false;
    for (guint c = 0; c < scoring->clauses->len; c++) {
        const struct clause_bound *clause = &g_array_index(scoring->clauses, struct clause_bound, c);
        if (clause->sort == RANK_REQUIRED && (!rarest || clause->rows < rarest->rows))
            rarest = clause;
    }
    if (rarest)
        want_clause(scoring, block, rarest);
    else if (least > 0)
        want_best(scoring, block, first, before, least);
    else
        for (guint c = 0; c < scoring->clauses->len; c++)
            want_clause(scoring, block, &g_array_index(scoring->clauses, struct clause_bound, c));
    return true;
}

/* What is wanted is read, and begins at nothing. */
static bool begin_block(struct store *store, struct ranking *ranking, struct block *block, GError **error)
{
    for (uint32_t k = 0; k < block->wanted.n; k++) {
        uint32_t i = block->wanted.at[k];
        ranking_want(ranking, block->first + i);
        block->score[i] = 0;
        block->required[i] = 0;
        block->excluded[i] = false;
    }
    return ranking_load(store, ranking, error);
}

static void end_block(struct block *block)
{
    for (uint32_t k = 0; k < block->wanted.n; k++)
        block->is_wanted[block->wanted.at[k]] = false;
    block->wanted.n = 0;
}

static bool score_blocks(struct store *store, struct scoring *scoring, struct block *block, GError **error)
{
    const struct ranking *ranking = scoring->ranking;
    for (uint32_t first = 0; first < ranking->n; first += BLOCK) {
        block->number = first / BLOCK;
        block->first = first;
        if (!want_block(scoring, block))
            return true;
        if (!begin_block(store, scoring->ranking, block, error))
            return false;
        if (block->wanted.n > 0) {
            score_block(block, scoring->phrases);
            take_block(scoring, block);
        }
        end_block(block);
    }
    return true;
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
        struct scored scored = {.groups = n, .last_of_group = behind->group != phrase->group, .last_of_alternative = behind->alternative != phrase->alternative,
                                .last_of_clause = behind->clause != phrase->clause};
        if (!scored_init(&scored, store, ranking, phrase, error))
            return false;
        g_array_append_val(phrases, scored);
    }
    return true;
}

static int by_most(const void *a, const void *b)
{
    const struct clause_bound *x = a, *y = b;
    if (x->most != y->most)
        return x->most < y->most ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* What each clause is worth at most: the best of each group, all alternatives together. */
static GArray *bound_clauses(const GArray *phrases)
{
    GArray *clauses = g_array_new(FALSE, FALSE, sizeof(struct clause_bound));
    struct clause_bound clause = {0};
    double group = 0;
    for (guint p = 0; p < phrases->len; p++) {
        const struct scored *scored = &g_array_index(phrases, struct scored, p);
        group = MAX(group, (double)scored->bounds[0]);
        clause.rows += scored->postings->n;
        if (scored->last_of_group) {
            clause.most += group;
            group = 0;
        }
        if (!scored->last_of_clause)
            continue;
        clause.sort = scored->phrase->sort;
        clause.after = p + 1;
        if (clause.sort != RANK_EXCLUDED)
            g_array_append_val(clauses, clause);
        clause = (struct clause_bound){.first = p + 1};
    }
    g_array_sort(clauses, by_most);
    return clauses;
}

bool score_passages(struct store *store, struct ranking *ranking, const struct expression *e, double (*take)(void *data, uint32_t number, double rank), void *data, GError **error)
{
    g_autoptr(GArray) phrases = g_array_new(FALSE, TRUE, sizeof(struct scored)), clauses = NULL;
    g_array_set_clear_func(phrases, scored_clear);
    uint32_t groups;
    ranking_tidy(ranking);
    if (!read_phrases(store, ranking, e, phrases, &groups, error))
        return false;
    clauses = bound_clauses(phrases);
    struct scoring scoring = {ranking, phrases, clauses, e->required, take, data, 0};
    struct block *block = g_malloc0(sizeof *block + groups * sizeof block->best[0]);
    block->ranking = ranking;
    bool ok = score_blocks(store, &scoring, block, error);
    g_free(block);
    return ok;
}
