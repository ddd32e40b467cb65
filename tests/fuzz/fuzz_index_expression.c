/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "base/error.h"
#include "index/find.h"

static struct store *empty_store(void)
{
    static struct store *store;
    if (!store) {
        g_autofree char *folder = g_dir_make_tmp("citable-XXXXXX", NULL), *path = g_build_filename(folder, "evidence.citable", NULL);
        CHECK(store_open(path, STORE_CREATE, &store, NULL));
    }
    return store;
}

/* Any words in any roles: full text answers, or says that there is nothing to look for; its own syntax never gets to see them. The first byte of each word says its role. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *input = g_strndup((const char *)data, size);
    g_auto(GStrv) words = g_strsplit(input, "\n", 40);
    g_autoptr(GPtrArray) clauses = g_ptr_array_new_with_free_func(g_free);
    for (char **word = words; *word && **word; word++) {
        struct clause *clause = g_new0(struct clause, 1);
        char role = **word;
        clause->text = *word + 1;
        clause->phrase = role & 1;
        clause->excluded = (role & 6) == 6;
        clause->required = !clause->excluded && (role & 2);
        clause->prefix = role & 8;
        g_ptr_array_add(clauses, clause);
    }
    g_autoptr(GArray) hits = NULL;
    g_autoptr(GError) error = NULL;
    CHECK(store_find(empty_store(), clauses, size % 2 ? "en" : NULL, 10, &hits, &error) || g_error_matches(error, CITABLE_ERROR, CITABLE_ERROR_QUERY));
    return 0;
}
