/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/plain_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { ROUNDS = 20000, LONGEST = 40 };

static const gunichar characters[] = {'a', 'Z', '7', '.', '-', 0xE9, 0x2019, 0xB2, '`', 0x416};
static const uint16_t flags[] = {0, 0, 0, GLYPH_SPACE, GLYPH_SPACE, GLYPH_PALE, GLYPH_MARK, GLYPH_LABEL, GLYPH_DOUBT};

/* A line of glyphs: of any character and flag, or of the first few alone, so that many are plain. */
static void make_line(GRand *rand, struct glyphs *glyphs)
{
    gint32 count = g_rand_int_range(rand, 0, LONGEST), some = g_rand_int_range(rand, 1, G_N_ELEMENTS(characters) + 1), set = g_rand_int_range(rand, 3, G_N_ELEMENTS(flags) + 1);
    glyphs->len = 0;
    for (gint32 i = 0; i < count; i++) {
        float x = (float)i * 5;
        struct glyph glyph = {{x, 0, x + 4, 10}, characters[g_rand_int_range(rand, 0, some)], 10, 0, flags[g_rand_int_range(rand, 0, set)]};
        glyphs_append(glyphs, &glyph, 1);
    }
}

static bool has_from(const struct glyphs *glyphs, gunichar from, gunichar to)
{
    for (uint32_t i = 0; i < glyphs->len; i++)
        if (glyphs->data[i].character >= from && glyphs->data[i].character <= to)
            return true;
    return false;
}

/* Text and edges of a line, glyph by glyph; false where it is not plain. */
static bool put_plainly(const struct glyphs *glyphs, GString *text, GArray *edges)
{
    for (uint32_t i = 0; i < glyphs->len; i++) {
        const struct glyph *glyph = &glyphs->data[i];
        gunichar c = glyph->character;
        if (glyph->flags & (GLYPH_MARK | GLYPH_LABEL | GLYPH_DOUBT) || c == 0xB2 || c == 0x416 || c == '`')
            return false;
        if (i > 0 && glyph->flags & GLYPH_SPACE) {
            g_string_append_c(text, ' ');
            g_array_append_val(edges, glyphs->data[i - 1].box.x1);
        }
        g_string_append_unichar(text, c);
        g_array_append_val(edges, glyph->box.x0);
    }
    return true;
}

/* Lines that are known to be of ASCII are written like those of which nothing is known, and both as glyph by glyph. */
static void lines(void **state)
{
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    struct sheet sheet = {.glyphs = glyphs_new(0)};
    guint plain = 0;
    for (unsigned round = 0; round < ROUNDS; round++) {
        make_line(rand, sheet.glyphs);
        g_autoptr(GString) text = g_string_new(NULL);
        g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(float));
        bool expected = put_plainly(sheet.glyphs, text, edges);
        plain += expected;
        for (unsigned known = 0; known < (has_from(sheet.glyphs, '`', '`') ? 1 : 2); known++) {
            char bytes[PLAIN_BYTES * LONGEST];
            float x[2 * LONGEST];
            struct plain out = {bytes, x};
            struct text_line line = {.count = sheet.glyphs->len, .traits = known ? LINE_PLAIN | LINE_LEVEL : 0};
            bool put = plain_put(&out, &sheet, &line);
            assert_int_equal(put, expected && !(known && has_from(sheet.glyphs, 0x80, 0xFFFF))); /* what is no ASCII came there later */
            if (!put)
                continue;
            assert_int_equal(out.at - bytes, text->len);
            assert_memory_equal(bytes, text->str, text->len);
            assert_int_equal(out.x - x, edges->len);
            assert_memory_equal(x, edges->data, edges->len * sizeof(float));
        }
    }
    assert_true(plain > ROUNDS / 10 && plain < ROUNDS);
    glyphs_free(sheet.glyphs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lines)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
