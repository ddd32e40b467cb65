/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "extract/rule.h"
#include "extract/rule_test.h"

#include <stdio.h>
#include <string.h>

static char **words, *lang, *rules;

static const GOptionEntry options[] = {
    {"rules", 0, 0, G_OPTION_ARG_FILENAME, &rules, "a folder of your own rules, read after ours", "DIR"},
    {"lang", 0, 0, G_OPTION_ARG_STRING, &lang, "read as this language: en, es, fr", "LANG"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, "list|test|explain WHAT"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static int list(const struct extractor *extractor)
{
    const GPtrArray *all = extractor_rules(extractor);
    for (guint i = 0; i < all->len; i++) {
        const struct rule *rule = g_ptr_array_index(all, i);
        if (rule->off)
            continue;
        if (!lang || strcmp(lang, language_name(rule->language)) == 0)
            printf("%s  %-26s %-8s %-9s %s\n", language_name(rule->language), rule->id, rule_does_name(rule->does), rule->has_kind ? kind_name(rule->kind) : "-", rule->means);
    }
    return EXIT_DONE;
}

static int test(const struct extractor *extractor)
{
    g_autoptr(GString) report = g_string_new(NULL);
    unsigned lines, failed = rules_test(extractor, report, &lines);
    unsigned names = extractor_lint(extractor, report);
    fputs(report->str, stdout);
    printf("%u rules, %u examples, %u failed\n", extractor_rules(extractor)->len, lines, failed);
    if (names > 0)
        printf("%u of your names are in doubt\n", names);
    return failed || names ? EXIT_NO : EXIT_DONE;
}

/* FILE:LINE where there is such a file, else the words are the text. */
static int explain(const struct extractor *extractor, const char *what)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) report = g_string_new(NULL);
    const char *colon = strrchr(what, ':');
    g_autofree char *path = colon ? g_strndup(what, (gsize)(colon - what)) : g_strdup(what);
    guint64 line = 0;
    bool file = colon && g_ascii_string_to_unsigned(colon + 1, 10, 1, G_MAXUINT32, &line, NULL) && g_file_test(path, G_FILE_TEST_IS_REGULAR);
    bool ok = file ? rules_explain_line(extractor, path, (unsigned)line, lang, report, &error) : rules_explain(extractor, what, lang, report, &error);
    if (!ok) {
        complain(error);
        return EXIT_WRONG_USE;
    }
    fputs(report->len ? report->str : "no rule found anything to do here\n", stdout);
    return EXIT_DONE;
}

static int act(const struct extractor *extractor)
{
    if (strcmp(words[0], "list") == 0 && !words[1])
        return list(extractor);
    if (strcmp(words[0], "test") == 0 && !words[1])
        return test(extractor);
    if (strcmp(words[0], "explain") == 0 && words[1] && !words[2])
        return explain(extractor, words[1]);
    fprintf(stderr, "citable: rules: say list, test, explain FILE:LINE or explain \"TEXT\"\n");
    return EXIT_WRONG_USE;
}

int cmd_rules(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!command_parse_plain(&argc, &argv, options, "WHAT: FILE:LINE of a document, or \"TEXT\".", &error))
        return give_up(error);
    if (!words)
        return wrong_use("say list, test or explain");
    command_page();
    struct extractor *extractor = NULL;
    if (!extractor_new(rules, &extractor, &error)) {
        complain(error);
        return EXIT_WRONG_USE;
    }
    int code = act(extractor);
    extractor_free(extractor);
    return code;
}
