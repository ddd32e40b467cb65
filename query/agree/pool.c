/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/agree/pool.h"

#include "base/timing.h"
#include "query/parse.h"

#include <math.h>

/* What a step over a term costs, by what stands between. */
static const double cost_term = 0.03, cost_aside = 0.015, cost_break = 0.09, cost_stop = 0.4, cost_figure = 0.12;

/* How well other words for the same thing meet; a narrower word for a wider one; the last word of a phrase for all of it. */
static const double quality_concept = 0.95, quality_narrow = 0.6, quality_tail = 0.6;

/* A document is wholly about a place that this part of its passages names. */
static const double focus_full = 0.15;

struct pool {
    struct library *library;
    GHashTable *candidates; /* rowid → struct candidate * */
    GHashTable *titles;     /* struct document_row * → struct words * */
    GHashTable *focus;      /* "SV El Salvador" → GHashTable: document rowid → passages that name it */
};

static void candidate_free(void *data)
{
    struct candidate *candidate = data;
    if (!candidate)
        return;
    passage_row_free(candidate->passage);
    if (candidate->figures)
        g_ptr_array_unref(candidate->figures);
    if (candidate->at)
        g_array_unref(candidate->at);
    GArray *const arrays[] = {candidate->cost, candidate->first, candidate->after, candidate->stands};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        if (arrays[i])
            g_array_unref(arrays[i]);
    words_free(candidate->words);
    words_free(candidate->heading);
    g_free(candidate);
}

static void free_words(void *words)
{
    words_free(words);
}

struct pool *pool_new(struct library *library)
{
    struct pool *pool = g_new(struct pool, 1);
    pool->library = library;
    pool->candidates = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, candidate_free);
    pool->focus = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    pool->titles = g_hash_table_new_full(NULL, NULL, NULL, free_words);
    return pool;
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    g_hash_table_unref(pool->candidates);
    g_hash_table_unref(pool->titles);
    g_hash_table_unref(pool->focus);
    g_free(pool);
}

struct library *pool_library(const struct pool *pool)
{
    return pool->library;
}

static void note_document(void *data, int64_t document, uint32_t passages)
{
    g_hash_table_insert(data, g_memdup2(&document, sizeof document), GUINT_TO_POINTER(passages));
}

bool pool_focus(struct pool *pool, const struct figure_place *place, const struct document_row *document, double *ret, GError **error)
{
    g_autofree char *key = g_strdup_printf("%s %s", place->iso ? place->iso : "", place->name);
    GHashTable *documents = g_hash_table_lookup(pool->focus, key);
    if (!documents) {
        documents = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
        g_hash_table_insert(pool->focus, g_steal_pointer(&key), documents);
        if (!store_place_documents(library_store(pool->library), place, note_document, documents, error))
            return false;
    }
    double passages = GPOINTER_TO_UINT(g_hash_table_lookup(documents, &document->rowid));
    *ret = fmin(1, passages / fmax(1, focus_full * document->passages));
    return true;
}

static const struct words *title_words(struct pool *pool, const struct document_row *document, const struct lexis *lexis)
{
    struct words *words = g_hash_table_lookup(pool->titles, document);
    if (!words && document->metadata.title) {
        words = words_new(lexis, slice_of(document->metadata.title));
        g_hash_table_insert(pool->titles, (gpointer)document, words);
    }
    return words;
}

/* The first term that ends after a byte of the document; the last one where there is none. */
static uint32_t term_at(const struct candidate *candidate, uint32_t byte)
{
    uint32_t at = 0, n = candidate->words->terms->len, base = candidate->passage->span.start;
    while (at + 1 < n && term_of(candidate->words, at)->end + base <= byte)
        at++;
    return at;
}

enum { BRACKET_BYTES = 80 }; /* at which one is looked for, at most */

/* Is the byte of the passage inside brackets? */
static bool in_brackets(const char *text, uint32_t byte)
{
    for (uint32_t i = byte; i > 0 && byte - i < BRACKET_BYTES; i--)
        if (text[i - 1] == '(' || text[i - 1] == ')')
            return text[i - 1] == '(';
    return false;
}

