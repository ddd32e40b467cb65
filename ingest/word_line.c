/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/word_line.h"

enum { BLOCK = 64 };

void word_line_set(struct word_line *line, struct slice text)
{
    size_t blocks = text.len / BLOCK + 1;
    if (blocks * BLOCK + 8 > line->room) {
        line->room = 2 * blocks * BLOCK + 8;
        line->small = g_realloc(line->small, line->room);
        line->letters = g_renew(uint64_t, line->letters, line->room / BLOCK);
        line->more = g_renew(uint64_t, line->more, line->room / BLOCK);
    }
    line->len = text.len;
    memset(line->small + (blocks - 1) * BLOCK, 0, BLOCK + 8);
    if (text.len > 0)
        memcpy(line->small, text.ptr, text.len);
    for (size_t block = 0; block < blocks; block++) {
        uint64_t letters = 0, wide = 0;
        for (unsigned i = 0; i < BLOCK; i += (unsigned)sizeof(bytes16)) {
            char *at = line->small + block * BLOCK + i;
            bytes16 b = bytes_at(at), letter = bytes_within(b | 0x20, 'a', 26);
            b |= letter & 0x20;
            memcpy(at, &b, sizeof b);
            letters |= bytes_bits(letter) << i;
            wide |= bytes_bits(b) << i;
        }
        line->letters[block] = letters;
        line->more[block] = letters | wide;
    }
}

void word_line_clear(struct word_line *line)
{
    g_free(line->small);
    g_free(line->letters);
    g_free(line->more);
}
