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

/* A copy of compiled code has no machine code: the interpreter matches it. */
static void interpret(struct extractor *extractor)
{
    unsigned jitted = 0;
    for (guint i = 0; i < extractor->rules->all->len; i++) {
        struct rule *rule = g_ptr_array_index(extractor->rules->all, i);
        size_t size = 0;
        if (!rule->code)
            continue;
        pcre2_pattern_info(rule->code, PCRE2_INFO_JITSIZE, &size);
        jitted += size > 0;
        pcre2_code *copy = pcre2_code_copy(rule->code);
        pcre2_code_free(rule->code);
        rule->code = copy;
    }
    uint32_t jit = 0;
    pcre2_config(PCRE2_CONFIG_JIT, &jit);
    assert_true(!jit || jitted > 100);
}

static void interpreter_finds_the_same(void **state)
{
    (void)state;
    struct extractor *compiled = NULL, *interpreted = NULL;
    assert_true(extractor_new(NULL, &compiled, NULL) && extractor_new(NULL, &interpreted, NULL));
    interpret(interpreted);
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
