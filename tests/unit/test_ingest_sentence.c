/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "ingest/sentence.h"
#include "ingest/sentence_break.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

/* Sentences of `text` as they should be: parted by "|". */
static const struct sentence_case {
    const char *name, *language, *parted;
} cases[] = {
    {"two", "en", "Some 300 people fled.|The town was empty."},
    {"title", "en", "Dr. Alvarez counted them.|Mr. Ortiz did not."},
    {"number", "en", "It is said in No. 5 of the series.|See para. 12 of it."},
    {"no as an answer", "en", "They said no.|Then they left."},
    {"decimal", "en", "It rose by 2.5 per cent.|It fell by 3 per cent."},
    {"initials", "en", "The report by J. M. Castro came out.|K. Ndlovu wrote it."},
    {"vitamin", "en", "They lack vitamin C.|The stores are empty."},
    {"acronym before a name", "en", "The U.S. Congress voted."},
    {"acronym at an end", "en", "They went to the U.S.|The journey took weeks."},
    {"hour", "en", "At 9 a.m. Monday it began.|It ended at 5 p.m.|Police left."},
    {"closing quotes", "en", "“We left at night.”|She had two children."},
    {"quote goes on", "en", "“Why did you leave?” he asked.|She wept."},
    {"closing quote after a space", "en", "“We left at night. ”|She had two children."},
    {"brackets", "en", "(Most of them were minors.)|Few had papers."},
    {"item number", "en", "12. Families without land were moved first."},
    {"paragraph of two", "en", "1.2. Families were moved.|Others stayed."},
    {"etc ends", "en", "They took food, tools, etc.|The road was blocked."},
    {"e.g.", "en", "Some states, e.g. Sonora, do not.|Others do."},
    {"reference", "en", "See Castro, J. (2016) and Ndlovu, K. & Ortiz, M.|It says so."},
    {"sections", "en", "This is told below (see sects. II and VII); it is long."},
    {"saint", "en", "He fled to St. Louis.|He stayed."},
    {"versus", "en", "It was Doe vs. Roe.|It ended."},
    {"page", "en", "See p. 34.|See pp. 5-6."},
    {"year then year", "en", "It grew in 2014.|2015 was worse."},
    {"digits begin", "en", "It grew.|5,000 people left."},
    {"ellipsis", "en", "They waited… and left.|Nobody came."},
    {"Spanish", "es", "El Sr. Gómez llegó.|¿Quién más vino?|El art. 3 lo dice.|Según la pág. 4, nadie."},
    {"EE. UU.", "es", "Viajó a EE. UU. Migración lo detuvo."},
    {"por ejemplo", "es", "Hay casos, p. ej. Sonora, sin datos.|Otros no."},
    {"French", "fr", "M. Dupont est parti.|Mme. Roy aussi.|Voir art. 5 de la loi."},
    {"French number", "fr", "Voir le no. 4.|Il y a 3,5 millions."},
    {"nothing that ends it", "en", "People who left, by year and place"},
    {"an end and what closes it, alone", "en", "They wrote “we left at night.”"},
    {"an end behind a long beginning", "en", "Homes, schools and the mill, as counted by the town; all of them stood.|Few do now."},
    {"stop of another script", "zh", "他们走了。|没有人留下。"},
    {"abbreviation of another language", "en", "He spoke to me.|All left."},
};

static void sentences(void **state)
{
    const struct sentence_case *row = *state;
    g_auto(GStrv) parts = g_strsplit(row->parted, "|", -1);
    g_autofree char *text = g_strjoinv(" ", parts);
    struct document *doc = document_new("x");
    document_append(doc, slice_of(text), 0);
    struct passage passage = {.span = {0, (uint32_t)doc->text->len}};
    g_array_append_val(doc->passages, passage);
    sentences_find(doc, row->language);
    g_autoptr(GString) found = g_string_new(NULL);
    for (guint i = 0; i < doc->sentences->len; i++) {
        struct slice one = document_slice(doc, DOCUMENT_AT(doc->sentences, struct sentence, i).span);
        g_string_append_printf(found, "%s%.*s", i > 0 ? "|" : "", SLICE_ARG(one));
    }
    assert_string_equal(found->str, row->parted);
    document_free(doc);
}

/* Text without a sentence's end: `head` and `tail`, and between them as many bytes of `fill` as put the limit behind `over` bytes of the tail. */
static const struct cut_case {
    const char *name, *fill, *head, *tail;
    uint32_t over;
    const char *second; /* the start of the second sentence */
} cuts[] = {
    {"at a semicolon", "and ", "so ", "it went; they, too: all left the camp", 34, "they, too"},
    {"at a colon", "and ", "so ", "it went, they too: all left, the camp", 34, "all left"},
    {"at a comma", "and ", "so ", "it went, they all left the camp", 28, "they all"},
    {"at white space", "and ", "so ", "they all left the campsite", 22, "campsite"},
    {"not in a number", "and ", "so ", "they had 12 000 tents", 14, "had 12 000"},
    {"not behind a number", "and ", "so ", "they had 300 tents", 15, "had 300"},
    {"a semicolon too far back is none", "and ", "so; ", "they left the camp", 12, "the camp"},
    {"at a sign where nothing else is", "ab-", "", "abc", 1, "abc"},
    {"not at a decimal sign", "ab-", "", "5.4", 2, "ab-5.4"},
    {"inside a word of more", "ab", "", "cdef", 2, "ef"},
    {"between characters", "é", "", "aéa", 2, "éa"},
};

