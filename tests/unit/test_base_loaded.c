/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is settled is what was there: the same bytes, with the same rights, each process's own when it writes. */
#include "base/loaded.h"

#include <glib.h>
#include <link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum { MANY = 5000 };

static const char *const unwritable[] = {"what", "the", "loader", "writes", "once"};
static uint32_t written[MANY] = {1}, untouched[MANY] = {2, 3}, empty[MANY];

/* Of what the loader made unwritable: bytes that nobody changes. */
static int add_unwritable(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (unsigned i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        uintptr_t start = (info->dlpi_addr + part->p_vaddr) & -page, end = (info->dlpi_addr + part->p_vaddr + part->p_memsz) & -page;
        if (part->p_type == PT_GNU_RELRO && end > start)
            g_checksum_update(data, (const guchar *)start, (gssize)(end - start));
    }
    return 0;
}

static char *sum_of_unwritable(void)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    dl_iterate_phdr(add_unwritable, sum);
    char *text = g_strdup(g_checksum_get_string(sum));
    g_checksum_free(sum);
    return text;
}

/* The line of /proc/self/maps about that address. */
static char *mapping_of(const void *at)
{
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents("/proc/self/maps", &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        char *dash;
        uintptr_t start = strtoull(*line, &dash, 16), end = *dash == '-' ? strtoull(dash + 1, NULL, 16) : 0;
        if ((uintptr_t)at >= start && (uintptr_t)at < end)
            return g_strdup(*line);
    }
    fail();
    return NULL;
}

static void holds(const void *at, const char *rights)
{
    g_autofree char *line = mapping_of(at);
    assert_non_null(strstr(line, rights));
    assert_non_null(strstr(line, "memfd:loaded"));
}

static void fill(uint32_t from)
{
    GRand *random = g_rand_new_with_seed(from);
    for (size_t i = 0; i < MANY; i++)
        written[i] = g_rand_int(random);
    g_rand_free(random);
}

static void assert_filled(uint32_t from)
{
    GRand *random = g_rand_new_with_seed(from);
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(written[i], g_rand_int(random));
    g_rand_free(random);
}

static void same_bytes_and_rights(void **state)
{
    (void)state;
    for (uint32_t round = 1; round <= 2; round++) { /* settled again, too */
        fill(round);
        g_autofree char *before = sum_of_unwritable();
        assert_true(loaded_settle());
        g_autofree char *after = sum_of_unwritable();
        assert_string_equal(before, after);
        assert_filled(round);
        assert_int_equal(untouched[1], 3);
        assert_string_equal(unwritable[2], "loader");
        holds(unwritable, " r--p ");
        holds(&written[MANY / 2], " rw-p ");
    }
}

static void each_process_writes_its_own(void **state)
{
    (void)state;
    fill(3);
    assert_true(loaded_settle());
    pid_t pid = fork();
    if (pid == 0) {
        fill(4);
        memset(empty, 1, sizeof empty);
        _exit(written[7] != untouched[0] ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_filled(3);
    assert_int_equal(empty[MANY - 1], 0);
    fill(5);
    pid = fork();
    if (pid == 0) {
        assert_filled(5);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_bytes_and_rights),
        cmocka_unit_test(each_process_writes_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