/* Does a bracket end right before the byte? */
static bool ends_bracket(const char *text, uint32_t byte)
{
    while (byte > 0 && text[byte - 1] == ' ')
        byte--;
    return byte > 0 && text[byte - 1] == ')';
}

/* Does a word right before the figure, articles aside, say that another one is measured against it? "over" and "with" do behind "compared" alone. */
static bool is_base(const struct candidate *candidate, uint32_t at)
{
    enum { BACK = 4 };
    for (uint32_t i = at; i > 0 && at - i < BACK; i--) {
        if (term_of(candidate->words, i)->flags & (TERM_BREAK | TERM_STOPPED))
            return false;
        uint32_t flags = term_of(candidate->words, i - 1)->flags;
        if (flags & TERM_BASE)
            return true;
        if (flags & TERM_NUMBER || !(flags & (TERM_STOP | TERM_WEAK)))
            return false;
    }
    return false;
}

/* Do only "of the", "out of" and the like stand between the figure and the one before it? */
static bool is_whole(const struct candidate *candidate, guint figure)
{
    if (figure == 0)
        return false;
    const struct figure_row *before = g_ptr_array_index(candidate->figures, figure - 1);
    uint32_t end = before->span.end - candidate->passage->span.start, at = g_array_index(candidate->at, uint32_t, figure), i = at;
    bool of = false;
    while (i > 0 && term_of(candidate->words, i - 1)->start >= end) {
        uint32_t flags = term_of(candidate->words, --i)->flags;
        if (!(flags & TERM_STOP) || flags & (TERM_BREAK | TERM_STOPPED))
            return false;
        of = of || flags & TERM_OF;
    }
    return of && i > 0 && !(term_of(candidate->words, at)->flags & (TERM_BREAK | TERM_STOPPED));
}

/* Do "more than", "fewer people than" and the like stand right behind the figure? */
static bool is_difference(const struct candidate *candidate, guint figure, const struct lexis *lexis)
{
    enum { AHEAD = 4 };
    const uint32_t up = concept_named(lexis, "increase"), down = concept_named(lexis, "decrease");
    const struct figure_row *row = g_ptr_array_index(candidate->figures, figure);
    uint32_t end = row->span.end - candidate->passage->span.start, n = candidate->words->terms->len, i = g_array_index(candidate->at, uint32_t, figure);
    while (i < n && term_of(candidate->words, i)->start < end)
        i++;
    bool moved = false;
    for (uint32_t last = MIN(n, i + AHEAD); i < last && !(term_of(candidate->words, i)->flags & (TERM_BREAK | TERM_STOPPED | TERM_NUMBER)); i++) {
        if (moved && term_of(candidate->words, i)->flags & TERM_MEASURED)
            return true;
        for (guint k = 0; k < candidate->words->named->len; k++) {
            const struct named *named = &g_array_index(candidate->words->named, struct named, k);
            moved = moved || (named->first == i && named->n == 1 && !named->narrow && (named->concept == up || named->concept == down));
        }
    }
    return false;
}

static void note_stands(struct candidate *candidate, const struct lexis *lexis)
{
    uint32_t base = candidate->passage->span.start;
    candidate->stands = g_array_new(FALSE, FALSE, sizeof(uint8_t));
    for (guint i = 0; i < candidate->figures->len; i++) {
        const struct figure_row *figure = g_ptr_array_index(candidate->figures, i);
        bool plain = !figure->minor && !in_brackets(candidate->passage->text, figure->span.start - base);
        bool difference = is_difference(candidate, i, lexis);
        uint8_t stand = (uint8_t)((difference ? STAND_DIFFERENCE : 0) | (plain ? STAND_PLAIN : 0) | (is_whole(candidate, i) ? STAND_WHOLE : 0) | (is_base(candidate, g_array_index(candidate->at, uint32_t, i)) ? STAND_BASE : 0));
        g_array_append_val(candidate->stands, stand);
    }
}

