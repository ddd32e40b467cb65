/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/doclist.h"
#include "index/rank.h"
#include "index/statement.h"
#include "index/tokenize.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib/gstdio.h>

/* Words that are found by their stems, though the index has each of them once: against what tokenize says stands at each place of a text. */
enum { DOCUMENTS = 9, ROWS = 40, PASSAGES = DOCUMENTS * ROWS, LONGEST = 12, ROUNDS = 4, DRAWN = 300 };

static const char *const words[] = {"refugee", "refugees", "Refuge", "refuges", "country", "countries", "agency", "work", "works", "working", "workers", "co-operation", "cooperation", "cooperate",
                                    "the", "skies", "sky", "hoping", "hope", "1990s", "5G", "10,000", "desplazados", "desplazadas", "población", "poblacion", "poblaciones", "pública", "publica",
                                    "publicó", "déplacés", "deplaces", "déplacer", "l’enfant", "enfants", "ß", "Straße", "беженцы", "беженцев", "難民", "re-use", "reuse"};
static const char *const languages[] = {"en", "es", "fr", NULL, "ru"};

struct world {
    char *folder, *path;
    struct store *store;
    GRand *random;
    char *texts[PASSAGES]; /* NULL: it is not there */
};

/* What stands at each place of a text: GPtrArray of GPtrArray of char *. */
static bool note_token(void *data, struct slice token, uint32_t start, uint32_t end, bool same)
{
    (void)start, (void)end;
    GPtrArray *places = data;
    if (!same || places->len == 0)
        g_ptr_array_add(places, g_ptr_array_new_with_free_func(g_free));
    g_ptr_array_add(g_ptr_array_index(places, places->len - 1), slice_dup(token));
    return true;
}

static const char *language_of(uint32_t passage)
{
    return languages[passage / ROWS % G_N_ELEMENTS(languages)];
}

static GPtrArray *places_of(struct world *world, uint32_t passage)
{
    GPtrArray *places = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    tokenizer_language(world->store->tokenizer, language_of(passage));
    tokenize(world->store->tokenizer, slice_of(world->texts[passage]), true, note_token, places);
    return places;
}

static bool stands(const GPtrArray *places, guint at, const char *word, bool prefix)
{
    const GPtrArray *synonyms = at < places->len ? g_ptr_array_index(places, at) : NULL;
    for (guint i = 0; synonyms && i < synonyms->len; i++) {
        const char *synonym = g_ptr_array_index(synonyms, i);
        if (prefix ? g_str_has_prefix(synonym, word) : strcmp(synonym, word) == 0)
            return true;
    }
    return false;
}

static uint32_t times_of(const GPtrArray *places, char **phrase, bool prefix)
{
    uint32_t times = 0;
    for (guint at = 0; at < places->len; at++) {
        guint n = 0;
        while (phrase[n] && stands(places, at + n, phrase[n], prefix && !phrase[n + 1]))
            n++;
        times += phrase[n] == NULL;
    }
    return times;
}

static void write_passage(struct world *world, uint32_t passage, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    tokenizer_language(world->store->tokenizer, language_of(passage));
    assert_int_equal(sqlite3_prepare_v2(world->store->db, sql, -1, &stmt, NULL), SQLITE_OK);
    sqlite3_bind_int64(stmt, 1, 1 + passage);
    sqlite3_bind_text(stmt, 2, world->texts[passage], -1, SQLITE_TRANSIENT);
    assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
    sqlite3_finalize(stmt);
}

/* Some passages anew, some gone. */
static void change(struct world *world)
{
    assert_true(store_begin(world->store, NULL));
    for (int k = 0; k < PASSAGES / 2; k++) {
        uint32_t passage = (uint32_t)g_rand_int_range(world->random, 0, PASSAGES);
        if (world->texts[passage])
            write_passage(world, passage, "INSERT INTO fts (fts, rowid, text) VALUES ('delete', ?1, ?2)");
        g_clear_pointer(&world->texts[passage], g_free);
        if (g_rand_int_range(world->random, 0, 5) == 0)
            continue;
        GString *text = g_string_new(NULL);
        for (int n = g_rand_int_range(world->random, 1, LONGEST); n > 0; n--)
            g_string_append_printf(text, "%s ", words[g_rand_int_range(world->random, 0, G_N_ELEMENTS(words))]);
        world->texts[passage] = g_string_free(text, FALSE);
        write_passage(world, passage, "INSERT INTO fts (rowid, text) VALUES (?1, ?2)");
    }
    assert_true(store_commit(world->store, NULL));
}

static void open_again(struct world *world, enum store_mode mode)
{
    store_close(world->store);
    assert_true(store_open(world->path, mode, &world->store, NULL));
}

