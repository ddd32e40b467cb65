/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "base/error.h"
#include "extract/rule.h"
#include "extract/user_names.h"

#include <glib/gstdio.h>

static const char text[] = "Some a 851 cases of b were counted, says the Grey Herons.";

static const char *folder(void)
{
    static char *folder;
    if (!folder) {
        folder = g_dir_make_tmp("citable-XXXXXX", NULL);
        g_autofree char *names = g_build_filename(folder, "names", NULL);
        CHECK(folder && g_mkdir(names, 0700) == 0);
    }
    return folder;
}

/* What is refused is refused in one line that says where. */
static void check_refused(const GError *error, const char *file)
{
    g_autofree char *place = g_strconcat(file, ":", NULL);
    CHECK(g_error_matches(error, CITABLE_ERROR, CITABLE_ERROR_RULE) && strstr(error->message, place) && !strchr(error->message, '\n'));
}

/* Rules of anybody's: refused, or each can be tried anywhere, ends, and finds nothing outside the text. */
static void own_rules(struct slice file)
{
    g_autoptr(GError) error = NULL;
    struct rules *rules = NULL;
    if (!rules_of("own.rules", file, &rules, &error)) {
        check_refused(error, "own.rules");
        return;
    }
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct rule_matcher *matcher = rule_matcher_new(troubles);
    for (guint i = 0; i < MIN(rules->all->len, 8); i++) {
        const struct rule *rule = g_ptr_array_index(rules->all, i);
        CHECK(rule->id && (rule->off || (rule->code && rule->triggers && rule->matches->len > 0)));
        struct rule_hit hit;
        for (uint32_t at = 0; rule->code && at < sizeof text - 1; at += 5)
            if (rule_match(matcher, rule, slice_make(text, sizeof text - 1), at, &hit))
                CHECK(hit.span.start <= sizeof text - 1 && hit.span.end <= sizeof text - 1);
    }
    rule_matcher_free(matcher);
    rules_free(rules);
}

/* Names of anybody's: refused, or each row has its words, and a merge leads somewhere. */
static void own_names(struct slice file)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(folder(), "names", "own.tsv", NULL);
    struct user_names *names = NULL;
    CHECK(g_file_set_contents_full(path, file.ptr, (gssize)file.len, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    if (!user_names_new(folder(), &names, &error)) {
        check_refused(error, "own.tsv");
        return;
    }
    g_autoptr(GString) report = g_string_new(NULL);
    for (guint i = 0; i < names->rows->len; i++) {
        const struct user_name *row = g_ptr_array_index(names->rows, i);
        CHECK(row->form && *row->form && row->kind < USER_KINDS && row->line > 0);
        CHECK(row->kind == USER_BAN || (row->name && user_names_merged(names, row->name)));
    }
    user_names_lint(names, report);
    CHECK(g_utf8_validate(report->str, (gssize)report->len, NULL));
    user_names_free(names);
}

/* What a user writes for citable to read; the first byte says which. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct slice file = {(const char *)data + 1, size - 1};
    if (data[0] == 'n')
        own_names(file);
    else
        own_rules(file);
    return 0;
}
