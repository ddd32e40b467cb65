/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/lengths.h"

enum { MORE = 255 /* tokens: they stand in the last row */ };

G_STATIC_ASSERT(ZONE_NOTE < 1 << (16 - LENGTH_BITS));

/* Bytes of the first two rows. */
static size_t rows_size(uint32_t n)
{
    return n + ((size_t)n + 1) / 2;
}

GByteArray *lengths_pack(const uint16_t *words, uint32_t n)
{
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_set_size(bytes, (guint)rows_size(n));
    if (n > 0)
        memset(bytes->data, 0, bytes->len);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t tokens = length_tokens(words[i]), zone = length_zone(words[i]);
        bytes->data[i] = (uint8_t)MIN(tokens, MORE);
        bytes->data[n + i / 2] |= (uint8_t)(zone << (i % 2 * 4));
        if (tokens >= MORE)
            g_byte_array_append(bytes, (const uint8_t[]){(uint8_t)tokens, (uint8_t)(tokens >> 8)}, 2);
    }
    if (bytes->len == n * sizeof(uint32_t))
        g_byte_array_append(bytes, (const uint8_t *)"", 1);
    return bytes;
}

static uint16_t word_of(uint32_t tokens, uint32_t zone)
{
    return length_word(tokens, zone <= ZONE_NOTE ? (enum zone)zone : ZONE_BODY);
}

static void unpack_old(const uint8_t *bytes, uint32_t n, uint16_t *words)
{
    for (uint32_t i = 0; i < n; i++, bytes += 4)
        words[i] = word_of(bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16, bytes[3]);
}

enum { STEP = 4 }; /* passages that are unpacked at once: a word of 16 bits for each in one of 64 */

/* tokens, zones: of so many passages, the first in the lowest bits. */
static inline void unpack_step(uint64_t tokens, uint64_t zones, uint16_t *words)
{
    tokens = (tokens | tokens << 16) & 0x0000ffff0000ffff;
    tokens = (tokens | tokens << 8) & 0x00ff00ff00ff00ff;
    zones = (zones | zones << 24) & 0x000000ff000000ff;
    zones = (zones | zones << 12) & 0x0007000700070007;
    tokens |= zones << LENGTH_BITS;
    for (uint32_t k = 0; k < STEP; k++)
        words[k] = (uint16_t)(tokens >> (16 * k));
}

/* The tokens of passages that have many. */
static void unpack_more(const uint8_t *bytes, size_t len, uint32_t n, uint16_t *words)
{
    size_t more = rows_size(n);
    for (const uint8_t *at = bytes, *end = bytes + n; more + 2 <= len && (at = memchr(at, MORE, (size_t)(end - at))) != NULL; more += 2) {
        uint16_t *word = &words[at++ - bytes];
        *word = length_word(bytes[more] | (uint32_t)bytes[more + 1] << 8, length_zone(*word));
    }
}

void lengths_unpack(const uint8_t *bytes, size_t len, uint32_t n, uint16_t *words)
{
    if (n == 0)
        return;
    if (len < rows_size(n)) { /* damage */
        memset(words, 0, n * sizeof *words);
        return;
    }
    if (len == n * sizeof(uint32_t)) {
        unpack_old(bytes, n, words);
        return;
    }
    uint32_t i = 0;
    for (const uint8_t *zones = bytes + n; i + STEP <= n; i += STEP, zones += STEP / 2) {
        uint32_t tokens;
        memcpy(&tokens, bytes + i, sizeof tokens);
        unpack_step(GUINT32_FROM_LE(tokens), zones[0] | (uint64_t)zones[1] << 8, words + i);
    }
    for (; i < n; i++)
        words[i] = (uint16_t)(bytes[i] | (bytes[n + i / 2] >> (i % 2 * 4) & 7) << LENGTH_BITS);
    unpack_more(bytes, len, n, words);
}
