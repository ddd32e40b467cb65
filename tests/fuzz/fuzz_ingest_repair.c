/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "ingest/repair.h"

/* Any text's lines: what is learnt does not depend on asking, answers are the same twice, an accent's repair stays inside its line. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_utf8_make_valid((const char *)data, (gssize)size);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    struct repair *repair = repair_new();
    for (char **line = lines; *line; line++)
        repair_learn(repair, slice_of(*line));
    for (char **line = lines; *line && line[1]; line++) {
        struct slice left, hyphen, whole = slice_of(*line);
        bool joins = repair_joins(repair, whole, slice_of(line[1]));
        CHECK(joins == repair_joins(repair, whole, slice_of(line[1])));
        if (repair_divided(whole, &left, &hyphen)) {
            CHECK(left.ptr == whole.ptr && left.ptr + left.len == hyphen.ptr && left.len + hyphen.len == whole.len);
            CHECK(g_utf8_validate(left.ptr, (gssize)left.len, NULL));
        }
        glong n = 0;
        gunichar *c = g_utf8_to_ucs4_fast(*line, -1, &n), out[2];
        for (size_t at = 0; at < (size_t)n; at++) {
            size_t used = repair_accent(c, (size_t)n, at, out);
            CHECK(at + used <= (size_t)n);
            if (used > 0) {
                CHECK(g_unichar_validate(out[0]) && !g_unichar_isdigit(out[0]));
                for (size_t i = at; i < at + used; i++)
                    CHECK(!g_unichar_isdigit(c[i]));
            }
            repair_character(c[at]);
        }
        g_free(c);
    }
    repair_free(repair);
    return 0;
}