static struct document *parted(const char *text)
{
    struct document *doc = document_new("x");
    document_append(doc, slice_of(text), 0);
    struct passage passage = {.span = {0, (uint32_t)doc->text->len}};
    g_array_append_val(doc->passages, passage);
    sentences_find(doc, "en");
    return doc;
}

static void cut(void **state)
{
    const struct cut_case *row = *state;
    g_autoptr(GString) text = g_string_new(row->head);
    while (text->len + strlen(row->fill) + row->over <= LIMIT_SENTENCE_BYTES)
        g_string_append(text, row->fill);
    while (text->len + row->over < LIMIT_SENTENCE_BYTES) /* the fill need not divide the rest */
        g_string_prepend_c(text, 'x');
    g_string_append(text, row->tail);
    struct document *doc = parted(text->str);
    assert_int_equal(doc->sentences->len, 2);
    struct slice second = document_slice(doc, DOCUMENT_AT(doc->sentences, struct sentence, 1).span);
    assert_memory_equal(second.ptr, row->second, MIN(second.len, strlen(row->second)));
    assert_true(second.len >= strlen(row->second));
    document_free(doc);
}

/* Whatever stands in a text: no sentence is longer than the limit, they part at characters, and only white space stands between them. */
static void tile(void **state)
{
    static const char *const parts[] = {"a", "families", "é", "日本", " ", " ", ",", ";", "7", "12 000", " 3.5", ". The", "\xC2\xA0", "-", "(", "\xCC\x81"};
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    (void)state;
    for (int i = 0; i < 40; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        int first = g_rand_int_range(random, 0, (int)G_N_ELEMENTS(parts)), after = g_rand_int_range(random, first, (int)G_N_ELEMENTS(parts)) + 1;
        while (text->len < 5 * LIMIT_SENTENCE_BYTES)
            g_string_append(text, parts[g_rand_int_range(random, first, after)]);
        struct document *doc = parted(text->str);
        uint32_t at = 0;
        for (guint k = 0; k <= doc->sentences->len; k++) {
            struct span span = k < doc->sentences->len ? DOCUMENT_AT(doc->sentences, struct sentence, k).span : (struct span){(uint32_t)text->len, (uint32_t)text->len};
            while (at < span.start)
                assert_true(g_ascii_isspace(text->str[at++]));
            assert_true(at == span.start && (k == doc->sentences->len || span.end > span.start));
            assert_true(span.end - span.start <= LIMIT_SENTENCE_BYTES);
            assert_true(g_utf8_validate(text->str + span.start, (gssize)(span.end - span.start), NULL));
            at = span.end;
        }
        document_free(doc);
    }
}

/* Sentences end where ICU's own iterator ends them, whatever stands in a text. */
static void as_icu(void **state)
{
    static const char *const parts[] = {"a", "Z", "é", "É", "日", "ª", "7", "٣", ".", "․", "?", "!", "。", " ", " ", "\xC2\xA0", "\t", "\r", "\n", "\xC2\x85", "\xE2\x80\xA9", ")", "\"", "”", "’", "(", ",", "-", ":", "–", "、",
                                        "\xCC\x81", "\xC2\xAD", "\xE2\x80\x8D", "$", "…", "\xF0\x9D\x90\x80", "\xF0\x9F\x8F\xBD"};
    g_autoptr(GRand) random = g_rand_new_with_seed(29);
    (void)state;
    for (int i = 0; i < 20000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (int n = g_rand_int_range(random, 0, 14); n >= 0; n--) {
            g_string_append(text, parts[g_rand_int_range(random, 0, (int)G_N_ELEMENTS(parts))]);
            if (n % 4 == 3)
                g_string_append_c(text, (char)g_rand_int_range(random, 1, 0x7F)); /* any ASCII */
        }
        UErrorCode status = U_ZERO_ERROR;
        UText input = UTEXT_INITIALIZER;
        utext_openUTF8(&input, text->str, (int64_t)text->len, &status);
        UBreakIterator *iterator = ubrk_open(UBRK_SENTENCE, "", NULL, 0, &status);
        ubrk_setUText(iterator, &input, &status);
        assert_true(U_SUCCESS(status));
        for (uint32_t at = 0; at < text->len;) {
            at = sentence_break(text->str, at, (uint32_t)text->len);
            int32_t expected = ubrk_next(iterator);
            if ((int32_t)at != expected)
                fail_msg("\"%s\" breaks at %u, not %d", text->str, at, expected);
        }
        ubrk_close(iterator);
        utext_close(&input);
    }
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + G_N_ELEMENTS(cuts) + 2];
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[n++] = (struct CMUnitTest){cases[i].name, sentences, NULL, NULL, (void *)&cases[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(cuts); i++)
        tests[n++] = (struct CMUnitTest){cuts[i].name, cut, NULL, NULL, (void *)&cuts[i]};
    tests[n++] = (struct CMUnitTest){"unbroken text", tile, NULL, NULL, NULL};
    tests[n++] = (struct CMUnitTest){"as ICU", as_icu, NULL, NULL, NULL};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
