/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/words/opener.h"

#include "query/words/rows.h"

struct hint {
    const char *concept;
    uint32_t kinds;
};

static struct table {
    GPtrArray *rows;    /* their strings are theirs */
    GArray *openers;    /* struct opener */
    GArray *hints;      /* struct hint */
    GHashTable *sets;   /* name → kinds */
} table;

/* "percent fraction", or the name of a set. */
static uint32_t kinds_of(const char *list)
{
    g_auto(GStrv) names = g_strsplit(list, " ", 0);
    uint32_t kinds = 0;
    for (char **name = names; *name && !g_str_equal(list, "-"); name++) {
        enum figure_kind kind;
        if (kind_from(*name, &kind))
            kinds |= 1u << kind;
        else if (g_hash_table_contains(table.sets, *name))
            kinds |= GPOINTER_TO_UINT(g_hash_table_lookup(table.sets, *name));
        else
            g_error("query/words/questions.tsv: '%s' is no kind", *name);
    }
    return kinds;
}

static void read_row(char **cells)
{
    guint n = g_strv_length(cells);
    if (n == 3 && g_str_equal(cells[0], "=")) {
        g_hash_table_insert(table.sets, cells[1], GUINT_TO_POINTER(kinds_of(cells[2])));
    } else if (n == 3 && g_str_equal(cells[0], "?")) {
        struct hint hint = {cells[1], kinds_of(cells[2])};
        g_array_append_val(table.hints, hint);
    } else if (n == 6) {
        struct opener opener = {cells[0], cells[1], g_str_equal(cells[2], "-") ? NULL : cells[2], kinds_of(cells[3]), g_str_equal(cells[4], "counted"), cells[5]};
        g_array_append_val(table.openers, opener);
    } else {
        g_error("query/words/questions.tsv: '%s' is no row", cells[0]);
    }
}

const GArray *openers(void)
{
    if (table.openers)
        return table.openers;
    table = (struct table){word_rows("questions"), g_array_new(FALSE, FALSE, sizeof(struct opener)), g_array_new(FALSE, FALSE, sizeof(struct hint)), g_hash_table_new(g_str_hash, g_str_equal)};
    for (guint i = 0; i < table.rows->len; i++)
        read_row(g_ptr_array_index(table.rows, i));
    return table.openers;
}

/* The first place at or after `from` where the phrase's stems stand; NONE = nowhere. */
static uint32_t phrase_at(const struct lexis *lexis, const struct words *words, const char *phrase, uint32_t from, uint32_t *n)
{
    struct words *wanted = words_new_plain(lexis, slice_of(phrase));
    uint32_t found = NONE;
    *n = wanted->terms->len;
    for (uint32_t i = from; found == NONE && i + *n <= words->terms->len; i++) {
        uint32_t same = 0;
        while (same < *n && term_of(words, i + same)->stem == term_of(wanted, same)->stem)
            same++;
        if (same == *n)
            found = i;
    }
    words_free(wanted);
    return found;
}

static bool stands_in(const struct opener *opener, const struct lexis *lexis, const struct words *words, uint32_t *first, uint32_t *after)
{
    uint32_t n, unused, at = phrase_at(lexis, words, opener->phrase, 0, &n);
    if (at == NONE || (opener->then && phrase_at(lexis, words, opener->then, at + n, &unused) == NONE))
        return false;
    if (opener->kinds == 0 && (at > 0 || term_of(words, at)->flags & TERM_ACRONYM)) /* "those who fled", "WHO" */
        return false;
    *first = at;
    *after = at + n;
    return true;
}

const struct opener *opener_in(const struct lexis *lexis, const struct words *words, uint32_t *first, uint32_t *after)
{
    const GArray *rows = openers();
    for (guint i = 0; i < rows->len; i++) {
        const struct opener *opener = &g_array_index(rows, struct opener, i);
        if (lexis_of(opener->language) == lexis && stands_in(opener, lexis, words, first, after))
            return opener;
    }
    return NULL;
}

uint32_t hinted_kinds(const struct lexis *lexis, const struct words *words)
{
    uint32_t kinds = 0;
    openers();
    for (guint i = 0; i < table.hints->len; i++) {
        const struct hint *hint = &g_array_index(table.hints, struct hint, i);
        if (words_name(words, concept_named(lexis, hint->concept), (struct span){0, words->terms->len}) != NONE)
            kinds |= hint->kinds;
    }
    return kinds;
}

const char *language_of_opener(const char *text)
{
    static const char *const languages[] = {"es", "fr"};
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
        const struct lexis *lexis = lexis_of(languages[i]);
        struct words *words = words_new_plain(lexis, slice_of(text));
        uint32_t first, after;
        const struct opener *opener = opener_in(lexis, words, &first, &after);
        words_free(words);
        if (opener)
            return languages[i];
    }
    return NULL;
}
