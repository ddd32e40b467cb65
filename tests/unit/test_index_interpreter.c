/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "extract/extractor.h"
#include "index/frame.h"
#include "ingest/reader.h"

#include <pcre2.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const char corpus[] = TESTS_DIR "/../corpus/documents";

/* Everything that is found in a file of the corpus, as it would be sent. */
static GByteArray *found_in(const struct extractor *extractor, const char *name)
{
    g_autofree char *path = g_build_filename(corpus, name, NULL);
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free), troubles = g_ptr_array_new_with_free_func(g_free);
    GByteArray *bytes = g_byte_array_new();
    struct source *source;
    assert_true(source_open(path, &source, NULL));
    source->ocr = OCR_NEVER;
    assert_true(reader_read(source, documents, NULL));
    for (guint i = 0; i < documents->len; i++) {
        struct mentions *mentions = extractor_run(extractor, documents->pdata[i], troubles);
        frame_write(bytes, documents->pdata[i], mentions);
        mentions_free(mentions);
    }
    assert_int_equal(troubles->len, 0);
    source_free(source);
    return bytes;
}

/* Rules that were made into machine code. */
static unsigned in_machine_code(const struct extractor *extractor)
{
    unsigned n = 0;
    for (guint i = 0; i < extractor->rules->all->len; i++) {
        const struct rule *rule = g_ptr_array_index(extractor->rules->all, i);
        size_t size = 0;
        if (rule->code)
            pcre2_pattern_info(rule->code, PCRE2_INFO_JITSIZE, &size);
        n += size > 0;
    }
    return n;
}

static void interpreter_finds_the_same(void **state)
{
    (void)state;
    struct extractor *compiled = NULL, *interpreted = NULL;
    uint32_t jit = 0;
    pcre2_config(PCRE2_CONFIG_JIT, &jit);
    assert_true(extractor_new(NULL, &compiled, NULL) && extractor_new_brief(&interpreted, NULL));
    assert_true(!jit || in_machine_code(compiled) > 100);
    assert_int_equal(in_machine_code(interpreted), 0);
    GDir *dir = g_dir_open(corpus, 0, NULL);
    unsigned files = 0;
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL; files++) {
        g_autoptr(GByteArray) one = found_in(compiled, name), other = found_in(interpreted, name);
        if (one->len != other->len || memcmp(one->data, other->data, one->len) != 0)
            fail_msg("%s: JIT and interpreter differ", name);
    }
    g_dir_close(dir);
    assert_true(files > 8);
    extractor_free(compiled);
    extractor_free(interpreted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(interpreter_finds_the_same)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