/* The term of each figure and those of its sentence, and the way from term to term. What brackets hold parts no words from others. */
static void measure(struct candidate *candidate, const struct lexis *lexis)
{
    uint32_t n = candidate->words->terms->len;
    g_autofree char *number = g_malloc0(n + 1);
    GArray **const arrays[] = {&candidate->at, &candidate->first, &candidate->after};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        *arrays[i] = g_array_sized_new(FALSE, FALSE, sizeof(uint32_t), candidate->figures->len);
    for (guint i = 0; i < candidate->figures->len; i++) {
        const struct figure_row *figure = g_ptr_array_index(candidate->figures, i);
        uint32_t at = term_at(candidate, figure->span.start);
        uint32_t first = figure->sentence ? term_at(candidate, figure->sentence_span.start) : 0;
        uint32_t after = figure->sentence ? term_at(candidate, figure->sentence_span.end - 1) + 1 : n;
        g_array_append_val(candidate->at, at);
        g_array_append_val(candidate->first, first);
        g_array_append_val(candidate->after, after);
        number[at] = !figure->minor && !in_brackets(candidate->passage->text, figure->span.start - candidate->passage->span.start);
    }
    note_stands(candidate, lexis);
    candidate->cost = g_array_sized_new(FALSE, FALSE, sizeof(double), n);
    double cost = 0;
    const char *text = candidate->passage->text;
    for (uint32_t i = 0, bracket = 0, at_byte = 0; i < n; i++) {
        uint32_t flags = term_of(candidate->words, i)->flags, byte = term_of(candidate->words, i)->start;
        for (; at_byte < byte; at_byte++)
            if (text[at_byte] == '(' || text[at_byte] == ')')
                bracket = at_byte + 1;
        bool aside = (bracket > 0 && byte - bracket < BRACKET_BYTES && text[bracket - 1] == '(') || ends_bracket(text, byte);
        cost += (aside ? cost_aside : cost_term) + (flags & TERM_BREAK && !aside ? cost_break : 0) + (flags & TERM_STOPPED ? cost_stop : 0) + (i > 0 && number[i - 1] ? cost_figure / 2 : 0) + (number[i] ? cost_figure / 2 : 0);
        g_array_append_val(candidate->cost, cost);
    }
}

/* Figures that a damaged file puts outside the text have no place in it that could be weighed: they are left to the commands that list them. */
static void keep_inside(struct candidate *candidate)
{
    const struct passage_row *passage = candidate->passage;
    size_t len = candidate->words->terms->len > 0 ? strlen(passage->text) : 0;
    for (guint i = candidate->figures->len; i-- > 0;) {
        struct span span = ((const struct figure_row *)g_ptr_array_index(candidate->figures, i))->span;
        if (span.start < passage->span.start || span.end < span.start || span.end - passage->span.start > len)
            g_ptr_array_remove_index(candidate->figures, i);
    }
}

static bool read_candidate(struct pool *pool, int64_t rowid, struct candidate **ret, GError **error)
{
    struct store *store = library_store(pool->library);
    struct candidate *candidate = g_new0(struct candidate, 1);
    candidate->rowid = rowid;
    bool ok = store_passage(store, rowid, &candidate->passage, error) && candidate->passage && store_figures_of(store, candidate->passage, &candidate->figures, error) &&
              library_document(pool->library, candidate->passage->document, &candidate->document, error);
    if (!ok) {
        bool gone = !candidate->passage && !(error && *error);
        candidate_free(candidate);
        *ret = NULL;
        return gone;
    }
    const struct lexis *lexis = lexis_of(candidate->document->metadata.language);
    candidate->words = words_new(lexis, slice_of(candidate->passage->text));
    candidate->heading = candidate->passage->heading ? words_new(lexis, slice_of(candidate->passage->heading)) : NULL;
    candidate->title = title_words(pool, candidate->document, lexis);
    keep_inside(candidate);
    measure(candidate, lexis);
    g_hash_table_insert(pool->candidates, &candidate->rowid, candidate);
    *ret = candidate;
    return true;
}

