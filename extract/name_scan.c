/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/name_scan.h"

static uint32_t known_word(struct name_scan *scan, const struct token *t)
{
    struct token word = *t;
    struct slice text = document_slice(scan->doc, t->span);
    uint32_t stem = word_stem_len(text);
    if (stem < text.len) {
        word.span.end = word.span.start + stem;
        word.hash = token_hash(slice_sub(text, 0, stem));
    }
    return gazetteer_word(scan->g, scan->doc, &word);
}

void name_scan_init(struct name_scan *scan, struct extraction *x)
{
    *scan = (struct name_scan){.x = x, .g = gazetteer_get(), .doc = x->doc, .tokens = (const void *)x->tokens->data, .n = x->tokens->len};
    scan->known = g_new0(uint16_t, MAX(scan->n, 1));
    scan->lower = g_hash_table_new(g_direct_hash, g_direct_equal);
    for (uint32_t i = 0; i < scan->n; i++) {
        const struct token *t = &scan->tokens[i];
        if (t->class != TOKEN_WORD)
            continue;
        scan->known[i] = (uint16_t)known_word(scan, t);
        if (!(t->flags & TOKEN_CAPITAL))
            g_hash_table_add(scan->lower, GUINT_TO_POINTER(t->hash));
    }
}

void name_scan_clear(struct name_scan *scan)
{
    g_free(scan->known);
    g_hash_table_unref(scan->lower);
}

bool scan_is(const struct name_scan *scan, uint32_t i, const char *text)
{
    return i < scan->n && slice_is(scan_text(scan, i), text);
}

bool scan_ordinary(const struct name_scan *scan, uint32_t i)
{
    return scan_known(scan, i) & (SLOT_WORD | SLOT_FUNCTION | SLOT_PREPOSITION) || g_hash_table_contains(scan->lower, GUINT_TO_POINTER(scan->tokens[i].hash));
}

uint32_t scan_limit(const struct name_scan *scan, uint32_t i)
{
    for (i++; i < scan->n && !(scan->tokens[i].flags & TOKEN_PASSAGE); i++)
        ;
    return i;
}
