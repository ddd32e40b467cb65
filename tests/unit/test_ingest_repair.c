/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/repair.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct join_case {
    const char *name;
    const char *lines[6]; /* what else the document says */
    const char *left, *right;
    bool joins;
} join_cases[] = {
    {"no evidence", {NULL}, "inhabit-", "ants of", true},
    {"the word stands elsewhere", {"the inhabitants of"}, "inhabit-", "ants", true},
    {"the compound stands elsewhere", {"a health-care worker"}, "health-", "care", false},
    {"compound in the plural", {"the policy-makers"}, "policy-", "maker", false},
    {"more often one word", {"a peace-keeping force", "peacekeeping and", "peacekeeping"}, "peace-", "keeping", true},
    {"head of compounds", {NULL}, "a well-", "known", false},
    {"head is a syllable", {NULL}, "they ex-", "pected", true},
    {"head before a word", {"the combatants"}, "of ex-", "combatants", false},
    {"tail of compounds", {"the community"}, "community-", "based", false},
    {"participle of the document", {"the gang was", "controlled"}, "gang-", "controlled", false},
    {"digits keep it", {NULL}, "COVID-", "19", false},
    {"years keep it", {NULL}, "2013-", "2014", false},
    {"capital keeps it", {NULL}, "Guinea-", "Bissau", false},
    {"acronym of the document", {"UNODC said"}, "(UN-", "ODC)", true},
    {"acronyms keep it", {NULL}, "FARC-", "EP", false},
    {"soft hyphen", {NULL}, "well\xc2\xad", "known", true},
    {"typographic hyphen", {NULL}, "popula\xe2\x80\x90", "tion", true},
    {"inside a compound", {"narco-trafficking"}, "nar-", "co-trafficking", true},
    {"accented letters", {"población"}, "pobla-", "ción", true},
    {"French clitic", {NULL}, "celui-", "là", true}, /* "celui" unknown: nothing speaks for the hyphen */
    {"French clitic known", {"celui qui"}, "celui-", "là", false},
    {"halves of a divided word are no words", {"the gang-", "controlled area"}, "gang-", "controlled", true},
    {"a document that divides no words", {"rock climbing, life saving, lake fishing, climate", "the rock-", "climbing, the life-", "saving and the lake-", "fishing"}, "climate-", "proof", false},
    {"a document that divides words", {"rock climbing, inhabitants, measures, climate", "the inhabit-", "ants, the meas-", "ures and the rock-", "climbing"}, "climate-", "proof", true},
    {"the first half of other compounds", {"the counter-offer"}, "counter-", "move", false},
    {"a hyphen that waits for its second half", {NULL}, "trust-", "and confidence-building", false},
    {"an acronym is no syllable", {NULL}, "a GNI-", "member", false},
    {"a small word between hyphens", {NULL}, "country-by-", "country", false},
    {"a reflexive in French", {NULL}, "eux-", "mêmes", false},
    {"nothing before", {NULL}, "-", "ants", false},
};

static void joins(void **state)
{
    const struct join_case *row = *state;
    struct repair *repair = repair_new();
    for (size_t i = 0; i < G_N_ELEMENTS(row->lines) && row->lines[i]; i++)
        repair_learn(repair, slice_of(row->lines[i]));
    assert_int_equal(repair_joins(repair, slice_of(row->left), slice_of(row->right)), row->joins);
    repair_free(repair);
}

static const struct accent_case {
    const char *name, *text, *repaired;
} accent_cases[] = {
    {"s with acute as a word", "world ś most", "world's most"},
    {"s and combining acute", "world s\xcc\x81 most", "world's most"},
    {"acute before s", "Salvador´s truce", "Salvador's truce"},
    {"acute and t", "don´t", "don't"},
    {"combining mark after a space", "poblacio ́n", "población"},
    {"spacing accent before its letter", "M´exico", "México"},
    {"diaeresis before its letter", "M¨unchen", "München"},
    {"between two vowels", "naci´on", "naci´on"},
    {"quotation", "for ´protecting´ them", "for ´protecting´ them"},
    {"Polish word", "śmierć i kość", "śmierć i kość"},
    {"possessive of a plural", "migrants´ rights", "migrants´ rights"},
    {"plain", "nothing here", "nothing here"},
};

static void accents(void **state)
{
    const struct accent_case *row = *state;
    glong n = 0;
    gunichar *c = g_utf8_to_ucs4_fast(row->text, -1, &n), out[2];
    GString *made = g_string_new(NULL);
    for (size_t at = 0; at < (size_t)n;) {
        size_t used = repair_accent(c, (size_t)n, at, out);
        g_string_append_unichar(made, used > 0 ? out[0] : c[at]);
        if (used > 0 && out[1])
            g_string_append_unichar(made, out[1]);
        at += MAX(used, 1);
    }
    assert_string_equal(made->str, row->repaired);
    g_string_free(made, TRUE);
    g_free(c);
}