static int world_open(void **state)
{
    struct world *world = g_new0(struct world, 1);
    world->random = g_rand_new_with_seed(5);
    world->folder = g_dir_make_tmp("citable-XXXXXX", NULL);
    world->path = g_build_filename(world->folder, "evidence.citable", NULL);
    assert_true(store_open(world->path, STORE_CREATE, &world->store, NULL));
    assert_true(store_exec(world->store, "INSERT INTO fts (fts, rank) VALUES ('pgsz', 64)", NULL)); /* lists go over many pages */
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        const char *language = language_of(i * ROWS);
        g_autofree char *quoted = language ? g_strdup_printf("'%s'", language) : g_strdup("NULL");
        g_autofree char *sql = g_strdup_printf("INSERT INTO documents (id, sha256, file_sha256, path, member, size, reader, version, language, pages, passages, figures, lengths, first_row, first_hash, hash) "
                                               "VALUES (%u, %u, '', %u, '', 0, 'text', '', %s, 1, %d, 0, zeroblob(4 * %d), %u, 0, 0)",
                                               i + 1, i, i, quoted, ROWS, ROWS, 1 + i * ROWS);
        assert_true(store_exec(world->store, sql, NULL));
    }
    *state = world;
    return 0;
}

static int world_close(void **state)
{
    struct world *world = *state;
    store_close(world->store);
    g_unlink(world->path);
    g_rmdir(world->folder);
    for (uint32_t i = 0; i < PASSAGES; i++)
        g_free(world->texts[i]);
    g_rand_free(world->random);
    g_free(world->path);
    g_free(world->folder);
    g_free(world);
    return 0;
}

/* Are postings those that the texts say? */
static void compare(struct world *world, const char *text, bool prefix, const struct postings *postings)
{
    g_auto(GStrv) phrase = g_strsplit(text, " ", -1);
    struct posting at = postings_begin(postings);
    bool more = posting_next(&at);
    for (uint32_t i = 0; i < PASSAGES; i++) {
        g_autoptr(GPtrArray) places = world->texts[i] ? places_of(world, i) : NULL;
        uint32_t times = places ? times_of(places, phrase, prefix) : 0, found = more && at.passage == i ? at.times : 0;
        if (found != times)
            fail_msg("'%s' stands %u times in '%s' (%s), and was found %u times", text, times, world->texts[i], language_of(i), found);
        more = found > 0 ? posting_next(&at) : more;
    }
    assert_false(more);
}

/* A word or two of what stands in a passage, stems among them. */
static char *draw(struct world *world, bool *prefix)
{
    uint32_t passage = (uint32_t)g_rand_int_range(world->random, 0, PASSAGES);
    while (!world->texts[passage])
        passage = (passage + 1) % PASSAGES;
    g_autoptr(GPtrArray) places = places_of(world, passage);
    guint at = (guint)g_rand_int_range(world->random, 0, (int)places->len), n = (guint)g_rand_int_range(world->random, 1, 4);
    GString *text = g_string_new(NULL);
    for (guint i = at; i < MIN(at + n, places->len); i++) {
        const GPtrArray *synonyms = g_ptr_array_index(places, i);
        g_string_append_printf(text, "%s%s", i > at ? " " : "", (const char *)g_ptr_array_index(synonyms, g_rand_int_range(world->random, 0, (int)synonyms->len)));
    }
    *prefix = g_rand_int_range(world->random, 0, 3) == 0;
    if (*prefix) {
        const char *space = strrchr(text->str, ' '), *last = space ? space + 1 : text->str;
        const char *end = g_utf8_offset_to_pointer(last, g_rand_int_range(world->random, 1, (int)g_utf8_strlen(last, -1) + 1));
        g_string_truncate(text, (gsize)(end - text->str));
    }
    return g_string_free(text, FALSE);
}

static void compare_drawn(struct world *world, bool own)
{
    struct ranking *ranking = ranking_of(world->store, NULL);
    for (int k = 0; k < DRAWN; k++) {
        bool prefix;
        g_autofree char *text = draw(world, &prefix), *key = g_strdup_printf("%s%d", text, prefix);
        struct rank_phrase phrase = {.match = key, .words = text, .prefix = prefix};
        const struct postings *postings = postings_of(world->store, ranking, &phrase, NULL);
        assert_non_null(postings);
        compare(world, text, prefix, postings);
        if (!own || prefix)
            continue;
        struct postings *read = postings_new();
        assert_true(doclist_read(world->store, ranking, text, 0, read));
        postings_free(read);
    }
}

/* A byte behind the structure record: our own reader refuses it, FTS5 takes it. */
static void finds_the_same_where_only_fts5_reads(void **state)
{
    struct world *world = *state;
    change(world);
    assert_true(store_exec(world->store, "UPDATE fts_data SET block = CAST(block || x'00' AS BLOB) WHERE id = 10", NULL));
    open_again(world, STORE_READ);
    struct postings *read = postings_new();
    assert_false(doclist_read(world->store, ranking_of(world->store, NULL), "work", 0, read));
    postings_free(read);
    compare_drawn(world, false);
}

