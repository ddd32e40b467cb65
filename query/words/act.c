/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/words/act.h"

#include "query/words/clause.h"
#include "query/words/rows.h"

#include <string.h>

enum { ROWS = 62, AUXILIARY_BACK = 2, JOINT_AHEAD = 3 };

static const uint64_t mark = (uint64_t)1 << ROWS, order = (uint64_t)1 << (ROWS + 1);

/* A class is a mask of the acts in it. */
static const char *const class_names[] = {"harm", "all", "done", "asked", "needed", "moved"};
enum class { CLASS_HARM, CLASS_ALL, CLASS_DONE, CLASS_ASKED, CLASS_NEEDED, CLASS_MOVED, CLASSES };

/* words/acts.tsv; made on first use, lives as long as the program. */
struct table {
    const char *names[ROWS];
    uint32_t n;
    uint64_t classes[CLASSES];
    GHashTable *forms[ROW_LANGUAGES]; /* a folded word → uint64_t */
    GPtrArray *rows;
};

static void add_forms(struct table *table, char **columns, uint64_t bits)
{
    for (size_t i = 0; i < ROW_LANGUAGES; i++) {
        g_auto(GStrv) forms = g_strsplit(columns[i], " ", -1);
        for (char **form = forms; *form; form++) {
            char *folded = g_utf8_casefold(*form, -1);
            uint64_t *known = g_hash_table_lookup(table->forms[i], folded), *made = g_new(uint64_t, 1);
            *made = bits | (known ? *known : 0);
            g_hash_table_insert(table->forms[i], folded, made);
        }
    }
}

static void add_row(struct table *table, char **cells)
{
    guint n = g_strv_length(cells);
    if (n == 1 + ROW_LANGUAGES && (g_str_equal(cells[0], "mark") || g_str_equal(cells[0], "order"))) {
        add_forms(table, cells + 1, *cells[0] == 'm' ? mark : order);
        return;
    }
    enum class class = 0;
    while (n == 3 + ROW_LANGUAGES && class < CLASSES && !g_str_equal(class_names[class], cells[2]))
        class++;
    if (n != 3 + ROW_LANGUAGES || class == CLASSES || table->n == ROWS || !g_str_equal(cells[0], "act"))
        g_error("query/words/acts: '%s' is no row", cells[0]);
    uint64_t bit = (uint64_t)1 << table->n;
    table->names[table->n++] = cells[1];
    table->classes[class] |= bit;
    add_forms(table, cells + 3, bit);
}