static void characters(void **state)
{
    (void)state;
    assert_string_equal(repair_character(0xFB03), "ffi");
    assert_string_equal(repair_character(0x00AD), "");
    assert_string_equal(repair_character(0x202F), " ");
    assert_string_equal(repair_character(0xF0B7), "•");
    assert_string_equal(repair_character(0xFEFC), "لا");
    assert_string_equal(repair_character(0xFB2A), "שׁ");
    assert_null(repair_character(0xFE71)); /* a mark by itself */
    assert_null(repair_character('a'));
    assert_null(repair_character(0x00E9));
    assert_null(repair_character(0x202E)); /* a bidi override is evidence: it stays, and is shown */
}

static void divided(void **state)
{
    (void)state;
    struct slice left, hyphen;
    assert_true(repair_divided((struct slice)SLICE("of inhabit-  "), &left, &hyphen));
    assert_true(slice_is(left, "of inhabit") && slice_is(hyphen, "-  "));
    assert_true(repair_divided((struct slice)SLICE("popula\xe2\x80\x90"), &left, &hyphen));
    assert_true(slice_is(hyphen, "\xe2\x80\x90"));
    assert_false(repair_divided((struct slice)SLICE("and –"), &left, &hyphen));
    assert_false(repair_divided((struct slice)SLICE("and -"), &left, &hyphen));
    assert_false(repair_divided((struct slice)SLICE("-"), &left, &hyphen));
}

/* More words than there is room for at first, each as often as it stands there, in any case. */
static void many_words(void **state)
{
    (void)state;
    enum { WORDS = 5000, OFTEN = 3 };
    struct repair *repair = repair_new();
    for (unsigned i = 0; i < WORDS; i++) {
        char letters[] = {(char)('a' + i % 26), (char)('a' + i / 26 % 26), (char)('a' + i / 676), 0};
        g_autofree char *line = g_strdup_printf("mil%s 2,%u Mil%s-t\u00e9 mil%s.", letters, i, letters, letters), *word = g_strdup_printf("MIL%s", letters);
        repair_learn(repair, slice_of(line));
        assert_int_equal(repair_count(repair, slice_of(word)), OFTEN);
    }
    assert_int_equal(repair_count(repair, (struct slice)SLICE("milaaa")), OFTEN);
    assert_int_equal(repair_count(repair, (struct slice)SLICE("Milaaa-T\u00c9")), 1);
    assert_int_equal(repair_count(repair, (struct slice)SLICE("t\u00e9")), WORDS);
    assert_int_equal(repair_count(repair, (struct slice)SLICE("2")), 0);
    repair_free(repair);
}

static bool is_letter(gunichar c)
{
    return g_unichar_isalpha(c) || g_unichar_ismark(c);
}

static void add_to(GHashTable *counts, const char *from, const char *to)
{
    g_autofree char *word = to - from <= 64 ? g_utf8_strdown(from, to - from) : NULL;
    if (word)
        g_hash_table_insert(counts, g_strdup(word), GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(counts, word)) + 1));
}

/* Words and compounds of a line that ends with no hyphen, character by character. */
static void count_plainly(GHashTable *counts, const char *line)
{
    const char *compound = NULL;
    for (const char *at = line; *at;) {
        const char *stop = at;
        while (*stop && is_letter(g_utf8_get_char(stop)))
            stop = g_utf8_next_char(stop);
        if (stop == at) {
            at = g_utf8_next_char(at);
            compound = NULL;
            continue;
        }
        add_to(counts, at, stop);
        if (compound)
            add_to(counts, compound, stop);
        if (*stop == '-')
            add_to(counts, at, stop + 1);
        compound = *stop == '-' ? at : NULL;
        at = *stop == '-' ? stop + 1 : stop;
    }
}

/* Words of random lines, of any length and script, are counted as often as they are when one character after another is looked at. */
static void random_words(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a", "B", "c", "Zebra", "international", "\u00e9", "\u00c9", "\u0416", "\u0301", " ", " ", " ", "-", "\u2013", "7", "'", ".", "\u4e00",
                                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij"};
    enum { LINES = 3000, PIECES = 60 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(11);
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct repair *repair = repair_new();
    for (unsigned i = 0; i < LINES; i++) {
        g_autoptr(GString) line = g_string_new(NULL);
        for (gint32 n = g_rand_int_range(rand, 0, PIECES); n > 0; n--)
            g_string_append(line, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
        g_string_append(line, " 1");
        repair_learn(repair, slice_make(line->str, line->len));
        count_plainly(counts, line->str);
    }
    GHashTableIter iter;
    gpointer word, count;
    g_hash_table_iter_init(&iter, counts);
    while (g_hash_table_iter_next(&iter, &word, &count))
        assert_int_equal(repair_count(repair, slice_of(word)), GPOINTER_TO_UINT(count));
    assert_int_equal(repair_count(repair, (struct slice)SLICE("")), 0);
    assert_true(g_hash_table_size(counts) > LINES);
    repair_free(repair);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(join_cases) + G_N_ELEMENTS(accent_cases) + 4];
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(join_cases); i++)
        tests[n++] = (struct CMUnitTest){join_cases[i].name, joins, NULL, NULL, (void *)&join_cases[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(accent_cases); i++)
        tests[n++] = (struct CMUnitTest){accent_cases[i].name, accents, NULL, NULL, (void *)&accent_cases[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(characters);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(divided);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(many_words);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(random_words);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