bool pool_passage(struct pool *pool, int64_t rowid, struct candidate **ret, GError **error)
{
    *ret = g_hash_table_lookup(pool->candidates, &rowid);
    g_autoptr(GError) problem = NULL;
    if (*ret || read_candidate(pool, rowid, ret, &problem))
        return true;
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
}

static void add_clause(GPtrArray *clauses, GHashTable *seen, const char *text)
{
    if (!*text || !g_hash_table_add(seen, g_utf8_casefold(text, -1)))
        return;
    g_ptr_array_add(clauses, clause_new(text, strpbrk(text, " -'") != NULL, false));
}

/* Adds a concept's forms in a language; `most`: no more than so many. */
static void add_forms(GPtrArray *clauses, GHashTable *seen, const struct lexis *lexis, uint32_t concept, guint most)
{
    const GPtrArray *forms = concept_forms(lexis, concept);
    for (guint f = 0; forms && f < MIN(forms->len, most); f++)
        add_clause(clauses, seen, g_ptr_array_index(forms, f));
}

/* The words of the subject, and the other words for them; none of them is required. */
static GPtrArray *clauses_of(const struct subject *subject)
{
    GPtrArray *clauses = g_ptr_array_new_with_free_func((GDestroyNotify)clause_free);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < subject->units->len; i++) {
        const struct unit *unit = &g_array_index(subject->units, struct unit, i);
        if (unit->weight < 0.3)
            continue;
        if (unit->first != NONE) {
            uint32_t start = term_of(subject->words, unit->first)->start, end = term_of(subject->words, unit->first + unit->n - 1)->end;
            g_autofree char *text = g_strndup(subject->text + start, end - start);
            add_clause(clauses, seen, text);
        }
        for (uint32_t c = 0; c < unit->n_concepts; c++)
            add_forms(clauses, seen, subject->lexis, unit->concepts[c], G_MAXUINT);
    }
    for (uint32_t i = 0; i < subject->n_places; i++)
        add_clause(clauses, seen, subject->places[i].name);
    if (subject->number && g_ascii_isdigit(subject->number[0]) && strlen(subject->number) > 2)
        add_clause(clauses, seen, subject->number);
    return clauses;
}

/* The same in the words of the other languages: "desplazados" for displaced people. */
static GPtrArray *foreign_clauses(const struct subject *subject)
{
    enum { FORMS = 4 };
    static const char *const languages[] = {"en", "es", "fr"};
    GPtrArray *clauses = g_ptr_array_new_with_free_func((GDestroyNotify)clause_free);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t l = 0; l < G_N_ELEMENTS(languages); l++)
        for (guint i = 0; i < subject->units->len && lexis_of(languages[l]) != subject->lexis; i++) {
            const struct unit *unit = &g_array_index(subject->units, struct unit, i);
            for (uint32_t c = 0; c < unit->n_concepts && unit->weight >= 0.5; c++)
                add_forms(clauses, seen, lexis_of(languages[l]), unit->concepts[c], FORMS);
        }
    for (uint32_t i = 0; clauses->len > 0 && i < subject->n_places; i++)
        add_clause(clauses, seen, subject->places[i].name);
    return clauses;
}

static int by_passage(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return one < other ? -1 : one > other;
}

/* Reads passages in the order in which they lie in the file: what their rows share is then read from it once. */
static bool read_hits(struct pool *pool, const GArray *hits, GError **error)
{
    const char *stage = timing_enter("read passages");
    g_autoptr(GArray) rowids = g_array_sized_new(FALSE, FALSE, sizeof(int64_t), hits->len);
    for (guint i = 0; i < hits->len; i++)
        g_array_append_val(rowids, g_array_index(hits, struct passage_hit, i).passage);
    g_array_sort(rowids, by_passage);
    struct candidate *candidate;
    bool ok = true;
    for (guint i = 0; ok && i < rowids->len; i++)
        ok = pool_passage(pool, g_array_index(rowids, int64_t, i), &candidate, error);
    timing_enter(stage);
    return ok;
}