static void finds_words_by_their_stems(void **state)
{
    struct world *world = *state;
    for (int round = 0; round < ROUNDS; round++) {
        change(world);
        compare_drawn(world, false);
        open_again(world, STORE_READ);
        compare_drawn(world, true);
        open_again(world, STORE_WRITE);
    }
}

struct form_case {
    const char *name, *word, *form;
};

static const struct form_case form_cases[] = {
    {"a word that begins with its stem", "refugees", "refuge\x01" "es"},
    {"one that is its stem", "work", NULL},
    {"one whose stem is no part of it", "country", NULL},
    {"one that begins with a digit", "1990s", NULL},
    {"nothing", "", NULL},
};

static void puts_the_sign(void **state)
{
    struct world *world = *state;
    static const char *const english[] = {"en", "xx", NULL};
    for (size_t i = 0; i < G_N_ELEMENTS(form_cases); i++) {
        g_autoptr(GPtrArray) forms = tokenizer_forms(world->store->tokenizer, english, form_cases[i].word);
        assert_int_equal(forms->len, form_cases[i].form != NULL);
        if (form_cases[i].form)
            assert_string_equal(g_ptr_array_index(forms, 0), form_cases[i].form);
    }
}

/* A text's tokens, in one line: those of one place parted by "/". */
static char *tokens_of(struct world *world, const char *language, const char *text, bool asking)
{
    g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    GString *line = g_string_new(NULL);
    tokenizer_language(world->store->tokenizer, language);
    tokenizer_ask(world->store->tokenizer, asking);
    tokenize(world->store->tokenizer, slice_of(text), true, note_token, places);
    tokenizer_ask(world->store->tokenizer, false);
    for (guint i = 0; i < places->len; i++) {
        const GPtrArray *synonyms = g_ptr_array_index(places, i);
        for (guint k = 0; k < synonyms->len; k++)
            g_string_append_printf(line, "%s%s", k > 0 ? "/" : " ", (const char *)g_ptr_array_index(synonyms, k));
    }
    return g_string_free(line, FALSE);
}

/* Words that are met again, those that were not, and those that no text has met: a question's are looked up nowhere. */
static void remembers_words(void **state)
{
    struct world *world = *state;
    for (size_t w = 0; w < G_N_ELEMENTS(words); w++)
        for (size_t l = 0; l < G_N_ELEMENTS(languages); l++) {
            g_autofree char *capitals = g_utf8_strup(words[w], -1), *twice = g_strdup_printf("%s, %s-%s", capitals, words[w], words[w]);
            g_autofree char *first = tokens_of(world, languages[l], twice, false), *again = tokens_of(world, languages[l], twice, false), *asked = tokens_of(world, languages[l], twice, true);
            assert_string_equal(first, again);
            if (g_str_is_ascii(twice)) /* others may be asked as they would be stemmed without their accents */
                assert_string_equal(first, asked);
        }
}

static const struct token_case {
    const char *name, *text, *tokens;
} token_cases[] = {
    {"a word, the same in capitals", "Refugees REFUGEES", " refugees/refuge refugees/refuge"},
    {"an accent", "Población poblacion", " poblacion poblacion"},
    {"a word of the longest length that is remembered", "abcdefghijklmnopqrstuvwx abcdefghijklmnopqrstuvw", " abcdefghijklmnopqrstuvwx abcdefghijklmnopqrstuvw"},
    {"a letter beyond Latin behind Latin ones", "aжb", " aжb"},
    {"a soft hyphen", "refu\xC2\xADgees", " refugees/refuge"},
    {"a sign that is no letter among those that are", "a\xC3\x97\x62", " a b"},
    {"joined words", "co-operation co\u2010operation", " co/cooperation operation/oper co/cooperation operation/oper"},
    {"digits behind letters, and before", "covid19 5G", " covid19 5g/5"},
    {"more digits than a token holds", "0.1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
     " 0.123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456"},
};

static void writes_tokens(void **state)
{
    struct world *world = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(token_cases); i++) {
        g_autofree char *tokens = tokens_of(world, "en", token_cases[i].text, false);
        assert_string_equal(tokens, token_cases[i].tokens);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_words_by_their_stems, world_open, world_close),
        cmocka_unit_test_setup_teardown(finds_the_same_where_only_fts5_reads, world_open, world_close),
        cmocka_unit_test_setup_teardown(puts_the_sign, world_open, world_close),
        cmocka_unit_test_setup_teardown(remembers_words, world_open, world_close),
        cmocka_unit_test_setup_teardown(writes_tokens, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
