/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/token.h"

struct token_starts *token_starts_new(const GArray *tokens, uint32_t len)
{
    uint32_t n = len / TOKEN_STARTS_BYTES + 1, before = 0;
    struct token_starts *starts = g_malloc0(sizeof *starts + n * sizeof *starts->blocks);
    const struct token *token = (const void *)tokens->data;
    starts->len = len;
    for (guint i = 0; i < tokens->len; i++)
        starts->blocks[token[i].span.start / TOKEN_STARTS_BYTES].starts |= UINT64_C(1) << token[i].span.start % TOKEN_STARTS_BYTES;
    for (uint32_t i = 0; i < n; i++) {
        starts->blocks[i].before = before;
        before += token_bits(starts->blocks[i].starts);
    }
    return starts;
}