static const struct table *table_get(void)
{
    static struct table *table;
    if (table)
        return table;
    table = g_new0(struct table, 1);
    for (size_t i = 0; i < ROW_LANGUAGES; i++)
        table->forms[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    table->rows = word_rows("acts"); /* the names are theirs */
    for (guint i = 0; i < table->rows->len; i++)
        add_row(table, g_ptr_array_index(table->rows, i));
    return table;
}

static uint64_t said_at(const struct figure_clause *c, uint32_t i)
{
    return c->said[i - c->terms.start];
}

static uint64_t act_at(const struct figure_clause *c, uint32_t i)
{
    return said_at(c, i) & ~(mark | order);
}

/* What each term of [terms) says; the caller frees it. */
static uint64_t *said_by_terms(const struct lexis *lexis, const char *text, const struct words *words, struct span terms)
{
    const struct table *table = table_get();
    uint64_t *said = g_new0(uint64_t, terms.end - terms.start + 1);
    GHashTable *forms = table->forms[row_language(lexis)];
    for (uint32_t i = terms.start; i < terms.end; i++) {
        const struct term *term = term_of(words, i);
        if (term->flags & TERM_NUMBER)
            continue;
        g_autofree char *folded = g_utf8_casefold(text + term->start, term->end - term->start);
        const uint64_t *bits = g_hash_table_lookup(forms, folded);
        said[i - terms.start] = bits ? *bits : 0;
    }
    return said;
}

/* The term behind the bracket that opens before term i. */
static uint32_t behind_bracket(const struct figure_clause *c, uint32_t i)
{
    for (; i + 1 < c->terms.end; i++)
        for (uint32_t byte = term_of(c->words, i)->end; byte < term_of(c->words, i + 1)->start; byte++)
            if (strchr(")]", c->text[byte]))
                return i + 1;
    return c->terms.end;
}

/* Does more than a bracket stand before the term: a comma, a dash? */
static bool is_parted(const struct figure_clause *c, uint32_t i)
{
    if (i == c->terms.start || !clause_is(c, i, TERM_BREAK))
        return false;
    uint32_t from = term_of(c->words, i - 1)->end, to = term_of(c->words, i)->start;
    for (uint32_t byte = from; byte < to; byte++)
        if (!strchr(" ()[]", c->text[byte]))
            return true;
    return clause_opens_bracket(c, i);
}

/* "16 were killed and 35 wounded": does what "and" joins belong to the next number? */
static bool joins_number(const struct figure_clause *c, uint32_t i)
{
    for (uint32_t k = i + 1; k < c->terms.end && k <= i + JOINT_AHEAD; k++)
        if (clause_number(c, k))
            return true;
    return false;
}

static bool is_verb(const struct figure_clause *c, uint32_t i)
{
    for (uint32_t back = 1; back <= AUXILIARY_BACK && i >= c->terms.start + back; back++)
        if (clause_is(c, i - back, TERM_VERB))
            return true;
    return false;
}

static void add_act(const struct figure_clause *c, uint32_t i, struct acts *ret)
{
    ret->own |= act_at(c, i);
    ret->verb |= is_verb(c, i) ? act_at(c, i) : 0;
    ret->unsure = ret->unsure || said_at(c, i) & mark;
}

/* "18 people, including 4 children, were killed": the verb behind an aside that begins at term i, or i. */
static uint32_t behind_aside(const struct figure_clause *c, uint32_t i)
{
    enum { LONG = 14 };
    for (uint32_t k = i + 1; k < c->terms.end && k < i + LONG && !clause_is(c, k, TERM_STOPPED); k++)
        if (clause_is(c, k, TERM_BREAK) && clause_is(c, k, TERM_VERB))
            return k;
    return i;
}

/* Right behind the number, up to a comma, the next figure, or the preposition behind the first act. What stands in brackets is of other figures. */
static void read_behind(const struct figure_clause *c, struct acts *ret)
{
    for (uint32_t i = c->number.start; i < c->terms.end; i++) {
        bool inside = i < c->number.end;
        while (!inside && i < c->terms.end && clause_opens_bracket(c, i))
            i = behind_bracket(c, i);
        if (!inside && !ret->own && i < c->terms.end && is_parted(c, i) && behind_aside(c, i) > i) {
            i = behind_aside(c, i);
            continue;
        }
        if (i >= c->terms.end || (!inside && (clause_number(c, i) || clause_is(c, i, TERM_STOPPED) || is_parted(c, i))))
            break;
        bool joint = clause_is(c, i, TERM_JOINT) && !clause_is(c, i, TERM_OF);
        if (!inside && joint && joins_number(c, i))
            break;
        if (ret->own && !joint && clause_is(c, i, TERM_STOP) && !clause_is(c, i, TERM_OF | TERM_VERB))
            break;
        add_act(c, i, ret);
    }
}

/* Before it, back to the figure before. What was asked for names what then received something: "the appeal has received $40 million". */
static void read_before(const struct figure_clause *c, struct acts *ret)
{
    const uint64_t *classes = table_get()->classes;
    for (uint32_t i = c->number.start; i-- > c->terms.start;) {
        if (clause_is(c, i + 1, TERM_STOPPED) || (ret->own && clause_is(c, i + 1, TERM_BREAK)) || clause_number(c, i))
            break;
        bool asking = act_at(c, i) && !(act_at(c, i) & ~classes[CLASS_ASKED]);
        if (!(asking && ret->own & classes[CLASS_DONE]))
            add_act(c, i, ret);
    }
}

/* Farther behind it, where no other figure follows: "300 people, most of them women, were displaced". */
static void read_after(const struct figure_clause *c, struct acts *ret)
{
    struct acts after = {0};
    for (uint32_t i = c->number.end; i < c->terms.end && !clause_is(c, i, TERM_STOPPED); i++) {
        if (clause_number(c, i))
            return;
        add_act(c, i, &after);
    }
    *ret = after;
}

static bool is_planned(const struct figure_clause *c)
{
    bool planned = false;
    uint32_t from = c->number.start, to = c->number.end;
    while (from > c->terms.start && !clause_is(c, from, TERM_STOPPED))
        from--;
    while (to < c->terms.end && !clause_number(c, to) && !clause_is(c, to, TERM_STOPPED | TERM_BREAK))
        to++;
    for (uint32_t i = from; i < to; i++)
        planned = planned || said_at(c, i) & mark;
    return planned;
}

static bool says_order(const struct figure_clause *c)
{
    bool said = false;
    for (uint32_t i = c->terms.start; i < c->terms.end; i++)
        said = said || said_at(c, i) & order;
    return said;
}

void acts_read(const struct lexis *lexis, const char *text, const struct words *words, struct span terms, struct span number, struct acts *ret)
{
    *ret = (struct acts){0};
    terms.end = MIN(terms.end, words->terms->len);
    if (number.start < terms.start || number.start >= terms.end)
        return;
    number.end = CLAMP(number.end, number.start + 1, terms.end);
    g_autofree uint64_t *said = said_by_terms(lexis, text, words, terms);
    struct figure_clause clause = {text, words, terms, number, said};
    for (uint32_t i = terms.start; i < terms.end; i++)
        ret->sentence |= act_at(&clause, i);
    read_behind(&clause, ret);
    if (!ret->own)
        read_before(&clause, ret);
    if (!ret->own)
        read_after(&clause, ret);
    ret->in_order = says_order(&clause);
    ret->planned = is_planned(&clause);
}

bool acts_harm(uint64_t acts)
{
    return acts & table_get()->classes[CLASS_HARM];
}

uint64_t acts_said(const struct lexis *lexis, const char *text)
{
    struct words *words = words_new(lexis, slice_of(text));
    struct span terms = {0, words->terms->len};
    g_autofree uint64_t *said = said_by_terms(lexis, text, words, terms);
    uint64_t all = 0;
    for (uint32_t i = 0; i < terms.end; i++)
        all |= said[i] & ~(mark | order);
    words_free(words);
    return all;
}

static void append_names(GString *out, uint64_t mask)
{
    const struct table *table = table_get();
    const char *between = "";
    for (uint32_t i = 0; i < table->n; i++)
        if (mask >> i & 1) {
            g_string_append_printf(out, "%s%s", between, table->names[i]);
            between = " and ";
        }
}

static char *two_acts(uint64_t source, uint64_t draft)
{
    GString *out = g_string_new("the source says ");
    append_names(out, source);
    g_string_append(out, ", the draft ");
    append_names(out, draft);
    return g_string_free(out, FALSE);
}

static char *one_act(const char *before, uint64_t draft)
{
    GString *out = g_string_new(before);
    append_names(out, draft);
    return g_string_free(out, FALSE);
}

/* Does one of the draft's words hold what the source says? */
static bool is_wider(uint64_t draft, uint64_t source)
{
    const uint64_t *classes = table_get()->classes;
    return (draft & classes[CLASS_ALL] && source & (classes[CLASS_HARM] | classes[CLASS_ALL])) || (draft & classes[CLASS_NEEDED] && source & classes[CLASS_ASKED]);
}

static bool several(uint64_t mask)
{
    return mask & (mask - 1);
}

char *acts_differ(const struct acts *draft, const struct acts *source, uint64_t around)
{
    const uint64_t *classes = table_get()->classes, done = classes[CLASS_HARM] | classes[CLASS_DONE] | classes[CLASS_MOVED];
    uint64_t moved = classes[CLASS_MOVED], ours = (draft->verb ? draft->verb : draft->own) & ~moved, theirs = (source->verb & ~moved ? source->verb : source->own) & ~moved;
    uint64_t harm = ours & classes[CLASS_HARM];
    if (draft->own & done && !draft->planned && (source->unsure || (source->planned && !(source->own & done))))
        return g_strdup("the source says what is planned, sought, projected or likely, the draft what was done");
    if (!ours || is_wider(ours, theirs))
        return NULL;
    if (theirs && !(ours & theirs))
        return two_acts(theirs, ours);
    bool unbound = !theirs && several(source->sentence & classes[CLASS_HARM]), in_order = source->in_order && several(theirs & classes[CLASS_HARM]) && (theirs & ~ours);
    if (harm && (unbound || in_order))
        return one_act("which of several acts the source's number belongs to cannot be told, the draft says ", ours);
    if (harm && !(harm & (source->sentence | around)))
        return one_act("the source does not say ", harm);
    return NULL;
}
