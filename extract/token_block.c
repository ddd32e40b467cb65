/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/token_block.h"

/* Is it one of `n` bytes from `first` on? (Signed bytes compare in one step; the lowest of them is where `first` is moved to.) */
static inline token_bytes within(token_bytes b, unsigned char first, signed char n)
{
    return (token_bytes)((token_signed_bytes)(b + (unsigned char)(0x80 - first)) < (signed char)(n - 128));
}

struct token_block token_block_of(const char *text, const struct token_block *before)
{
    uint64_t letters = 0, digits = 0, spaces = 0, wide = 0;
    for (unsigned i = 0; i < TOKEN_BLOCK; i += (unsigned)sizeof(token_bytes)) {
        token_bytes b = token_bytes_at(text + i);
        letters |= token_bytes_bits(within(b | 0x20, 'a', 26)) << i;
        digits |= token_bytes_bits(within(b, '0', 10)) << i;
        spaces |= token_bytes_bits((token_bytes)(b == ' ') | (within(b, '\t', 5) & (token_bytes)(b != '\v'))) << i; /* as g_ascii_isspace */
        wide |= token_bytes_bits(b | (token_bytes)(b == '\'')) << i;
    }
    uint64_t inside = (letters & (letters << 1 | before->letter)) | (digits & (digits << 1 | before->digit));
    uint64_t ends = ~(spaces << 1 | before->space) & ~inside;
    return (struct token_block){
        .starts = ~spaces & ~inside, .ends = ends, .odd = ends & (wide | wide << 1 | before->wide),
        .letter = letters >> 63, .digit = digits >> 63, .space = spaces >> 63, .wide = wide >> 63,
    };
}