/* Adds the passages with words of the clauses that are not yet there. */
static bool find_more(struct pool *pool, const GPtrArray *clauses, const char *language, uint32_t limit, GHashTable *there, GPtrArray *found, GError **error)
{
    g_autoptr(GArray) hits = NULL;
    if (clauses->len > 0 && (!store_find(library_store(pool->library), clauses, language, limit, &hits, error) || !read_hits(pool, hits, error)))
        return false;
    for (guint i = 0; hits && i < hits->len; i++) {
        int64_t rowid = g_array_index(hits, struct passage_hit, i).passage;
        struct candidate *candidate;
        if (!pool_passage(pool, rowid, &candidate, error))
            return false;
        if (candidate && g_hash_table_add(there, candidate))
            g_ptr_array_add(found, candidate);
    }
    return true;
}

bool pool_find(struct pool *pool, const struct subject *subject, uint32_t limit, GPtrArray **ret, GError **error)
{
    enum { FOREIGN = 4 }; /* a part of the limit */
    g_autoptr(GPtrArray) clauses = clauses_of(subject), foreign = foreign_clauses(subject), found = g_ptr_array_new();
    g_autoptr(GHashTable) there = g_hash_table_new(NULL, NULL);
    struct store *store = library_store(pool->library);
    if (!store_hold(store, error))
        return false;
    bool ok = find_more(pool, clauses, subject->language, limit, there, found, error) && find_more(pool, foreign, NULL, limit / FOREIGN, there, found, error);
    store_release(store);
    if (ok)
        *ret = g_steal_pointer(&found);
    return ok;
}

void unit_met(const struct unit *unit, const struct words *words, void (*met)(void *data, uint32_t term, double quality), void *data)
{
    const struct term *terms = (const struct term *)(const void *)words->terms->data;
    bool stem = unit->stem && (words_may_hold(words, unit->stem) || words_may_hold(words, unit->plain)), tail = unit->tail && words_may_hold(words, unit->tail);
    for (uint32_t i = 0; stem && i < words->terms->len; i++)
        if (terms[i].stem == unit->stem || terms[i].plain == unit->plain)
            met(data, i, 1);
    for (uint32_t i = 0; tail && i < words->terms->len; i++)
        if (terms[i].stem == unit->tail)
            met(data, i, quality_tail);
    if (!unit->n_concepts)
        return;
    for (guint k = 0; k < words->named->len; k++) {
        const struct named *named = &g_array_index(words->named, struct named, k);
        for (uint32_t c = 0; c < unit->n_concepts; c++)
            if (unit->concepts[c] == named->concept && !(unit->narrow[c] && named->narrow)) {
                double quality = unit->narrow[c] || named->narrow ? quality_narrow : unit->stem ? quality_concept : 1;
                met(data, named->first, quality);
                met(data, named->first + named->n - 1, quality);
            }
    }
}

static void note_met(void *data, uint32_t term, double quality)
{
    (void)term;
    double *best = data;
    *best = MAX(*best, quality);
}

double unit_best(const struct unit *unit, const struct words *words)
{
    double best = 0;
    if (words)
        unit_met(unit, words, note_met, &best);
    return best;
}

double *pool_rarity(const GPtrArray *candidates, const struct subject *subject)
{
    double *rarity = g_new(double, subject->units->len + 1);
    for (guint u = 0; u < subject->units->len; u++) {
        const struct unit *unit = &g_array_index(subject->units, struct unit, u);
        double n = 0;
        for (guint i = 0; i < candidates->len; i++) {
            const struct candidate *candidate = g_ptr_array_index(candidates, i);
            n += unit_best(unit, candidate->words);
        }
        rarity[u] = 1 + log((candidates->len + 1) / (n + 1)) / 2;
    }
    return rarity;
}
