/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/limits.h"
#include "extract/extractor.h"
#include "extract/rule_test.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* The sanitizers cost time of their own. */
#ifdef CITABLE_SANITIZED
enum { SLOWER = 20 };
#else
enum { SLOWER = 1 };
#endif

/* A folder with one rule file of these bytes. */
static char *folder_with(const char *rules)
{
    char *folder = g_dir_make_tmp("citable-rules-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "own.rules", NULL);
    assert_non_null(folder);
    assert_true(g_file_set_contents(path, rules, -1, NULL));
    return folder;
}

static void folder_remove(char *folder)
{
    g_autofree char *path = g_build_filename(folder, "own.rules", NULL);
    g_unlink(path);
    g_rmdir(folder);
    g_free(folder);
}

#define RULE_TAIL "does exclude\nmatch a 5 b\n"
#define TEN "a|b|c|d|e|f|g|h|i|j"

/* Rule files that the loader refuses, and what it says of them. */
static const struct refused {
    const char *name, *rules, *says;
} refused[] = {
    {"no trigger", "rule own.a\nmeans m\npattern x\n" RULE_TAIL, "own.rules:1: rule own.a: has no trigger, so it could never be tried"},
    {"no match line", "rule own.a\nmeans m\ntrigger x\npattern x\ndoes exclude\n", "own.rules:1: rule own.a: needs at least one match line"},
    {"a pattern that does not compile", "rule own.a\nmeans m\ntrigger x\npattern (x\n" RULE_TAIL, "own.rules:1: rule own.a: pattern:"},
    {"a part nobody knows", "rule own.a\nmeans m\ntrigger x\npattern (?&what)\n" RULE_TAIL, "no part is called 'what'"},
    {"a part inside itself", "part p\npattern (?&p)\n\nrule own.a\nmeans m\ntrigger x\npattern (?&p)\n" RULE_TAIL, "part 'p' is inside itself"},
    {"a key nobody knows", "rule own.a\ncolour red\n", "own.rules:2: rule own.a: cannot read 'colour red'"},
    {"bounds the wrong way round", "rule own.a\nbounds value 9 1\n", "own.rules:2: rule own.a: cannot read 'bounds value 9 1'"},
    {"the same rule twice", "rule own.a\nmeans m\ntrigger x\npattern x\n" RULE_TAIL "rule own.a\nmeans m\ntrigger x\npattern x\n" RULE_TAIL, "rule own.a: stands in line 1 already"},
    {"no such rule to switch off", "rule own.a\noff yes\n", "there is no such rule to switch off"},
    {"a line outside a rule", "pattern x\n", "own.rules:1: 'pattern' stands outside a rule"},
    {"a trigger of too many phrases", "rule own.a\nmeans m\ntrigger " TEN "_" TEN "_" TEN "|k\npattern x\n" RULE_TAIL, "own.rules:1: rule own.a: one trigger is of more than 1000 phrases"},
    {"too many behind a number", "rule own.a\nmeans m\ntrigger <number>\nnext " TEN "_" TEN "_" TEN "|k\npattern x\n" RULE_TAIL, "rule own.a: one trigger is of more than 1000 phrases"},
    {"words ahead without how far", "rule own.a\nahead x y\n", "own.rules:2: rule own.a: cannot read 'ahead x y'"},
    {"how far ahead without words", "rule own.a\nahead 3\n", "own.rules:2: rule own.a: cannot read 'ahead 3'"},
    {"a word ahead that is several tokens", "rule own.a\nmeans m\nahead 12 guards peace-keepers\n", "own.rules:3: rule own.a: cannot read 'ahead 12 guards peace-keepers'"},
    {"bytes that are no text", "rule \xff\n", "is not UTF-8"},
};

static void test_refused(void **state)
{
    const struct refused *row = *state;
    g_autoptr(GError) error = NULL;
    struct extractor *extractor = NULL;
    char *folder = folder_with(row->rules);
    assert_false(extractor_new(folder, &extractor, &error));
    assert_true(g_error_matches(error, CITABLE_ERROR, CITABLE_ERROR_RULE));
    if (!strstr(error->message, row->says))
        assert_string_equal(error->message, row->says);
    folder_remove(folder);
}

static void test_no_folder(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    struct extractor *extractor = NULL;
    assert_false(extractor_new("/nonexistent/rules", &extractor, &error));
    assert_true(g_error_matches(error, CITABLE_ERROR, CITABLE_ERROR_RULE));
}

static const char long_word[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/* A matcher over one rule of our own folder. */
static struct extractor *with_rule(const char *pattern, const struct rule **rule, char **folder)
{
    g_autofree char *text = g_strdup_printf("rule own.slow\nmeans m\ntrigger a %s\npattern %s\ndoes exclude\nmatch a 5\n", long_word, pattern);
    struct extractor *extractor = NULL;
    *folder = folder_with(text);
    assert_true(extractor_new(*folder, &extractor, NULL));
    const GPtrArray *rules = extractor_rules(extractor);
    for (guint i = 0; i < rules->len; i++) {
        *rule = g_ptr_array_index(rules, i);
        if (strcmp((*rule)->id, "own.slow") == 0)
            return extractor;
    }
    assert_true(false);
    return NULL;
}

/* Patterns that would take for ever: each ends within its limit and says so, and is never "no match" in silence. */
static const char *const hostile[] = {
    "(a+)+[bc]",    "(a|aa)+[bc]",   "(a*)*[bc]",     "((a+)*)+[bc]",  "(?:a?){30}a{30}[bc]", "(a|a)*[bc]",     "(.*)*[xy]",      "(?:a.*)+[yz]",  "((?:a|b)*)*[cd]", "(a+){2,}[bc]",
    "(?:a|a|a)+[bc]", "(?:a+a+)+[bc]", "(a?a?)*[bc]", "(?:(?:a+)+)+[bc]", "(a.?)+[bc]",      "(?:.+.+)+[bc]", "(?:aa?)+[bc]",   "(a+?)+[bc]",   "(?:a{1,3})+[bc]", "(\\w+)*[!?]",
    "(\\w|a)+[!?]", "(?:\\p{L}+)+[!?]", "(?:[a-z]|a)+[!?]", "(?:a*a*)*[bc]", "(?=(a+)+[bc])a", "(?:(a+)(?=a))+[bc]", "(a+)*(a+)*[bc]", "(?:a+){1,9}[bc]", "(?:(?:a|aa)(?:a|aa))+[bc]", "(a*?)*?[bc]",
};

enum { PASSAGES = 3, WORDS = 33, PASSAGE_MS = 50 };

/* Passages of words that the pattern begins at and never ends with; behind them a number, without which no rule that excludes numbers would be tried. */
static struct document *document_of_words(void)
{
    struct document *doc = document_new("line");
    doc->metadata.language = g_strdup("en");
    for (guint i = 0; i < PASSAGES; i++) {
        uint32_t start = (uint32_t)doc->text->len;
        for (guint w = 0; w < WORDS; w++)
            g_string_append_printf(doc->text, "%s%s", long_word, w + 1 < WORDS ? " " : " 7");
        struct passage passage = {.span = {start, (uint32_t)doc->text->len}, .page = NONE, .number = i + 1, .heading = NONE};
        struct sentence sentence = {passage.span, i};
        g_array_append_val(doc->passages, passage);
        g_array_append_val(doc->sentences, sentence);
        g_string_append(doc->text, "\n\n");
    }
    return doc;
}

static gint64 work_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (gint64)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void test_hostile(void **state)
{
    const struct rule *rule;
    char *folder;
    struct extractor *extractor = with_rule(*state, &rule, &folder);
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct document *doc = document_of_words();
    gint64 before = work_ms();
    mentions_free(extractor_run(extractor, doc, troubles));
    gint64 took = work_ms() - before;
    if (took > PASSAGES * PASSAGE_MS * SLOWER)
        fail_msg("a passage takes %d ms", (int)(took / PASSAGES));
    assert_int_equal(troubles->len, PASSAGES); /* once a passage, and never in silence */
    assert_non_null(strstr(g_ptr_array_index(troubles, 0), "rule own.slow ("));
    document_free(doc);
    extractor_free(extractor);
    folder_remove(folder);
}

static void test_limit_is_reported(void **state)
{
    (void)state;
    const struct rule *rule;
    char *folder;
    struct extractor *extractor = with_rule("(?:a|aa)+[bc]", &rule, &folder);
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct rule_matcher *matcher = rule_matcher_new(troubles);
    struct rule_hit hit;
    rule_matcher_place(matcher, 7);
    assert_false(rule_match(matcher, rule, slice_of("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), 0, &hit));
    assert_int_equal(troubles->len, 1);
    const char *line = g_ptr_array_index(troubles, 0);
    assert_non_null(strstr(line, "page 7"));
    assert_non_null(strstr(line, "rule own.slow ("));
    assert_non_null(strstr(line, "not decided there"));
    rule_matcher_free(matcher);
    extractor_free(extractor);
    folder_remove(folder);
}

/* A pattern that needs more stack than JIT has is matched by the interpreter: the answer is the same, nothing is reported. */
static void test_small_jit_stack(void **state)
{
    (void)state;
    const struct rule *rule;
    char *folder;
    struct extractor *extractor = with_rule("(?:(a)|b)+z", &rule, &folder);
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct rule_matcher *matcher = rule_matcher_new_with_stack(troubles, 1024);
    g_autofree char *as = g_strnfill(900, 'a'), *text = g_strconcat(as, "z", NULL);
    struct rule_hit hit;
    bool found = rule_match(matcher, rule, slice_of(text), 0, &hit);
    if (troubles->len > 0)
        assert_string_equal(g_ptr_array_index(troubles, 0), "");
    assert_true(found);
    assert_int_equal(hit.span.end, 901);
    assert_true(rule_matcher_fallbacks(matcher) > 0);
    rule_matcher_free(matcher);
    extractor_free(extractor);
    folder_remove(folder);
}

/* Triggers that are classes: what the rule reads in each text, "" where it must not be tried. */
static void assert_class(const char *rule, const char *examples)
{
    g_autofree char *text = g_strconcat(rule, examples, NULL), *folder = folder_with(text);
    struct extractor *extractor = NULL;
    g_autoptr(GString) report = g_string_new(NULL);
    unsigned lines;
    assert_true(extractor_new(folder, &extractor, NULL));
    assert_int_equal(rules_test(extractor, report, &lines), 0);
    extractor_free(extractor);
    folder_remove(g_steal_pointer(&folder));
}

/* <ordinal>: at "6th" and "sixth", not at "6"; <capital>: only where a word with a capital stands right behind the number. */
static void test_class_triggers(void **state)
{
    (void)state;
    assert_class("rule own.floor\nmeans m\ntrigger <ordinal>\npattern (?<value>(?&ordinal)) storey\nkind rank\n",
                 "match the 6th storey => value=6 kind=rank\nmatch the sixth storey => value=6\nreject the 6 storey\n");
    assert_class("rule own.model\nmeans m\ntrigger <number>\nnext <capital>\npattern (?<value>(?&number)) bahrain marks\nkind money\n",
                 "match 40 Bahrain marks => value=40 kind=money\nreject 40 bahrain marks\n");
}

/* The text of a group again, whose name stands twice. */
static void test_back(void **state)
{
    (void)state;
    assert_class("rule own.twin\nmeans m\ntrigger x longword\npattern (?|(?<counted>x)|(?<counted>longword)):\\k<counted>: (?<value>(?&number))\n",
                 "match longword:longword: 12 => value=12\nmatch x:x: 12 => value=12\nreject longword:x: 12\n");
}

/* Words that must stand behind the first, one of several, or a number behind a sign: elsewhere the pattern is not tried, whatever it would take. */
static void test_triggers_in_words(void **state)
{
    (void)state;
    assert_class("rule own.herd\nmeans m\ntrigger herd|flock_of|with_cows|goats\npattern (?:herd|flock) \\p{L}+ \\p{L}+: (?<value>(?&number))\n",
                 "match flock with goats: 12 => value=12\nmatch herd of cows: 12 => value=12\nreject herd of sheep: 12\nreject flock under cows: 12\n");
    assert_class("rule own.pitch\nmeans m\ntrigger <number>\nnext :_<number>\npattern (?<value>(?&number)): ?(?:(?&number)|a) pitches\nkind area\n",
                 "match 100: 50 pitches => kind=area\nreject 100: a pitches\n");
}

/* Words one of which must stand ahead: elsewhere, and farther away, the pattern is not tried. */
static void test_words_ahead(void **state)
{
    (void)state;
    assert_class("rule own.herd\nmeans m\ntrigger herd\nahead 3 cows\nahead 3 goats\npattern herd [\\p{L} ]+: (?<value>(?&number))\n",
                 "match herd of goats: 12 => value=12\nmatch herd of old cows: 12 => value=12\nreject herd of very old cows: 12\nreject herd of sheep: 12\n");
    assert_class("rule own.pitch\nmeans m\ntrigger <number>\nahead 1 pitches\npattern (?<value>(?&number)) \\p{L}+\nkind area\n",
                 "match 1,200,000 pitches => kind=area\nreject 1,200,000 fields of pitches\n");
    assert_class("rule own.flock\nmeans m\ntrigger flock\nahead 5 goats'milk goats\npattern flock [^;]{0,60} goats: (?<value>(?&number))\n",
                 "match flock 1,234,567 or 2,345,678 old goats: 12 => value=12\nmatch flock twenty-five thousand, 9.75 or goats: 12\n"
                 "reject flock 1,234,567 or 2,345,678 very old goats: 12\n");
}

/* A group in a look-behind stands before the place where the rule is tried: it is the text, and the number, that stand there. */
static const struct behind {
    const char *name, *pattern, *text, *says;
} behinds[] = {
    {"a word behind two numbers", "trigger goats\npattern (?<=(?<counted>wolf) (?&number) )goats (?<value>(?&number))\n", "wolf twenty-five thousand goats 5", "5  count  exact  unit none  counted wolf  (own.behind)"},
    {"a word behind a short number", "trigger goats\npattern (?<=(?<counted>wolf) (?&number) )goats (?<value>(?&number))\n", "wolf 1 goats 5", "5  count  exact  unit none  counted wolf  (own.behind)"},
    {"a value behind another number", "trigger pups\npattern (?<=(?<value>(?&number)) (?&number) )(?<counted>pups) (?&number)\n", "twenty 7 pups 5", "20  count  exact  unit none  counted pups  (own.behind)"},
    {"a number that is none", "trigger bananas\npattern (?<=(?<number>(?&number)) )bananas\ndoes exclude\n", "5 dogs and 12 bananas and 7 cats", "own.behind               12  (exclude)"},
};

static void test_behind(void **state)
{
    const struct behind *row = *state;
    g_autofree char *rules = g_strdup_printf("rule own.behind\nmeans m\nmatch a 5\n%s", row->pattern), *folder = folder_with(rules);
    struct extractor *extractor = NULL;
    g_autoptr(GString) report = g_string_new(NULL);
    assert_true(extractor_new(folder, &extractor, NULL));
    assert_true(rules_explain(extractor, row->text, "en", report, NULL));
    if (!strstr(report->str, row->says))
        assert_string_equal(report->str, row->says);
    extractor_free(extractor);
    folder_remove(g_steal_pointer(&folder));
}

/* A list of triggers may be cut into lines: its words stay apart. */
static void test_triggers_in_lines(void **state)
{
    (void)state;
    char *folder = folder_with("rule own.herd\nmeans m\ntrigger cows\ntrigger goats\npattern (?:cows|goats): (?<value>(?&number))\nmatch goats: 12 => value=12\nmatch cows: 9 => value=9\n");
    struct extractor *extractor = NULL;
    g_autoptr(GString) report = g_string_new(NULL);
    unsigned lines;
    assert_true(extractor_new(folder, &extractor, NULL));
    rules_test(extractor, report, &lines);
    assert_null(strstr(report->str, "own.herd"));
    extractor_free(extractor);
    folder_remove(folder);
}

/* A user's rule of a name of ours takes its place. */
static void test_replaced(void **state)
{
    (void)state;
    char *folder = folder_with("rule figure.fold\noff yes\n");
    struct extractor *extractor = NULL;
    g_autoptr(GString) report = g_string_new(NULL);
    assert_true(extractor_new(folder, &extractor, NULL));
    assert_true(rules_explain(extractor, "It was a twofold rise.", "en", report, NULL));
    assert_null(strstr(report->str, "figure.fold "));
    extractor_free(extractor);
    assert_true(extractor_new(NULL, &extractor, NULL));
    assert_true(rules_explain(extractor, "It was a twofold rise.", "en", report, NULL));
    assert_non_null(strstr(report->str, "figure.fold "));
    extractor_free(extractor);
    folder_remove(folder);
}

/* Shadow and window: nothing beyond LIMIT_WINDOW_BYTES is looked at. */
static void test_window(void **state)
{
    (void)state;
    const struct rule *rule;
    char *folder;
    struct extractor *extractor = with_rule("a.*z", &rule, &folder);
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct rule_matcher *matcher = rule_matcher_new(troubles);
    g_autofree char *as = g_strnfill(LIMIT_WINDOW_BYTES + 10, 'a'), *far = g_strconcat(as, "z", NULL);
    struct rule_hit hit;
    assert_false(rule_match(matcher, rule, slice_of(far), 0, &hit));
    assert_true(rule_match(matcher, rule, slice_of(far), 20, &hit));
    rule_matcher_free(matcher);
    extractor_free(extractor);
    folder_remove(folder);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(refused) + G_N_ELEMENTS(hostile) + G_N_ELEMENTS(behinds) + 10];
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        tests[n++] = (struct CMUnitTest){refused[i].name, test_refused, NULL, NULL, (void *)(uintptr_t)&refused[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++)
        tests[n++] = (struct CMUnitTest){hostile[i], test_hostile, NULL, NULL, (void *)(uintptr_t)hostile[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(behinds); i++)
        tests[n++] = (struct CMUnitTest){behinds[i].name, test_behind, NULL, NULL, (void *)(uintptr_t)&behinds[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_no_folder);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_triggers_in_lines);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_class_triggers);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_triggers_in_words);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_back);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_words_ahead);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_limit_is_reported);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_small_jit_stack);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_window);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_replaced);
    g_assert(n == G_N_ELEMENTS(tests));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
