/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include <stdio.h>

/*  Runs a fuzz target without a fuzzer: over the files named, and over as many random changes of each (the same ones every time).
 *  Usage: target [-runs=N] FILE|FOLDER… */
static guint32 state = 2463534242u;

static guint32 next_random(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

/* A few bytes changed, cut out, doubled, or put in from what texts are made of. */
static void change(GByteArray *bytes)
{
    static const char *const pieces[] = {"\n", "\f", "1", "23", ".4 ", "-\n", "\n\n", "  ", "\t", "¹", "’", "[^1]", "\xc3", "\xff", "\xe2\x80\x90\n", " 5 ", "|", "# ", "___\n", "1 See ", "´", " \xc5\x9b "};
    for (guint32 changes = 1 + next_random() % 4; changes > 0; changes--) {
        guint at = bytes->len > 0 ? next_random() % bytes->len : 0;
        const char *piece = pieces[next_random() % G_N_ELEMENTS(pieces)];
        guint len = (guint)strlen(piece), rest = bytes->len - at;
        switch (next_random() % 4) {
        case 0:
            if (bytes->len > 0)
                bytes->data[at] = (guint8)next_random();
            break;
        case 1: {
            guint cut = next_random() % 40;
            g_byte_array_remove_range(bytes, at, MIN(rest, cut));
            break;
        }
        case 2:
            g_byte_array_append(bytes, (const guint8 *)piece, len);
            if (rest > 0) {
                memmove(bytes->data + at + len, bytes->data + at, rest);
                memcpy(bytes->data + at, piece, len);
            }
            break;
        default: {
            g_autofree guint8 *copy = g_memdup2(bytes->data + at, MIN(rest, 60));
            g_byte_array_append(bytes, copy, MIN(rest, 60));
        }
        }
    }
}

static void run(const char *path, guint runs)
{
    g_autofree char *content = NULL;
    gsize size = 0;
    if (!g_file_get_contents(path, &content, &size, NULL))
        return;
    LLVMFuzzerTestOneInput((const uint8_t *)content, size);
    for (guint i = 0; i < runs; i++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        g_byte_array_append(bytes, (const guint8 *)content, (guint)size);
        change(bytes);
        LLVMFuzzerTestOneInput(bytes->data ? bytes->data : (const uint8_t *)"", bytes->len);
    }
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void run_folder(const char *path, guint runs)
{
    GDir *dir = g_dir_open(path, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;)
        g_ptr_array_add(names, g_build_filename(path, name, NULL));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++)
        run(g_ptr_array_index(names, i), runs);
    if (dir)
        g_dir_close(dir);
}

int main(int argc, char **argv)
{
    guint runs = 200;
    for (int i = 1; i < argc; i++) {
        if (g_str_has_prefix(argv[i], "-runs="))
            runs = (guint)g_ascii_strtoull(argv[i] + 6, NULL, 10);
        else if (g_file_test(argv[i], G_FILE_TEST_IS_DIR))
            run_folder(argv[i], runs);
        else
            run(argv[i], runs);
    }
    printf("ok\n");
    return 0;
}
