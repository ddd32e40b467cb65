/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "base/error.h"
#include "query/cite/cited.h"

static const char *file(void)
{
    static char *path;
    if (!path) {
        g_autofree char *folder = g_dir_make_tmp("citable-XXXXXX", NULL);
        CHECK(folder);
        path = g_build_filename(folder, "citations.json", NULL);
    }
    return path;
}

static void check_text(const char *text)
{
    CHECK(!text || g_utf8_validate(text, -1, NULL));
}

/* Any bytes as a file of citations: told in one line what is wrong with it, or each citation is text that can be looked for. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GPtrArray) quotes = g_ptr_array_new_with_free_func((GDestroyNotify)quoted_free);
    g_autoptr(GError) error = NULL;
    CHECK(g_file_set_contents_full(file(), (const char *)data, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    bool read = cited_read(file(), quotes, &error);
    CHECK(read == (error == NULL));
    CHECK(read || (error->domain == CITABLE_ERROR && strstr(error->message, file()) && !strchr(error->message, '\n')));
    for (guint i = 0; i < quotes->len; i++) {
        const struct quoted *quoted = g_ptr_array_index(quotes, i);
        const char *const texts[] = {quoted->id, quoted->sha256, quoted->file, quoted->url, quoted->quote};
        for (size_t k = 0; k < G_N_ELEMENTS(texts); k++)
            check_text(texts[k]);
        CHECK(!quoted->file_now && !quoted->quote_now && quoted->page_now == NONE);
    }
    return 0;
}
